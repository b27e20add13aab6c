import Checker
import ExactArithmetic

/// The capacities that an adapter reads, given the true ones, one per arc.
func adaptedCapacities(
  _ capacities: [Rational], _ network: FlowNetwork, _ fault: NetworkFault?
) -> [Rational] {
  switch fault {
  case .zeroIsUnbounded:
    let unbounded = capacities.reduce(1, +)
    return capacities.map { $0.isZero ? unbounded : $0 }
  case .clippedToOne:
    guard case .layered(let layers, let tokens) = network.arcs else {
      return capacities.map { min($0, 1) }
    }
    let attention = layers * tokens * tokens
    return capacities.prefix(attention).map { min($0, 1) } + capacities.dropFirst(attention)
  default:
    guard let fault, case .layered(let layers, let tokens) = network.arcs else { return capacities }
    return layeredCapacities(capacities, fault, layers: layers, tokens: tokens)
  }
}

/// What a fault makes of the capacities of a layered network: attention arc `(l * T + i) * T + j`,
/// then `T` source arcs and `T` sink arcs.
private func layeredCapacities(
  _ capacities: [Rational], _ fault: NetworkFault, layers: Int, tokens: Int
) -> [Rational] {
  let attention = layers * tokens * tokens
  var read = capacities
  func position(_ l: Int, _ i: Int, _ j: Int) -> Int { (l * tokens + i) * tokens + j }
  for l in 0..<layers {
    for i in 0..<tokens {
      let row = (0..<tokens).map { capacities[position(l, i, $0)] }
      let sum = fault == .rowsNormalised ? row.reduce(0, +) : 0
      for j in 0..<tokens {
        let place = position(l, i, j)
        switch fault {
        case .transposedLayers: read[place] = capacities[position(l, j, i)]
        case .lastLayerSkipped: if l == layers - 1 { read[place] = 0 }
        case .layersReversed: read[place] = capacities[position(layers - 1 - l, i, j)]
        case .causalAssumed: if j > i { read[place] = 0 }
        case .columnsNormalised:
          let column = (0..<tokens).map { capacities[position(l, $0, j)] }.reduce(0, +)
          if !column.isZero { read[place] /= column }
        case .rowsNormalised: if !sum.isZero { read[place] /= sum }
        default: break
        }
      }
    }
  }
  if fault == .superCapacityOne {
    for place in attention..<capacities.count where !capacities[place].isZero { read[place] = 1 }
  }
  if fault == .nextRow {
    for i in 0..<tokens { read[attention + (i + 1) % tokens] = capacities[attention + i] }
  }
  return read
}
