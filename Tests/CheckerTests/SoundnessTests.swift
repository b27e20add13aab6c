// Whatever is handed in: what the kernel accepts is true, by enumeration of all flows.
import Checker
import ExactArithmetic
import Solvers
import TestSupport
import Testing

/// The rules about games, which a certificate of one flow has nothing to do with.
private let gameRules: Set<Rule> = [
  .coalitions, .attribution, .shapley, .efficiency, .symmetry, .nullPlayer, .additivity, .scaling,
  .automorphism, .monotone, .submodular, .modular, .basePolytope,
]

@Suite struct SoundnessTests {
  private struct Case {
    let network: FlowNetwork
    let truth: FlowEnumeration
    let certificate: FlowCertificate

    init(_ network: FlowNetwork) throws {
      self.network = network
      truth = FlowEnumeration(network)
      certificate = try #require(answerCertificate(network))
    }
  }

  /// A few networks of every kind: listed and layered, unique and not.
  private func cases(_ count: Int, seed: UInt64) throws -> [Case] {
    var numbers = TestNumbers(seed: seed)
    var cases = [try Case(Fixture.network())]
    let tensors = try tinyTensors()
    while cases.count < count {
      if cases.count % 3 == 0 {
        let tensor = tensors[numbers.below(tensors.count)]
        let mode = [Mode.all, .single(0), .single(1)][numbers.below(3)]
        cases.append(try Case(FlowNetwork(tensor: tensor, mode: mode)))
      } else {
        let network = try randomMultigraph(&numbers)
        if network.arcCount >= 4 && !network.sinkArcs.isEmpty { cases.append(try Case(network)) }
      }
    }
    return cases
  }

  @Test("one to three random changes of a certificate never prove anything untrue")
  func randomMutations() throws {
    var numbers = TestNumbers(seed: 11)
    var tally: [Rule?: Int] = [:]
    for item in try cases(40, seed: 12) {
      for _ in 0..<400 {
        var certificate = item.certificate
        for _ in 0...numbers.below(3) { mutate(&certificate, item.truth, &numbers) }
        let judgement = checkAnswer(item.network, certificate)
        if let answer = judgement.claim {
          #expect(untruth(answer, item.truth) == nil, "\(item.network) \(certificate)")
        }
        tally[judgement.rejection?.first.rule, default: 0] += 1
      }
    }
    // Harmless changes are accepted, and every rule of these certificates has its turn, except that
    // of claimed values.
    #expect(tally[nil, default: 0] > 500)
    let others: Set<Rule> = [
      .value, .level, .interior, .stationarity, .dualFeasibility, .complementarySlackness, .term,
      .norm, .radius,
    ]
    for rule in Rule.allCases where !others.contains(rule) && !gameRules.contains(rule) {
      #expect(tally[rule, default: 0] > 0, "\(rule)")
    }
  }

  @Test("every number of a certificate changed by itself: rejected, or still true")
  func singleChanges() throws {
    var (accepted, rejected) = (0, 0)
    for item in try cases(8, seed: 13) {
      for certificate in neighbours(item.certificate) {
        let judgement = checkAnswer(item.network, certificate)
        if let answer = judgement.claim {
          #expect(untruth(answer, item.truth) == nil, "\(item.network) \(certificate)")
          accepted += 1
        } else {
          rejected += 1
        }
      }
    }
    #expect(accepted > 100 && rejected > 1000)
  }

  @Test("certificates of one network prove nothing untrue about another, of any shape")
  func exchanged() throws {
    let cases = try cases(45, seed: 14)
    var accepted = 0
    for item in cases {
      for other in cases {
        if let answer = checkAnswer(item.network, other.certificate).claim {
          #expect(untruth(answer, item.truth) == nil, "\(item.network)")
          accepted += 1
        }
      }
    }
    #expect(accepted >= cases.count)
  }

  @Test("certificates survive on networks of one shape only where they are true")
  func exchangedCapacities() throws {
    // All networks on these arcs with capacities 0, 1 and 2: 729.
    let ends: [(Int32, Int32)] = [(0, 1), (1, 2), (1, 2), (2, 1), (0, 2), (2, 0)]
    let cases = try (0..<729).map { number in
      var rest = number
      let arcs = ends.map { end in
        defer { rest /= 3 }
        return SmallArc(end.0, end.1, Int64(rest % 3))
      }
      return try Case(smallNetwork(nodes: 3, arcs))
    }
    var (accepted, foreign) = (0, 0)
    for (number, item) in cases.enumerated() {
      // Neighbours in the list and far ones: 30 of the others, and its own.
      for step in 0..<31 {
        let other = cases[(number + step * step) % cases.count]
        if let answer = checkAnswer(item.network, other.certificate).claim {
          #expect(untruth(answer, item.truth) == nil, "\(item.network)")
          accepted += 1
          if step % 27 != 0 { foreign += 1 }
        }
      }
    }
    #expect(accepted > 729 && foreign > 0)
  }

  @Test("no ranks, depths, parents and labels prove an ambiguous flow unique, on any small network")
  func forgedUniqueness() throws {
    var (forgeries, found, ambiguous) = (0, 0, 0)
    let noDifference = ExactVector([0, 0])
    // Two nodes and two arcs: all ends and capacities 1 and 2, all integral flows, all arrays.
    for ends in 0..<16 {
      for capacities in 0..<4 {
        let arcs = [
          SmallArc(Int32(ends & 1), Int32(ends >> 1 & 1), Int64(1 + capacities & 1)),
          SmallArc(Int32(ends >> 2 & 1), Int32(ends >> 3), Int64(1 + capacities >> 1)),
        ]
        let network = try smallNetwork(nodes: 2, arcs)
        let item = try Case(network)
        ambiguous += item.truth.isUnique ? 0 : 1
        for position in item.truth.flows.indices {
          let maximum = try #require(
            checkFeasible(item.truth.vector(position), in: network).claim
              .flatMap { checkMaximum($0, cut: item.certificate.cut).claim })
          var proofs = 0
          for choice in 0..<(4 * 4 * 4 * 9) {
            let certificate = UndeterminedArcsCertificate(
              differences: noDifference, labels: pair(choice & 3, 2),
              ranks: pair(choice >> 2 & 3, 2), depths: pair(choice >> 4 & 3, 2),
              parentArcs: pair(choice >> 6, 3).map { $0 - 1 })
            if checkUndetermined(maximum, certificate).claim != nil { proofs += 1 }
          }
          #expect((proofs > 0) == item.truth.isUnique, "\(network)")
          found += proofs
          forgeries += 576
        }
      }
    }
    #expect(forgeries > 30_000 && found > 0 && ambiguous > 20)
  }

  @Test("rings and parallel arcs that are free stay ambiguous, whatever the arrays say")
  func forgedForests() throws {
    // Rings each way round, pairs beside and against each other, and a path, which can be proved.
    var unique = 0
    for (tails, heads): ([Int32], [Int32]) in [
      ([0, 1, 2], [1, 2, 0]), ([0, 1, 0], [1, 2, 2]), ([0, 1, 2], [1, 1, 0]),
      ([0, 0, 1], [1, 1, 2]), ([0, 1, 1], [1, 0, 2]), ([0, 1], [1, 2]), ([0, 2], [1, 1]),
      ([1, 1], [0, 0]), ([1, 0], [0, 1]),
    ] {
      unique += try forge(tails, heads) ? 1 : 0
    }
    #expect(unique == 2)
  }

  /// Tries all ranks, depths and parents on free arcs between three nodes, and gives whether the
  /// kernel accepted one.
  private func forge(_ tails: [Int32], _ heads: [Int32]) throws -> Bool {
    // Each arc of capacity 2 carries 1; arcs from a source and to a sink make up for it.
    var excess = [0, 0, 0]
    for (tail, head) in zip(tails, heads) {
      excess[Int(tail)] -= 1
      excess[Int(head)] += 1
    }
    var arcs = zip(tails, heads).map { SmallArc($0, $1, 2) }
    var flow = [Int64](repeating: 1, count: tails.count)
    for node in 0..<3 where excess[node] != 0 {
      let amount = Int64(abs(excess[node]))
      arcs.append(
        excess[node] < 0 ? (3, Int32(node), amount) : (Int32(node), 4, amount))
      flow.append(amount)
    }
    let network = try smallNetwork(nodes: 5, source: 3, sink: 4, arcs)
    let truth = FlowEnumeration(network)
    let vector = ExactVector(flow, denominator: 1)
    let maximum = try #require(
      checkFeasible(vector, in: network).claim
        .flatMap { checkMaximum($0, cut: NodeSet(nodeCount: 5, members: [3])).claim })
    var proofs = 0
    for ranks in 0..<8 {
      for depths in 0..<27 {
        for parents in 0..<((tails.count + 1) * (tails.count + 1) * (tails.count + 1)) {
          let certificate = UndeterminedArcsCertificate(
            differences: ExactVector([Int64](repeating: 0, count: arcs.count), denominator: 1),
            labels: [0, 1, 2, 3, 4], ranks: digits(ranks, 2) + [9, -9],
            depths: digits(depths, 3) + [0, 0],
            parentArcs: digits(parents, tails.count + 1).map { $0 - 1 } + [-1, -1])
          if checkUndetermined(maximum, certificate).claim != nil { proofs += 1 }
        }
      }
    }
    #expect((proofs > 0) == truth.isUnique, "\(network)")
    return proofs > 0
  }

  private func pair(_ number: Int, _ base: Int) -> [Int32] {
    [Int32(number % base), Int32(number / base)]
  }

  private func digits(_ number: Int, _ base: Int) -> [Int32] {
    [Int32(number % base), Int32(number / base % base), Int32(number / base / base)]
  }

  /// The certificate with each of its numbers raised and lowered, one at a time.
  private func neighbours(_ certificate: FlowCertificate) -> [FlowCertificate] {
    var all: [FlowCertificate] = []
    func vary(_ vector: ExactVector, _ write: (inout FlowCertificate, ExactVector) -> Void) {
      for place in 0..<vector.count {
        for step in [1, -1, half, -half] {
          var entries = (0..<vector.count).map { vector[$0] }
          entries[place] += step
          all.append(certificate)
          write(&all[all.count - 1], ExactVector(entries))
        }
      }
    }
    func vary(_ integers: [Int32], _ write: (inout FlowCertificate, [Int32]) -> Void) {
      for place in integers.indices {
        for value in [integers[place] + 1, integers[place] - 1, .min, .max] {
          var changed = integers
          changed[place] = value
          all.append(certificate)
          write(&all[all.count - 1], changed)
        }
      }
    }
    func vary(_ set: NodeSet, _ write: (inout FlowCertificate, NodeSet) -> Void) {
      for node in 0..<set.nodeCount {
        let members = (0..<set.nodeCount).filter { set.contains($0) != ($0 == node) }
        all.append(certificate)
        write(&all[all.count - 1], NodeSet(nodeCount: set.nodeCount, members: members))
      }
    }
    vary(certificate.flow) { $0.flow = $1 }
    vary(certificate.cut) { $0.cut = $1 }
    vary(certificate.undetermined.differences) { $0.undetermined.differences = $1 }
    vary(certificate.undetermined.labels) { $0.undetermined.labels = $1 }
    vary(certificate.undetermined.ranks) { $0.undetermined.ranks = $1 }
    vary(certificate.undetermined.depths) { $0.undetermined.depths = $1 }
    vary(certificate.undetermined.parentArcs) { $0.undetermined.parentArcs = $1 }
    for (k, interval) in certificate.intervals.enumerated() {
      vary([Int32(interval.arc)]) { $0.intervals[k].arc = Int($1[0]) }
      let ends: [WritableKeyPath<ArcIntervalCertificate, ExtremalFlow>] = [\.minimum, \.maximum]
      for end in ends {
        vary(interval[keyPath: end].arcs) { $0.intervals[k][keyPath: end].arcs = $1 }
        vary(interval[keyPath: end].differences) {
          $0.intervals[k][keyPath: end].differences = $1
        }
        if let set = interval[keyPath: end].cut {
          vary(set) { $0.intervals[k][keyPath: end].cut = $1 }
          all.append(certificate)
          all[all.count - 1].intervals[k][keyPath: end].cut = nil
        }
      }
    }
    return all
  }
}
