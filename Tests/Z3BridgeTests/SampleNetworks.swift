import Checker
import ExactArithmetic

/// A tensor network from fractions: layers of rows, such as `1,0 1/2,1/2`, from the input side up.
func network(_ layers: [String], mode: Mode = .all) throws -> FlowNetwork {
  let entries = layers.flatMap { layer in
    layer.split(separator: " ").flatMap { row in
      row.split(separator: ",").map { Rational($0) ?? 0 }
    }
  }
  let tokens = layers[0].split(separator: " ").count
  let tensor = try EffectiveTensor(
    layers: layers.count, tokens: tokens, entries: ExactVector(entries))
  return try FlowNetwork(tensor: tensor, mode: mode)
}

/// A network from `tail head capacity` triples, source 0 and sink 1.
func network(nodes: Int, _ arcs: [(Int32, Int32, Rational)]) throws -> FlowNetwork {
  try FlowNetwork(
    nodeCount: nodes, source: 0, sink: 1, tails: arcs.map(\.0), heads: arcs.map(\.1),
    capacities: ExactVector(arcs.map(\.2)))
}

/// A network of uniform attention.
func uniformNetwork(tokens: Int, layers: Int, mode: Mode) throws -> FlowNetwork {
  let row = Array(repeating: "1/\(tokens)", count: tokens).joined(separator: ",")
  let layer = Array(repeating: row, count: tokens).joined(separator: " ")
  return try network(Array(repeating: layer, count: layers), mode: mode)
}

/// A network of attention rows with random weights, all positive.
func unevenNetwork(tokens: Int, layers: Int) throws -> FlowNetwork {
  var choices = Choices(seed: UInt64(tokens * 100 + layers))
  var entries: [Rational] = []
  for _ in 0..<(layers * tokens) {
    // Multiples of 2^-24, as in stored attention; the first takes what the others leave.
    var row = (0..<tokens).map { _ in Rational(1 + choices.below((1 << 24) / tokens), 1 << 24) }
    row[0] = 1 - row.dropFirst().reduce(0, +)
    entries += row
  }
  let tensor = try EffectiveTensor(layers: layers, tokens: tokens, entries: ExactVector(entries))
  return try FlowNetwork(tensor: tensor, mode: .all)
}

/// Choices that depend on a seed only (splitmix64).
struct Choices {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// A network that depends on its number only: tensors of several kinds, and loose arcs.
func sampleNetwork(_ number: Int) throws -> FlowNetwork {
  var choices = Choices(seed: UInt64(number) &* 77 &+ 1)
  return number % 3 == 0 ? try looseNetwork(&choices) : try tensorNetwork(&choices)
}

/// Few nodes, with parallel, antiparallel, empty arcs and self loops, and capacities with ties.
private func looseNetwork(_ choices: inout Choices) throws -> FlowNetwork {
  let nodes = 2 + choices.below(5)
  let arcs = (0..<choices.below(13)).map { _ in
    let (tail, head) = (Int32(choices.below(nodes)), Int32(choices.below(nodes)))
    return (tail, head, Rational(choices.below(5), 1 + choices.below(3)))
  }
  return try network(nodes: nodes, arcs)
}

private func tensorNetwork(_ choices: inout Choices) throws -> FlowNetwork {
  let (layers, tokens) = (1 + choices.below(3), 1 + choices.below(4))
  let family = choices.below(5)
  var entries: [Rational] = []
  for _ in 0..<(layers * tokens) {
    var row = [Rational](repeating: 0, count: tokens)
    switch family {
    case 0: row[choices.below(tokens)] = 1
    case 1: row = row.map { _ in Rational(1, tokens) }
    case 2: for _ in 0..<4 { row[choices.below(tokens)] += Rational(1, 4) }
    case 3: row = row.map { _ in Rational(choices.below(1 << 24), 1 << 24) }
    default: for _ in 0..<3 { row[choices.below(tokens)] += Rational(choices.below(3), 3) }
    }
    entries += row
  }
  let tensor = try EffectiveTensor(layers: layers, tokens: tokens, entries: ExactVector(entries))
  let mode: Mode = choices.below(2) == 0 ? .all : .single(choices.below(tokens))
  return try FlowNetwork(tensor: tensor, mode: mode)
}
