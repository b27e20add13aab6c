import CaseFiles
import Checker
import ExactArithmetic

/// The bytes of a network that a campaign's digest covers.
///
/// The encoding is not a file format: it names arcs and capacities without gaps, so that two
/// networks have the same bytes only if they are the same.
func appendBytes(of network: FlowNetwork, to bytes: inout [UInt8]) {
  func append(_ values: [Int64]) {
    #if _endian(big)
      let values = values.map(\.littleEndian)
    #endif
    values.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }
  var shape = [Int64(network.nodeCount), Int64(network.source), Int64(network.sink)]
  switch network.arcs {
  case .layered(let layers, let tokens): shape += [-1, Int64(layers), Int64(tokens)]
  case .layeredForward(let layers, let tokens): shape += [-2, Int64(layers), Int64(tokens)]
  case .listed(let tails, let heads):
    shape.reserveCapacity(4 + 2 * tails.count)
    shape.append(Int64(tails.count))
    for node in tails { shape.append(Int64(node)) }
    for node in heads { shape.append(Int64(node)) }
  }
  append(shape)
  network.capacities.denominator.appendDecimal(to: &bytes)
  switch network.capacities.elements {
  case .int64(let values):
    bytes.append(0x40)
    append(values)
  case .int128(let values):
    bytes.append(0x80)
    var halves: [Int64] = []
    halves.reserveCapacity(2 * values.count)
    for value in values {
      halves.append(Int64(truncatingIfNeeded: value))
      halves.append(Int64(truncatingIfNeeded: value >> 64))
    }
    append(halves)
  case .big(let values):
    bytes.append(0xff)
    for value in values {
      bytes.append(0x20)
      value.appendDecimal(to: &bytes)
    }
  }
}
