import Checker

/// The incidence matrix `B` of a network, never stored: `(By)_e = y_head - y_tail`.
///
/// The arcs of layered networks are passed through a row at a time, without lists of ends.
struct Incidence: Sendable {
  /// The number of nodes.
  let nodeCount: Int
  /// The arcs and their ends.
  let arcs: Arcs

  /// Writes `y_head - y_tail` of every arc.
  func differences<Number: AdditiveArithmetic>(
    of potentials: [Number], into differences: inout [Number]
  ) {
    switch arcs {
    case .layered(let layers, let tokens):
      layeredDifferences(layers, tokens, potentials, &differences) { $0 - $1 }
    case .layeredForward(let layers, let tokens):
      layeredDifferences(layers, tokens, potentials, &differences) { $1 - $0 }
    case .listed(let tails, let heads):
      for arc in tails.indices {
        differences[arc] = potentials[Int(heads[arc])] - potentials[Int(tails[arc])]
      }
    }
  }

  /// Writes `B'f`, what flows into every node less what flows out of it.
  func netInflow<Number: AdditiveArithmetic>(
    of amounts: [Number], into inflow: inout [Number]
  ) {
    for node in inflow.indices { inflow[node] = .zero }
    switch arcs {
    case .layered(let layers, let tokens):
      layeredInflow(layers, tokens, amounts, &inflow, { $0 += $1 }, { $0 -= $1 })
    case .layeredForward(let layers, let tokens):
      layeredInflow(layers, tokens, amounts, &inflow, { $0 -= $1 }, { $0 += $1 })
    case .listed(let tails, let heads):
      for arc in tails.indices where tails[arc] != heads[arc] {
        inflow[Int(heads[arc])] += amounts[arc]
        inflow[Int(tails[arc])] -= amounts[arc]
      }
    }
  }

  /// The rows of a layered network: row `(l, i)` has `T` arcs between node `(l+1, i)` and layer
  /// `l`.
  @inline(__always)
  private func layeredDifferences<Number: AdditiveArithmetic>(
    _ layers: Int, _ tokens: Int, _ potentials: [Number], _ differences: inout [Number],
    _ between: (_ lower: Number, _ upper: Number) -> Number
  ) {
    potentials.withUnsafeBufferPointer { y in
      differences.withUnsafeMutableBufferPointer { d in
        for row in 0..<(layers * tokens) {
          let lowerStart = (row / tokens) * tokens + 1
          let upper = y[row + tokens + 1]
          let start = row * tokens
          for j in 0..<tokens { d[start + j] = between(y[lowerStart + j], upper) }
        }
        let attention = layers * tokens * tokens
        let source = (layers + 1) * tokens + 1
        for i in 0..<tokens {
          d[attention + i] = between(y[layers * tokens + i + 1], y[source])
          d[attention + tokens + i] = between(y[0], y[i + 1])
        }
      }
    }
  }

  @inline(__always)
  private func layeredInflow<Number: AdditiveArithmetic>(
    _ layers: Int, _ tokens: Int, _ amounts: [Number], _ inflow: inout [Number],
    _ lowerGains: (inout Number, Number) -> Void, _ upperGains: (inout Number, Number) -> Void
  ) {
    amounts.withUnsafeBufferPointer { f in
      inflow.withUnsafeMutableBufferPointer { b in
        for row in 0..<(layers * tokens) {
          let lowerStart = (row / tokens) * tokens + 1
          let start = row * tokens
          var sum = Number.zero
          for j in 0..<tokens {
            lowerGains(&b[lowerStart + j], f[start + j])
            sum += f[start + j]
          }
          upperGains(&b[row + tokens + 1], sum)
        }
        let attention = layers * tokens * tokens
        let source = (layers + 1) * tokens + 1
        for i in 0..<tokens {
          lowerGains(&b[layers * tokens + i + 1], f[attention + i])
          upperGains(&b[source], f[attention + i])
          lowerGains(&b[0], f[attention + tokens + i])
          upperGains(&b[i + 1], f[attention + tokens + i])
        }
      }
    }
  }
}
