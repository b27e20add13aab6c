// How far is a feasible circulation f from the unique optimum f* of a problem with a term? Let
// d = f* - f, and rho the residual of any duals with y(sink) - y(source) = gain, s_l, s_u >= 0 and
// rho = 0 on arcs without the term. The optimum satisfies (grad F(f*))'d <= 0, and
// -(grad F(f))'d = -rho'd - s_l'd + s_u'd <= -rho'd + gap, where gap = s_l'(f - l) + s_u'(u - f):
// (By)'d = 0 over all arcs and the return arc, and -s_l'd = s_l'(f - l) - s_l'(f* - l), and so for
// s_u. Frozen arcs have d = 0 and are left out. So, over the arcs with the term,
//
//     sum (phi'(f*) - phi'(f)) d <= -rho'd + gap.                                            (1)
//
// Squares. The left side of (1) is sigma |d|^2 with sigma = 2 lambda, the right side at most
// norm |d| + gap if |rho| <= norm. So |d| is at most the larger root of sigma x^2 - norm x - gap,
// and R is not below that root if sigma R >= norm and R (sigma R - norm) >= gap.
//
// Logarithms. Let p = f - l, q = u - f, h = 1/p^2 + 1/q^2, a = d/p and b = -d/q, both > -1, and
// N^2 = sum h d^2 = sum (a^2 + b^2). An arc's term on the left side of (1), divided by mu, is
// d^2 / (p (p + d)) + d^2 / (q (q - d)) = a^2 / (1 + a) + b^2 / (1 + b), and |a|, |b| <= N, so the
// left side is at least N^2 / (1 + N). With gap = 0 the right side is at most
// sum |rho| |d| / mu <= delta N, where delta^2 = sum rho^2 / (mu^2 h). So N <= delta (1 + N): if
// delta <= norm < 1, then N <= norm / (1 - norm), and R is not below |d(e)| <= N / sqrt(h(e)) if
// R^2 h(e) (1 - norm)^2 >= norm^2. This is the usual
// bound for self-concordant functions, proved for this one.
//
// Without the condition at the return arc, (By)'d is not 0 but a multiple of the difference in
// value, and both bounds are wrong. There is an optimum because the bounds are compact and, for
// logarithms, f itself has a finite objective; it is unique by the head of `CheckOptimality.swift`.
public import ExactArithmetic

/// A circulation near the unique optimum of its problem. Only the kernel constructs one.
public struct CertifiedDistance: Sendable, Equatable {
  /// The circulation.
  public let circulation: FeasibleCirculation
  /// The bound: the optimum exists, is unique, and differs on no arc with the term by more.
  ///
  /// For squares it is a bound of the Euclidean norm of all these differences together. On frozen
  /// arcs there is no difference.
  public let radius: Rational
}

/// Accepts a bound of the distance between a circulation and the optimum.
///
/// - Parameters:
///   - circulation: the circulation, of a problem with a term.
///   - certificate: duals, levels, the norm of the residuals and the radius.
/// - Returns: the distance, or why it is not established.
/// - Complexity: one pass over the arcs, in integers of any size.
public func checkDistance(
  _ circulation: FeasibleCirculation, _ certificate: DistanceCertificate
) -> Judgement<CertifiedDistance> {
  let problem = circulation.problem
  if let rejection = shapeRejection(certificate.duals, problem.network) {
    return .rejected(rejection)
  }
  let isFrozen: [Bool]
  switch checkLevels(certificate.levels, circulation.amounts, in: problem) {
  case .rejected(let rejection): return .rejected(rejection)
  case .accepted(let frozen): isFrozen = frozen
  }
  if let rejection = rangeRejection(certificate, problem.term) { return .rejected(rejection) }
  let residuals = DualResiduals(
    problem, flow: circulation.amounts, duals: certificate.duals)
  let rejection =
    switch problem.term {
    case .none: rejection(.term, .field("term"), 0, 1)
    case .squares(let lambda): squaresRejection(residuals, isFrozen, certificate, lambda)
    case .logarithms(let mu): logarithmsRejection(residuals, isFrozen, certificate, mu)
    }
  if let rejection { return .rejected(rejection) }
  return .accepted(CertifiedDistance(circulation: circulation, radius: certificate.radius))
}

/// Tests `norm >= 0`, `radius >= 0` and, for logarithms, `norm < 1`.
private func rangeRejection(
  _ certificate: DistanceCertificate, _ term: CirculationProblem.Term
) -> Rejection? {
  for (field, number) in [("norm", certificate.norm), ("radius", certificate.radius)]
  where number.signum() < 0 {
    return Rejection(
      Violation(rule: .range, place: .field(field), leftSide: number, rightSide: 0))
  }
  if case .logarithms = term, certificate.norm >= 1 {
    return Rejection(
      Violation(rule: .range, place: .field("norm"), leftSide: certificate.norm, rightSide: 1))
  }
  return nil
}

private func squaresRejection(
  _ residuals: DualResiduals, _ isFrozen: [Bool], _ certificate: DistanceCertificate,
  _ lambda: Rational
) -> Rejection? {
  var rules = DualRules(residuals)
  // All residuals of arcs with the term have one denominator.
  var (squares, denominator, gap) = (BigInteger.zero, BigInteger.one, BigInteger.zero)
  residuals.forEach(notIn: isFrozen) { arc, found in
    rules.testDualFeasibility(arc, found)
    gap += found.gap
    if found.hasTerm, let residual = found.residual {
      squares += residual.numerator * residual.numerator
      denominator = residual.denominator
    } else {
      rules.testStationarity(arc, found)
    }
  }
  let (norm, radius, sigma) = (certificate.norm, certificate.radius, lambda + lambda)
  let excess = sigma * radius - norm
  let exactGap = Rational(gap, residuals.flowDenominator * residuals.dualDenominator)
  return [
    rules.report(certificate.duals).rejection,
    atMost(Rational(squares, denominator * denominator), norm * norm, .norm),
    atMost(norm, sigma * radius, .radius) ?? atMost(exactGap, radius * excess, .radius),
  ].reduce(nil) { Rejection.joined($0, $1) }
}

private func logarithmsRejection(
  _ residuals: DualResiduals, _ isFrozen: [Bool], _ certificate: DistanceCertificate,
  _ mu: Rational
) -> Rejection? {
  var rules = DualRules(residuals)
  let norm = certificate.norm
  var radius = RadiusRule(certificate, residuals.flowDenominator)
  // With mu = a / b, rho = n / (E b P Q) and h = D^2 (P^2 + Q^2) / (P^2 Q^2):
  // rho^2 / (mu^2 h) = n^2 / ((a D E)^2 (P^2 + Q^2)).
  let scale = mu.numerator * residuals.flowDenominator * residuals.dualDenominator
  var squares = RoundedSum(dividedBy: scale * scale)
  residuals.forEach(notIn: isFrozen) { arc, found in
    rules.testDualFeasibility(arc, found)
    rules.testComplementarySlackness(arc, found)
    guard found.hasTerm else { return rules.testStationarity(arc, found) }
    guard let residual = found.residual else { return rules.testInterior(arc, found) }
    let slacks = found.below * found.below + found.above * found.above
    squares.add(residual.numerator * residual.numerator, over: slacks)
    radius.test(arc, found, slacks)
  }
  return [
    rules.report(certificate.duals).rejection, atMost(squares.value, norm * norm, .norm),
    radius.rejection,
  ].reduce(nil) { Rejection.joined($0, $1) }
}

/// A rejection if the first number is larger than the second.
private func atMost(_ left: Rational, _ right: Rational, _ rule: Rule) -> Rejection? {
  guard left > right else { return nil }
  return Rejection(
    Violation(
      rule: rule, place: .field(rule.rawValue), leftSide: left, rightSide: right))
}

/// Tests `R^2 h (1 - norm)^2 >= norm^2` on every arc; with `r = R (1 - norm) / norm`, `r^2 h >= 1`.
private struct RadiusRule {
  /// The number `(D r)^2`, and the largest integer up to `D r`; nil if the norm is 0.
  private let reach: (square: Rational, floor: BigInteger)?
  private let normSquare: Rational
  private var violations = FractionViolations(.radius)

  init(_ certificate: DistanceCertificate, _ flowDenominator: BigInteger) {
    let (norm, radius) = (certificate.norm, certificate.radius)
    normSquare = norm * norm
    guard norm.signum() > 0 else {
      reach = nil
      return
    }
    let scaled = radius * (1 - norm) / norm * Rational(flowDenominator)
    reach = (scaled * scaled, scaled.floor)
  }

  /// Tests an arc, given the sum of the squares of its slacks.
  mutating func test(_ arc: Int, _ found: ArcResidual, _ slacks: BigInteger) {
    guard let reach else { return }
    // A slack within reach is enough, since h >= 1 / p^2; this spares most arcs the products.
    if found.below <= reach.floor || found.above <= reach.floor { return }
    // h = D^2 (P^2 + Q^2) / (P Q)^2.
    let product = found.below * found.above
    let left = reach.square.numerator * slacks
    let right = reach.square.denominator * product * product
    if left >= right { return }
    // Both sides of r^2 h >= 1, times norm^2.
    violations.add(
      .arc(arc),
      difference: Fraction(
        numerator: (left - right) * normSquare.numerator,
        denominator: right * normSquare.denominator),
      rightSide: Fraction(
        numerator: normSquare.numerator, denominator: normSquare.denominator))
  }

  var rejection: Rejection? { violations.rejection }
}
