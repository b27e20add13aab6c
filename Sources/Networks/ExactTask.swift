// Algorithms on exact vectors are written once, generic in the number type. This file brings the
// vectors of one task over one denominator into one number type and calls the specialised body, so
// that the type is switched on once and not per arc.
public import ExactArithmetic

/// A computation on the numerators of exact vectors, written once for all number types.
public protocol ExactTask {
  /// What the computation returns.
  associatedtype Output

  /// Computes on numerators over one denominator, one array for each vector.
  ///
  /// Sums of entries of one array, each taken at most once, do not overflow, nor does the sum or
  /// difference of two such sums.
  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> Output
}

extension ExactTask {
  /// Runs the task on the numerators of a vector.
  @inlinable
  public func run(on vector: ExactVector) -> Output {
    switch vector.elements {
    case .int64(let values): run([values], over: vector.denominator)
    case .int128(let values): run([values], over: vector.denominator)
    case .big(let values): run([values], over: vector.denominator)
    }
  }

  /// Runs the task on two vectors over their common denominator, in their widest number type.
  @inlinable
  public func run(on first: ExactVector, _ second: ExactVector) -> Output {
    // Mostly they are 64-bit integers over one denominator as they are.
    if case .int64(let left) = first.elements, case .int64(let right) = second.elements,
      first.denominator == second.denominator
    {
      return run([left, right], over: first.denominator)
    }
    return run(on: [first, second])
  }

  /// Runs the task on the vectors over their common denominator, in their widest number type.
  @inlinable
  public func run(on vectors: ExactVector...) -> Output { run(on: vectors) }

  /// Runs the task on any number of vectors over their common denominator.
  @inlinable
  public func run(on vectors: [ExactVector]) -> Output {
    var denominator = vectors.first?.denominator ?? .one
    var isCommon = true
    for vector in vectors where vector.denominator != denominator {
      denominator = BigInteger.leastCommonMultiple(denominator, vector.denominator)
      isCommon = false
    }
    let restated = isCommon ? vectors : vectors.map { $0.restated(over: denominator) }
    if let narrow = numerators(of: restated, { $0.int64 }) {
      return run(narrow, over: denominator)
    }
    if let medium = numerators(of: restated, { $0.int128 }) {
      return run(medium, over: denominator)
    }
    return run(restated.map { $0.elements.big }, over: denominator)
  }
}

/// The numerators of all vectors in one type, or nil if one does not fit it.
@inlinable
func numerators<Number>(
  of vectors: [ExactVector], _ read: (ExactVector.Elements) -> [Number]?
) -> [[Number]]? {
  var numerators: [[Number]] = []
  numerators.reserveCapacity(vectors.count)
  for vector in vectors {
    guard let values = read(vector.elements) else { return nil }
    numerators.append(values)
  }
  return numerators
}

extension ExactVector.Elements {
  /// The numerators if they are 64-bit integers.
  @inlinable
  var int64: [Int64]? {
    if case .int64(let values) = self { return values }
    return nil
  }

  /// The numerators as 128-bit integers, if they fit by their tier.
  @inlinable
  var int128: [Int128]? {
    switch self {
    case .int64(let values): values.map { Int128($0) }
    case .int128(let values): values
    case .big: nil
    }
  }

  /// The numerators as integers of any size.
  @inlinable
  var big: [BigInteger] {
    switch self {
    case .int64(let values): values.map { BigInteger($0) }
    case .int128(let values): values.map { BigInteger($0) }
    case .big(let values): values
    }
  }
}
