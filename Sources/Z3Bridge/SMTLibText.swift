// SMT-LIB 2 as text: what the export of statements and the steps of proofs are written with.
import ExactArithmetic

/// A text in the making: a logic, declarations, assertions, and `(check-sat)` at the end.
struct SMTLibScript {
  private var lines: [String]

  /// An empty text that says in comments what it is about.
  init(logic: SMTLibLogic, about sentences: [String]) {
    lines = sentences.map { "; \($0)" } + ["(set-logic \(logic.rawValue))"]
  }

  /// The text so far, with the question.
  var text: String { lines.joined(separator: "\n") + "\n(check-sat)\n" }

  /// Adds a comment.
  mutating func comment(_ sentence: String) { lines.append("; \(sentence)") }

  /// Declares unknown real numbers.
  mutating func declare(_ names: String...) { names.forEach { declare($0) } }

  /// Declares an unknown real number.
  mutating func declare(_ name: String) { lines.append("(declare-const \(name) Real)") }

  /// Asserts formulas.
  mutating func assert(_ formulas: String...) { formulas.forEach { assert($0) } }

  /// Asserts a formula.
  mutating func assert(_ formula: String) { lines.append("(assert \(formula))") }

  /// Asserts that at least one of some ground facts is false; `unsat` then means: all are true.
  mutating func assertNotAll(_ facts: [String]) {
    lines.append("(assert (not")
    lines.append(facts.count == 1 ? facts[0] : facts.isEmpty ? "true" : "(and")
    guard facts.count > 1 else { return lines.append("))") }
    lines += facts
    lines.append(")))")
  }
}

/// A sum; 0 for no terms, and no operator for one.
func sum(_ terms: [String]) -> String { joined(terms, "+", empty: "0") }

/// Terms under an operator; no operator for one term, which some solvers refuse.
func joined(_ terms: [String], _ symbol: String, empty: String) -> String {
  switch terms.count {
  case 0: empty
  case 1: terms[0]
  default: "(\(symbol) \(terms.joined(separator: " ")))"
  }
}

/// A fraction as SMT-LIB writes it: `3`, `(- 3)`, `(/ 1 3)`, `(- (/ 1 3))`.
func literal(_ value: Rational) -> String {
  let magnitude = value.magnitude
  let digits =
    magnitude.isInteger
    ? "\(magnitude.numerator)" : "(/ \(magnitude.numerator) \(magnitude.denominator))"
  return value.signum() < 0 ? "(- \(digits))" : digits
}
