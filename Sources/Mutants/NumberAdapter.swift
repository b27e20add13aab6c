// An adapter that hands capacities on as doubles and results back. Without a fault the solver gets
// the nearest doubles and is as good as they are.
import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers

/// An adapter with at most one fault in its numbers.
struct NumberAdapter: ConfigurableSolver {
  typealias Kind = NumberFault

  static let family = Mutant.Family.numbers
  private let fault: NumberFault?

  init(_ fault: NumberFault?, _ numbers: InProcessSolver.Numbers) { self.fault = fault }

  func solve(_ request: FlowRequest) -> FlowAnswer {
    let network = request.network
    let exact = network.capacities.nearestDoubles
    let largest = exact.max() ?? 0
    let capacities = exact.map { passed($0, largest: largest) }
    let solution = MaximumFlowSolver.dinic.solveDouble(
      capacities: capacities, adjacency: request.adjacency, source: network.source,
      sink: network.sink, limit: request.limit)
    guard solution.status == .optimal else { return FlowAnswer(status: .workLimitReached) }
    var (value, flow, cut) = (solution.value, solution.flow, solution.cut)
    switch fault {
    case .sum32Bits: value = value.truncatingRemainder(dividingBy: 4_294_967_296e-9)
    case .valueSingle: value = Double(Float(value))
    case .flowSixDecimals: flow = flow.map { ($0 * 1e6).rounded() / 1e6 }
    case .flowCleaned: flow = flow.map { $0 < 1e-7 ? 0 : $0 }
    case .exactCutTest, .cutTestCoarse:
      let slack = fault == .exactCutTest ? 0 : 1e-10
      cut = reached(from: network.source, request.adjacency) { halfArc in
        let arc = halfArc >> 1
        return (halfArc & 1 == 0 ? capacities[arc] - flow[arc] : flow[arc]) > slack
      }
    default: break
    }
    return FlowAnswer(optimalValue: value, flow: flow, cut: cut)
  }

  /// What becomes of a capacity on its way.
  private func passed(_ capacity: Double, largest: Double) -> Double {
    switch fault {
    case .gridMillionth: (capacity * 1e6).rounded(.down) / 1e6
    case .gridBillionth: (capacity * 1e9).rounded(.down) / 1e9
    case .gridBinary: (capacity * 0x1p20).rounded(.down) * 0x1p-20
    case .single: min(Double(Float(capacity)), Double(Float.greatestFiniteMagnitude))
    case .brainFloat:
      Double(
        Float(
          bitPattern: min(Float(capacity), .greatestFiniteMagnitude).bitPattern & 0xFFFF_0000))
    case .sixDigits: withSixDigits(capacity)
    case .capacities31Bits: min(capacity * 1e9, Double(Int32.max)).rounded(.down) / 1e9
    case .denormalsFlushed: capacity < .leastNormalMagnitude ? 0 : capacity
    case .smallPruned: capacity < 1e-3 * largest ? 0 : capacity
    case .tinyDropped: capacity < 1e-10 ? 0 : capacity
    default: capacity
    }
  }

  private func withSixDigits(_ number: Double) -> Double {
    guard number >= 1e-300, number <= 1e300 else { return number }
    var scale = 1.0
    // At most some 300 steps each way.
    while number * scale < 1e5 { scale *= 10 }
    while number * scale >= 1e6 { scale /= 10 }
    return (number * scale).rounded() / scale
  }
}

/// The nodes reached from a node over half-arcs that are open.
func reached(
  from start: Int, _ adjacency: Adjacency, isOpen: (_ halfArc: Int) -> Bool
) -> NodeSet {
  var set = NodeSet(nodeCount: adjacency.nodeCount, members: [start])
  var stack = [start]
  while let node = stack.popLast() {
    for slot in Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1]) {
      let next = Int(adjacency.neighbors[slot])
      if !set.contains(next) && isOpen(Int(adjacency.halfArcs[slot])) {
        set.insert(next)
        stack.append(next)
      }
    }
  }
  return set
}
