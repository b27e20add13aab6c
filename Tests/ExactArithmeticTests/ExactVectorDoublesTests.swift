import ExactArithmetic
import Testing

@Suite struct ExactVectorDoublesTests {
  /// Lists of doubles that reach every tier and both ends of the format.
  static let lists: [[Double]] = {
    var generator = SeededGenerator(seed: 13)
    var lists: [[Double]] = [
      [], [0], [-0.0, 0], [1, 2, 3], [0.5, -0.25, 3, 0], [0x1p-1074], [0x1p-1022, -0x1p-1074],
      [1e308, 0.1, -.leastNonzeroMagnitude], [.greatestFiniteMagnitude, -1e300],
      [0x1p62], [0x1p61, 0x1p61 - 256], [0x1p62, -0x1p-1], [0x1p125, 1], [0x1p126, 1],
      [0x1p127, 3],
      [0x1p63, 0x1.8p0], [0x1p64, 5, 0], [0x1p10, 0x1p-53], [0x1p10, 0x1p-54], [0x1p72, 0x1p-54],
      [0x1p73, 0x1p-54, 0], [0x1p-1000, 0, 3 * 0x1p-1001], Samples.boundaryDoubles,
      [Double](repeating: 0x1p60, count: 3), [Double](repeating: 0x1p60, count: 4),
    ]
    for _ in 0..<30 {
      lists.append((0..<20).map { _ in Double(Float.random(in: 0..<1, using: &generator)) })
      lists.append((0..<20).map { _ in Double.random(in: -1..<1, using: &generator) })
      lists.append((0..<20).map { _ in Samples.double(using: &generator) })
      lists.append((0..<20).map { _ in Double(Float16.random(in: -4..<4, using: &generator)) })
    }
    return lists
  }()

  @Test func `doubles become their exact values and come back`() throws {
    for list in Self.lists {
      let vector = try #require(ExactVector(exactly: list))
      #expect((0..<list.count).map { vector[$0] } == list.map { Rational(exactly: $0) })
      #expect(vector.nearestDoubles == list)
    }
  }

  @Test func `the denominator is the smallest power of two and the tier is canonical`() throws {
    for list in Self.lists {
      let vector = try #require(ExactVector(exactly: list))
      let rationals = try list.map { try #require(Rational(exactly: $0)) }
      #expect(vector == ExactVector(rationals))
    }
  }

  @Test func `sequences that are not arrays are taken as well`() {
    let sequence = sequence(first: 1.0) { $0 < 0.01 ? nil : $0 / 2 }
    #expect(ExactVector(exactly: sequence) == ExactVector(exactly: Array(sequence)))
    #expect(ExactVector(exactly: [0, 0.5, 7][1...])?.count == 2)
  }

  @Test func `single-precision numbers are converted like the doubles that they are`() {
    var isRefused = false
    for list in Self.lists {
      let singles = list.map { Float($0) }
      for split in [0, singles.count / 2, singles.count] {
        let vector = ExactVector(
          exactly: Array(singles[..<split]), followedBy: Array(singles[split...]))
        #expect(vector == ExactVector(exactly: singles.map { Double($0) }))
        isRefused = isRefused || vector == nil
      }
    }
    // Some of the doubles are too large for them.
    #expect(isRefused)
  }

  @Test func `single-precision numbers are truncated to multiples of a power of two`() throws {
    for list in Self.lists {
      let singles = list.map { Float($0) }
      for bits in [0, 1, 30, 62] {
        let unit = Rational(1, BigInteger.powerOfTwo(bits))
        let inRange = singles.allSatisfy { abs(Double($0)) * Double(1 << bits) < 0x1p62 }
        let vector = ExactVector(truncating: singles, followedBy: [1, -0.75], fractionBits: bits)
        guard inRange, bits < 62 else {
          #expect(vector == nil)
          continue
        }
        let found = try #require(vector)
        #expect(found.denominator == BigInteger.powerOfTwo(bits))
        for (index, single) in (singles + [1, -0.75]).enumerated() {
          let exact = try #require(Rational(exactly: Double(single)))
          let rest = exact - found[index]
          #expect(rest.magnitude < unit)
          #expect(rest.isZero || (rest < 0) == (exact < 0))
        }
      }
    }
    for bad in [Float.nan, .infinity] {
      #expect(ExactVector(truncating: [bad], followedBy: [], fractionBits: 3) == nil)
    }
  }

  @Test func `one value that is not a finite number refuses all`() {
    for bad in [Double.nan, -.nan, .signalingNaN, .infinity, -.infinity] {
      #expect(ExactVector(exactly: [0.5, bad, 1]) == nil)
    }
  }

  @Test func `entries are rounded like single fractions whatever the denominator`() {
    var generator = SeededGenerator(seed: 14)
    let denominators = [
      1, 3, 10, BigInteger.powerOfTwo(40), BigInteger.powerOfTwo(53) + 1,
      BigInteger.powerOfTwo(1_022), BigInteger.powerOfTwo(1_023), BigInteger.powerOfTwo(1_074),
      BigInteger.powerOfTwo(1_075), BigInteger.powerOfTwo(1_100), BigInteger(10).raised(to: 30),
    ]
    for bits in [8, 57, 62, 80, 120, 200] {
      for denominator in denominators {
        let numerators = (0..<24).map { _ in Samples.integer(bits: bits, using: &generator) }
        let vector = ExactVector(numerators, denominator: denominator)
        let expected = numerators.map { Rational($0, denominator).nearestDouble }
        #expect(vector.nearestDoubles == expected)
      }
    }
  }

  @Test func `long integers over a power of two are rounded once`() {
    // Between two doubles, just below, at and just above the middle: rounding to 64 bits first
    // and to 53 afterwards would lose the last bit.
    let base = BigInteger.powerOfTwo(110) + BigInteger.powerOfTwo(57)
    let numerators = [base - 1, base, base + 1, -base - 1]
    let vector = ExactVector(numerators, denominator: BigInteger.powerOfTwo(110))
    #expect(vector.nearestDoubles == [1, 1, 1.0.nextUp, -(1.0.nextUp)])
  }
}
