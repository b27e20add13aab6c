public import ExactArithmetic

/// A flow game whose value is proved for every coalition. Only the kernel constructs one.
public struct CertifiedFlowGame: Sendable, Equatable {
  /// The game.
  public let game: FlowGame
  /// Its values.
  public let table: CooperativeGame
}

/// A maximum flow and a minimum cut for every coalition, in the order of the masks.
///
/// It is kept whole for games of up to ``playerLimit`` players. For more, ``FlowGameCheck`` sees
/// each coalition once and keeps its value.
public struct FlowGameCertificate: Sendable, Equatable {
  /// The largest number of players for which all flows are kept: 256 coalitions.
  public static let playerLimit = 8

  /// The flow of each coalition, one rational per arc of the network of all players.
  public var flows: [ExactVector]
  /// The source side of a cut that it saturates.
  public var cuts: [NodeSet]

  /// A certificate from its parts.
  public init(flows: [ExactVector], cuts: [NodeSet]) {
    self.flows = flows
    self.cuts = cuts
  }
}

/// Accepts the values of a flow game: each coalition's flow is a maximum flow of its network.
///
/// - Parameters:
///   - certificate: a flow and a cut for every coalition.
///   - game: the game.
/// - Returns: the game with its values, or why the first refused coalition is refused; a
///   coalition's number is then its mask.
/// - Throws: ``GameError/emptyCoalition(value:)`` if something flows without any player.
public func checkFlowGame(
  _ certificate: FlowGameCertificate, of game: FlowGame
) throws(GameError) -> Judgement<CertifiedFlowGame> {
  let count = 1 << game.playerCount
  for (field, found) in [("flows", certificate.flows.count), ("cuts", certificate.cuts.count)]
  where found != count {
    return .rejected(rejection(.shape, .field(field), found, count))
  }
  var values: [Rational] = []
  for mask in 0..<count {
    let coalition = Coalition(mask: UInt64(mask))
    let (flow, cut) = (certificate.flows[mask], certificate.cuts[mask])
    switch checkCoalition(coalition, of: game, flow: flow, cut: cut) {
    case .rejected(let rejection): return .rejected(rejection)
    case .accepted(let maximum): values.append(maximum.value)
    }
  }
  let table = try CooperativeGame(playerCount: game.playerCount, values: ExactVector(values))
  return .accepted(CertifiedFlowGame(game: game, table: table))
}

/// Accepts a flow as a maximum flow of the network of a coalition.
///
/// - Parameters:
///   - coalition: the players whose arcs are open.
///   - game: the game.
///   - flow: one rational per arc of the network of all players.
///   - cut: the source side of a cut.
/// - Returns: the maximum flow, whose value is `v'(S)`.
public func checkCoalition(
  _ coalition: Coalition, of game: FlowGame, flow: ExactVector, cut: NodeSet
) -> Judgement<MaximumFlow> {
  switch checkFeasible(flow, in: game.network(of: coalition)) {
  case .rejected(let rejection): return .rejected(rejection)
  case .accepted(let feasible): return checkMaximum(feasible, cut: cut)
  }
}

/// Checks the coalitions of a flow game one by one, in any order, and keeps only their values.
///
/// The rules are those of ``checkCoalition(_:of:flow:cut:)``, in one pass over the arcs without
/// fractions. All numbers are numerators over the denominator of the network's capacities.
public struct FlowGameCheck<Number: ExactInteger>: Sendable {
  /// The game.
  public let game: FlowGame
  /// The number of coalitions accepted so far.
  public private(set) var acceptedCount = 0

  private let capacities: [Number]
  private var values: [Number]
  private var isAccepted: [Bool]
  // Space for one coalition: its capacities, inflow minus outflow and the side of every node.
  private var open: [Number]
  private var excess: [Number]
  private var isSourceSide: [Bool]

  /// A check in which nothing is accepted yet.
  ///
  /// Nil if sums of the capacities do not fit the number type with one bit to spare.
  public init?(_ game: FlowGame) {
    let network = game.network
    var capacities: [Number] = []
    var sum = BigInteger.zero
    for arc in 0..<network.arcCount {
      let numerator = network.capacities.numerator(arc)
      guard let capacity = Number(numerator) else { return nil }
      capacities.append(capacity)
      sum += numerator
    }
    guard Number(sum * 2) != nil else { return nil }
    self.game = game
    self.capacities = capacities
    let count = 1 << game.playerCount
    values = [Number](repeating: .zero, count: count)
    isAccepted = [Bool](repeating: false, count: count)
    open = capacities
    excess = [Number](repeating: .zero, count: network.nodeCount)
    isSourceSide = [Bool](repeating: false, count: network.nodeCount)
  }

  /// Accepts the value of a coalition, by a flow and a cut.
  ///
  /// - Parameters:
  ///   - coalition: a coalition of the game.
  ///   - flow: the numerators, one per arc.
  ///   - cut: the source side of a cut.
  /// - Returns: nil if the flow is a maximum flow of the coalition, and then its value is kept.
  public mutating func accept(_ coalition: Coalition, flow: [Number], cut: NodeSet) -> Rejection? {
    let count = UInt64(values.count)
    guard coalition.mask < count else {
      return rejection(.range, .field("coalition"), Int(clamping: coalition.mask), values.count)
    }
    guard flow.count == capacities.count, cut.nodeCount == excess.count,
      let value = maximum(coalition, flow, cut)
    else { return explained(coalition, flow, cut) }
    let position = Int(coalition.mask)
    if !isAccepted[position] { acceptedCount += 1 }
    isAccepted[position] = true
    values[position] = value
    return nil
  }

  /// The game with its values, once every coalition is accepted.
  ///
  /// - Returns: the game, or how many coalitions are accepted of how many.
  /// - Throws: ``GameError/emptyCoalition(value:)`` if something flows without any player.
  public func finish() throws(GameError) -> Judgement<CertifiedFlowGame> {
    guard acceptedCount == values.count else {
      return .rejected(rejection(.coalitions, .field("values"), acceptedCount, values.count))
    }
    let denominator = game.network.capacities.denominator
    let table = try CooperativeGame(
      playerCount: game.playerCount, values: exactVector(values, over: denominator))
    return .accepted(CertifiedFlowGame(game: game, table: table))
  }

  /// The value of a flow if it obeys every rule, else nil.
  private mutating func maximum(
    _ coalition: Coalition, _ flow: [Number], _ cut: NodeSet
  ) -> Number? {
    let network = game.network
    for player in 0..<game.playerCount {
      let isOpen = coalition.contains(Player(player))
      for arc in game.playerArcs[player] { open[arc] = isOpen ? capacities[arc] : .zero }
    }
    for node in 0..<excess.count {
      excess[node] = .zero
      isSourceSide[node] = cut.contains(node)
    }
    guard isSourceSide[network.source] && !isSourceSide[network.sink],
      areBalanced(flow, open, network.arcs, isSourceSide, &excess)
    else { return nil }
    for node in 0..<excess.count
    where excess[node] != .zero && node != network.source && node != network.sink { return nil }
    return .zero - excess[network.source]
  }

  /// The reason for a refusal, found by the rules that make fractions.
  private func explained(_ coalition: Coalition, _ flow: [Number], _ cut: NodeSet) -> Rejection? {
    let amounts = exactVector(flow, over: game.network.capacities.denominator)
    let refusal = checkCoalition(coalition, of: game, flow: amounts, cut: cut).rejection
    return refusal ?? rejection(.coalitions, .coalition(coalition, joining: []), 0, 1)
  }
}

/// Tests bounds and cut on every arc and, if they hold, adds up inflow minus outflow.
private func areBalanced<Number: ExactInteger>(
  _ flow: [Number], _ open: [Number], _ arcs: Arcs, _ isSourceSide: [Bool],
  _ excess: inout [Number]
) -> Bool {
  // Bounds come first: sums of amounts within bounds fit the number type.
  for arc in 0..<flow.count where flow[arc] < .zero || flow[arc] > open[arc] { return false }
  var isTight = true
  arcs.forEach { arc, tail, head in
    let amount = flow[arc]
    excess[tail] -= amount
    excess[head] += amount
    if isSourceSide[tail] != isSourceSide[head] {
      let required = isSourceSide[tail] ? open[arc] : .zero
      if amount != required { isTight = false }
    }
  }
  return isTight
}

/// What passes through the players of a flow game, proved to be a vector. Only the kernel
/// constructs one.
public struct RealisedAttribution: Sendable, Equatable {
  /// The maximum flow of the network of all players.
  public let maximum: MaximumFlow
  /// The game whose players are spoken of.
  public let game: FlowGame
  /// The flow on the arcs of each player.
  public let vector: ExactVector
}

/// Accepts a maximum flow as one that gives each player of a flow game a given amount.
///
/// The amount of a player is the sum of the flow on its arcs, which for tokens is what passes
/// through them.
///
/// - Parameters:
///   - vector: one rational per player.
///   - maximum: a maximum flow of the network of the game.
///   - game: the game.
/// - Returns: the vector as a realised one, or the players who get something else.
public func checkAttribution(
  _ vector: ExactVector, by maximum: MaximumFlow, of game: FlowGame
) -> Judgement<RealisedAttribution> {
  guard maximum.flow.network == game.network else {
    return .rejected(rejection(.shape, .field("network"), 0, 1))
  }
  guard vector.count == game.playerCount else {
    return .rejected(rejection(.shape, .field("vector"), vector.count, game.playerCount))
  }
  var broken: Rejection?
  for (player, arcs) in game.playerArcs.enumerated() {
    let amount = arcs.reduce(Rational(0)) { $0 + maximum.flow.amounts[$1] }
    guard amount != vector[player] else { continue }
    let violation = Violation(
      rule: .attribution, place: .players([Player(player)]), leftSide: amount,
      rightSide: vector[player])
    broken = Rejection.joined(broken, Rejection(violation))
  }
  if let broken { return .rejected(broken) }
  return .accepted(RealisedAttribution(maximum: maximum, game: game, vector: vector))
}
