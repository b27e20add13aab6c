public import ExactArithmetic

/// The rules of the kernel; a rejection names the one that is broken.
public enum Rule: String, Sendable, Hashable, CaseIterable {
  /// An array of a certificate has one entry for each thing it speaks of.
  case shape
  /// A number of a certificate lies in its range: a node, an arc, a label, an increasing order.
  case range
  /// `l(e) <= f(e)`; the lower bounds `l` are 0 if none are given.
  case lowerBound = "lower-bound"
  /// `f(e) <= u(e)`.
  case capacity
  /// Inflow equals outflow at every node but source and sink.
  case conservation
  /// The net flow out of the source is the value that is claimed.
  case value
  /// The source is on the source side of a cut, the sink is not.
  case cutEnds = "cut-ends"
  /// Every arc that leaves the source side is saturated.
  case cutSaturated = "cut-saturated"
  /// Every arc that enters the source side is empty.
  case cutEmpty = "cut-empty"
  /// A circulation leaves every node, source and sink too, as much as it enters it.
  case circulation
  /// An arc on which two maximum flows differ joins nodes with one label.
  case label
  /// An arc on which they do not differ joins nodes with different labels.
  case contraction
  /// A free arc, `0 < f(e) < u(e)`, is the parent arc of one of its ends.
  case forest
  /// An arc at a bound goes up in rank, against the direction it can still change in.
  case rank
  /// An extremal amount is the bound that its cut proves.
  case extremal
  /// An arc that can take more flow does not go down a level, one that can give some back not up.
  case level
  /// The flow of an arc with a logarithm lies strictly between its bounds.
  case interior
  /// The gradient is the potential difference and what the bounds hold back.
  case stationarity
  /// A multiplier of a bound is not negative.
  case dualFeasibility = "dual-feasibility"
  /// A multiplier of a bound is 0 where the flow is not at the bound.
  case complementarySlackness = "complementary-slackness"
  /// A distance is claimed for a problem with a strictly convex term.
  case term
  /// The norm of the residuals is at most what is claimed.
  case norm
  /// The radius is at least what the norm and the gap imply.
  case radius
  /// A game is answered for every coalition.
  case coalitions
  /// What passes through a player is the entry of a vector.
  case attribution
  /// A vector is the Shapley value of a game.
  case shapley
  /// `x(N) = v(N)`.
  case efficiency
  /// Players that an automorphism or the game does not tell apart get the same.
  case symmetry
  /// A player who changes no coalition's value gets nothing.
  case nullPlayer = "null-player"
  /// A sum of games gets the sum of their vectors.
  case additivity
  /// A multiple of a game gets the multiple of its vector.
  case scaling
  /// A map of nodes and arcs turns a game into itself.
  case automorphism
  /// `v(S) <= v(S + i)`.
  case monotone
  /// `v(S + i + j) + v(S) <= v(S + i) + v(S + j)`.
  case submodular
  /// `v(S)` is the sum of `v({i})` over the players of `S`.
  case modular
  /// `x(S) <= v(S)`.
  case basePolytope = "base-polytope"
}

/// Where a rule is broken.
public enum Place: Sendable, Hashable {
  /// An arc of the network.
  case arc(Int)
  /// A node of the network.
  case node(Int)
  /// The return arc of a circulation, from the sink to the source.
  case returnArc
  /// A field of the certificate.
  case field(String)
  /// An arc of the network, while the interval of arc `interval` is checked.
  case intervalArc(interval: Int, arc: Int)
  /// A node of the network, while the interval of arc `interval` is checked.
  case intervalNode(interval: Int, node: Int)
  /// Players of a game.
  case players([Player])
  /// A coalition of a game, and players outside it whose joining breaks the rule, if any.
  case coalition(Coalition, joining: [Player])
}

/// One broken rule, with both sides as exact fractions.
public struct Violation: Sendable, Hashable {
  /// The rule that is broken.
  public let rule: Rule
  /// Where it is broken.
  public let place: Place
  /// The left side of the rule, as found.
  public let leftSide: Rational
  /// The right side of the rule, as required.
  public let rightSide: Rational

  /// By how much the rule is broken, never negative.
  public var difference: Rational { (leftSide - rightSide).magnitude }
}

/// Why a statement is not accepted: never empty.
///
/// A check goes through its rules one by one and collects the violations of each in index order; it
/// stops at the first part of a certificate that later parts depend on.
public struct Rejection: Sendable, Hashable {
  /// The first violation and the largest; behind an array, so that the many results in which there
  /// is no rejection stay small.
  private let ends: [Violation]
  /// The number of violations.
  public let count: Int

  /// The first violation: of the first rule that is broken, the one with the smallest index.
  public var first: Violation { ends[0] }
  /// A violation with the largest difference, the first of them.
  public var largest: Violation { ends[1] }

  /// A rejection for a single violation.
  init(_ violation: Violation) { self.init(first: violation, largest: violation, count: 1) }

  init(first: Violation, largest: Violation, count: Int) {
    ends = [first, largest]
    self.count = count
  }

  /// This rejection followed by another; either may be missing.
  static func joined(_ left: Rejection?, _ right: Rejection?) -> Rejection? {
    guard let left else { return right }
    guard let right else { return left }
    let largest =
      right.largest.difference > left.largest.difference ? right.largest : left.largest
    return Rejection(first: left.first, largest: largest, count: left.count + right.count)
  }
}

/// The kernel's answer about a claim.
public enum Judgement<Claim> {
  /// The claim holds, exactly.
  case accepted(Claim)
  /// The claim is not established by what was handed in.
  case rejected(Rejection)

  /// The claim if it was accepted, else nil.
  public var claim: Claim? {
    if case .accepted(let claim) = self { return claim }
    return nil
  }

  /// The rejection if there is one, else nil.
  public var rejection: Rejection? {
    if case .rejected(let rejection) = self { return rejection }
    return nil
  }
}

extension Judgement: Sendable where Claim: Sendable {}
extension Judgement: Equatable where Claim: Equatable {}

/// Collects violations of one pass: the first, the largest, and how many.
///
/// Fractions are made once, at the end: an approximate flow may break a rule at every node.
struct ViolationCollector<Number: ExactInteger> {
  private struct Entry {
    let place: Place
    let left: Number
    let right: Number
  }

  private let rule: Rule
  private let denominator: BigInteger
  /// The first violation and a largest one; in an array, so that a collector without any is small.
  private var ends: [Entry] = []
  private var largestDifference = Number.zero
  private var count = 0

  init(_ rule: Rule, denominator: BigInteger) {
    self.rule = rule
    self.denominator = denominator
  }

  /// Notes that `left` should have stood in the rule's relation to `right`; both are numerators.
  ///
  /// Precondition: their difference fits the number type; see `Alignment.swift`.
  mutating func add(_ place: Place, _ left: Number, _ right: Number) {
    let entry = Entry(place: place, left: left, right: right)
    let difference = left < right ? right - left : left - right
    count += 1
    if ends.isEmpty {
      ends = [entry, entry]
      largestDifference = difference
    } else if difference > largestDifference {
      ends[1] = entry
      largestDifference = difference
    }
  }

  /// What was collected; nil if nothing was.
  var rejection: Rejection? {
    if ends.isEmpty { return nil }
    return Rejection(first: violation(ends[0]), largest: violation(ends[1]), count: count)
  }

  private func violation(_ entry: Entry) -> Violation {
    Violation(
      rule: rule, place: entry.place,
      leftSide: Rational(entry.left.asBigInteger, denominator),
      rightSide: Rational(entry.right.asBigInteger, denominator))
  }
}

/// A rejection about whole numbers of a certificate, such as counts and node numbers.
func rejection(_ rule: Rule, _ place: Place, _ found: Int, _ required: Int) -> Rejection {
  Rejection(
    Violation(
      rule: rule, place: place, leftSide: Rational(found), rightSide: Rational(required)))
}
