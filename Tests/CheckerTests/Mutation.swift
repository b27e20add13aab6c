// Changes of certificates: some harmless, most not, some that would be a forger's choice.
import Checker
import ExactArithmetic
import TestSupport

/// Numbers that certificates should not hold, and some that they may.
private let hostileIntegers: [Int32] = [-2, -1, 0, 1, 2, 3, 7, .max, .min, .max - 1, .min + 1]

/// Changes one thing in a certificate.
func mutate(
  _ certificate: inout FlowCertificate, _ truth: FlowEnumeration, _ numbers: inout TestNumbers
) {
  let nodeCount = certificate.cut.nodeCount
  switch numbers.below(12) {
  case 0:
    mutate(&certificate.flow, &numbers)
  case 1:
    // Another maximum flow, under the proofs of this one.
    certificate.flow = truth.vector(numbers.below(truth.flows.count))
  case 2:
    certificate.cut = changed(certificate.cut, &numbers)
  case 3:
    // The difference to another maximum flow, which may miss undetermined arcs.
    let other = truth.vector(numbers.below(truth.flows.count))
    guard other.count == certificate.flow.count else { return }
    certificate.undetermined.differences = ExactVector(
      (0..<other.count).map { other[$0] - certificate.flow[$0] })
  case 4:
    mutate(&certificate.undetermined.differences, &numbers)
  case 5:
    if nodeCount > 0 && numbers.below(2) == 0 {
      // Two labels become one.
      let (kept, lost) = (Int32(numbers.below(nodeCount)), Int32(numbers.below(nodeCount)))
      certificate.undetermined.labels = certificate.undetermined.labels.map {
        $0 == lost ? kept : $0
      }
    } else {
      mutate(&certificate.undetermined.labels, &numbers)
    }
  case 6: mutate(&certificate.undetermined.ranks, &numbers)
  case 7: mutate(&certificate.undetermined.depths, &numbers)
  case 8: mutate(&certificate.undetermined.parentArcs, &numbers)
  default: mutateInterval(&certificate, truth, &numbers)
  }
}

private func mutateInterval(
  _ certificate: inout FlowCertificate, _ truth: FlowEnumeration, _ numbers: inout TestNumbers
) {
  guard !certificate.intervals.isEmpty else { return }
  let place = numbers.below(certificate.intervals.count)
  switch numbers.below(8) {
  case 0: certificate.intervals.remove(at: place)
  case 1: certificate.intervals.append(certificate.intervals[place])
  case 2:
    certificate.intervals.swapAt(place, numbers.below(certificate.intervals.count))
  case 3: certificate.intervals[place].arc += numbers.below(5) - 2
  case 4:
    let interval = certificate.intervals[place]
    certificate.intervals[place] = ArcIntervalCertificate(
      arc: interval.arc, minimum: interval.maximum, maximum: interval.minimum)
  default:
    var interval = certificate.intervals[place]
    if numbers.below(2) == 0 {
      mutate(&interval.minimum, certificate, truth, &numbers)
    } else {
      mutate(&interval.maximum, certificate, truth, &numbers)
    }
    certificate.intervals[place] = interval
  }
}

private func mutate(
  _ end: inout ExtremalFlow, _ certificate: FlowCertificate, _ truth: FlowEnumeration,
  _ numbers: inout TestNumbers
) {
  switch numbers.below(6) {
  case 0: end.cut = nil
  case 1: end.cut = changed(end.cut ?? certificate.cut, &numbers)
  case 2: mutate(&end.arcs, &numbers)
  case 3: mutate(&end.differences, &numbers)
  case 4: end.arcs.reverse()
  default:
    // A maximum flow that need not be extremal.
    let other = truth.vector(numbers.below(truth.flows.count))
    guard other.count == certificate.flow.count else { return }
    let moved = (0..<other.count).filter { other[$0] != certificate.flow[$0] }
    end.arcs = moved.map { Int32($0) }
    end.differences = ExactVector(moved.map { other[$0] - certificate.flow[$0] })
  }
}

/// Changes an entry, the length, the scale or the denominator.
private func mutate(_ vector: inout ExactVector, _ numbers: inout TestNumbers) {
  var entries = (0..<vector.count).map { vector[$0] }
  let place = entries.isEmpty ? 0 : numbers.below(entries.count)
  switch numbers.below(8) {
  case 0: entries.append(0)
  case 1: _ = entries.popLast()
  case 2: entries = entries.map { -$0 }
  case 3: entries = entries.map { $0 * Rational(1, 2) }
  case 4: entries = entries.map { $0 * 2 }
  case 5:
    vector = vector.restated(over: vector.denominator * BigInteger.powerOfTwo(70))
    return
  default:
    guard !entries.isEmpty else { return }
    let steps: [Rational] = [
      1, -1, Rational(1, 2), Rational(-1, 3), Rational(BigInteger.powerOfTwo(130)),
      Rational(1, BigInteger.powerOfTwo(130)),
    ]
    entries[place] += steps[numbers.below(steps.count)]
  }
  vector = ExactVector(entries)
}

/// Changes an entry or the length.
private func mutate(_ integers: inout [Int32], _ numbers: inout TestNumbers) {
  switch numbers.below(8) {
  case 0: integers.append(integers.last ?? 0)
  case 1: _ = integers.popLast()
  case 2: integers = integers.map { $0 &+ 1 }
  default:
    guard !integers.isEmpty else { return }
    let place = numbers.below(integers.count)
    integers[place] =
      numbers.below(2) == 0
      ? hostileIntegers[numbers.below(hostileIntegers.count)]
      : integers[place] &+ Int32(numbers.below(5) - 2)
  }
}

/// A set with a node more or less, its complement, any set, or one of another node count.
private func changed(_ set: NodeSet, _ numbers: inout TestNumbers) -> NodeSet {
  let count = set.nodeCount
  switch numbers.below(8) {
  case 0: return set.complement
  case 1: return NodeSet(nodeCount: count + 1, members: set.members)
  case 2:
    return NodeSet(nodeCount: count, members: (0..<count).filter { _ in numbers.below(2) == 0 })
  default:
    guard count > 0 else { return set }
    let node = numbers.below(count)
    return NodeSet(
      nodeCount: count, members: (0..<count).filter { set.contains($0) != ($0 == node) })
  }
}
