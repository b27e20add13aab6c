import CaseFiles
import Checker
import ExactArithmetic
import Networks
import Solvers

let solveCommand = Command(
  name: "solve",
  summary: "compute flows and attributions by one method",
  usage: "solve FILE[:KEY] --method METHOD [OPTIONS]",
  options: [
    .init(
      "--method", "METHOD",
      "maxflow|shapley|l2|l1|l1l2|barrier|central|pairwise|rollout|attention"),
    .init("--solver", "NAME", "for maxflow: dinic, push-relabel, edmonds-karp, layered"),
    .init("--lambda", "X", "the weight of l2, l1 and l1l2: positive, exact, as 0.01 or 1/3"),
    .init(
      "--alpha", "X", "for l1l2: the weight of the flow itself (default: that of --lambda)"),
    .init("--mu", "X", "the weight of barrier: positive, exact"),
    .init("--exact", nil, "for l2 and l1l2: the optimum itself, in fractions"),
  ] + ShapleyOptions.all + Subject.options + [
    .init("--flow", nil, "print the flow on each entry [l][i][j] or arc"),
    .init("--json", nil, "print one JSON object"),
  ],
  operands: 1...1,
  examples: [
    (
      "flowcheck solve corpus/attention/p03_two.avg.f32.npy --method maxflow --solver dinic",
      "one maximum flow's attributions: one choice among possibly many, see 'flowcheck check'"
    ),
    (
      "flowcheck solve corpus/attention/p03_two.avg.f32.npy --method pairwise --json",
      "the matrix of maximum flows between single top and bottom tokens"
    ),
    (
      "flowcheck solve corpus/attention/p03_two.avg.f32.npy --method l2 --lambda 0.01 --exact",
      "the unique flow with squares as penalty, in fractions"
    ),
    (
      "flowcheck solve corpus/attention/p03_two.avg.f32.npy --method shapley --players both",
      "the maximum flow whose attributions are the Shapley values, at both ends"
    ),
  ],
  exitCodes: [
    .success, .usage, .inconclusive, .badInput, .internalError, .temporary, .interrupted,
  ],
  run: runSolve)

/// The ways to attribute.
enum SolveMethod: String, CaseIterable {
  case maxflow
  case shapley
  case l2
  case l1
  case l1l2
  case barrier
  case central
  case pairwise
  case rollout
  case attention

  /// Whether the method gives a flow.
  var givesFlow: Bool { ![.pairwise, .rollout, .attention].contains(self) }
}

/// What `solve` answers; nil where a field is meaningless.
struct Solution {
  var method: SolveMethod
  var solver: String?
  var status: String
  var value: Rational?
  var attribution: [Double]?
  var attributionTop: [Double]?
  var flow: [Double]?
  var matrix: [Double]?
  var regularised: RegularisedFields?
}

@Sendable private func runSolve(_ arguments: Arguments) throws -> ExitCode {
  let method = try arguments.word("--method", SolveMethod.self) ?? .maxflow
  let solver = try arguments.word("--solver", MaximumFlowSolver.self)
  if solver != nil && method != .maxflow {
    throw UsageError("--solver goes with --method maxflow")
  }
  if arguments.has("--flow") && !method.givesFlow {
    throw UsageError("--flow goes with a method that gives one, not \(method.rawValue)")
  }
  let weights = try RegularisedWeights(arguments, method)
  let shapley = try ShapleyOptions(arguments, method)
  let subject = try Subject(arguments)
  subject.warnings.forEach { Console.note("warning: \($0)") }
  let withFlow = arguments.has("--flow")
  let solution: Solution
  switch method {
  case .shapley: return try runShapley(shapley, subject, arguments)
  case .maxflow:
    let solver = solver ?? .preferred(for: subject.network)
    guard solver.accepts(subject.network) else {
      throw UsageError("--solver \(solver.rawValue) is for tensors, not for networks")
    }
    solution = maximumFlow(subject, solver, withFlow: withFlow)
  case .l2, .l1, .l1l2, .barrier, .central:
    solution = try regularisedFlow(
      method, weights, subject, isExact: arguments.has("--exact"), withFlow: withFlow)
  case .pairwise, .rollout, .attention:
    solution = try matrixMethod(method, subject, file: arguments.operands[0])
  }
  // In a network, flow on single arcs may be larger than the value.
  let numbers = [solution.attribution, solution.attributionTop, solution.flow, solution.matrix]
  try Subject.requireFinite(
    numbers.compactMap { $0 }.joined() + [solution.value?.nearestDouble ?? 0],
    "result of \(method.rawValue)", file: arguments.operands[0])
  if arguments.has("--json") {
    Console.result(try solution.json(subject))
  } else {
    Console.note("\(arguments.operands[0]): \(subject.summary)")
    Console.result(solution.text(subject))
  }
  return solution.status == "optimal" ? .success : .inconclusive
}

private func maximumFlow(
  _ subject: Subject, _ solver: MaximumFlowSolver, withFlow: Bool
) -> Solution {
  let network = subject.network
  let found = solver.solve(network, adjacency: nil, limit: .unlimited)
  var solution = Solution(
    method: .maxflow, solver: solver.rawValue, status: found.status.rawValue)
  guard found.status == .optimal else { return solution }
  solution.value = found.value
  solution.attribution = network.sinkArcs.map { found.flow[$0].nearestDouble }
  solution.attributionTop = network.sourceArcs.map { found.flow[$0].nearestDouble }
  solution.flow = withFlow ? found.flow.nearestDoubles : nil
  return solution
}

/// Methods that give a matrix, row = top token; the attribution is row K or the column sums.
private func matrixMethod(
  _ method: SolveMethod, _ subject: Subject, file: String
) throws -> Solution {
  guard let (tensor, mode) = subject.tensor else {
    throw UsageError("--method \(method.rawValue) is about tensors, and \(file) is a network")
  }
  let tokens = tensor.tokens
  let matrix: [Double]
  let attribution: [Double]
  switch method {
  case .rollout:
    matrix = attentionRollout(tensor)
    attribution = rowOrColumnSums(matrix, tokens, mode)
  case .pairwise, .attention:
    let jobs = Console.processorCount
    guard let exact = method == .pairwise ? pairwiseFlow(tensor, jobs: jobs) : rawAttention(tensor)
    else {
      preconditionFailure("a search without a limit ends")
    }
    matrix = exact.nearestDoubles
    let fractions = (0..<exact.count).map { exact[$0] }
    attribution = rowOrColumnSums(fractions, tokens, mode).map(\.nearestDouble)
  default: preconditionFailure("\(method.rawValue) gives no matrix")
  }
  return Solution(
    method: method, solver: nil, status: "optimal", attribution: attribution, matrix: matrix)
}

private func rowOrColumnSums<Number: AdditiveArithmetic>(
  _ matrix: [Number], _ tokens: Int, _ mode: Mode
) -> [Number] {
  if case .single(let row) = mode { return Array(matrix[(row * tokens)..<((row + 1) * tokens)]) }
  return (0..<tokens).map { column in
    (0..<tokens).reduce(Number.zero) { $0 + matrix[$1 * tokens + column] }
  }
}

extension Solution {
  func json(_ subject: Subject) throws -> String {
    var writer = JSONWriter(.pretty)
    func list(_ key: String, _ values: [Double]?, _ writer: inout JSONWriter) {
      writer.key(key)
      if let values { writer.doubles(values) } else { writer.null() }
    }
    writer.object { writer in
      writer.subjectFields(subject)
      writer.field("method", method.rawValue)
      writer.key("solver")
      if let solver { writer.string(solver) } else { writer.null() }
      writer.field("status", status)
      writer.key("value")
      if let value { writer.double(value.nearestDouble) } else { writer.null() }
      writer.key("valueExact")
      if let value { writer.fraction(value) } else { writer.null() }
      list("attribution", attribution, &writer)
      list("attributionTop", attributionTop, &writer)
      if let regularised { writer.regularisedFields(regularised) }
      if let matrix {
        writer.key("matrix")
        writer.matrix(matrix, columns: subject.playerCount)
      }
      if let flow {
        writer.key("flow")
        writer.flow(flow, of: subject)
      }
    }
    return String(decoding: try writer.finish(), as: UTF8.self)
  }

  func text(_ subject: Subject) -> String {
    var lines = "method  \(method.rawValue)\(solver.map { " (\($0))" } ?? "")\nstatus  \(status)\n"
    if let regularised {
      lines += regularised.text(value)
    } else if let value {
      lines += "value   \(short(value.nearestDouble)), exactly \(value)\n"
    }
    guard let attribution else { return lines }
    lines += "\n"
    var columns: [Table.Column] = [
      .init("token"), .init("word", isNumber: false), .init("attribution"),
    ]
    // Bottom and top players are the same tokens only in a tensor.
    let top = subject.tensor == nil ? nil : attributionTop
    if top != nil { columns.append(.init("top")) }
    var table = Table(columns)
    for token in attribution.indices {
      var cells = ["\(token)", subject.words?[token] ?? "", short(attribution[token])]
      if let top { cells.append(short(top[token])) }
      table.add(cells)
    }
    lines += table.text()
    if let matrix {
      lines += "\nmatrix, a row for each top token\n" + matrixText(matrix, subject)
    }
    if let flow { lines += "\n" + flowText(flow, subject) }
    return lines
  }

  private func matrixText(_ matrix: [Double], _ subject: Subject) -> String {
    let tokens = subject.playerCount
    var table = Table(
      [.init("top"), .init("word", isNumber: false)]
        + (0..<tokens).map { Table.Column("\($0)") })
    for row in 0..<tokens {
      table.add(
        ["\(row)", subject.words?[row] ?? ""]
          + matrix[(row * tokens)..<((row + 1) * tokens)].map(short))
    }
    return table.text()
  }
}

/// The flow, each amount with its place in the tensor, or with its arc and the ends of it.
func flowText(_ flow: [Double], _ subject: Subject) -> String {
  guard let tensor = subject.tensor?.entries else {
    var table = Table([.init("arc"), .init("tail"), .init("head"), .init("flow")])
    subject.network.arcs.forEach { arc, tail, head in
      table.add(["\(arc)", "\(tail)", "\(head)", "\(flow[arc])"])
    }
    return table.text()
  }
  var table = Table([.init("l"), .init("i"), .init("j"), .init("flow")])
  let tokens = tensor.tokens
  for place in 0..<(tensor.layers * tokens * tokens) {
    let row = place / tokens
    table.add(["\(row / tokens)", "\(row % tokens)", "\(place % tokens)", "\(flow[place])"])
  }
  return table.text()
}
