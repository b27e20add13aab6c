import Checker
import ExactArithmetic
import Generators
import Testing

@Suite("Complete tiny spaces")
struct TinySpaceTests {
  /// The number of rows of `tokens` fractions whose least common denominator is at most `limit`.
  ///
  /// Over the denominator d there are C(d + T - 1, T - 1) rows; Moebius inversion over the divisors
  /// of d leaves those in lowest terms.
  private func rowCount(tokens: Int, limit: Int) -> Int {
    (1...limit).reduce(0) { sum, d in
      sum
        + (1...d).filter { d % $0 == 0 }.reduce(0) {
          $0 + moebius($1) * binomial(d / $1 + tokens - 1, tokens - 1)
        }
    }
  }

  private func binomial(_ n: Int, _ k: Int) -> Int {
    k == 0 ? 1 : (1...k).reduce(1) { $0 * (n - k + $1) / $1 }
  }

  private func moebius(_ n: Int) -> Int {
    let squares = (2...max(2, n)).contains { n % ($0 * $0) == 0 }
    if squares { return 0 }
    let primes = (1...n).count { p in
      p > 1 && n % p == 0 && !(2..<p).contains { p % $0 == 0 }
    }
    return primes % 2 == 0 ? 1 : -1
  }

  private func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  @Test(
    "the number of tensors is the closed form",
    arguments: [
      (1, 1, 6), (1, 2, 6), (2, 2, 6), (2, 3, 2), (1, 3, 6), (1, 4, 5), (3, 2, 3), (2, 1, 9),
    ])
  func counts(layers: Int, tokens: Int, limit: Int) {
    let space = TinySpace(layers: layers, tokens: tokens, denominatorMaximum: limit, modes: .all)
    let rows = rowCount(tokens: tokens, limit: limit)
    #expect(space.count == power(rows, layers * tokens))
    let every = TinySpace(layers: layers, tokens: tokens, denominatorMaximum: limit)
    #expect(every.count == space.count * (tokens + 1))
    #expect(every.tensorCount == space.count)
  }

  @Test("the two spaces of a campaign have 28,561 and 46,656 tensors")
  func campaignSpaces() {
    // 13 fractions in [0, 1] have denominators up to 6; 6 rows of three are halves.
    #expect(
      TinySpace(layers: 2, tokens: 2, denominatorMaximum: 6, modes: .all).count == power(13, 4))
    #expect(
      TinySpace(layers: 2, tokens: 3, denominatorMaximum: 2, modes: .singles).count
        == power(6, 6) * 3)
  }

  @Test("no tensor appears twice, all are exact, all denominators small", arguments: [2, 3])
  func noDuplicates(tokens: Int) throws {
    let limit = tokens == 2 ? 6 : 2
    let space = TinySpace(layers: 2, tokens: tokens, denominatorMaximum: limit, modes: .all)
    var seen: Set<[BigInteger]> = []
    for instance in space {
      guard case .tensor(let tensor, let mode) = instance else { continue }
      #expect(mode == .all)
      // 60 is a multiple of every denominator up to 6.
      let restated = tensor.entries.restated(over: 60)
      seen.insert((0..<restated.count).map { restated.numerator($0) })
    }
    #expect(seen.count == space.count)
    for numerators in seen {
      for start in stride(from: 0, to: numerators.count, by: tokens) {
        let row = numerators[start..<(start + tokens)]
        #expect(row.reduce(0, +) == 60)
        #expect(row.allSatisfy { Rational($0, 60).denominator <= BigInteger(limit) })
      }
    }
  }

  @Test("every tensor comes with its modes in order, and any element can be asked for")
  func modes() {
    let space = TinySpace(layers: 1, tokens: 2, denominatorMaximum: 3)
    #expect(space.modes == [.all, .single(0), .single(1)])
    let elements = Array(space)
    #expect(elements.count == space.count)
    for position in space.indices.reversed() {
      #expect(space[position] == elements[position])
      guard case .tensor(let tensor, let mode) = elements[position],
        case .tensor(let first, _) = elements[position - position % 3]
      else { continue }
      #expect(mode == space.modes[position % 3])
      #expect(tensor == first)
    }
  }

  @Test("the closed form for one layer above another holds in the whole space of halves")
  func uniquenessClosedForm() {
    // Row-stochastic, mode `all`: unique exactly if the upper layer is doubly stochastic.
    let space = TinySpace(layers: 2, tokens: 2, denominatorMaximum: 3, modes: .all)
    for instance in space {
      guard case .tensor(let tensor, _) = instance else { continue }
      let isDoubly = (0..<2).allSatisfy { tensor[1, 0, $0] + tensor[1, 1, $0] == 1 }
      #expect(instance.hasUniqueFlow == isDoubly, "\(tensor.text)")
    }
  }
}
