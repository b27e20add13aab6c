// The same statements in SMT-LIB 2, for any solver of linear real arithmetic: a writer of its own,
// which shares neither code nor encoding with the calls to Z3. Amounts are exact fractions in the
// units of the network, and bounds are stated in full, not only their signs.
public import Checker
import ExactArithmetic

/// A statement about a flow that can be written down for other solvers.
public enum SMTLibStatement: String, Sendable, Hashable, CaseIterable {
  /// There is another flow of the same value. For a maximum flow, `unsat` means that it is unique.
  case secondFlow = "second-flow"
  /// There is another flow of the same value that differs on an arc into the sink.
  case differentAttribution = "different-attribution"
  /// There is a flow with a larger value; `unsat` means that this one is maximum.
  case largerValue = "larger-value"
}

/// Writes a statement as SMT-LIB 2 text in the logic QF_LRA, ending in `(check-sat)`.
///
/// The unknown `d_e` is the change on arc `e`, for every arc with a positive capacity. The text
/// avoids what some solvers refuse: sums and disjunctions of one term, negative literals, and
/// decimals.
///
/// - Parameters:
///   - statement: what to state.
///   - flow: the flow that is changed.
/// - Returns: the text; `sat` means that the statement is true.
public func smtLibText(_ statement: SMTLibStatement, about flow: FeasibleFlow) -> String {
  var writer = SMTLibWriter(flow: flow)
  writer.writeOpening(statement)
  writer.writeChanges()
  writer.writeConservation()
  writer.writeStatement(statement)
  return writer.text
}

private struct SMTLibWriter {
  let flow: FeasibleFlow
  private(set) var text = ""
  /// The arcs with an unknown, in increasing order.
  private var arcs: [Int] = []
  /// For each node the terms of its inflow minus its outflow.
  private var balances: [[String]]

  init(flow: FeasibleFlow) {
    self.flow = flow
    let network = flow.network
    var arcs: [Int] = []
    var balances = [[String]](repeating: [], count: network.nodeCount)
    network.arcs.forEach { arc, tail, head in
      guard !network.capacities.numerator(arc).isZero else { return }
      arcs.append(arc)
      guard tail != head else { return }
      balances[tail].append("(- d_\(arc))")
      balances[head].append("d_\(arc)")
    }
    self.arcs = arcs
    self.balances = balances
  }

  mutating func writeOpening(_ statement: SMTLibStatement) {
    let network = flow.network
    let claim =
      switch statement {
      case .secondFlow:
        "another flow has the same value; unsat: this is the only one"
      case .differentAttribution:
        "another flow of the same value differs on an arc into the sink; unsat: none does"
      case .largerValue:
        "another flow has a larger value; unsat: this flow is maximum"
      }
    text += """
      ; flowcheck: \(statement.rawValue)
      ; sat: \(claim).
      ; Network: \(network.nodeCount) nodes, \(network.arcCount) arcs, source \(network.source), \
      sink \(network.sink). The flow has value \(flow.value).
      ; d_e is the change of the flow on arc e, between minus the flow and capacity minus flow.
      ; Arcs of capacity 0 are left out: they cannot change.
      (set-logic QF_LRA)

      """
  }

  mutating func writeChanges() {
    let network = flow.network
    for arc in arcs {
      let (tail, head) = network.arcs.ends(of: arc)
      let (amount, capacity) = (flow.amounts[arc], network.capacities[arc])
      text += """
        ; arc \(arc): \(tail) -> \(head), flow \(amount), capacity \(capacity)
        (declare-const d_\(arc) Real)
        (assert (<= \(literal(-amount)) d_\(arc) \(literal(capacity - amount))))

        """
    }
  }

  mutating func writeConservation() {
    for node in 0..<flow.network.nodeCount
    where node != flow.network.source && node != flow.network.sink && !balances[node].isEmpty {
      text += "; node \(node): as much comes in as goes out\n"
      text += "(assert (= \(joined(balances[node], "+", empty: "0")) 0))\n"
    }
  }

  mutating func writeStatement(_ statement: SMTLibStatement) {
    let inflow = joined(balances[flow.network.source], "+", empty: "0")
    switch statement {
    case .secondFlow:
      text += "; the value stays\n(assert (= \(inflow) 0))\n; some arc changes\n"
      text += "(assert \(someChange(on: arcs)))\n"
    case .differentAttribution:
      let attributed = Set(flow.network.sinkArcs)
      text += "; the value stays\n(assert (= \(inflow) 0))\n; some arc into the sink changes\n"
      text += "(assert \(someChange(on: arcs.filter(attributed.contains))))\n"
    case .largerValue:
      text += "; the inflow of the source falls: the value rises\n(assert (< \(inflow) 0))\n"
    }
    text += "(check-sat)\n"
  }

  private func someChange(on arcs: [Int]) -> String {
    joined(arcs.map { "(not (= d_\($0) 0))" }, "or", empty: "false")
  }
}
