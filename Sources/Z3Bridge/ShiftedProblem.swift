import Checker
import ExactArithmetic

/// The changes that a feasible flow allows, as data: what is asked of Z3 before Z3 is involved.
///
/// For a flow `f` the unknowns are `d = f' - f`, where `f'` is another flow: `l - f <= d <= u - f`,
/// and `d` is conserved. Asking for `f'` itself makes Z3 slow from some thousand arcs on.
/// Of the bounds Z3 is told the signs only: where `f = l` that `d >= 0`, and where `f = u` that
/// `d <= 0`. Multiples of a change are changes, because conservation knows no scale, so if there is
/// a change of the right signs there is one within the bounds; see ``flow(after:of:)``. Arcs with
/// equal bounds are left out: there `d` is 0.
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
  /// The lower bound of each unknown, `l - f`, never positive, over ``denominator``.
  let lowerBounds: [BigInteger]
  /// The upper bound of each unknown, `u - f`, never negative, over ``denominator``.
  let upperBounds: [BigInteger]
  /// The denominator of all bounds.
  let denominator: BigInteger
  /// Inflow minus outflow of each node, source and sink taken as one; none is empty.
  ///
  /// What leaves one node enters another, so the sums add up to 0: that none is negative says that
  /// all are 0.
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
    var lowerBounds: [BigInteger] = []
    var upperBounds: [BigInteger] = []
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
      lowerBounds.append(lower - amounts.numerator(arc))
      upperBounds.append(capacity - amounts.numerator(arc))
    }

    self.arcs = arcs
    self.lowerBounds = lowerBounds
    self.upperBounds = upperBounds
    self.denominator = denominator
    valueChange = atNode[network.source].map {
      SignedUnknown(position: $0.position, isNegative: !$0.isNegative)
    }
    let ends = atNode[network.source] + atNode[network.sink]
    atNode[network.source] = ends
    atNode[network.sink] = []
    conservation = atNode.filter { !$0.isEmpty }
  }

  /// The flow after a change, taken as far as the bounds allow.
  ///
  /// A change of the right signs has room on each of its arcs, so some positive multiple of it is
  /// within the bounds. The largest of them is taken: the witness shows a change worth seeing,
  /// mostly in shorter fractions.
  ///
  /// - Parameters:
  ///   - change: one fraction per unknown, of any scale.
  ///   - flow: the flow that is changed.
  /// - Returns: one fraction per arc, in arc order.
  func flow(after change: [Rational], of flow: ExactVector) -> ExactVector {
    var factor: Rational?
    for (position, amount) in change.enumerated() where !amount.isZero {
      let bound = amount.signum() > 0 ? upperBounds[position] : lowerBounds[position]
      let most = Rational(bound, denominator) / amount
      factor = min(factor ?? most, most)
    }
    guard let factor else { return flow }
    var amounts = (0..<flow.count).map { flow[$0] }
    for (arc, amount) in zip(arcs, change) where !amount.isZero {
      amounts[arc] += amount * factor
    }
    return ExactVector(amounts)
  }
}
