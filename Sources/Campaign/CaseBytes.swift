import CaseFiles
import Checker
import ExactArithmetic

/// The bytes of a network that a campaign's digest covers.
///
/// The encoding is not a file format: it names arcs and capacities without gaps, so that two
/// networks have the same bytes only if they are the same.
func appendBytes(of network: FlowNetwork, to bytes: inout [UInt8]) {
  func append(_ value: Int) {
    withUnsafeBytes(of: UInt64(bitPattern: Int64(value)).littleEndian) {
      bytes.append(contentsOf: $0)
    }
  }
  append(network.nodeCount)
  append(network.source)
  append(network.sink)
  switch network.arcs {
  case .layered(let layers, let tokens):
    append(-1)
    append(layers)
    append(tokens)
  case .layeredForward(let layers, let tokens):
    append(-2)
    append(layers)
    append(tokens)
  case .listed(let tails, let heads):
    append(tails.count)
    for node in tails { append(Int(node)) }
    for node in heads { append(Int(node)) }
  }
  network.capacities.denominator.appendDecimal(to: &bytes)
  switch network.capacities.elements {
  case .int64(let values):
    bytes.append(0x40)
    for value in values { append(Int(value)) }
  case .int128(let values):
    bytes.append(0x80)
    for value in values {
      append(Int(truncatingIfNeeded: value))
      append(Int(truncatingIfNeeded: value >> 64))
    }
  case .big(let values):
    bytes.append(0xff)
    for value in values {
      bytes.append(0x20)
      value.appendDecimal(to: &bytes)
    }
  }
}
