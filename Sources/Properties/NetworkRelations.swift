import Checker
import ExactArithmetic
import Networks

/// Relations that hold for every network.
func networkRelations() -> [Property] {
  [
    relation(
      "reverse-arcs",
      "Reversing all arcs keeps the value; bottom and top attributions change places.",
      run: { examination throws(StatementError) in
        let reversed = examination.network.reversed
        return related(
          examination.top, examination.solved(reversed, intervalsOf: reversed.sinkArcs),
          sameAnswer)
      }),
    relation(
      "scale-capacities", "Scaling all capacities by 3/7 scales value and intervals by 3/7.",
      run: { examination throws(StatementError) in
        let network = examination.network
        let factor = Rational(3, 7)
        let scaled = try network.replacing { capacities in
          for arc in capacities.indices { capacities[arc] *= factor }
        }
        return related(
          examination.bottom, examination.solved(scaled, intervalsOf: scaled.sinkArcs)
        ) { before, after in
          sameAnswer(before.scaled(by: factor), after)
        }
      }),
    relation(
      "drop-zero-arcs", "Leaving out arcs of capacity 0 changes nothing.",
      applies: { examination in
        let players = Set(examination.network.sinkArcs)
        return examination.network.zeroArcs.contains { !players.contains($0) }
      },
      run: { examination throws(StatementError) in
        let network = examination.network
        let dropped = Set(network.zeroArcs).subtracting(network.sinkArcs)
        var (tails, heads): ([Int32], [Int32]) = ([], [])
        var capacities: [Rational] = []
        network.arcs.forEach { arc, tail, head in
          guard !dropped.contains(arc) else { return }
          tails.append(Int32(tail))
          heads.append(Int32(head))
          capacities.append(network.capacities[arc])
        }
        let smaller = try FlowNetwork(
          nodeCount: network.nodeCount, source: network.source, sink: network.sink, tails: tails,
          heads: heads, capacities: ExactVector(capacities))
        return related(
          examination.bottom, examination.solved(smaller, intervalsOf: smaller.sinkArcs),
          sameAnswer)
      }),
    relation(
      "raise-capacity",
      "Raising one capacity by d raises the value by 0 to d, and lowers no terminal maximum.",
      applies: { $0.network.arcCount > 0 && $0.network.hasOneWayTerminals },
      run: { examination throws(StatementError) in
        let network = examination.network
        let arc = examination.salt % network.arcCount
        let raise = Rational(1, 3)
        let raised = try network.replacing { $0[arc] += raise }
        return related(
          examination.bottom, examination.solved(raised, intervalsOf: raised.sinkArcs)
        ) { before, after in
          let growth = after.value - before.value
          return .test(
            growth.signum() >= 0 && growth <= raise
              && zip(before.maxima, after.maxima).allSatisfy { $0 <= $1 },
            "arc \(arc): value grows by \(growth), maxima \(before.maxima), then \(after.maxima)")
        }
      }),
  ]
}

extension SolvedNetwork {
  /// The answer with every number multiplied by a factor.
  func scaled(by factor: Rational) -> SolvedNetwork {
    SolvedNetwork(
      value: value * factor, minima: minima.map { $0 * factor }, maxima: maxima.map { $0 * factor })
  }
}

extension FlowNetwork {
  /// The arcs of capacity 0, in arc order.
  var zeroArcs: [Int] {
    switch capacities.elements {
    case .int64(let values): values.indices.filter { values[$0] == 0 }
    case .int128(let values): values.indices.filter { values[$0] == 0 }
    case .big(let values): values.indices.filter { values[$0] == .zero }
    }
  }

  /// Whether no arc of positive capacity leaves the sink or enters the source.
  var hasOneWayTerminals: Bool {
    var oneWay = true
    arcs.forEach { arc, tail, head in
      if tail == sink || head == source { oneWay = false }
    }
    return oneWay
  }

  /// The same arcs, listed, with other capacities.
  func replacing(_ change: (inout [Rational]) -> Void) throws(StatementError) -> FlowNetwork {
    var changed = (0..<arcCount).map { capacities[$0] }
    change(&changed)
    return try listed(capacities: ExactVector(changed))
  }
}
