import Checker
import ExactArithmetic

/// The changes that a feasible flow allows, as data: what is asked of Z3 before Z3 is involved.
///
/// For a flow `f` the unknowns are `d = f' - f`, where `f'` is another flow: `l - f <= d <= u - f`,
/// and `d` is conserved. Asking for `f'` itself makes Z3 slow from some thousand arcs on.
/// Everything is stated in integers, as multiples of ``unit``. Arcs with equal bounds are left
/// out: there `d` is 0.
struct ShiftedProblem {
  /// An unknown with its sign, as a term of a sum.
  struct SignedUnknown {
    /// The position of the unknown.
    let position: Int
    /// Whether the unknown is subtracted.
    let isNegative: Bool
  }

  /// The arc of each unknown, in increasing order.
  let arcs: [Int]
  /// The lower bound of each unknown, `l - f`, never positive.
  let lowerBounds: [BigInteger]
  /// The upper bound of each unknown, `u - f`, never negative.
  let upperBounds: [BigInteger]
  /// The amount of flow that the integer 1 stands for.
  let unit: Rational
  /// Sums that are 0: inflow minus outflow of each node but source and sink; none is empty.
  let conservation: [[SignedUnknown]]
  /// The sum that is the change of the value: outflow minus inflow of the source.
  let valueChange: [SignedUnknown]

  /// States the changes of a flow, on some or all of its arcs.
  ///
  /// - Parameters:
  ///   - flow: the flow, `f`.
  ///   - mayChange: whether the arcs with this tail and this head may change.
  /// - Complexity: a pass over the arcs and one over the nodes.
  init(flow: FeasibleFlow, mayChange: (_ tail: Int, _ head: Int) -> Bool) {
    self.init(flow.network, lowerBounds: nil, flow: flow.amounts) { mayChange($1, $2) }
  }

  /// States the changes of a circulation, on some or all of its arcs; what holds for the value is
  /// not part of the problem.
  ///
  /// - Parameters:
  ///   - circulation: the circulation, `f`.
  ///   - mayChange: whether an arc may change.
  init(circulation: FeasibleCirculation, mayChange: (_ arc: Int) -> Bool) {
    let problem = circulation.problem
    self.init(problem.network, lowerBounds: problem.lowerBounds, flow: circulation.amounts) {
      arc, _, _ in mayChange(arc)
    }
  }

  private init(
    _ network: FlowNetwork, lowerBounds bounds: ExactVector?, flow: ExactVector,
    mayChange: (_ arc: Int, _ tail: Int, _ head: Int) -> Bool
  ) {
    var denominator = BigInteger.leastCommonMultiple(
      network.capacities.denominator, flow.denominator)
    if let bounds { denominator = .leastCommonMultiple(denominator, bounds.denominator) }
    let capacities = network.capacities.restated(over: denominator)
    let least = bounds?.restated(over: denominator)
    let amounts = flow.restated(over: denominator)

    var arcs: [Int] = []
    var used: [BigInteger] = []
    var slack: [BigInteger] = []
    var atNode = [[SignedUnknown]](repeating: [], count: network.nodeCount)
    network.arcs.forEach { arc, tail, head in
      let (capacity, lower) = (capacities.numerator(arc), least?.numerator(arc) ?? .zero)
      guard capacity != lower, mayChange(arc, tail, head) else { return }
      // A self loop leaves its node as much as it enters it: it is in no sum.
      if tail != head {
        atNode[tail].append(SignedUnknown(position: arcs.count, isNegative: true))
        atNode[head].append(SignedUnknown(position: arcs.count, isNegative: false))
      }
      arcs.append(arc)
      used.append(amounts.numerator(arc) - lower)
      slack.append(capacity - amounts.numerator(arc))
    }

    let scale = commonDivisor(used, slack)
    self.arcs = arcs
    lowerBounds = used.map { -divided($0, by: scale) }
    upperBounds = slack.map { divided($0, by: scale) }
    unit = Rational(scale, denominator)
    valueChange = atNode[network.source].map {
      SignedUnknown(position: $0.position, isNegative: !$0.isNegative)
    }
    conservation = atNode.enumerated().compactMap { node, sum in
      node == network.source || node == network.sink || sum.isEmpty ? nil : sum
    }
  }

  /// The flow after a change, taken as far as the bounds allow.
  ///
  /// Multiples of a change are changes: conservation knows no scale. Z3 answers `d > 0` with some
  /// small amount; stretched until an arc meets its bound, the witness shows a change worth seeing,
  /// mostly in shorter fractions.
  ///
  /// - Parameters:
  ///   - change: one fraction per unknown, in units.
  ///   - flow: the flow that is changed.
  /// - Returns: one fraction per arc, in arc order, in units of the network.
  func flow(after change: [Rational], of flow: ExactVector) -> ExactVector {
    var factor: Rational?
    for (position, amount) in change.enumerated() where !amount.isZero {
      let bound = amount.signum() > 0 ? upperBounds[position] : lowerBounds[position]
      let most = Rational(bound) / amount
      factor = min(factor ?? most, most)
    }
    guard let factor else { return flow }
    var amounts = (0..<flow.count).map { flow[$0] }
    for (arc, amount) in zip(arcs, change) where !amount.isZero {
      amounts[arc] += amount * factor * unit
    }
    return ExactVector(amounts)
  }
}

/// The greatest common divisor of two lists of numbers that are not negative; 1 if all are 0.
private func commonDivisor(_ first: [BigInteger], _ second: [BigInteger]) -> BigInteger {
  var divisor = BigInteger.zero
  for values in [first, second] {
    for value in values where !value.isZero {
      divisor = BigInteger.greatestCommonDivisor(divisor, value)
      if divisor == .one { return divisor }
    }
  }
  return divisor.isZero ? .one : divisor
}

private func divided(_ value: BigInteger, by divisor: BigInteger) -> BigInteger {
  divisor == .one ? value : value.quotientAndRemainder(dividingBy: divisor).quotient
}
