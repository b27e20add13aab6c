// The exact solution when it is given which arcs are held at a bound.
//
// Arcs are free, or held at their lower or upper bound. On free arcs r = 0: an arc with the term
// carries f = z_head - z_tail - k, and one without it ties its ends, z_head = z_tail + k. Tied
// nodes are one row of the system, their potentials differ by known amounts; conservation over the
// nodes of a row gives its equation, with a unit weight for every free arc with the term. The flows
// on ties follow from conservation, from the leaves of their trees inwards. What is left over on a
// held arc is its multiplier r.
//
// Everything depends linearly on `SquaresData`, so the same system serves for directions.
import ExactArithmetic
import Networks

/// Where an arc is held.
enum ArcState: UInt8 {
  case free
  case lower
  case upper
}

/// Potentials, flows and multipliers, as integers over `denominator` times that of the data.
struct ActiveSetPoint {
  var denominator: BigInteger
  /// `z` of each node.
  var potentials: [BigInteger]
  /// The flow of each arc.
  var flow: [BigInteger]
  /// `r` of each arc, 0 on free ones.
  var multipliers: [BigInteger]
}

/// The equations for given states of the arcs.
struct ActiveSetSystem {
  private let squares: SquaresProblem
  private let states: [ArcState]
  /// The trees of ties; nil if no free arc is without the term.
  private let ties: SpanningForest?
  /// The row of each node, -1 for those tied to a ground and those without arcs.
  private let row: [Int32]
  private let rowCount: Int
  private let system: PadicSystem

  /// What building and solving cost, in looks at a half-arc or multiplications.
  let work: Int

  /// Precondition: free arcs join every node that has arcs to the ground of its component.
  init(_ squares: SquaresProblem, states: [ArcState]) {
    let adjacency = squares.adjacency
    let isTie = states.indices.map { states[$0] == .free && !squares.isQuadratic[$0] }
    let ties = isTie.contains(true) ? SpanningForest(adjacency, isIncluded: isTie) : nil
    let root = ties?.root ?? (0..<Int32(adjacency.nodeCount)).map { $0 }
    var isNeeded = [Bool](repeating: false, count: adjacency.nodeCount)
    var isTiedToGround = isNeeded
    for node in 0..<adjacency.nodeCount {
      if adjacency.degree(of: node) > 0 { isNeeded[Int(root[node])] = true }
      if squares.isGround[node] { isTiedToGround[Int(root[node])] = true }
    }
    let rows = isNeeded.indices.filter { isNeeded[$0] && !isTiedToGround[$0] }
      .sorted { squares.place[$0] < squares.place[$1] }
    var rowOfRoot = [Int32](repeating: -1, count: adjacency.nodeCount)
    for (position, node) in rows.enumerated() {
      rowOfRoot[node] = Int32(truncatingIfNeeded: position)
    }
    row = root.map { rowOfRoot[Int($0)] }
    var laplacian = GroundedLaplacian(rowCount: rows.count, firstEnds: [], secondEnds: [])
    for arc in states.indices where states[arc] == .free && squares.isQuadratic[arc] {
      let (tail, head) = adjacency.ends(of: arc)
      laplacian.firstEnds.append(row[tail])
      laplacian.secondEnds.append(row[head])
    }
    self.squares = squares
    self.states = states
    self.ties = ties
    rowCount = rows.count
    system = PadicSystem(laplacian)
    work = 2 * states.count + system.work
  }

  /// The solution for the given data.
  func point(_ data: SquaresData) -> ActiveSetPoint {
    let adjacency = squares.adjacency
    let offsets = offsets(data)
    // Row by row: sum over free arcs of (z_v - z_other) = - supply - what enters besides.
    var right = [BigInteger](repeating: .zero, count: rowCount)
    func enters(_ node: Int, _ amount: BigInteger) {
      if row[node] >= 0 { right[Int(row[node])] -= amount }
    }
    for node in 0..<adjacency.nodeCount where !data.supplies[node].isZero {
      enters(node, data.supplies[node])
    }
    for arc in states.indices where states[arc] != .free || squares.isQuadratic[arc] {
      let (tail, head) = adjacency.ends(of: arc)
      let amount =
        switch states[arc] {
        case .free: offsets[head] - offsets[tail] - data.shifts[arc]
        case .lower: data.lower[arc]
        case .upper: data.upper[arc]
        }
      if amount.isZero { continue }
      enters(head, amount)
      enters(tail, -amount)
    }
    let (numerators, denominator) = system.solve(right)
    let potentials = (0..<adjacency.nodeCount).map { node in
      let base = row[node] < 0 ? BigInteger.zero : numerators[Int(row[node])]
      return ties == nil ? base : base + denominator * offsets[node]
    }

    var flow = [BigInteger](repeating: .zero, count: states.count)
    var multipliers = flow
    for arc in states.indices {
      let (tail, head) = adjacency.ends(of: arc)
      // f - r = z_head - z_tail - k, without f on an arc that does not carry the term.
      let drop = potentials[head] - potentials[tail] - denominator * data.shifts[arc]
      switch states[arc] {
      case .free:
        if squares.isQuadratic[arc] { flow[arc] = drop }
        continue
      case .lower: flow[arc] = denominator * data.lower[arc]
      case .upper: flow[arc] = denominator * data.upper[arc]
      }
      multipliers[arc] = (squares.isQuadratic[arc] ? flow[arc] : .zero) - drop
    }
    if let ties { balance(&flow, ties, data, denominator) }
    return ActiveSetPoint(
      denominator: denominator, potentials: potentials, flow: flow, multipliers: multipliers)
  }

  /// The potential of each node above that of the root of its ties; above 0 where tied to ground.
  private func offsets(_ data: SquaresData) -> [BigInteger] {
    let nodeCount = squares.adjacency.nodeCount
    var offsets = [BigInteger](repeating: .zero, count: nodeCount)
    guard let ties else { return offsets }
    for node in ties.order.lazy.map({ Int($0) }) where ties.parentHalfArc[node] >= 0 {
      let halfArc = Int(ties.parentHalfArc[node])
      let parent = Int(squares.adjacency.target[halfArc ^ 1])
      let shift = data.shifts[halfArc >> 1]
      offsets[node] = offsets[parent] + (halfArc & 1 == 0 ? shift : -shift)
    }
    var groundOffset: [Int32: BigInteger] = [:]
    for node in 0..<nodeCount where squares.isGround[node] {
      groundOffset[ties.root[node]] = offsets[node]
    }
    for node in 0..<nodeCount {
      if let ground = groundOffset[ties.root[node]] { offsets[node] -= ground }
    }
    return offsets
  }

  /// Gives ties the flow that conservation asks for; the other arcs have theirs.
  private func balance(
    _ flow: inout [BigInteger], _ ties: SpanningForest, _ data: SquaresData,
    _ denominator: BigInteger
  ) {
    let adjacency = squares.adjacency
    var excess = data.supplies.map { $0 * denominator }
    for arc in flow.indices where !flow[arc].isZero {
      let (tail, head) = adjacency.ends(of: arc)
      excess[tail] -= flow[arc]
      excess[head] += flow[arc]
    }
    for node in ties.order.reversed().lazy.map({ Int($0) }) where ties.parentHalfArc[node] >= 0 {
      let halfArc = Int(ties.parentHalfArc[node])
      let parent = Int(adjacency.target[halfArc ^ 1])
      flow[halfArc >> 1] = halfArc & 1 == 0 ? -excess[node] : excess[node]
      excess[parent] += excess[node]
    }
  }
}
