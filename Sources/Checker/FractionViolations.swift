import ExactArithmetic

/// Collects violations of one pass whose sides are fractions over varying denominators.
///
/// An approximate answer may break a rule on every arc, so fractions are brought into lowest terms
/// once, at the end.
struct FractionViolations {
  private struct Entry {
    let place: Place
    let difference: Fraction
    let rightSide: Fraction
  }

  private let rule: Rule
  private var first: Entry?
  private var largest: Entry?
  private var count = 0

  init(_ rule: Rule) { self.rule = rule }

  /// Notes that a left side, `difference` above the right side, does not stand in the relation.
  mutating func add(_ place: Place, difference: Fraction, rightSide: Fraction) {
    let entry = Entry(place: place, difference: difference, rightSide: rightSide)
    count += 1
    if first == nil { first = entry }
    guard let largest, !difference.exceeds(largest.difference) else {
      largest = entry
      return
    }
  }

  /// What was collected; nil if nothing was.
  var rejection: Rejection? {
    guard let first, let largest else { return nil }
    return Rejection(first: violation(first), largest: violation(largest), count: count)
  }

  private func violation(_ entry: Entry) -> Violation {
    let right = entry.rightSide.rational
    return Violation(
      rule: rule, place: entry.place, leftSide: right + entry.difference.rational,
      rightSide: right)
  }
}
