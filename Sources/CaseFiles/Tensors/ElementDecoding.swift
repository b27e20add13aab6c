import ExactArithmetic

/// The layout of the entries of a binary array.
struct ElementLayout {
  var format: ElementFormat
  var isBigEndian = false
  /// Whether the first index varies fastest.
  var isFortranOrder = false
}

/// Decodes a binary array to doubles in row-major order.
///
/// Every binary16, bfloat16 and binary32 number is a double without rounding. The first entry that
/// is not finite or is negative is an error; minus zero is zero.
///
/// `bytes`: exactly the entries.
/// `shape`: a shape that `TensorShape` accepts.
/// `layout`: how an entry is stored.
/// `origin`: the file, for error messages.
func decodeElements(
  _ bytes: UnsafeRawBufferPointer, shape: [Int], layout: ElementLayout, origin: TensorOrigin
) throws(InputError) -> [Double] {
  var values: [Double]
  switch layout.format {
  case .float16:
    values = convert(bytes, layout) { (bits: UInt16) in Double(Float16(bitPattern: bits)) }
  case .bfloat16:
    values = convert(bytes, layout) { (bits: UInt16) in
      Double(Float(bitPattern: UInt32(bits) << 16))
    }
  case .float32:
    values = convert(bytes, layout) { (bits: UInt32) in Double(Float(bitPattern: bits)) }
  case .float64: values = convert(bytes, layout) { (bits: UInt64) in Double(bitPattern: bits) }
  case .fraction: preconditionFailure("fractions have no binary layout")
  }
  if layout.isFortranOrder { values = rowMajor(fortran: values, shape: shape) }
  try requireProbabilities(values, shape: shape, origin: origin)
  return values
}

/// Throws for the first entry that is not finite or is negative.
func requireProbabilities(
  _ values: [Double], shape: [Int], origin: TensorOrigin
) throws(InputError) {
  // One pass without a branch for each entry; the place is looked for only when it is needed.
  var bad = 0
  for value in values { bad |= value >= 0 && value <= .greatestFiniteMagnitude ? 0 : 1 }
  guard bad != 0,
    let index = values.firstIndex(where: { !($0 >= 0 && $0 <= .greatestFiniteMagnitude) })
  else { return }
  let value = values[index]
  throw origin.error(
    value.isFinite ? .negative(text: value.description) : .notFinite(text: value.description),
    at: TensorShape.place(of: index, in: shape))
}

@inline(__always)
private func convert<Bits: FixedWidthInteger>(
  _ bytes: UnsafeRawBufferPointer, _ layout: ElementLayout, _ value: (Bits) -> Double
) -> [Double] {
  let size = MemoryLayout<Bits>.size
  let count = bytes.count / size
  return [Double](unsafeUninitializedCapacity: count) { buffer, initializedCount in
    if let start = buffer.baseAddress { preferLargePages(start, count: count) }
    if layout.isBigEndian {
      for index in 0..<count {
        let bits = bytes.loadUnaligned(fromByteOffset: index &* size, as: Bits.self)
        buffer.initializeElement(at: index, to: value(Bits(bigEndian: bits)))
      }
    } else {
      for index in 0..<count {
        let bits = bytes.loadUnaligned(fromByteOffset: index &* size, as: Bits.self)
        buffer.initializeElement(at: index, to: value(Bits(littleEndian: bits)))
      }
    }
    initializedCount = count
  }
}

/// Reorders entries whose first index varies fastest.
private func rowMajor(fortran source: [Double], shape: [Int]) -> [Double] {
  // strides[a]: how far apart two entries are whose index a differs by 1.
  var strides: [Int] = []
  var stride = 1
  for length in shape {
    strides.append(stride)
    stride *= length
  }
  let last = shape.count - 1
  var index = [Int](repeating: 0, count: shape.count)
  var result: [Double] = []
  result.reserveCapacity(source.count)
  // Every turn appends one row.
  while result.count < source.count {
    let start = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
    for column in 0..<shape[last] { result.append(source[start + column * strides[last]]) }
    for axis in (0..<last).reversed() {
      index[axis] += 1
      if index[axis] < shape[axis] { break }
      index[axis] = 0
    }
  }
  return result
}
