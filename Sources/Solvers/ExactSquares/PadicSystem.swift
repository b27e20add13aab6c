// Exact solutions of integer systems with a grounded Laplacian, by p-adic lifting.
//
// Problem: solve M x = b over the rationals, for a positive definite M of small integers and any
// integers b.
// Idea: invert M once modulo a word-sized number p, by elimination. Then x modulo p is M^-1 b, what
// is left is b - M x, all of it divisible by p, and its p-th part is the next right-hand side: each
// round gives one more digit of x to the base p. All entries of x have the determinant of M, or a
// divisor of it, as a common denominator. Once p^k exceeds twice the product of the bounds for
// numerators and denominator, the fractions can be read off by Euclid's algorithm, stopped half
// way. That is tried early and often, since M x = b is then tested exactly, and what passes is the
// solution however it was guessed.
// Why it terminates: by Hadamard's bound, p^k is large enough at some k; and a modulus without
// inverse shares a factor with a leading minor of M, of which there are finitely many.
// Cost: one elimination modulo p, then a solve and a pass over the edges for each of the some
// (log2 of numerator and denominator) / 61 digits. Source: [Di].
import ExactArithmetic

/// A grounded Laplacian with unit weights, inverted modulo a number.
struct PadicSystem {
  private let laplacian: GroundedLaplacian
  private let factor: EnvelopeFactor<ModularField>
  /// The number of multiplications that the elimination took.
  var work: Int { factor.work }

  /// Inverts modulo the first suitable odd number from the given one down, by default a prime.
  ///
  /// Precondition: every row is joined to the ground by edges, so that the matrix is positive
  /// definite.
  init(_ laplacian: GroundedLaplacian, modulus: UInt64 = (1 << 61) - 1) {
    self.laplacian = laplacian
    for attempt in 0..<PadicSystem.attemptLimit {
      let field = ModularField(modulus: modulus - 2 * attempt)
      let one = field.element(1)
      if let factor = EnvelopeFactor(
        field, laplacian, weight: { _ in one }, shift: field.element(0))
      {
        self.factor = factor
        return
      }
    }
    preconditionFailure("the matrix is singular: a row is not joined to the ground")
  }

  /// More moduli than could share a factor with a minor of any matrix that fits in memory, some of
  /// them primes; beyond that the matrix is singular.
  private static let attemptLimit: UInt64 = 1 << 15

  /// The solution as integers over a positive common denominator.
  func solve(_ right: [BigInteger]) -> (numerators: [BigInteger], denominator: BigInteger) {
    let modulus = BigInteger(factor.field.modulus)
    var left = right
    var lifted = [BigInteger](repeating: .zero, count: right.count)
    var power = BigInteger.one
    var (digits, nextAttempt) = (0, 2)
    // Every pass adds a digit; see above for the bound.
    while true {
      let digit = nextDigit(left, modulus)
      let product = apply(digit)
      for row in 0..<right.count {
        lifted[row] += power * BigInteger(digit[row])
        left[row] =
          (left[row] - BigInteger(product[row])).quotientAndRemainder(dividingBy: modulus).quotient
      }
      power = power * modulus
      digits += 1
      guard digits >= nextAttempt || left.allSatisfy({ $0.isZero }) else { continue }
      nextAttempt = digits + max(1, digits / 4)
      if let solution = reconstruct(lifted, modulo: power), isSolution(solution, right) {
        return solution
      }
    }
  }

  /// The solution modulo the modulus.
  private func nextDigit(_ right: [BigInteger], _ modulus: BigInteger) -> [UInt64] {
    let field = factor.field
    let residues = right.map { entry -> UInt64 in
      let remainder = entry.quotientAndRemainder(dividingBy: modulus).remainder
      let positive = remainder.signum() < 0 ? remainder + modulus : remainder
      guard let word = positive.asInt64 else {
        preconditionFailure("\(positive) is not below \(modulus)")
      }
      return field.stored(UInt64(word))
    }
    return factor.solve(residues).map { field.residue($0) }
  }

  /// The matrix times a vector of digits, below 2^62 each; fewer than 2^60 edges meet in a row.
  private func apply(_ digits: [UInt64]) -> [Int128] {
    var product = [Int128](repeating: 0, count: digits.count)
    for edge in laplacian.firstEnds.indices {
      let (a, b) = (Int(laplacian.firstEnds[edge]), Int(laplacian.secondEnds[edge]))
      let difference =
        (a < 0 ? 0 : Int64(digits[a])) - (b < 0 ? 0 : Int64(digits[b]))
      if a >= 0 { product[a] += Int128(difference) }
      if b >= 0 { product[b] -= Int128(difference) }
    }
    return product
  }

  /// Whether the matrix times the numerators is the right-hand side times the denominator.
  private func isSolution(
    _ solution: (numerators: [BigInteger], denominator: BigInteger), _ right: [BigInteger]
  ) -> Bool {
    var product = right.map { -$0 * solution.denominator }
    for edge in laplacian.firstEnds.indices {
      let (a, b) = (Int(laplacian.firstEnds[edge]), Int(laplacian.secondEnds[edge]))
      guard a != b else { continue }
      let difference =
        (a < 0 ? .zero : solution.numerators[a]) - (b < 0 ? .zero : solution.numerators[b])
      if a >= 0 { product[a] += difference }
      if b >= 0 { product[b] -= difference }
    }
    return product.allSatisfy { $0.isZero }
  }
}

/// Fractions with a small common denominator that are congruent to given numbers; nil if there are
/// none whose numerators and denominator stay below about the root of half the modulus.
private func reconstruct(
  _ residues: [BigInteger], modulo power: BigInteger
) -> (numerators: [BigInteger], denominator: BigInteger)? {
  let bound = BigInteger.powerOfTwo((power.magnitudeBitCount - 2) / 2)
  var numerators: [BigInteger] = []
  var denominator = BigInteger.one
  for residue in residues {
    let (_, remainder) = (residue * denominator).quotientAndRemainder(dividingBy: power)
    let opposite = remainder - power
    if remainder < bound {
      numerators.append(remainder)
    } else if -opposite < bound {
      numerators.append(opposite)
    } else {
      let (numerator, factor) = smallFraction(remainder, power, bound)
      denominator *= factor
      guard denominator < bound else { return nil }
      for row in numerators.indices { numerators[row] *= factor }
      numerators.append(numerator)
    }
  }
  return (numerators, denominator)
}

/// The first fraction `n / d` in Euclid's algorithm with `n = d residue` modulo the power, `|n|`
/// below the bound and `d > 0`.
private func smallFraction(
  _ residue: BigInteger, _ power: BigInteger, _ bound: BigInteger
) -> (BigInteger, BigInteger) {
  var (previous, current) = (power, residue)
  var (previousFactor, factor) = (BigInteger.zero, BigInteger.one)
  // Every pass makes the remainder smaller.
  while current >= bound {
    let (quotient, remainder) = previous.quotientAndRemainder(dividingBy: current)
    (previous, current) = (current, remainder)
    (previousFactor, factor) = (factor, previousFactor - quotient * factor)
  }
  return factor.signum() < 0 ? (-current, -factor) : (current, factor)
}
