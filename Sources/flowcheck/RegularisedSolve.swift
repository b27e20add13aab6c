// `solve` with a regularised method: the problem from the words of the command line, and what is
// said of its answer.
import CaseFiles
import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers

/// The weights that a command line gives.
struct RegularisedWeights {
  var lambda: Rational?
  var alpha: Rational?
  var mu: Rational?

  /// Reads the weights that a method needs, and refuses others.
  init(_ arguments: Arguments, _ method: SolveMethod) throws(UsageError) {
    let taken: [String] =
      switch method {
      case .l2, .l1: ["--lambda"]
      case .l1l2: ["--lambda", "--alpha"]
      case .barrier: ["--mu"]
      default: []
      }
    for name in ["--lambda", "--alpha", "--mu"] where arguments.has(name) && !taken.contains(name) {
      throw UsageError("\(name) does not go with --method \(method.rawValue)")
    }
    if arguments.has("--exact"), ![.l2, .l1, .l1l2].contains(method) {
      throw UsageError("--exact goes with --method l2, l1 or l1l2: other optima are no fractions")
    }
    if let needed = taken.first, !arguments.has(needed) {
      throw UsageError("--method \(method.rawValue) needs \(needed)")
    }
    lambda = try arguments.positiveFraction("--lambda")
    alpha = try arguments.positiveFraction("--alpha")
    mu = try arguments.positiveFraction("--mu")
  }
}

/// What `solve` says of a regularised flow beyond its attributions.
struct RegularisedFields {
  var weights: [(name: String, weight: Rational)]
  var objective: Double?
  var objectiveExact: Rational?
  var attributionExact: [Rational]?
  var iterations: Int
  /// No arc's flow is further from the unique optimum; nil where nothing is certified.
  var certifiedRadius: Rational?
  /// Whether the optimum is known to be the only one; nil where that is not known.
  var unique: Bool?
  var residuals: RegularisedResiduals?
  var presolve: PresolveReport?
}

/// The flow of a regularised method.
func regularisedFlow(
  _ method: SolveMethod, _ weights: RegularisedWeights, _ subject: Subject, isExact: Bool,
  withFlow: Bool
) throws -> Solution {
  let (chosen, base) = regularisedMethod(method, weights, subject.network)
  let problem = try chosen.problem(subject.network)
  return isExact || method == .l1
    ? exactSolution(method, chosen, problem, withFlow: withFlow)
    : doubleSolution(method, chosen, problem, base, withFlow: withFlow)
}

/// The method with its weights, and a maximum flow where it is about these.
func regularisedMethod(
  _ method: SolveMethod, _ weights: RegularisedWeights, _ network: FlowNetwork
) -> (method: RegularisedMethod, maximumFlow: ExactVector?) {
  switch (method, weights.lambda, weights.mu) {
  case (.l2, let lambda?, _): return (.l2(lambda: lambda), nil)
  case (.l1, let lambda?, _): return (.l1(alpha: lambda), nil)
  case (.l1l2, let lambda?, _):
    return (.l1l2(alpha: weights.alpha ?? lambda, lambda: lambda), nil)
  case (.barrier, _, let mu?): return (.barrier(mu: mu), nil)
  case (.central, _, _):
    let flow = MaximumFlowSolver.dinic.solve(network, adjacency: nil, limit: .unlimited)
    return (.central(value: flow.value), flow.flow)
  default: preconditionFailure("a method without its weight")
  }
}

/// The optimum in fractions, accepted by the kernel.
private func exactSolution(
  _ method: SolveMethod, _ chosen: RegularisedMethod, _ problem: CirculationProblem, withFlow: Bool
) -> Solution {
  let found = exactRegularisedFlow(problem)
  var solution = Solution(
    method: method, solver: "exact", status: found.status.rawValue,
    // On the command line the one weight of a method is always lambda.
    regularised: RegularisedFields(
      weights: method == .l1 ? chosen.weights.map { ("lambda", $0.weight) } : chosen.weights,
      iterations: found.iterations))
  guard let optimum = found.optimum else { return solution }
  guard let circulation = checkCirculation(optimum.flow, in: problem).claim,
    let claim = checkOptimality(circulation, optimum.duals).claim
  else {
    solution.status = "refused-by-the-kernel"
    return solution
  }
  solution.value = claim.circulation.value
  solution.regularised?.objective = optimum.objective.nearestDouble
  solution.regularised?.objectiveExact = optimum.objective
  solution.regularised?.attributionExact = problem.network.sinkArcs.map { optimum.flow[$0] }
  if claim.isUnique {
    solution.regularised?.certifiedRadius = 0
    solution.regularised?.unique = true
  } else if problem.term == .none {
    solution.regularised?.unique = problem.secondOptimum(beside: optimum) == nil
  }
  solution.readFlow(optimum.flow.nearestDoubles, problem.network, withFlow: withFlow)
  return solution
}

/// The optimum in doubles, with the distance that the kernel accepts.
private func doubleSolution(
  _ method: SolveMethod, _ chosen: RegularisedMethod, _ problem: CirculationProblem,
  _ base: ExactVector?, withFlow: Bool
) -> Solution {
  let (found, isExact) = problem.solveCertified(feasibleFlow: base)
  var solution = Solution(
    method: method, solver: isExact ? "exact" : "interior-point", status: found.status.rawValue,
    regularised: RegularisedFields(
      weights: chosen.weights, iterations: found.iterations, residuals: found.residuals,
      presolve: found.presolve))
  guard found.status == .optimal, let claim = found.distance else { return solution }
  let circulation = claim.circulation
  solution.value = circulation.value
  solution.regularised?.objective = found.objective
  solution.regularised?.certifiedRadius = claim.radius
  solution.regularised?.unique = true
  solution.readFlow(
    circulation.amounts.nearestDoubles, problem.network, withFlow: withFlow)
  return solution
}

extension Solution {
  fileprivate mutating func readFlow(
    _ amounts: [Double], _ network: FlowNetwork, withFlow: Bool
  ) {
    attribution = network.sinkArcs.map { amounts[$0] }
    attributionTop = network.sourceArcs.map { amounts[$0] }
    flow = withFlow ? amounts : nil
  }
}

extension Rational {
  /// The smallest double that is not below the fraction.
  var doubleRoundedUp: Double {
    let nearest = nearestDouble
    guard let exact = Rational(exactly: nearest), exact < self else { return nearest }
    return nearest.nextUp
  }
}

extension Rational {
  /// The smallest power of ten that is not below the fraction, as text; 0 for 0.
  ///
  /// The last digits of a radius depend on the machine's linear algebra, its size hardly does.
  var powerOfTenAbove: String {
    guard signum() > 0 else { return "0" }
    // Doubles, and so radii, lie within these exponents.
    let exponent = (-330...310).first { self <= Rational(10).raised(to: $0) }
    return "1e\(exponent ?? 310)"
  }

  private func raised(to exponent: Int) -> Rational {
    let power = Rational(numerator.raised(to: abs(exponent)))
    return exponent < 0 ? 1 / power : power
  }
}

extension JSONWriter {
  /// Writes the fields of a regularised flow into an object.
  mutating func regularisedFields(_ fields: RegularisedFields) {
    for (name, weight) in fields.weights where name != "value" {
      field(name, weight.nearestDouble)
    }
    optional("objective", fields.objective)
    if let exact = fields.objectiveExact { field("objectiveExact", exact) }
    if let exact = fields.attributionExact { field("attributionExact", exact) }
    field("iterations", fields.iterations)
    optional("certifiedRadius", fields.certifiedRadius?.doubleRoundedUp)
    key("unique")
    if let unique = fields.unique { bool(unique) } else { null() }
    if let residuals = fields.residuals {
      objectField("residuals") { writer in
        writer.optional("primal", residuals.primal)
        writer.optional("dual", residuals.dual)
        writer.optional("complementarity", residuals.complementarity)
      }
    }
    if let presolve = fields.presolve {
      objectField("presolve") { writer in
        writer.field("closedArcs", presolve.closedArcs)
        writer.field("separatingArcs", presolve.separatingArcs)
        writer.field("components", presolve.components)
      }
    }
  }

  /// Writes a number that may be missing, or is no finite number.
  fileprivate mutating func optional(_ key: String, _ value: Double?) {
    self.key(key)
    if let value, value.isFinite { double(value) } else { null() }
  }
}

extension RegularisedFields {
  /// The fields for people, one a line.
  func text(_ value: Rational?) -> String {
    var lines = weights.filter { $0.name != "value" }.map { "\($0.name)  \($0.weight)" }
    if let value {
      let exact = attributionExact == nil ? "" : ", exactly \(value)"
      lines.append("value   \(short(value.nearestDouble))" + exact)
    }
    if let objective { lines.append("objective  \(short(objective))") }
    lines.append("iterations  \(iterations)")
    if let certifiedRadius, !certifiedRadius.isZero {
      lines.append("certified   every arc within \(certifiedRadius.powerOfTenAbove)")
    } else if certifiedRadius != nil {
      lines.append("certified   exactly")
    }
    switch unique {
    case true?: lines.append("unique  yes")
    case false?: lines.append("unique  no: other flows are as good, this is one of them")
    case nil: break
    }
    if certifiedRadius == nil, let residuals { lines.append(residuals.summary) }
    if let presolve, presolve.droppedArcs > 0 {
      lines.append(
        "presolve  \(presolve.closedArcs) arcs of capacity 0 and \(presolve.separatingArcs) between"
          + " components left out")
    }
    return aligned(lines)
  }

  /// Lines of a name and the rest, with the rest in one column.
  private func aligned(_ lines: [String]) -> String {
    let parts = lines.map { $0.split(separator: " ", maxSplits: 1) }
    let width = max(6, parts.map { $0[0].count }.max() ?? 0)
    return parts.map { part in
      let name = String(part[0]) + String(repeating: " ", count: width - part[0].count)
      return name + "  " + part.dropFirst().joined().drop { $0 == " " } + "\n"
    }.joined()
  }
}
