import CaseFiles
import Checker
import ExactArithmetic

/// The bytes of a network that a campaign's digest covers.
///
/// The encoding is not a file format: it names arcs and capacities without gaps, so that two
/// networks have the same bytes only if they are the same. Every number says by its first byte
/// where it ends, and is as short as it can be: a digest costs by the byte.
func appendBytes(of network: FlowNetwork, to bytes: inout [UInt8]) {
  let arcCount = network.arcCount
  bytes.reserveCapacity(bytes.count + 8 * arcCount + 64)
  append(network.nodeCount, to: &bytes)
  append(network.source, to: &bytes)
  append(network.sink, to: &bytes)
  switch network.arcs {
  case .layered(let layers, let tokens):
    bytes.append(1)
    append(layers, to: &bytes)
    append(tokens, to: &bytes)
  case .layeredForward(let layers, let tokens):
    bytes.append(2)
    append(layers, to: &bytes)
    append(tokens, to: &bytes)
  case .listed(let tails, let heads):
    bytes.append(3)
    append(arcCount, to: &bytes)
    for node in tails { append(Int(node), to: &bytes) }
    for node in heads { append(Int(node), to: &bytes) }
  }
  append(network.capacities.denominator, to: &bytes)
  switch network.capacities.elements {
  case .int64(let values):
    bytes.append(0x40)
    appendRuns(of: values, to: &bytes)
  case .int128(let values):
    bytes.append(0x80)
    for value in values { append(value, to: &bytes) }
  case .big(let values):
    bytes.append(0xff)
    for value in values { append(value, to: &bytes) }
  }
}

/// Appends numbers that are not negative, each as `append` does, or as a byte 247 if it is the same
/// as the one before.
private func appendRuns(of values: [Int64], to bytes: inout [UInt8]) {
  // A word is stored whole, and what is not needed of it overwritten by the next.
  bytes += [UInt8](unsafeUninitializedCapacity: 9 * values.count) { buffer, count in
    var previous: UInt64?
    for value in values {
      let word = value.magnitude
      if word == previous || word < 247 {
        buffer[count] = word == previous ? 247 : UInt8(truncatingIfNeeded: word)
        count += 1
      } else {
        let length = byteCount(word)
        buffer[count] = UInt8(truncatingIfNeeded: 247 + length)
        UnsafeMutableRawBufferPointer(buffer).storeBytes(
          of: word.littleEndian, toByteOffset: count + 1, as: UInt64.self)
        count += 1 + length
      }
      previous = word
    }
  }
}

/// The number of bytes from the least significant one to the last that is not 0.
private func byteCount(_ word: UInt64) -> Int { (71 - word.leadingZeroBitCount) / 8 }

/// Appends a number that is not negative.
private func append(_ value: Int, to bytes: inout [UInt8]) {
  append(UInt64(value), to: &bytes)
}

/// Appends a number that is not negative: its factors of two, and the two words of the rest.
///
/// Numerators beyond 64 bits mostly come from doubles, over a large power of two.
private func append(_ value: Int128, to bytes: inout [UInt8]) {
  let zeros = value == 0 ? 0 : value.trailingZeroBitCount
  let odd = value >> Int128(zeros)
  bytes.append(UInt8(truncatingIfNeeded: zeros))
  append(UInt64(truncatingIfNeeded: odd), to: &bytes)
  append(UInt64(truncatingIfNeeded: odd >> 64), to: &bytes)
}

/// Appends a number that is not negative: its factors of two, and the rest in two words or in
/// decimal digits.
private func append(_ value: BigInteger, to bytes: inout [UInt8]) {
  let zeros = value.isZero ? 0 : value.trailingZeroBitCount
  let odd = value.shifted(right: zeros)
  append(zeros, to: &bytes)
  if let narrow = odd.asInt128 {
    bytes.append(0)
    append(narrow, to: &bytes)
  } else {
    bytes.append(1)
    odd.appendDecimal(to: &bytes)
    bytes.append(0x20)
  }
}

/// Appends a number: one byte if it is below 247, otherwise 247 plus the number of its bytes, and
/// these, the least significant first.
private func append(_ value: UInt64, to bytes: inout [UInt8]) {
  if value < 247 {
    bytes.append(UInt8(truncatingIfNeeded: value))
    return
  }
  let count = byteCount(value)
  bytes.append(UInt8(truncatingIfNeeded: 247 + count))
  withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0[..<count]) }
}
