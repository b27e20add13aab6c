// One solver on one network, judged as a campaign judges it, with nothing else around: the suite
// that solvers in this process and in others have in common.
public import Checker
import ExactArithmetic
import Networks
import Solvers

/// What became of a solver on a network.
public enum ConformanceResult: Sendable, Hashable {
  /// Its answer was judged.
  case judged(AnswerJudgement)
  /// It does not do this, as it says itself.
  case declined
  /// It gave no usable answer; why, and whether it crashed or hung.
  case failed(String, isCrash: Bool)
}

/// Puts a task to a solver and judges its answer.
///
/// - Parameters:
///   - solver: the solver.
///   - task: a task.
///   - network: the network.
/// - Returns: what became of it; `declined` too where this package's own solvers do not find what
///   the answer has to be compared with.
public func judgeConformance(
  of solver: any FlowSolver, _ task: FlowTask, on network: FlowNetwork
) -> ConformanceResult {
  guard solver.tasks.contains(task.kind), solver.accepts(network) else { return .declined }
  let asked = solver.statement(of: network) ?? network
  let adjacency = Adjacency(asked)
  guard let maximum = provedMaximum(asked, adjacency),
    let judge = reference(task, asked, adjacency, maximum, solver.contract)
  else { return .declined }
  let answer = solver.solve(
    FlowRequest(task: task, network: network, adjacency: adjacency, limit: .unlimited))
  switch answer.status {
  case .optimal: return .judged(judge(answer))
  case .unsupported, .gaveUp: return .declined
  case .workLimitReached: return .failed("it reached a work limit", isCrash: false)
  case .failed(let reason): return .failed(reason, isCrash: false)
  case .crashed(let reason), .timedOut(let reason): return .failed(reason, isCrash: true)
  }
}

/// What judges an answer to a task; nil if what it has to be compared with is not found.
private func reference(
  _ task: FlowTask, _ network: FlowNetwork, _ adjacency: Adjacency, _ maximum: MaximumFlow,
  _ contract: Contract
) -> ((FlowAnswer) -> AnswerJudgement)? {
  let own = FlowRequest(task: task, network: network, adjacency: adjacency, limit: .unlimited)
  switch task {
  case .maximumFlow:
    return { answer in
      judgeAnswer(
        answer, contract: contract, in: network, maximum: { maximum.value },
        smallestCut: { maximum.smallestCut })
    }
  case .shapley:
    guard ShapleySolver().accepts(network),
      let shapley = ShapleySolver().solve(own).attribution
    else { return nil }
    return { answer in
      judgeShapley(
        answer, contract: contract, in: network, shapley: shapley, maximum: maximum.value)
    }
  case .l2, .barrier:
    let answer = InteriorPointSolver().solve(own)
    guard let method = task.method, let flow = answer.flow, let certificate = answer.certificate,
      let problem = problem(method, network),
      let circulation = checkCirculation(flow, in: problem).claim,
      let near = checkDistance(circulation, certificate).claim
    else { return nil }
    return { answer in
      judgeRegularised(answer, contract: contract, reference: near, maximum: maximum.value)
    }
  }
}

private func problem(
  _ method: RegularisedMethod, _ network: FlowNetwork
) -> CirculationProblem? {
  do {
    return try method.problem(network)
  } catch {
    preconditionFailure("a weight of the suite is none: \(error)")
  }
}

/// A maximum flow that the kernel has accepted.
private func provedMaximum(_ network: FlowNetwork, _ adjacency: Adjacency) -> MaximumFlow? {
  let solution = MaximumFlowSolver.dinic.solve(network, adjacency: adjacency)
  guard let flow = checkFeasible(solution.flow, in: network).claim else { return nil }
  return checkMaximum(flow, cut: solution.cut).claim
}
