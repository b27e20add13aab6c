// Networks given arc by arc: multigraphs, encoder-decoders, shuffled and scaled layers.

import Checker
import ExactArithmetic

extension CaseFamily {
  /// Families of networks that are not tensors.
  static let networkFamilies: [CaseFamily] = [
    CaseFamily(
      name: "multigraph", about: "Random arcs, some of them parallel, antiparallel or loops.",
      promises: [.listedArcs, .parallelArcs, .antiparallelArcs], weight: 5,
      instances: { choices, layers, tokens in
        .network(multigraph(&choices, layers, tokens))
      }),
    CaseFamily(
      name: "encoder-decoder", about: "A decoder that attends to itself and to an encoder.",
      promises: [.listedArcs], weight: 3,
      instances: { choices, layers, tokens in
        .network(encoderDecoder(&choices, layers, tokens))
      }),
    CaseFamily(
      name: "shuffled-arcs", about: "A layered network with arcs, or nodes too, in random order.",
      promises: [.listedArcs], weight: 3,
      instances: { choices, layers, tokens in
        let rows = ExactRows.either(&choices)
        let numbers = rows.tensor(&choices, layers, tokens)
        let tensor = EffectiveTensor.made(layers, tokens, numbers, over: rows.total)
        let layered = Instance.tensor(tensor, choices.mode(tokens: tokens)).network
        var draft = NetworkDraft(layered)
        choices.shuffle(&draft.arcs)
        if choices.chance(1, in: 2) {
          draft.rename(choices.permutation(draft.nodeCount))
        }
        return .network(draft.network(over: layered.capacities.denominator))
      }),
    CaseFamily(
      name: "scaled-network", about: "All arcs of a layered network times 1e-12 or 1e6.",
      promises: [.listedArcs], weight: 2,
      instances: { choices, layers, tokens in
        let factor = choices.choose([1e-12, 1e6])
        let scale = choices.choose(ordinaryScales)
        let entries = softmax(&choices, layers, tokens, scale: scale)
        let tensor = EffectiveTensor.made(layers, tokens, entries)
        let layered = Instance.tensor(tensor, choices.mode(tokens: tokens)).network
        let scaled = layered.capacities.nearestDoubles.map { $0 * factor }
        let draft = NetworkDraft(layered)
        return .network(draft.network(capacities: .made(scaled)))
      }),
  ]
}

/// A random multigraph whose arcs mostly lead from the source towards the sink.
private func multigraph(
  _ choices: inout RandomChoices, _ layers: Int, _ tokens: Int
) -> FlowNetwork {
  let nodeCount = choices.integer(in: 2...((layers + 1) * tokens + 2))
  let arcCount = choices.integer(in: nodeCount...(nodeCount + layers * tokens * tokens + tokens))
  let limit = choices.choose([1, 2, 3, 12, 1 << 24])
  let denominator = choices.choose([1, 1, 2, 3, 10, 1 << 24])
  var draft = NetworkDraft(nodeCount: nodeCount, source: 0, sink: nodeCount - 1)
  for _ in 0..<arcCount {
    let first = choices.below(nodeCount)
    let second = choices.below(nodeCount)
    let isForward = choices.chance(3, in: 4)
    draft.append(
      isForward ? min(first, second) : first, isForward ? max(first, second) : second,
      Int64(choices.below(limit + 1)))
  }
  // One arc with a companion beside it and one against it.
  let tail = choices.below(nodeCount - 1)
  let head = choices.integer(in: (tail + 1)...(nodeCount - 1))
  for (from, to) in [(tail, head), (tail, head), (head, tail)] {
    draft.append(from, to, Int64(choices.below(limit + 1)))
  }
  choices.shuffle(&draft.arcs)
  draft.rename(choices.permutation(nodeCount))
  return draft.network(over: BigInteger(denominator))
}

/// An encoder and a decoder whose layers attend to themselves and to the top of the encoder.
///
/// Both have `tokens` tokens; the decoder is causal. The source feeds the top of the decoder, or
/// one token of it; the sink is fed by both bottoms. Every row of attention sums to exactly 1.
private func encoderDecoder(
  _ choices: inout RandomChoices, _ layers: Int, _ tokens: Int
) -> FlowNetwork {
  let decoderLayers = choices.integer(in: 1...layers)
  let rows = ExactRows.either(&choices)
  let nodeCount = (layers + decoderLayers + 2) * tokens + 2
  var draft = NetworkDraft(nodeCount: nodeCount, source: nodeCount - 1, sink: 0)
  func encoder(_ layer: Int, _ token: Int) -> Int { layer * tokens + token + 1 }
  func decoder(_ layer: Int, _ token: Int) -> Int { encoder(layers + 1 + layer, token) }
  let encoding = rows.tensor(&choices, layers, tokens)
  for l in 0..<layers {
    for i in 0..<tokens {
      for j in 0..<tokens {
        draft.append(
          encoder(l + 1, i), encoder(l, j), encoding[(l * tokens + i) * tokens + j])
      }
    }
  }
  for l in 0..<decoderLayers {
    for i in 0..<tokens {
      var row = [Int64](repeating: 0, count: 2 * tokens)
      let columns = Array(0...i) + Array(tokens..<(2 * tokens))
      rows.draw(&choices, into: &row, at: 0, columns: columns)
      for j in 0...i { draft.append(decoder(l + 1, i), decoder(l, j), row[j]) }
      for j in 0..<tokens {
        draft.append(decoder(l + 1, i), encoder(layers, j), row[tokens + j])
      }
    }
  }
  // Super capacity 2T, the number of bottom tokens.
  let ample = Int64(2 * tokens) * rows.total
  let mode = choices.mode(tokens: tokens)
  for i in 0..<tokens {
    let isFed = mode == .all || mode == .single(i)
    draft.append(draft.source, decoder(decoderLayers, i), isFed ? ample : 0)
  }
  for j in 0..<tokens { draft.append(encoder(0, j), draft.sink, ample) }
  for j in 0..<tokens { draft.append(decoder(0, j), draft.sink, ample) }
  return draft.network(over: BigInteger(rows.total))
}
