// A correct solver whose answer goes through one more pair of hands. Without a fault they change
// nothing. Faults of memory keep what was said last, behind a lock.
import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers
import Synchronization

/// A report with at most one fault on a correct flow.
final class ReportingSolver: ConfigurableSolver {
  typealias Kind = ReportFault

  static let family = Mutant.Family.report
  private let fault: ReportFault?
  private let last = Mutex<Report?>(nil)

  init(_ fault: ReportFault?, _ numbers: InProcessSolver.Numbers) { self.fault = fault }

  func solve(_ request: FlowRequest) -> FlowAnswer {
    let network = request.network
    let solution = MaximumFlowSolver.dinic.solve(
      network, adjacency: request.adjacency, limit: request.limit)
    guard solution.status == .optimal else { return FlowAnswer(status: .workLimitReached) }
    let flow = (0..<network.arcCount).map { solution.flow[$0] }
    var report = Report(network, value: solution.value, flow: flow, cut: solution.cut)
    switch fault {
    case .staleFlow, .staleCut, .staleAnswer: remember(&report)
    case .none: break
    case .some(let fault): report.apply(fault, request.adjacency)
    }
    return FlowAnswer(
      status: .optimal, value: report.value, flow: ExactVector(report.flow), cut: report.cut)
  }

  /// Mixes what was reported last into a report, and keeps the result.
  private func remember(_ report: inout Report) {
    last.withLock { last in
      if let last, last.network.nodeCount == report.network.nodeCount {
        let isSameShape = last.network.arcCount == report.network.arcCount
        switch fault {
        case .staleCut: for node in last.cut.members { report.cut.insert(node) }
        case .staleFlow where isSameShape:
          for arc in report.flow.indices { report.flow[arc] += last.flow[arc] }
        case .staleAnswer where isSameShape: report = last
        default: break
        }
      }
      last = report
    }
  }
}
