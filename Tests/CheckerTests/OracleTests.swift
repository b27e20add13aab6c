// The kernel's answers, with certificates from the solvers, against enumeration of all flows.
import Checker
import ExactArithmetic
import Solvers
import TestSupport
import Testing

@Suite struct OracleTests {
  @Test(
    "every tensor of 2 layers, 2 tokens and denominators to 3 has the answer of enumeration",
    arguments: [Mode.all, .single(0), .single(1)])
  func tinyTensors(mode: Mode) throws {
    var unique = 0
    let tensors = try TestSupport.tinyTensors()
    #expect(tensors.count == 625)
    for tensor in tensors {
      let network = try FlowNetwork(tensor: tensor, mode: mode)
      let truth = FlowEnumeration(network)
      let certificate = try #require(answerCertificate(network))
      let answer = try #require(checkAnswer(network, certificate).claim)
      #expect(untruth(answer, truth) == nil, "\(tensor), \(mode)")
      #expect(answer.attributions.certainPairs == truth.certainPairs(network.sinkArcs))
      unique += truth.isUnique ? 1 : 0
    }
    #expect(unique > 50 && unique < 575)
  }

  @Test("random multigraphs with ties, loops and arcs both ways have the answer of enumeration")
  func multigraphs() throws {
    var numbers = TestNumbers(seed: 1)
    var unique = 0
    for round in 0..<800 {
      let network = try randomMultigraph(&numbers)
      let truth = FlowEnumeration(network)
      let certificate = try #require(answerCertificate(network))
      let judgement = checkAnswer(network, certificate)
      let answer = try #require(judgement.claim, "round \(round)")
      #expect(untruth(answer, truth) == nil, "round \(round): \(network)")
      #expect(answer.attributions.certainPairs == truth.certainPairs(network.sinkArcs))
      unique += truth.isUnique ? 1 : 0
      // Every arc, not only those into the sink.
      let arcs = Array(0..<network.arcCount)
      let certificates = try #require(arcIntervals(network, flow: certificate.flow, arcs: arcs))
      let all = try #require(checkIntervals(answer.maximum, arcs: arcs, certificates).claim)
      #expect(untruth(all, truth) == nil, "round \(round): \(network)")
      // And every flow of the enumeration instead of the solver's.
      for position in truth.flows.indices.prefix(4) {
        let flow = truth.vector(position)
        let maximum = try #require(
          checkFeasible(flow, in: network).claim
            .flatMap { checkMaximum($0, cut: certificate.cut).claim })
        let proof = undeterminedArcsCertificate(network, flow: flow)
        #expect(checkUndetermined(maximum, proof).claim?.arcs == truth.undetermined)
        let other = checkDistinct(answer.maximum, flow)
        #expect((other.claim == nil) == sameAmounts(flow, certificate.flow), "round \(round)")
      }
    }
    #expect(unique > 100 && unique < 700)
  }

  @Test("the reversed network has the same value and the same undetermined arcs")
  func reversed() throws {
    var numbers = TestNumbers(seed: 2)
    for _ in 0..<200 {
      let network = try randomMultigraph(&numbers)
      let certificate = try #require(answerCertificate(network))
      let answer = try #require(checkAnswer(network, certificate).claim)
      let turned = network.reversed
      // The same flow, read backwards, with the other side of the same cut.
      let maximum = try #require(
        checkFeasible(certificate.flow, in: turned).claim
          .flatMap { checkMaximum($0, cut: certificate.cut.complement).claim })
      #expect(maximum.value == answer.maximum.value)
      var proof = certificate.undetermined
      proof.ranks = proof.ranks.map { -$0 }
      #expect(checkUndetermined(maximum, proof).claim?.arcs == answer.undetermined.arcs)
    }
  }

  @Test("every node set bounds every arc it separates, whichever of source and sink it holds")
  func everyNodeSet() throws {
    var numbers = TestNumbers(seed: 3)
    var tight = 0
    var bounds = 0
    for _ in 0..<150 {
      let network = try randomMultigraph(&numbers)
      let truth = FlowEnumeration(network)
      let certificate = try #require(answerCertificate(network))
      let maximum = try #require(checkAnswer(network, certificate).claim?.maximum)
      for arc in 0..<network.arcCount {
        let (tail, head) = network.arcs.ends(of: arc)
        var (least, most) = (Rational(0), network.capacities[arc])
        for pattern in 0..<(1 << network.nodeCount) {
          let set = NodeSet(
            nodeCount: network.nodeCount,
            members: (0..<network.nodeCount).filter { pattern >> $0 & 1 == 1 })
          if set.contains(tail) && !set.contains(head) {
            let bound = bound(maximum, arc, least: set, most: nil)
            #expect(bound == -expected(set, network, truth) + network.capacities[arc])
            #expect(bound <= truth.least(arc))
            least = max(least, bound)
          } else if set.contains(head) && !set.contains(tail) {
            let bound = bound(maximum, arc, least: nil, most: set)
            #expect(bound == expected(set, network, truth))
            #expect(bound >= truth.most(arc))
            most = min(most, bound)
          } else {
            continue
          }
          bounds += 1
        }
        // The best set is exact, so a certificate exists for every arc of every network.
        #expect(least == truth.least(arc) && most == truth.most(arc))
        tight += 1
      }
    }
    #expect(tight > 300 && bounds > 5000)
  }

  @Test("on sink arcs of tensors the leave-one-out cuts give node sets with the same bounds")
  func leaveOneOut() throws {
    for (number, tensor) in try TestSupport.tinyTensors().enumerated() where number % 7 == 0 {
      let network = try FlowNetwork(tensor: tensor, mode: .all)
      let truth = FlowEnumeration(network)
      let certificate = try #require(answerCertificate(network))
      let maximum = try #require(checkAnswer(network, certificate).claim?.maximum)
      for (token, arc) in network.sinkArcs.enumerated() {
        let (tail, _) = network.arcs.ends(of: arc)
        let others = Set(network.sinkArcs).subtracting([arc])
        let (without, alone) = (closing([arc], of: network), closing(others, of: network))
        let (least, most) = (try value(without), try value(alone))
        #expect(truth.least(arc) == truth.value - least.value && truth.most(arc) == most.value)
        // The sets of the README, or none.
        let minimumSet = least.cut.contains(tail) ? least.cut : nil
        let maximumSet =
          most.cut.contains(tail)
          ? nil
          : NodeSet(nodeCount: network.nodeCount, members: most.cut.members + [network.sink])
        var interval = certificate.intervals[token]
        interval.minimum.cut = minimumSet
        interval.maximum.cut = maximumSet
        let claim = try #require(checkIntervals(maximum, arcs: [arc], [interval]).claim)
        #expect(untruth(claim, truth) == nil)
      }
    }
  }

  /// The same network with some capacities 0.
  private func closing(_ arcs: Set<Int>, of network: FlowNetwork) -> FlowNetwork? {
    let ends = (0..<network.arcCount).map { network.arcs.ends(of: $0) }
    return try? FlowNetwork(
      nodeCount: network.nodeCount, source: network.source, sink: network.sink,
      tails: ends.map { Int32($0.tail) }, heads: ends.map { Int32($0.head) },
      capacities: ExactVector(
        ends.indices.map { arcs.contains($0) ? 0 : network.capacities[$0] }))
  }

  /// The value of a maximum flow, with its cut, as the kernel accepts them.
  private func value(_ network: FlowNetwork?) throws -> (value: Rational, cut: NodeSet) {
    let network = try #require(network)
    let certificate = try #require(answerCertificate(network))
    let maximum = try #require(checkAnswer(network, certificate).claim?.maximum)
    return (maximum.value, maximum.cut)
  }

  /// u(out R) - V ([s in R] - [t in R]), added up here.
  private func expected(
    _ set: NodeSet, _ network: FlowNetwork, _ truth: FlowEnumeration
  ) -> Rational {
    var sum = Rational(0)
    for arc in 0..<network.arcCount {
      let (tail, head) = network.arcs.ends(of: arc)
      if set.contains(tail) && !set.contains(head) { sum += network.capacities[arc] }
    }
    if set.contains(network.source) { sum -= truth.value }
    if set.contains(network.sink) { sum += truth.value }
    return sum
  }

  /// The bound that the kernel reads off a node set: what it wants the amount to be.
  private func bound(
    _ maximum: MaximumFlow, _ arc: Int, least: NodeSet?, most: NodeSet?
  ) -> Rational {
    let amounts = maximum.flow.amounts
    let asked = ExtremalFlow(arcs: [], differences: ExactVector([]), cut: least ?? most)
    // The other end: for a minimum none is needed, for a maximum a minimum that is accepted.
    let minimum = arcIntervals(maximum.flow.network, flow: amounts, arcs: [arc])?.first?.minimum
    let certificate = ArcIntervalCertificate(
      arc: arc, minimum: least == nil ? minimum ?? asked : asked,
      maximum: least == nil
        ? asked : ExtremalFlow(arcs: [], differences: ExactVector([]), cut: nil))
    let first = checkIntervals(maximum, arcs: [arc], [certificate]).rejection?.first
    guard let first, first.rule == .extremal, first.leftSide == amounts[arc] else {
      return amounts[arc]
    }
    // A minimum that is accepted leaves the complaint about the maximum, which lies above.
    return least != nil && first.rightSide > first.leftSide ? amounts[arc] : first.rightSide
  }

  private func sameAmounts(_ left: ExactVector, _ right: ExactVector) -> Bool {
    (0..<left.count).allSatisfy { left[$0] == right[$0] }
  }
}
