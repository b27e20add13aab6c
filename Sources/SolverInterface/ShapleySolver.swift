public import Checker
import ExactArithmetic
import Solvers

/// This package's solver of Shapley values, exact.
public struct ShapleySolver: FlowSolver {
  /// The solver, which has no settings.
  public init() {}

  public var name: String { "coalitions" }

  public var contract: Contract { .exact }

  public var tasks: Set<FlowTask.Kind> { [.shapley] }

  public func accepts(_ network: FlowNetwork) -> Bool {
    (1...CooperativeGame.playerLimit).contains(network.sinkArcs.count)
  }

  public func solve(_ request: FlowRequest) -> FlowAnswer {
    guard request.task == .shapley else { return FlowAnswer(status: .unsupported) }
    do throws(GameError) {
      let game = try GamePlayers.bottom.game(on: request.network)
      guard let table = try game.solve().solution?.table else {
        return FlowAnswer(status: .workLimitReached)
      }
      return FlowAnswer(
        status: .optimal, value: table[table.everyone], attribution: try table.shapleyValue())
    } catch {
      return FlowAnswer(status: .gaveUp("\(error)"))
    }
  }
}
