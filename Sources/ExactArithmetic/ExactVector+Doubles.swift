// Doubles in, exactly, and out, correctly rounded.
//
// In: every finite double is an odd significand times a power of two. The first pass finds the
// smallest such exponent e, the largest magnitude and an estimate of the sum; the second writes
// every double as a multiple of 2^e by shifting its significand, in the integers that these
// suggest. The vector adds up the magnitudes exactly to choose its tier.

extension ExactVector {
  /// The exact values of doubles over the smallest power of two that serves them all.
  ///
  /// Nothing if one is an infinity or not a number. Minus zero becomes 0. The denominator is 1 if
  /// all are integers, at most 2^1074 otherwise. Cost: two passes of some 2 ns an entry if the
  /// tier is not big, and the new memory.
  public init?(exactly doubles: some Sequence<Double>) {
    let direct = doubles.withContiguousStorageIfAvailable { ExactVector(dyadic: $0) }
    let converted = direct ?? Array(doubles).withUnsafeBufferPointer { ExactVector(dyadic: $0) }
    guard let converted else { return nil }
    self = converted
  }

  /// The exact values of single-precision numbers, and of others behind them.
  ///
  /// The same as of all of them as doubles, for which there need not be memory.
  public init?(exactly singles: [Float], followedBy others: [Float]) {
    let converted = singles.withUnsafeBufferPointer { first in
      others.withUnsafeBufferPointer { ExactVector(dyadic: first, followedBy: $0) }
    }
    guard let converted else { return nil }
    self = converted
  }

  /// Single-precision numbers, and others behind them, rounded towards zero to multiples of
  /// `2^-fractionBits`, which is the denominator's inverse.
  ///
  /// Nothing if a multiple does not fit 63 bits, or a number is none. `fractionBits` is in 0...62.
  public init?(truncating singles: [Float], followedBy others: [Float], fractionBits: Int) {
    precondition((0...62).contains(fractionBits), "\(fractionBits) bits of a fraction")
    let scale = Double(1 << fractionBits)
    // Powers of two only move the exponent: the product is exact.
    let count = singles.count + others.count
    var isInRange = true
    let numerators = [Int64](unsafeUninitializedCapacity: count) { stored, initializedCount in
      if let start = stored.baseAddress { preferLargePages(start, count: count) }
      for part in [(singles, 0), (others, singles.count)] {
        let (values, start) = part
        for index in values.indices {
          let scaled = Double(values[index]) * scale
          let fits = scaled > -0x1p62 && scaled < 0x1p62
          isInRange = isInRange && fits
          stored.initializeElement(at: start + index, to: fits ? Int64(scaled) : 0)
        }
      }
      initializedCount = count
    }
    guard isInRange else { return nil }
    self.init(numerators, denominator: .powerOfTwo(fractionBits))
  }

  private init?<Source: BinaryFloatingPoint>(
    dyadic doubles: UnsafeBufferPointer<Source>,
    followedBy others: UnsafeBufferPointer<Source> = .init(start: nil, count: 0)
  ) {
    let doubles = Parts(first: doubles, second: others)
    guard let range = ExponentRange(doubles) else { return nil }
    let denominator = BigInteger.powerOfTwo(-range.least)
    if range.bitCount <= 63 && range.sumEstimate < 0x1p62 {
      let numerators = multiples(doubles, of: range.least, in: Int64.self) { $0 }
      self.init(numerators, denominator: denominator)
    } else if range.bitCount <= 63 {
      let numerators = multiples(doubles, of: range.least, in: Int64.self) { Int128($0) }
      self.init(numerators, denominator: denominator)
    } else if range.bitCount <= 127 {
      let numerators = multiples(doubles, of: range.least, in: Int128.self) { $0 }
      self.init(numerators, denominator: denominator)
    } else {
      let numerators = doubles.all.map { double in
        let magnitude = Int128(DyadicDouble.magnitude(double.bitPattern))
        let exponent = DyadicDouble.exponent(double.bitPattern) - range.least
        let signed = BigInteger(inline: double < 0 ? -magnitude : magnitude)
        return exponent >= 0
          ? signed.shifted(left: exponent) : signed.shifted(right: -exponent)
      }
      self.init(numerators, denominator: denominator)
    }
  }

  /// The nearest double of every entry, ties to even, like `Rational.nearestDouble`.
  ///
  /// Cost: 1 to 4 ns an entry if the denominator is a power of two up to 2^1074 and the
  /// tier is not big; otherwise up to a long division an entry.
  public var nearestDoubles: [Double] {
    let exponent = denominator.powerOfTwoExponent
    switch elements {
    case .int64(let numerators):
      if let exponent, exponent <= 1074 {
        // An integer of 53 significant bits over at most 2^1074 is a double, possibly subnormal, so
        // only the conversion of the integer rounds.
        let unit = Double(sign: .plus, exponent: -exponent, significand: 1)
        return [Double](unsafeUninitializedCapacity: numerators.count) { stored, count in
          if let start = stored.baseAddress { preferLargePages(start, count: numerators.count) }
          for index in numerators.indices {
            stored.initializeElement(at: index, to: Double(numerators[index]) * unit)
          }
          count = numerators.count
        }
      }
      return numerators.map { NearestDouble.of(BigInteger(inline: Int128($0)), denominator) }
    case .int128(let numerators):
      if let exponent {
        return numerators.map { numerator in
          let magnitude = NearestDouble.of(numerator.magnitude, exponent: -exponent)
          return numerator < 0 ? -magnitude : magnitude
        }
      }
      return numerators.map { NearestDouble.of(BigInteger(inline: $0), denominator) }
    case .big(let numerators):
      return numerators.map { NearestDouble.of($0, denominator) }
    }
  }
}

/// Two runs of numbers, one behind the other.
private struct Parts<Source: BinaryFloatingPoint> {
  let first: UnsafeBufferPointer<Source>
  let second: UnsafeBufferPointer<Source>

  var count: Int { first.count + second.count }

  /// All of them, as doubles.
  var all: [Double] { first.map { Double($0) } + second.map { Double($0) } }

  /// Calls `body` with every number as a double and its position, in order.
  @inline(__always)
  func forEach(_ body: (_ index: Int, _ double: Double) -> Void) {
    for index in first.indices { body(index, Double(first[index])) }
    for index in second.indices { body(first.count + index, Double(second[index])) }
  }
}

/// What powers of two a collection of doubles spans.
private struct ExponentRange {
  /// The exponent of the smallest unit that all are multiples of, or 0 if that is larger.
  let least: Int

  /// A number of bits in which every double fits, as a multiple of the unit, without its sign.
  let bitCount: Int

  /// The sum of the absolute values in units, up to rounding: a hint, on which nothing depends but
  /// whether a conversion is done twice.
  let sumEstimate: Double

  /// Looks at every double; nothing if one is an infinity or not a number.
  init?(_ doubles: Parts<some BinaryFloatingPoint>) {
    var least = 0
    var largest: UInt64 = 0
    var sum = 0.0
    doubles.forEach { _, double in
      let bits = double.bitPattern & 0x7FFF_FFFF_FFFF_FFFF
      largest = max(largest, bits)
      sum += Double(bitPattern: bits)
      let magnitude = DyadicDouble.magnitude(bits)
      let unit = DyadicDouble.exponent(bits) &+ magnitude.trailingZeroBitCount
      least = min(least, magnitude == 0 ? 0 : unit)
    }
    // Patterns without sign are ordered like the magnitudes; infinities and NaN come last.
    guard largest < Double.infinity.bitPattern else { return nil }
    let top = UInt64.bitWidth - DyadicDouble.magnitude(largest).leadingZeroBitCount
    self.least = least
    bitCount = top + DyadicDouble.exponent(largest) - least
    // Beyond 2^1023 units the answer is infinity, which is large enough too.
    sumEstimate = sum * Double(sign: .plus, exponent: min(-least, 1023), significand: 1)
  }
}

/// Writes doubles as multiples of a power of two that all are multiples of: shifted in one type of
/// integer, where shifts are cheap if it is narrow, and stored in another.
private func multiples<
  Source: BinaryFloatingPoint, Word: FixedWidthInteger & SignedInteger, Stored
>(
  _ doubles: Parts<Source>, of least: Int, in type: Word.Type, store: (Word) -> Stored
) -> [Stored] {
  [Stored](unsafeUninitializedCapacity: doubles.count) { stored, count in
    if let start = stored.baseAddress { preferLargePages(start, count: doubles.count) }
    doubles.forEach { index, double in
      let bits = double.bitPattern
      let magnitude = Word(truncatingIfNeeded: DyadicDouble.magnitude(bits))
      let exponent = DyadicDouble.exponent(bits) &- least
      // A negative exponent only removes trailing zeros. Zero has any exponent at all, and stays.
      let up = Word(truncatingIfNeeded: max(exponent, 0) & (Word.bitWidth - 1))
      let down = Word(truncatingIfNeeded: max(0 &- exponent, 0) & (Word.bitWidth - 1))
      let shifted = (magnitude &<< up) &>> down
      let signed = double < 0 ? 0 &- shifted : shifted
      stored.initializeElement(at: index, to: store(signed))
    }
    count = doubles.count
  }
}
