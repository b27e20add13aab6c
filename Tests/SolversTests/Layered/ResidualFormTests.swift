import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

/// What is found on rows of bits, against what is found on half-arcs.
@Suite struct ResidualFormTests {
  @Test("all arcs of small tensors have the intervals that half-arcs give, in both directions")
  func intervalsOfAllArcs() throws {
    var numbers = TestNumbers(seed: 71)
    for round in 0..<120 {
      let tensor = try randomTensor(
        layers: 1 + round % 4, tokens: 1 + round % 5, denominator: 1 + Int64(round % 6),
        numbers: &numbers)
      for mode in [Mode.all, .single(0)] {
        let network = try FlowNetwork(tensor: tensor, mode: mode)
        for network in [network, network.reversed] {
          try expectEqualAnswers(network, arcs: Array(0..<network.arcCount), "\(tensor) \(mode)")
        }
      }
    }
  }

  @Test("rows of one word, of a word and a bit, and of three words give what half-arcs give")
  func wordBoundaries() throws {
    var numbers = TestNumbers(seed: 72)
    for (layers, tokens) in [(1, 63), (2, 64), (3, 65), (2, 130)] {
      // Few denominators make ties, zero rows and columns, and components of all sizes.
      for denominator in [2, 50] as [Int64] {
        let tensor = try randomTensor(
          layers: layers, tokens: tokens, denominator: denominator, numbers: &numbers)
        let network = try FlowNetwork(tensor: tensor, mode: .all)
        for network in [network, network.reversed] {
          let entries = (0..<20).map { _ in Int.random(in: 0..<network.arcCount, using: &numbers) }
          try expectEqualAnswers(
            network, arcs: network.sinkArcs + network.sourceArcs + entries,
            "\(layers) layers of \(tokens) tokens over \(denominator)")
        }
      }
    }
  }

  @Test("every tensor of two layers of two tokens with entries 0, 1/2 and 1, in both modes")
  func everyTinyTensor() throws {
    for code in 0..<6_561 {
      var rest = code
      let entries = (0..<8).map { _ -> Int64 in
        defer { rest /= 3 }
        return Int64(rest % 3)
      }
      let tensor = try EffectiveTensor(
        layers: 2, tokens: 2, entries: ExactVector(entries, denominator: 2))
      for mode in [Mode.all, .single(1)] {
        let network = try FlowNetwork(tensor: tensor, mode: mode)
        try expectEqualAnswers(network, arcs: Array(0..<network.arcCount), "\(entries) \(mode)")
      }
    }
  }

  @Test("a flow through the middle of all capacities has every inner arc undetermined")
  func freeArcs() throws {
    // Half of everything on every arc: all arcs are free, all trees could end at 0.
    for (layers, tokens) in [(1, 2), (2, 3), (3, 8), (2, 66)] {
      let entries = [Int64](repeating: 2, count: layers * tokens * tokens)
      let tensor = try EffectiveTensor(
        layers: layers, tokens: tokens, entries: ExactVector(entries, denominator: 1))
      let network = try FlowNetwork(
        tensor: tensor, mode: .all, conventions: Conventions(superCapacity: Rational(tokens)))
      let flow = ExactVector(
        [Int64](repeating: 1, count: entries.count)
          + [Int64](repeating: Int64(tokens), count: 2 * tokens), denominator: 1)
      let source = NodeSet(nodeCount: network.nodeCount, members: [network.source])
      for network in [network, network.reversed] {
        let cut = network.source == 0 ? source.complement : source
        let maximum = try #require(
          checkFeasible(flow, in: network).claim.flatMap { checkMaximum($0, cut: cut).claim })
        let certificate = undeterminedArcsCertificate(network, flow: flow, form: .rowsOfBits)
        let claim = try #require(checkUndetermined(maximum, certificate).claim)
        #expect(claim.arcs == Array(0..<entries.count), "\(layers) layers of \(tokens) tokens")
      }
    }
  }

  @Test("a free arc that alone joins two blocks of free arcs is a bridge, and determined")
  func bridge() throws {
    // Tokens 0 and 1 of the two upper layers form a block, and tokens 0 and 2 of the two lower
    // ones. Only the arc from token 0 to token 0 between the blocks is free; others are saturated.
    let capacities: [[[Int64]]] = [
      [[2, 0, 2], [0, 2, 0], [2, 0, 2]],
      [[3, 0, 0], [0, 2, 0], [0, 0, 2]],
      [[2, 2, 0], [2, 2, 0], [0, 0, 2]],
    ]
    let amounts: [[[Int64]]] = [
      [[1, 0, 1], [0, 2, 0], [1, 0, 1]],
      [[2, 0, 0], [0, 2, 0], [0, 0, 2]],
      [[1, 1, 0], [1, 1, 0], [0, 0, 2]],
    ]
    let tensor = try EffectiveTensor(
      layers: 3, tokens: 3,
      entries: ExactVector(capacities.flatMap { $0.flatMap { $0 } }, denominator: 1))
    let network = try FlowNetwork(
      tensor: tensor, mode: .all, conventions: Conventions(superCapacity: 2))
    let flow = ExactVector(
      amounts.flatMap { $0.flatMap { $0 } } + [Int64](repeating: 2, count: 6), denominator: 1)
    let cut = NodeSet(nodeCount: network.nodeCount, members: [network.source])
    let maximum = try #require(
      checkFeasible(flow, in: network).claim.flatMap { checkMaximum($0, cut: cut).claim })
    let certificate = undeterminedArcsCertificate(network, flow: flow, form: .rowsOfBits)
    // Arc (3 l + i) 3 + j: the bridge would be number 9.
    #expect(
      checkUndetermined(maximum, certificate).claim?.arcs == [0, 2, 6, 8, 18, 19, 21, 22])
    #expect(certificate.parentArcs.contains(9))
  }

  /// Expects both forms to give the same intervals and undetermined arcs, and the kernel to accept
  /// both.
  private func expectEqualAnswers(
    _ network: FlowNetwork, arcs: [Int], _ what: @autoclosure () -> String
  ) throws {
    let answer = MaximumFlowSolver.layered.solve(network)
    let (bits, halfArcs) = (
      try claims(network, answer, arcs, .rowsOfBits, what()),
      try claims(network, answer, arcs, .halfArcs, what())
    )
    #expect(bits.intervals.minima == halfArcs.intervals.minima, "\(what())")
    #expect(bits.intervals.maxima == halfArcs.intervals.maxima, "\(what())")
    #expect(bits.undetermined.arcs == halfArcs.undetermined.arcs, "\(what())")
  }

  /// The claims that the kernel accepts of a flow, with the certificates of this module.
  private func claims(
    _ network: FlowNetwork, _ answer: ExactMaximumFlow, _ arcs: [Int], _ form: ResidualForm,
    _ what: String
  ) throws -> (intervals: ArcIntervals, undetermined: UndeterminedArcs) {
    let flow = try #require(checkFeasible(answer.flow, in: network).claim, "\(what)")
    let maximum = try #require(checkMaximum(flow, cut: answer.cut).claim, "\(what)")
    let certificates = try #require(
      arcIntervals(network, flow: answer.flow, arcs: arcs, form: form))
    let intervals = checkIntervals(maximum, arcs: arcs, certificates)
    let undetermined = checkUndetermined(
      maximum, undeterminedArcsCertificate(network, flow: answer.flow, form: form))
    return (
      try #require(
        intervals.claim, "\(String(describing: intervals.rejection?.first)) \(what)"),
      try #require(
        undetermined.claim, "\(String(describing: undetermined.rejection?.first)) \(what)")
    )
  }
}
