// The dense layout of layered networks, which the algorithms that work on the tensor itself share.
//
// One array of L*T*T + 2*T numbers, in the arc order of `Arcs.layered`, holds the capacities, and
// one of the same layout the flow:
//
//     row 0       row 1            row L*T-1       source arcs   sink arcs
//     T entries | T entries | ... | T entries    | T numbers   | T numbers
//
// Row `r = l*T + i` holds the arcs from token `i` of layer `l+1` down to the tokens of layer `l`,
// so `A[l][i][j]` stands at `r*T + j`, and block `l` is the rows `l*T ..< (l+1)*T`. The number
// array of a `FlowNetwork` is this array: nothing is copied or converted on the way in, nor out.
//
// - Nodes: `t = 0`, `(l, i) = T*l + i + 1`, `s = (L+1)*T + 1`. So row `r` leaves node `r + T + 1`,
//   and its entries enter the nodes of layer `r / T`.
// - Modes: in `single:K` all source arcs but that of token K have capacity 0. Source and sink arcs
//   may have any capacities.
// - Residual: `capacity - flow` downwards and `flow` upwards; neither is stored. An entry is
//   saturated if `flow == capacity` and empty if `flow == 0`, on doubles exactly too, for flows
//   move by `min` of what is left and by subtraction.
// - A tensor in which rows are causal has zeros above the diagonal of every block.
// - Direction: `layeredForward` reads the same arcs backwards. It has the same maximum flows, arc
//   by arc; its cuts are the complements.
public import Checker

/// Where the arcs and nodes of a layered network stand; no numbers.
public struct LayeredLayout: Sendable, Hashable {
  /// The number of attention layers, `L`, at least 1.
  public let layers: Int
  /// The number of tokens of each layer, `T`, at least 1.
  public let tokens: Int

  /// A layout of its two sizes, both at least 1.
  public init(layers: Int, tokens: Int) {
    precondition(layers >= 1 && tokens >= 1, "no layered network has \(layers) by \(tokens) tokens")
    self.layers = layers
    self.tokens = tokens
  }

  /// The layout of layered arcs, in either direction; nil for listed arcs.
  public init?(_ arcs: Arcs) {
    switch arcs {
    case .layered(let layers, let tokens), .layeredForward(let layers, let tokens):
      self.init(layers: layers, tokens: tokens)
    case .listed: return nil
    }
  }

  /// The number of rows, `L*T`: one for each node but those of the bottom layer.
  public var rowCount: Int { layers * tokens }
  /// The number of attention arcs, `L*T*T`; the position of the first source arc.
  public var entryCount: Int { layers * tokens * tokens }
  /// The number of arcs, and of numbers in an array of capacities or flows.
  public var arcCount: Int { entryCount + 2 * tokens }
  /// The number of nodes, `(L+1)*T + 2`.
  public var nodeCount: Int { (layers + 1) * tokens + 2 }
  /// The upper end of the source arcs, `s`.
  public var source: Int { nodeCount - 1 }
  /// The lower end of the sink arcs, `t`.
  public var sink: Int { 0 }

  /// The position of the entry `A[l][i][j]`.
  public func entry(_ l: Int, _ i: Int, _ j: Int) -> Int { (l * tokens + i) * tokens + j }
  /// The position of the arc from the source to a top token.
  public func sourceArc(_ token: Int) -> Int { entryCount + token }
  /// The position of the arc from a bottom token to the sink.
  public func sinkArc(_ token: Int) -> Int { entryCount + tokens + token }
  /// The node of a token; layer 0 is the bottom, layer `L` the top.
  public func node(layer: Int, token: Int) -> Int { layer * tokens + token + 1 }
}

/// Capacities and a flow on the arcs of a layered network, in one number type.
///
/// Both arrays have the layout that the head of the file describes.
public struct LayeredFlow<Number: FlowNumber>: Sendable {
  /// The sizes.
  public let layout: LayeredLayout
  /// The capacity of each arc, not negative; the numerators of the network as they are.
  public let capacities: [Number]
  /// The flow on each arc, `0 <= f(e) <= u(e)`.
  public var amounts: [Number]

  /// Capacities with a flow, one number for each arc; nothing is copied.
  public init(_ layout: LayeredLayout, capacities: [Number], amounts: [Number]) {
    precondition(
      capacities.count == layout.arcCount && amounts.count == layout.arcCount,
      "\(capacities.count) capacities and \(amounts.count) flows for \(layout.arcCount) arcs")
    self.layout = layout
    self.capacities = capacities
    self.amounts = amounts
  }

  /// The net flow out of the source, summed in arc order.
  public var value: Number {
    var value = Number.zero
    for token in 0..<layout.tokens { value += amounts[layout.sourceArc(token)] }
    return value
  }
}
