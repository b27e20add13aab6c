// What the properties of regularised flows share: distances, and changed networks.
import Checker
import ExactArithmetic

extension NearOptimum {
  /// The largest difference from a flow on an arc.
  func distance(to other: ExactVector) -> Rational {
    (0..<amounts.count).reduce(0) { max($0, (amounts[$1] - other[$1]).magnitude) }
  }

  /// Whether no arc differs from a flow by more than a bound.
  func isWithin(_ bound: Rational, of other: ExactVector) -> Bool { distance(to: other) <= bound }

  /// Whether no arc differs by more than a bound from amounts that are computed.
  func isWithin(_ bound: Rational, ofAmounts other: (Int) -> Rational) -> Bool {
    (0..<amounts.count).allSatisfy { (amounts[$0] - other($0)).magnitude <= bound }
  }
}

extension Examination {
  /// Whether players that never get anything get nothing from a flow.
  func judgeNullPlayers(_ amounts: ExactVector) -> Outcome {
    attributions.outcome { intervals in
      for (player, arc) in network.sinkArcs.enumerated()
      where intervals.maxima[player].isZero && !amounts[arc].isZero {
        return .refuted("token \(player) has \(amounts[arc])")
      }
      return .holds
    }
  }

  /// Whether two exchangeable bottom tokens get the same from a flow, up to a bound.
  func judgeExchange(_ amounts: ExactVector, within bound: Rational = 0) -> Outcome {
    guard let (first, second) = exchangeableBottomTokens else {
      return .skipped("no tokens to exchange")
    }
    let arcs = network.sinkArcs
    let difference = amounts[arcs[first]] - amounts[arcs[second]]
    return .test(
      difference.magnitude <= bound,
      "tokens \(first) and \(second) differ by \(difference.nearestDouble)")
  }

  /// Two bottom tokens whose exchange maps the network onto itself; nil if there are none.
  ///
  /// Their columns of the bottom layer are equal, and super capacities always are.
  var exchangeableBottomTokens: (Int, Int)? {
    guard let tensor, tensor.tokens >= 2 else { return nil }
    let tokens = tensor.tokens
    for first in 0..<(tokens - 1) {
      for second in (first + 1)..<tokens
      where (0..<tokens).allSatisfy({ tensor[0, $0, first] == tensor[0, $0, second] }) {
        return (first, second)
      }
    }
    return nil
  }

  /// An outcome about this network with all capacities multiplied.
  func withScaledCapacities(_ factor: Rational, _ run: (FlowNetwork) -> Outcome) -> Outcome {
    withChangedNetwork(run) { () throws(StatementError) in
      try network.replacing { capacities in
        for arc in capacities.indices { capacities[arc] *= factor }
      }
    }
  }

  /// An outcome about this network with its arcs listed.
  func withListedArcs(_ run: (FlowNetwork) -> Outcome) -> Outcome {
    withChangedNetwork(run) { () throws(StatementError) in try network.replacing { _ in } }
  }

  private func withChangedNetwork(
    _ run: (FlowNetwork) -> Outcome, _ make: () throws(StatementError) -> FlowNetwork
  ) -> Outcome {
    do {
      return run(try make())
    } catch {
      return .refuted("the changed network is not one: \(error)")
    }
  }
}
