// The optimum of a problem with squares in exact numbers, by its active set.
//
// Problem: which arcs are at which bound? Once that is known the rest is one system of equations.
// Idea: guess, solve exactly, and look. Three stages, each with its own bound:
//  1. Correct everything that is wrong at once: hold free arcs that left their bounds, free held
//     arcs whose multiplier has the wrong sign. Each round must leave fewer wrong arcs than the
//     one before, so the rounds end. Near the optimum one or two suffice.
//  2. Free held arcs whose multipliers have the wrong sign until there are none; every round frees
//     one at least. Now the flow is the optimum of the problem that knows the held bounds only.
//  3. While some free arc is outside its bounds, take the one farthest outside and raise its
//     multiplier from 0. Flows and multipliers move along straight lines. If the arc reaches its
//     bound, it is held there. If a held arc's multiplier reaches 0 first, that arc is freed, and
//     the line bends. This is the dual method of Goldfarb and Idnani on a network.
// Why the third stage terminates: the arc that is raised leaves its bounds by a positive amount,
// so the optimal cost under the held bounds has grown when it is held; at most all held arcs are
// freed in between. No set of held arcs can come again. Ties and degenerate bounds do not
// matter: a step of length 0 frees an arc and is followed, in the end, by one that is longer.
// Held arcs stay independent: free arcs join all nodes of a component at all times. An arc that is
// a bridge of the free arcs cannot reach its bound by itself; raising its multiplier then moves the
// potentials of one side until an arc that crosses is freed. There is one, or no flow is feasible.
// Cost: one exact system a round, two a bend. Source: [GI].
import ExactArithmetic
import Networks

/// How the search for the active set ended.
struct ActiveSetRun {
  /// The optimum; nil if the work limit was reached.
  var point: ActiveSetPoint?
  /// The number of systems that were solved.
  var systems = 0
  /// Looks at a half-arc, and multiplications modulo a number.
  var work = 0
}

/// A search that holds and frees arcs.
struct ActiveSetSearch {
  private let squares: SquaresProblem
  private let limit: WorkLimit
  private var states: [ArcState]
  private var run = ActiveSetRun()

  /// Starts where a guess says.
  init(_ squares: SquaresProblem, guess: ApproximatePotentials, limit: WorkLimit) {
    let guessed = squares.arcs.indices.map { guess.state(of: $0) }
    self.init(
      squares, states: guessed.map(\.state), multipliers: guessed.map(\.multiplier), limit: limit)
    run.work += guess.work
  }

  /// Starts with arcs in given states, with about these multipliers, one of each per arc.
  init(
    _ squares: SquaresProblem, states: [ArcState], multipliers: [Double], limit: WorkLimit
  ) {
    self.squares = squares
    self.limit = limit
    self.states = states
    freeCrossingArcs(multipliers: multipliers, isLast: states.map { _ in false })
  }

  /// Searches until the optimum is found or the limit is reached.
  ///
  /// Precondition: the problem has a feasible flow.
  mutating func find() -> ActiveSetRun {
    guard var point = solve() else { return run }
    var wrongCount = Int.max
    // Every pass has fewer wrong arcs than the one before.
    while true {
      let wrong = wrongArcs(point)
      if wrong.isEmpty {
        run.point = point
        return run
      }
      guard wrong.count < wrongCount else { break }
      wrongCount = wrong.count
      correct(wrong, point)
      guard let next = solve() else { return run }
      point = next
    }
    // Every pass frees an arc.
    while true {
      let wrong = wrongArcs(point).filter { states[$0.arc] != .free }
      if wrong.isEmpty { break }
      for (arc, _) in wrong { states[arc] = .free }
      guard let next = solve() else { return run }
      point = next
    }
    // Every pass raises the optimal cost under the held bounds.
    while let (arc, state) = farthestOutside(point) {
      guard hold(arc, at: state), let next = solve() else { return run }
      point = next
    }
    run.point = point
    return run
  }

  /// The system of the present states; nil if the limit is reached.
  private mutating func system() -> ActiveSetSystem? {
    if limit.isExceeded(by: run.work) { return nil }
    let system = ActiveSetSystem(squares, states: states)
    run.systems += 1
    run.work += system.work
    return system
  }

  private mutating func solve() -> ActiveSetPoint? { system()?.point(squares.data) }

  /// The arcs that break a condition, each with the state that would mend it.
  private func wrongArcs(_ point: ActiveSetPoint) -> [(arc: Int, state: ArcState)] {
    states.indices.compactMap { arc in
      switch states[arc] {
      case .free:
        if point.flow[arc] < point.denominator * squares.data.lower[arc] { return (arc, .lower) }
        if point.flow[arc] > point.denominator * squares.data.upper[arc] { return (arc, .upper) }
        return nil
      case .lower: return point.multipliers[arc].signum() < 0 ? (arc, .free) : nil
      case .upper: return point.multipliers[arc].signum() > 0 ? (arc, .free) : nil
      }
    }
  }

  /// Puts arcs into new states, and frees others where free arcs no longer join everything.
  private mutating func correct(
    _ wrong: [(arc: Int, state: ArcState)], _ point: ActiveSetPoint
  ) {
    var isLast = states.map { _ in false }
    for (arc, state) in wrong {
      states[arc] = state
      isLast[arc] = true
    }
    let multipliers = ExactVector(
      point.multipliers, denominator: squares.denominator * point.denominator)
    freeCrossingArcs(multipliers: multipliers.nearestDoubles, isLast: isLast)
  }

  /// Frees held arcs until free arcs join all nodes of each component.
  ///
  /// Between two parts it takes the arc with the smallest multiplier, which reaches 0 first when
  /// the potentials of one part move; and it moves them. `isLast` marks arcs to be freed only if
  /// no others cross.
  private mutating func freeCrossingArcs(multipliers: [Double], isLast: [Bool]) {
    let adjacency = squares.adjacency
    var part = SpanningForest(adjacency, isIncluded: states.map { $0 == .free }).root
    // How far the potential of each node has moved.
    var moved = [Double](repeating: 0, count: adjacency.nodeCount)
    // Every pass joins two parts.
    while true {
      var best: (arc: Int, size: Double)?
      for arc in states.indices where states[arc] != .free {
        let (tail, head) = adjacency.ends(of: arc)
        guard part[tail] != part[head] else { continue }
        let size = isLast[arc] ? .infinity : abs(multipliers[arc] - (moved[head] - moved[tail]))
        if best.map({ size < $0.size }) ?? true { best = (arc, size) }
      }
      run.work += states.count
      guard let best else { return }
      states[best.arc] = .free
      let (tail, head) = adjacency.ends(of: best.arc)
      let rest = multipliers[best.arc] - (moved[head] - moved[tail])
      let (old, new) = (part[head], part[tail])
      for node in part.indices where part[node] == old {
        part[node] = new
        moved[node] += rest
      }
    }
  }

  /// The free arc farthest outside its bounds, with the bound that it left; nil if none is.
  private func farthestOutside(_ point: ActiveSetPoint) -> (Int, ArcState)? {
    var farthest: (arc: Int, state: ArcState, amount: BigInteger)?
    for (arc, state) in wrongArcs(point) where states[arc] == .free {
      let bound = state == .lower ? squares.data.lower[arc] : squares.data.upper[arc]
      let amount = (point.denominator * bound - point.flow[arc]).magnitude
      if farthest.map({ amount > $0.amount }) ?? true { farthest = (arc, state, amount) }
    }
    return farthest.map { ($0.arc, $0.state) }
  }

  /// Raises the multiplier of a free arc until it can be held, and holds it.
  ///
  /// - Returns: false if the limit was reached first.
  private mutating func hold(_ arc: Int, at state: ArcState) -> Bool {
    // Every pass frees an arc, or is the last.
    while true {
      guard let system = system() else { return false }
      let base = system.point(squares.data)
      let direction = system.point(unitMultiplier(of: arc, at: state))
      // The length of the step to each event, up to a common factor.
      let bound = state == .lower ? squares.data.lower[arc] : squares.data.upper[arc]
      let missing = base.denominator * bound - base.flow[arc]
      var shortest = StepLength(missing, direction.flow[arc])
      var freed: Int?
      for other in states.indices where states[other] != .free {
        let slope = direction.multipliers[other].signum()
        guard slope == (states[other] == .lower ? -1 : 1) else { continue }
        let length = StepLength(base.multipliers[other], direction.multipliers[other])
        if let current = shortest, let length, !(length < current) { continue }
        shortest = length
        freed = other
      }
      precondition(shortest != nil, "arc \(arc) cannot reach its bound in a feasible problem")
      guard let freed else {
        states[arc] = state
        return true
      }
      states[freed] = .free
    }
  }

  /// The data whose solution is the change of everything with the multiplier of an arc.
  ///
  /// A multiplier `r` of the arc stands in the equations like a cost smaller by `r`.
  private func unitMultiplier(of arc: Int, at state: ArcState) -> SquaresData {
    let zeros = [BigInteger](repeating: .zero, count: states.count)
    var data = SquaresData(
      lower: zeros, upper: zeros, shifts: zeros,
      supplies: [BigInteger](repeating: .zero, count: squares.adjacency.nodeCount))
    data.shifts[arc] = state == .lower ? -1 : 1
    return data
  }
}

/// A quotient of absolute values, compared without division.
private struct StepLength {
  private let numerator: BigInteger
  private let denominator: BigInteger

  /// Nil where the denominator is 0: the event never happens.
  init?(_ numerator: BigInteger, _ denominator: BigInteger) {
    if denominator.isZero { return nil }
    self.numerator = numerator.magnitude
    self.denominator = denominator.magnitude
  }

  static func < (left: StepLength, right: StepLength) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }
}
