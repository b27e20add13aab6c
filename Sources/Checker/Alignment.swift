// Rules are written once, generic in the number type. This file brings the vectors of one check
// over one denominator into one number type and calls the specialised body.
//
// `ExactVector` guarantees that every sum of entries of one vector is safe in its tier with one
// bit to spare. So a rule may, in any order, add and subtract entries of two aligned vectors as
// long as it takes each entry once. Where more than two vectors meet, the rule says why the result
// fits. A self loop is taken twice, with opposite signs, one after the other: what stands between
// the two is such a sum as well.
import ExactArithmetic

/// A check of vectors that are aligned, written once for all number types.
protocol AlignedCheck {
  associatedtype Output
  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> Output
}

/// Calls a check with all vectors over their common denominator, in their widest tier.
func aligned<Check: AlignedCheck>(_ vectors: [ExactVector], _ check: Check) -> Check.Output {
  let (restated, denominator) = overOneDenominator(vectors)
  var widest = Tier.int64
  for vector in restated { widest = max(widest, vector.elements.tier) }
  switch widest {
  case .int64: return check(restated.map { $0.elements.int64 }, over: denominator)
  case .int128: return check(restated.map { $0.elements.int128 }, over: denominator)
  case .big: return check(restated.map { $0.elements.big }, over: denominator)
  }
}

/// The same for two vectors, which mostly are 64-bit integers over one denominator as they are.
func aligned<Check: AlignedCheck>(
  _ first: ExactVector, _ second: ExactVector, _ check: Check
) -> Check.Output {
  if case .int64(let left) = first.elements, case .int64(let right) = second.elements,
    first.denominator == second.denominator
  {
    return check([left, right], over: first.denominator)
  }
  return aligned([first, second], check)
}

/// An array of zeros; generic code makes it several times faster than `Array(repeating:count:)`.
func zeros<Number: AdditiveArithmetic>(count: Int) -> [Number] {
  var array: [Number] = []
  array.reserveCapacity(count)
  for _ in 0..<count { array.append(.zero) }
  return array
}

/// The same vectors over their least common denominator.
func overOneDenominator(
  _ vectors: [ExactVector]
) -> (vectors: [ExactVector], denominator: BigInteger) {
  var denominator = vectors.first?.denominator ?? .one
  var isCommon = true
  for vector in vectors where vector.denominator != denominator {
    denominator = BigInteger.leastCommonMultiple(denominator, vector.denominator)
    isCommon = false
  }
  return (isCommon ? vectors : vectors.map { $0.restated(over: denominator) }, denominator)
}

/// The number types a vector can have, narrowest first.
private enum Tier: Int, Comparable {
  case int64
  case int128
  case big

  static func < (left: Tier, right: Tier) -> Bool { left.rawValue < right.rawValue }
}

extension ExactVector.Elements {
  fileprivate var tier: Tier {
    switch self {
    case .int64: .int64
    case .int128: .int128
    case .big: .big
    }
  }

  fileprivate var int64: [Int64] {
    guard case .int64(let values) = self else {
      preconditionFailure("the widest tier is 64 bits, and this vector is wider")
    }
    return values
  }

  fileprivate var int128: [Int128] {
    switch self {
    case .int64(let values): return values.map { Int128($0) }
    case .int128(let values): return values
    case .big: preconditionFailure("the widest tier is 128 bits, and this vector is wider")
    }
  }

  fileprivate var big: [BigInteger] {
    switch self {
    case .int64(let values): values.map { BigInteger($0) }
    case .int128(let values): values.map { BigInteger($0) }
    case .big(let values): values
    }
  }
}
