// The Shapley value by going through all coalitions, with at most one fault: in the game that is
// solved, in the weights, or in what is made of the result.
import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers
import Synchronization

/// A solver of Shapley values with at most one fault.
final class CoalitionSolver: ConfigurableSolver {
  typealias Kind = ShapleyFault

  static let family = Mutant.Family.shapley
  private let fault: ShapleyFault?
  /// The values solved last, by the number of players.
  private let last = Mutex<[Int: [Rational]]>([:])

  /// The most players that are gone through.
  private static let playerLimit = 12

  init(_ fault: ShapleyFault?, _ numbers: InProcessSolver.Numbers) { self.fault = fault }

  func solve(_ request: FlowRequest) -> FlowAnswer {
    guard request.task == .shapley else { return FlowAnswer(status: .unsupported) }
    let network = request.network
    let count = network.sinkArcs.count
    guard (1...Self.playerLimit).contains(count) else { return FlowAnswer(status: .unsupported) }
    do {
      let game = try game(network)
      guard let table = try game.solve().solution?.table else {
        return FlowAnswer(status: .workLimitReached)
      }
      var values = (0..<table.values.count).map { table.values[$0] }
      change(&values, game)
      let attribution = attribution(values, players: game.playerCount, game, request)
      return FlowAnswer(
        status: .optimal, value: values[values.count - 1], attribution: ExactVector(attribution))
    } catch {
      return FlowAnswer(status: .gaveUp("there is no game: \(error)"))
    }
  }

  /// The game that the fault makes of the network.
  private func game(_ network: FlowNetwork) throws -> FlowGame {
    switch fault {
    case .topPlayers where network.sourceArcs.count == network.sinkArcs.count:
      try GamePlayers.top.game(on: network)
    case .columnsNormalised:
      try GamePlayers.bottom.game(on: network.withNormalisedColumns)
    default: try GamePlayers.bottom.game(on: network)
    }
  }

  /// What the fault makes of the values of the coalitions.
  private func change(_ values: inout [Rational], _ game: FlowGame) {
    let count = game.playerCount
    switch fault {
    case .grandCoalitionMissed: values[values.count - 1] = 0
    case .valuesAboveOneCut: for mask in values.indices { values[mask] = min(values[mask], 1) }
    case .staleGame:
      last.withLock { last in
        if let known = last[count] { values = known }
        last[count] = values
      }
    case .closedForGood:
      // A coalition without its smallest missing player and all behind it.
      let all = values
      for mask in values.indices {
        let kept = (~mask).trailingZeroBitCount
        values[mask] = all[mask & ((1 << min(kept, count)) - 1)]
      }
    default: break
    }
  }

  /// The attributions that the fault makes of the values.
  private func attribution(
    _ values: [Rational], players count: Int, _ game: FlowGame, _ request: FlowRequest
  ) -> [Rational] {
    let everyone = values.count - 1
    switch fault {
    case .oneOrder: return marginals(values, Array(0..<count))
    case .halfTheOrders: return firstHalfOfOrders(values, count)
    case .leaveOneOutRescaled:
      return rescaled((0..<count).map { values[everyone] - values[everyone ^ 1 << $0] }, values)
    case .aloneRescaled: return rescaled((0..<count).map { values[1 << $0] }, values)
    case .fixedFlow:
      let found = MaximumFlowSolver.dinic.solve(
        request.network, adjacency: request.adjacency, limit: request.limit)
      return game.playerArcs.map { $0.reduce(Rational(0)) { $0 + found.flow[$1] } }
    default: break
    }
    let weights = weights(players: count)
    var sums = [Rational](repeating: 0, count: count)
    for mask in values.indices where fault != .emptyCoalitionMissed || mask > 0 {
      let weight = weights[mask.nonzeroBitCount]
      for player in 0..<count where mask >> player & 1 == 0 {
        sums[player] += weight * (values[mask | 1 << player] - values[mask])
      }
    }
    switch fault {
    case .sumsIn32Bits: return wrapped(values, players: count)
    case .attributionsNormalised: return rescaled(sums, [1])
    case .rounded:
      return sums.map { Rational(($0 * 1_000 + Rational(1, 2)).floor) / 1_000 }
    case .playersReversed: return sums.reversed()
    default: return sums
    }
  }

  /// The weight of a coalition of each size that somebody joins: `s! (n-s-1)! / n!`.
  private func weights(players count: Int) -> [Rational] {
    (0...count).map { size in
      let weighed =
        switch fault {
        case .weightsAboveTwo: min(size, 2)
        case .weightsOfWrongSize: min(size + 1, count - 1)
        default: min(size, count - 1)
        }
      if fault == .banzhafWeights { return Rational(1, BigInteger.powerOfTwo(count - 1)) }
      return Rational(
        factorial(weighed) * factorial(max(0, count - weighed - 1)), factorial(count))
    }
  }

  /// The sums over coalitions in 32 bits, with the values as integers over one denominator.
  private func wrapped(_ values: [Rational], players count: Int) -> [Rational] {
    let table = ExactVector(values)
    func low(_ value: BigInteger) -> Int32 {
      let modulus = BigInteger.powerOfTwo(32)
      let rest = value - Rational(value, modulus).floor * modulus
      guard let small = Int64(rest) else { preconditionFailure("\(rest) is not below 2^32") }
      return Int32(truncatingIfNeeded: small)
    }
    return (0..<count).map { player in
      var sum: Int32 = 0
      for mask in values.indices where mask >> player & 1 == 0 {
        let size = mask.nonzeroBitCount
        let weight = low(factorial(size) * factorial(count - size - 1))
        let marginal = low(table.numerator(mask | 1 << player) - table.numerator(mask))
        sum &+= weight &* marginal
      }
      return Rational(BigInteger(Int(sum)), factorial(count) * table.denominator)
    }
  }
}

/// What each player brings when they join in an order.
private func marginals(_ values: [Rational], _ order: [Int]) -> [Rational] {
  var result = [Rational](repeating: 0, count: order.count)
  var mask = 0
  for player in order {
    result[player] = values[mask | 1 << player] - values[mask]
    mask |= 1 << player
  }
  return result
}

/// The mean over the orders that begin with one of the first half of the players, rounded up.
private func firstHalfOfOrders(_ values: [Rational], _ count: Int) -> [Rational] {
  var sums = [Rational](repeating: 0, count: count)
  let firsts = (count + 1) / 2
  // With the first player fixed, the others' marginals are those of a game without it.
  for first in 0..<firsts {
    sums[first] += values[1 << first]
    for player in 0..<count where player != first {
      for mask in values.indices where mask >> first & 1 == 1 && mask >> player & 1 == 0 {
        let size = mask.nonzeroBitCount - 1
        let weight = Rational(
          factorial(size) * factorial(count - 2 - size), factorial(count - 1))
        sums[player] += weight * (values[mask | 1 << player] - values[mask])
      }
    }
  }
  return sums.map { $0 / Rational(firsts) }
}

/// The vector in proportion, with the sum of the last value; unchanged if it sums to 0.
private func rescaled(_ vector: [Rational], _ values: [Rational]) -> [Rational] {
  let sum = vector.reduce(Rational(0), +)
  guard let total = values.last, !sum.isZero else { return vector }
  return vector.map { $0 * total / sum }
}

private func factorial(_ number: Int) -> BigInteger {
  number < 2 ? .one : (2...number).reduce(.one) { $0 * BigInteger($1) }
}

extension FlowNetwork {
  /// The network with each column of attention divided by its sum; itself without layers.
  fileprivate var withNormalisedColumns: FlowNetwork {
    get throws(StatementError) {
      guard case .layered(let layers, let tokens) = arcs else { return self }
      var amounts = (0..<arcCount).map { capacities[$0] }
      for l in 0..<layers {
        for j in 0..<tokens {
          let column = (0..<tokens).map { (l * tokens + $0) * tokens + j }
          let sum = column.reduce(Rational(0)) { $0 + amounts[$1] }
          guard !sum.isZero else { continue }
          for arc in column { amounts[arc] /= sum }
        }
      }
      return try listed(capacities: ExactVector(amounts))
    }
  }
}
