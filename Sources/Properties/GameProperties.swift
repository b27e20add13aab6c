// The flow game of a case: polymatroid facts, the routes to its Shapley value, the Shapley flow,
// and the sensible readings of what is said about attributions. All values are the kernel's.
import Checker
import ExactArithmetic
import SolverInterface
import Solvers

/// The number of cases on which the properties of games are tried once.
private let gamePeriod = 96

/// The properties of flow games and of the solvers of their Shapley values.
///
/// Those about the same players have one turn, so that their game is solved once. When nothing else
/// is asked for, solvers are tried on every case.
func gameProperties(
  solvers: [any FlowSolver], tasks: Set<FlowTask.Kind>
) -> [Property] {
  guard tasks.contains(.shapley) else { return [] }
  let period = tasks == [.shapley] ? 1 : gamePeriod
  let bottom =
    solvers.filter { $0.tasks.contains(.shapley) }.map(shapleySolverProperty)
    + terminalGameProperties(.bottom) + axiomProperties()
  let rest =
    terminalGameProperties(.top)
    + [sharedFlowProperty(), innerLayerProperty(), deeperLayerFact()]
  return bottom.map { $0.onTurn(47 % period, of: period) }
    + rest.map { $0.onTurn(95 % gamePeriod, of: gamePeriod) }
}

/// The property that a solver of Shapley values keeps its contract on a case.
func shapleySolverProperty(_ solver: any FlowSolver) -> Property {
  Property(
    name: "shapley/\(solver.name)",
    statement: "\(solver.name) returns the Shapley value of the arcs into the sink"
      + (solver.contract.tolerance.isZero ? ", exactly." : " within its tolerance."),
    source: "[S], theorem", isSampled: true, solver: solver, task: .shapley,
    applies: { solver.accepts($0.network) && $0.isWithinGameReach(.bottom) },
    run: { judgeShapleySolver(solver, $0) })
}

private func judgeShapleySolver(
  _ solver: any FlowSolver, _ examination: Examination
) -> Outcome {
  let statement = solver.statement(of: examination.network)
  let network = statement ?? examination.network
  let answer = solver.solve(
    FlowRequest(
      task: .shapley, network: examination.network, adjacency: examination.adjacency,
      limit: examination.limit))
  if let outcome = answer.outcomeWithoutAnswer(examination.limit, network) {
    return outcome.resting(on: answer, of: solver)
  }
  let reference = statement.map { provedGame(.bottom, $0) } ?? examination.game(.bottom)
  return reference.outcome { proved in
    Outcome(
      judgeShapley(
        answer, contract: solver.contract, in: network, shapley: proved.shapley,
        maximum: proved.table[proved.table.everyone])
    ).resting(on: answer, of: solver)
  }
}

/// What is true of the players at one end.
private func terminalGameProperties(_ players: GamePlayers) -> [Property] {
  [
    gameProperty(
      "monotone", players, "Nobody's joining lowers the value of a coalition.",
      run: { proved, _ in Outcome(refutedBy: checkMonotone(proved.table)) }),
    gameProperty(
      "submodular", players, "A player brings a larger coalition no more than a smaller one.",
      run: { proved, _ in Outcome(refutedBy: checkSubmodular(proved.table)) }),
    gameProperty(
      "base-polytope", players, "The Shapley value gives no coalition more than it is worth.",
      run: { proved, _ in
        Outcome(refutedBy: checkBasePolytope(proved.shapley, of: proved.table))
      }),
    gameProperty(
      "shapley-flow", players, "The Shapley value is the attribution of a maximum flow.",
      run: { _, examination in examination.realised([players]) }),
    gameProperty(
      "routes", players, "Five routes to the Shapley value agree exactly.",
      run: { proved, _ in judgeRoutes(proved) }),
    gameProperty(
      "intervals", players,
      "A player's attribution lies between v(N) - v(N - j) and v({j}), and reaches both.",
      applies: { $0.hasPlainEnds },
      run: { proved, examination in judgeIntervals(proved, players, examination) }),
    gameProperty(
      "unique-iff-modular", players,
      "Attributions are the same in all maximum flows iff the game is additive, and then they are "
        + "the Shapley value.",
      source: "[EJ], Proposition 2, for the game of maximum flows", applies: { $0.hasPlainEnds },
      run: { proved, examination in judgeModular(proved, players, examination) }),
    gameProperty(
      "leave-one-out", players, "Leave-one-out is the Shapley value iff the game is additive.",
      source: "[EJ], Proposition 3, for the game of maximum flows",
      run: { proved, _ in
        let isModular = checkModular(proved.table) == nil
        let isShapley = checkShapley(proved.table.leaveOneOut, of: proved.table).claim != nil
        return .test(isModular == isShapley, "additive: \(isModular), equal: \(isShapley)")
      }),
    gameProperty(
      "reversed", players, "Reversing all arcs exchanges the players at the two ends.",
      run: { proved, examination in
        provedGame(players == .bottom ? .top : .bottom, examination.network.reversed)
          .outcome { other in
            Outcome(refutedBy: checkShapley(other.shapley, of: proved.table).rejection)
          }
      }),
    gameProperty(
      "scaling", players, "Capacities times 3 give 3 times the Shapley value.",
      run: { proved, examination in
        let factor = Rational(3)
        return examination.withScaledCapacities(factor) { scaled in
          provedGame(players, scaled).outcome { after in
            Outcome(
              refutedBy: checkScaling(
                (proved.table, proved.shapley), by: factor,
                multiple: (after.table, after.shapley)))
          }
        }
      }),
  ]
}

/// A property of the proved game of some players.
private func gameProperty(
  _ name: String, _ players: GamePlayers, _ statement: String,
  source: String = "[S], flow games",
  applies: @escaping @Sendable (Examination) -> Bool = { _ in true },
  run: @escaping @Sendable (ProvedGame, Examination) -> Outcome
) -> Property {
  Property(
    name: "game/\(name)@\(players)", statement: statement, source: source, isSampled: true,
    applies: { $0.isWithinGameReach(players) && applies($0) },
    run: { examination in examination.game(players).outcome { run($0, examination) } })
}

private func judgeRoutes(_ proved: ProvedGame) -> Outcome {
  do throws(GameError) {
    for route in ShapleyRoute.allCases {
      let vector = try proved.table.shapleyValue(by: route)
      if let rejection = checkShapley(vector, of: proved.table).rejection {
        return .refuted("by \(route.rawValue): \(rejection.first.summary)")
      }
    }
    return .holds
  } catch {
    return .skipped("\(error)")
  }
}

/// The intervals of the arcs of the players at an end.
private func intervals(
  _ players: GamePlayers, _ examination: Examination
) -> Proof<ArcIntervals> {
  players == .bottom ? examination.attributions : examination.topAttributions
}

private func judgeIntervals(
  _ proved: ProvedGame, _ players: GamePlayers, _ examination: Examination
) -> Outcome {
  intervals(players, examination).outcome { intervals in
    let table = proved.table
    let least = table.leaveOneOut
    for player in table.players {
      let alone = table[Coalition([player])]
      let (low, high) = (intervals.minima[player.index], intervals.maxima[player.index])
      if low != least[player.index] || high != alone {
        return .refuted(
          "player \(player): [\(low), \(high)] against [\(least[player.index]), \(alone)]")
      }
    }
    return .holds
  }
}

private func judgeModular(
  _ proved: ProvedGame, _ players: GamePlayers, _ examination: Examination
) -> Outcome {
  intervals(players, examination).outcome { intervals in
    let isModular = checkModular(proved.table) == nil
    if isModular != intervals.isUnique {
      return .refuted("additive: \(isModular), unique: \(intervals.isUnique)")
    }
    guard isModular else { return .holds }
    return examination.maximum.outcome { maximum in
      let attribution = proved.game.attribution(of: maximum.flow.amounts)
      return Outcome(refutedBy: checkShapley(attribution, of: proved.table).rejection)
    }
  }
}

private func sharedFlowProperty() -> Property {
  Property(
    name: "game/shapley-flow@both",
    statement: "One maximum flow has the Shapley values of both ends as its attributions.",
    source: "[S], flow games", isSampled: true,
    applies: { $0.isWithinGameReach(.bottom) && $0.isWithinGameReach(.top) },
    run: { $0.realised([.bottom, .top]) })
}

/// The layers of a tensor inside the network in which the theorems of the ends hold too.
private func goodInnerLayers(_ examination: Examination) -> [Int] {
  guard let tensor = examination.tensor, let mode = examination.mode,
    examination.isRowStochastic, tensor.layers >= 2
  else { return [] }
  return mode == .all ? Array(Set([1, tensor.layers - 1])).sorted() : Array(1..<tensor.layers)
}

private func innerLayerProperty() -> Property {
  Property(
    name: "game/inner-layers",
    statement: "Rows that sum to 1: in layers 1 and L - 1 of mode all, and in every layer of "
      + "single, the game is submodular and its Shapley value is realised.",
    source: "[F], flow games", isSampled: true,
    applies: { $0.isWithinGameReach(.layer(1)) && !goodInnerLayers($0).isEmpty },
    run: { examination in
      for layer in goodInnerLayers(examination) {
        let players = GamePlayers.layer(layer)
        let outcome = examination.game(players).outcome { proved in
          let rejection = checkSubmodular(proved.table)
          return rejection == nil
            ? examination.realised([players]) : Outcome(refutedBy: rejection)
        }
        guard outcome.verdict == .holds else { return outcome }
      }
      return .holds
    })
}

private func deeperLayerFact() -> Property {
  Property(
    name: "game/deeper-layers",
    statement: "In layers 2 to L - 2 of mode all the Shapley value is realised.",
    source: "[F], flow games", isFact: true, isSampled: true,
    applies: { examination in
      examination.isWithinGameReach(.layer(2)) && examination.mode == .all
        && examination.isRowStochastic && (examination.tensor?.layers ?? 0) >= 4
    },
    run: { examination in
      for layer in 2...((examination.tensor?.layers ?? 4) - 2) {
        let outcome = examination.realised([.layer(layer)])
        guard outcome.verdict == .holds else { return outcome }
      }
      return .holds
    })
}
