// The network as it is sent. An answer can only be right about the numbers that a solver was given,
// so these, and not the ones that they were rounded from, are the statement that is judged.
import CaseFiles
import Checker
import ExactArithmetic
import Networks
import SolverInterface

extension SentCapacities {
  /// Whether a network can be sent: sums of its capacities must stay in the range of the numbers.
  func canCarry(_ network: FlowNetwork) -> Bool {
    switch self {
    case .doubles: return network.capacities.fitsDoubleSums
    case .integers(nil, _): return true
    case .integers(let scale?, let maximum):
      return isSentAsItIs(network, maximum)
        || network.times(Rational(scale)).largestSum <= Rational(maximum)
    }
  }

  /// The network as it is sent; nil if it is the given one.
  func statement(of network: FlowNetwork) -> FlowNetwork? {
    switch self {
    case .doubles:
      guard let rounded = ExactVector(exactly: network.capacities.nearestDoubles) else {
        preconditionFailure("a capacity beyond the doubles is not to be sent")
      }
      return network.capacities.hasValues(of: rounded) ? nil : network.rounded(to: rounded)
    case .integers(let scale, let maximum):
      if isSentAsItIs(network, maximum) { return nil }
      return scale.map { network.times(Rational($0)) } ?? network.scaled(toFit: maximum)
    }
  }

  private func isSentAsItIs(_ network: FlowNetwork, _ maximum: Int) -> Bool {
    guard case .listed = network.arcs else { return false }
    let isInteger =
      network.capacities.denominator == 1
      || (0..<network.arcCount).allSatisfy { network.capacities[$0].isInteger }
    return isInteger && network.largestSum <= Rational(maximum)
  }
}

extension FlowNetwork {
  /// The largest number that a solver cannot do without: a capacity, or the sum of those of the
  /// arcs out of the source or into the sink, which bounds the flow.
  fileprivate var largestSum: Rational {
    let found = SumsTask(network: self).run(on: capacities)
    return max(found[0], found[1], found[2])
  }

  /// The same arcs with capacities times a factor, rounded to the nearest integer.
  fileprivate func times(_ factor: Rational) -> FlowNetwork {
    let half = Rational(1, 2)
    let integers = (0..<arcCount).map { (capacities[$0] * factor + half).floor }
    return rounded(to: ExactVector(integers, denominator: 1))
  }

  /// The same arcs with capacities times the largest power of two with which no sum that is needed
  /// exceeds a maximum, rounded to the nearest integer.
  fileprivate func scaled(toFit maximum: Int) -> FlowNetwork {
    let sum = largestSum
    if sum.isZero { return times(1) }
    // 2^(a - 1) <= sum < 2^(a + 1), so this is too large, by three steps at most before rounding.
    let magnitude = sum.numerator.magnitudeBitCount - sum.denominator.magnitudeBitCount
    var exponent = Rational(maximum).numerator.magnitudeBitCount - magnitude + 1
    // Ends: rounding adds half an arc at most, and no network has as many arcs as the maximum.
    while true {
      let scaled = times(Rational.powerOfTwo(exponent))
      if scaled.largestSum <= Rational(maximum) { return scaled }
      exponent -= 1
    }
  }

  /// The same arcs with other capacities, none of them negative.
  fileprivate func rounded(to capacities: ExactVector) -> FlowNetwork {
    do {
      return try listed(capacities: capacities)
    } catch {
      preconditionFailure("the arcs of a network make one again: \(error)")
    }
  }
}

extension Rational {
  /// Two to the power of any integer.
  fileprivate static func powerOfTwo(_ exponent: Int) -> Rational {
    exponent < 0
      ? Rational(1, BigInteger.powerOfTwo(-exponent)) : Rational(BigInteger.powerOfTwo(exponent))
  }
}

/// The largest capacity, the sum of those out of the source, and of those into the sink.
private struct SumsTask: ExactTask {
  let network: FlowNetwork

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactVector {
    let capacities = numerators[0]
    var (largest, leaving, entering) = (Number.zero, Number.zero, Number.zero)
    network.arcs.forEach { arc, tail, head in
      largest = max(largest, capacities[arc])
      if tail == head { return }
      if tail == network.source { leaving += capacities[arc] }
      if head == network.sink { entering += capacities[arc] }
    }
    return Number.vector([largest, leaving, entering], over: denominator)
  }
}

extension ExactVector {
  /// Whether two vectors of one length hold the same values, over whatever denominators.
  fileprivate func hasValues(of other: ExactVector) -> Bool {
    let common = BigInteger.leastCommonMultiple(denominator, other.denominator)
    return restated(over: common) == other.restated(over: common)
  }
}
