public import Checker
public import ExactArithmetic

/// The Shapley values of flow games of one network, and a maximum flow that realises them all.
public struct ShapleyFlow: Sendable, Equatable {
  /// The values of all coalitions, for each game.
  public let solutions: [FlowGameSolution]
  /// The Shapley value of each game.
  public let vectors: [ExactVector]
  /// The Shapley values as the kernel accepted them; empty if nothing was to be proved.
  public let certified: [ShapleyValue]
  /// A maximum flow whose attributions are these vectors, or why there is none.
  public let realisation: Realisation
  /// What the kernel says about that flow, one for each game; empty if there is none.
  public let realised: [RealisedAttribution]
}

/// Every way in which the search for a Shapley flow ends.
public enum ShapleyFlowOutcome: Sendable, Equatable {
  /// All values are known, and whether they can be realised.
  case solved(ShapleyFlow)
  /// A game was not solved, for the reason given.
  case unfinished(FlowGameOutcome)
  /// The kernel refuses a Shapley value or a flow, which is a mistake in this program.
  case refused(Rejection)
}

/// Finds the Shapley flow: the maximum flow whose attributions are the Shapley values.
///
/// For players in the bottom or the top layer it always exists, and for both at once. Further in
/// the answer may be a coalition that would get more than it is worth.
///
/// - Parameters:
///   - games: the games, at least one, all of the same network.
///   - proof: what is to be proved about the values of coalitions.
///   - memoryLimit: the number of bytes that tables and flows of one game may take.
///   - progress: called now and then with the number of coalitions solved, and of all; false ends
///     the search.
/// - Returns: the flow, or how it ended otherwise.
/// - Throws: ``GameError`` as `FlowGame.solve` and `FlowGame.realise` do.
public func findShapleyFlow(
  of games: [FlowGame], proof: FlowGameProof = .checked, memoryLimit: Int = 1 << 32,
  progress: (_ done: Int, _ all: Int) -> Bool = { _, _ in true }
) throws(GameError) -> ShapleyFlowOutcome {
  precondition(!games.isEmpty, "no games")
  let all = games.reduce(0) { $0 + 1 << $1.playerCount }
  var (before, solutions): (Int, [FlowGameSolution]) = (0, [])
  var (vectors, certified): ([ExactVector], [ShapleyValue]) = ([], [])
  for game in games {
    let outcome = try game.solve(proof: proof, memoryLimit: memoryLimit) { done, _ in
      progress(before + done, all)
    }
    guard let solution = outcome.solution else { return .unfinished(outcome) }
    before += 1 << game.playerCount
    let vector = try solution.table.shapleyValue()
    if let table = solution.certified?.table {
      switch checkShapley(vector, of: table) {
      case .rejected(let rejection): return .refused(rejection)
      case .accepted(let value): certified.append(value)
      }
    }
    solutions.append(solution)
    vectors.append(vector)
  }
  let realisation = try FlowGame.realise(zip(games, vectors).map { ($0, $1) })
  var realised: [RealisedAttribution] = []
  if case .realised(let flow, let cut) = realisation {
    switch checkFeasible(flow, in: games[0].network) {
    case .rejected(let rejection): return .refused(rejection)
    case .accepted(let feasible):
      switch checkMaximum(feasible, cut: cut) {
      case .rejected(let rejection): return .refused(rejection)
      case .accepted(let maximum):
        for (game, vector) in zip(games, vectors) {
          switch checkAttribution(vector, by: maximum, of: game) {
          case .rejected(let rejection): return .refused(rejection)
          case .accepted(let claim): realised.append(claim)
          }
        }
      }
    }
  }
  return .solved(
    ShapleyFlow(
      solutions: solutions, vectors: vectors, certified: certified, realisation: realisation,
      realised: realised))
}
