public import Checker
import ExactArithmetic
import Networks

/// What is proved about the values of a flow game while they are computed.
public enum FlowGameProof: Sendable, Hashable {
  /// Nothing.
  case none
  /// The kernel checks each coalition's flow and cut as it is solved, and keeps the value.
  case checked
  /// The flows and cuts are kept for the kernel; up to ``FlowGameCertificate/playerLimit`` players.
  case stored
}

/// The values of a flow game.
public struct FlowGameSolution: Sendable, Equatable {
  /// The values, as computed.
  public let table: CooperativeGame
  /// The values, as proved; nil if no proof was asked for.
  public let certified: CertifiedFlowGame?
  /// A flow and a cut for every coalition, if they were to be kept.
  public let certificate: FlowGameCertificate?
}

/// Every way in which the computation of a flow game ends.
public enum FlowGameOutcome: Sendable, Equatable {
  /// Every coalition is solved.
  case solved(FlowGameSolution)
  /// The caller ended it after so many coalitions.
  case stopped(coalitions: Int)
  /// The kernel refuses a flow or a cut, which is a mistake in this program.
  case refused(Coalition, Rejection)

  /// The solution if there is one, else nil.
  public var solution: FlowGameSolution? {
    if case .solved(let solution) = self { return solution }
    return nil
  }
}

extension FlowGame {
  /// The maximum-flow values of all coalitions.
  ///
  /// - Parameters:
  ///   - proof: what is to be proved on the way.
  ///   - memoryLimit: the number of bytes that tables and flows may take.
  ///   - progress: called after every 4,096 coalitions with their number and that of all; false
  ///     ends the computation.
  /// - Returns: the values, or how it ended otherwise.
  /// - Throws: ``GameError/memory(bytes:limit:)`` if the limit does not suffice,
  ///   ``GameError/tooManyPlayers(count:limit:)`` for more players than all flows are kept for,
  ///   and ``GameError/emptyCoalition(value:)`` if something flows without any player.
  /// - Complexity: `2^n` augmentations; on networks of tokens some microseconds each.
  public func solve(
    proof: FlowGameProof = .none, memoryLimit: Int = 1 << 32,
    progress: (_ done: Int, _ all: Int) -> Bool = { _, _ in true }
  ) throws(GameError) -> FlowGameOutcome {
    if proof == .stored && playerCount > FlowGameCertificate.playerLimit {
      throw .tooManyPlayers(count: playerCount, limit: FlowGameCertificate.playerLimit)
    }
    let needed = bytesNeeded(proof)
    guard needed <= memoryLimit else { throw .memory(bytes: needed, limit: memoryLimit) }
    return try withoutActuallyEscaping(progress) { progress throws(GameError) in
      let task = SolveFlowGame(game: self, proof: proof, progress: progress)
      return try task.run(on: network.capacities).get()
    }
  }

  /// An upper bound on the memory of a computation, in bytes.
  private func bytesNeeded(_ proof: FlowGameProof) -> Int {
    let number =
      switch network.capacities.elements {
      case .int64: 8
      case .int128: 16
      case .big: 64
      }
    let coalitions = 1 << playerCount
    // The tables of solver and kernel, the vector made of each, in which sums may need more room,
    // and a byte per coalition.
    let tables = coalitions * (2 * number + 2 * max(number, 16) + 1)
    let flow = network.arcCount * 2 * number + network.nodeCount * 2 * 64
    let flows = (playerCount + 2) * flow + (proof == .stored ? coalitions * flow : 0)
    return tables + flows
  }
}

/// Solves a flow game in one number type.
private struct SolveFlowGame: ExactTask {
  let game: FlowGame
  let proof: FlowGameProof
  let progress: (_ done: Int, _ all: Int) -> Bool

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> Result<FlowGameOutcome, GameError> {
    let capacities = numerators[0]
    return Result { () throws(GameError) in
      if let shape = LayeredShape(game, capacities: capacities) {
        return try solve(LayeredCoalitionFlow(shape), capacities, over: denominator)
      }
      let state = NetworkCoalitionFlow(
        game.network, game.playerArcs, adjacency: Adjacency(game.network),
        capacities: capacities)
      return try solve(state, capacities, over: denominator)
    }
  }

  private func solve<State: CoalitionFlow>(
    _ empty: State, _ capacities: [State.Number], over denominator: BigInteger
  ) throws(GameError) -> FlowGameOutcome {
    let count = game.playerCount
    var record = FlowGameRecord<State.Number>(game, proof, over: denominator)
    guard record.visit(0, empty) else { return record.refusal }
    var done = 1
    var isStopped = false
    var state = empty
    // Whoever has the largest capacities takes the most augmentations, and goes first.
    let weights = game.playerArcs.map { game.weight(of: $0, capacities) }
    var walk = LatticeWalk<State>(
      order: (0..<count).sorted { weights[$0] > weights[$1] },
      spares: [State](repeating: empty, count: count)
    ) { mask, state in
      guard record.visit(mask, state) else { return false }
      done += 1
      if done % 4096 == 0 { isStopped = !progress(done, 1 << count) }
      return !isStopped
    }
    guard walk.run(from: 0, &state, mask: 0) else {
      return isStopped ? .stopped(coalitions: done) : record.refusal
    }
    return try record.outcome()
  }
}

/// The values found so far, and what is kept of their proofs.
private struct FlowGameRecord<Number: ExactFlowNumber> {
  private let game: FlowGame
  private let denominator: BigInteger
  private let proof: FlowGameProof
  private var values: [Number]
  private var check: FlowGameCheck<Number>?
  private var flows: [ExactVector] = []
  private var cuts: [NodeSet] = []
  /// The refusal of the kernel, if there was one.
  private(set) var refusal = FlowGameOutcome.stopped(coalitions: 0)

  init(_ game: FlowGame, _ proof: FlowGameProof, over denominator: BigInteger) {
    self.game = game
    self.denominator = denominator
    self.proof = proof
    let count = 1 << game.playerCount
    values = [Number](repeating: .zero, count: count)
    switch proof {
    case .none: break
    case .checked:
      check = FlowGameCheck(game)
      precondition(check != nil, "sums of capacities do not fit \\(Number.self)")
    case .stored:
      flows = [ExactVector](repeating: ExactVector([]), count: count)
      cuts = [NodeSet](repeating: NodeSet(nodeCount: 0), count: count)
    }
  }

  /// Takes down a coalition's value; false if the kernel refuses it.
  mutating func visit<State: CoalitionFlow>(
    _ mask: UInt64, _ state: borrowing State
  ) -> Bool where State.Number == Number {
    let position = Int(mask)
    values[position] = state.value
    switch proof {
    case .none: return true
    case .checked:
      let coalition = Coalition(mask: mask)
      let rejection = check?.accept(coalition, flow: state.amounts, cut: state.cut)
      guard let rejection else { return true }
      refusal = .refused(coalition, rejection)
      return false
    case .stored:
      flows[position] = Number.vector(state.amounts, over: denominator)
      cuts[position] = state.cut
      return true
    }
  }

  /// The solution, once every coalition has been seen.
  func outcome() throws(GameError) -> FlowGameOutcome {
    let table = try CooperativeGame(
      playerCount: game.playerCount, values: Number.vector(values, over: denominator))
    let certificate = proof == .stored ? FlowGameCertificate(flows: flows, cuts: cuts) : nil
    let judgement: Judgement<CertifiedFlowGame>? =
      if let certificate { try checkFlowGame(certificate, of: game) } else { try check?.finish() }
    if let rejection = judgement?.rejection {
      return .refused(Coalition(allOf: game.playerCount), rejection)
    }
    return .solved(
      FlowGameSolution(table: table, certified: judgement?.claim, certificate: certificate))
  }
}

extension FlowGame {
  /// The sum of the capacities through which flow comes to some arcs: for players at an end of the
  /// network, those of the arcs that join them to the next layer.
  fileprivate func weight<Number: ExactFlowNumber>(
    of arcs: [Int], _ capacities: [Number]
  ) -> Number {
    guard let tokens, tokens.layer == 0, case .layered(let layers, let count) = network.arcs else {
      return arcs.reduce(.zero) { $0 + capacities[$1] }
    }
    let first = layers * count * count + count
    return arcs.reduce(.zero) { sum, arc in
      (0..<count).reduce(sum) { $0 + capacities[$1 * count + arc - first] }
    }
  }
}
