public import Checker
import Networks

extension FlowNetwork {
  /// Where nodes and arcs go when the tokens of each layer are permuted; nil without layers.
  ///
  /// - Parameter permutations: for each layer of nodes, `0 ... L`, the image of each token.
  /// - Returns: the images of all nodes and all arcs, which ``checkAutomorphism(nodes:arcs:of:)``
  ///   takes.
  public func tokenMap(_ permutations: [[Int]]) -> (nodes: [Int], arcs: [Int])? {
    guard let layout = LayeredLayout(arcs) else { return nil }
    let (layers, tokens) = (layout.layers, layout.tokens)
    precondition(
      permutations.count == layers + 1 && permutations.allSatisfy { $0.count == tokens },
      "\(permutations.count) permutations for \(layers + 1) layers of \(tokens) tokens")
    var nodes = [layout.sink]
    for layer in 0...layers {
      nodes += permutations[layer].map { layout.node(layer: layer, token: $0) }
    }
    nodes.append(layout.source)
    var images: [Int] = []
    for l in 0..<layers {
      for upper in permutations[l + 1] {
        images += permutations[l].map { layout.entry(l, upper, $0) }
      }
    }
    images += permutations[layers].map { layout.sourceArc($0) }
    images += permutations[0].map { layout.sinkArc($0) }
    return (nodes, images)
  }
}

extension FlowGame {
  /// The pairs of tokens that can be exchanged in all layers at once, as automorphisms that the
  /// kernel accepts.
  ///
  /// Tokens that cannot be exchanged may be symmetric all the same, by another automorphism or in
  /// the sense of the game.
  ///
  /// - Complexity: a pass over the arcs for each pair of tokens.
  public var exchangeableTokens: [(first: Int, second: Int, automorphism: GameAutomorphism)] {
    guard let layout = LayeredLayout(network.arcs) else { return [] }
    var found: [(first: Int, second: Int, automorphism: GameAutomorphism)] = []
    for second in 0..<layout.tokens {
      for first in 0..<second {
        var swap = Array(0..<layout.tokens)
        swap.swapAt(first, second)
        let map = network.tokenMap([[Int]](repeating: swap, count: layout.layers + 1))
        guard let map,
          let claim = checkAutomorphism(nodes: map.nodes, arcs: map.arcs, of: self).claim
        else { continue }
        found.append((first, second, claim))
      }
    }
    return found
  }
}
