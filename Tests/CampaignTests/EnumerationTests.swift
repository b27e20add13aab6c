import Checker
import ExactArithmetic
import Generators
import TestSupport
import Testing

@testable import Campaign

/// The largest common divisor.
private func divisor(_ first: Int, _ second: Int) -> Int {
  second == 0 ? first : divisor(second, first % second)
}

/// The number of rows of `columns` fractions with sum 1 and a common denominator of at most
/// `denominators`, counted one by one: as sets of texts of fractions.
private func rowCount(columns: Int, denominators: Int) -> Int {
  var rows: Set<[String]> = []
  for denominator in 1...denominators {
    func extend(_ row: [Int], _ rest: Int) {
      guard row.count < columns - 1 else {
        rows.insert(
          (row + [rest]).map { part in
            let common = divisor(part, denominator)
            return "\(part / common)/\(denominator / common)"
          })
        return
      }
      for part in 0...rest { extend(row + [part], rest - part) }
    }
    extend([], denominator)
  }
  return rows.count
}

@Suite("Enumeration")
struct EnumerationTests {
  @Test("the full extent is all of both spaces in two modes, counted another way")
  func fullCount() {
    let (two, three) = (
      rowCount(columns: 2, denominators: 6), rowCount(columns: 3, denominators: 2)
    )
    #expect(two == 13)
    #expect(three == 6)
    func power(_ base: Int, _ exponent: Int) -> Int {
      (0..<exponent).reduce(1) { product, _ in product * base }
    }
    let expected = 2 * power(two, 4) + 2 * power(three, 6)
    #expect(PhaseWork(.full).count == expected)
    #expect(expected == 150_434)
    #expect(PhaseWork(.small).count == 3 * power(rowCount(columns: 2, denominators: 3), 4))
  }

  /// A case in a form that can be compared: mode, sizes and entries.
  private func key(_ instance: Instance) -> [Rational] {
    guard case .tensor(let tensor, let mode) = instance else { return [] }
    let token = if case .single(let token) = mode { token } else { -1 }
    return [Rational(token), Rational(tensor.layers), Rational(tensor.tokens)]
      + (0..<tensor.entries.count).map { tensor.entries[$0] }
  }

  @Test("no case of the small extent comes twice, and every row sums to 1")
  func noDuplicates() {
    let work = PhaseWork(.small)
    let keys = (0..<(work.count ?? 0)).map { key(work.instance($0)) }
    #expect(Set(keys).count == keys.count)
    #expect(keys.count == 1_875)
  }

  @Test("no case of the full extent comes twice, in a sample that crosses the two spaces")
  func noDuplicatesFull() {
    let work = PhaseWork(.full)
    let border = 2 * 13 * 13 * 13 * 13
    let count = work.count ?? 0
    let positions =
      isFullRun
      ? Array(0..<count)
      : Array(0..<2_000) + Array((border - 1_000)..<(border + 1_000))
        + Array((count - 1_000)..<count)
    var keys: Set<[Rational]> = []
    var modes: Set<String> = []
    for position in positions {
      let instance = work.instance(position)
      guard case .tensor(let tensor, let mode) = instance else { continue }
      for row in 0..<(tensor.layers * tensor.tokens) {
        let entries = (0..<tensor.tokens).map { tensor.entries[row * tensor.tokens + $0] }
        #expect(entries.reduce(0, +) == 1)
      }
      #expect(tensor.layers == 2 && tensor.tokens == (position < border ? 2 : 3))
      modes.insert("\(mode)")
      keys.insert(key(instance))
    }
    #expect(keys.count == positions.count)
    #expect(modes == ["all", "single:0"])
  }

  @Test("the report says how many cases were enumerated")
  func reported() throws {
    var settings = plantedSettings(cases: 10)
    settings.phases = [.enumerate]
    settings.solvers = [PlantedSolver.doubles(0)]
    let report = try plantedReport(settings)
    #expect(report.enumerated == 1_875)
    #expect(report.cases == 0)
  }
}
