public import ExactArithmetic

/// The fraction with the smallest denominator in a closed interval, and then the smallest one.
///
/// It is the first node of the Stern-Brocot tree inside the interval, found by continued fractions:
/// if the interval holds an integer, the least one; otherwise the common integer part and the
/// simplest reciprocal of what is left. Source: [Stern1858].
/// Precondition: `0 <= low <= high`. Cost: as many steps as Euclid's algorithm takes.
public func simplestFraction(from low: Rational, to high: Rational) -> Rational {
  precondition(low.signum() >= 0 && low <= high, "No interval from \(low) to \(high).")
  var integerParts: [Rational] = []
  var (low, high) = (low, high)
  var simplest = roundedUp(low)
  // While there is no integer between them, low and high have the same integer part, and their
  // denominators fall as in Euclid's algorithm.
  while simplest > high {
    let part = simplest - 1
    integerParts.append(part)
    (low, high) = ((high - part).reciprocal, (low - part).reciprocal)
    simplest = roundedUp(low)
  }
  return integerParts.reversed().reduce(simplest) { $1 + $0.reciprocal }
}

/// The least integer that is not below a fraction.
private func roundedUp(_ value: Rational) -> Rational {
  let floor = Rational(value.floor)
  return floor == value ? floor : floor + 1
}

/// The simplest fraction in an interval around, below or above a value, down to narrow ones.
///
/// Precondition: the value is not negative, and `interval` is in `0 ..< intervalCount`.
func simplestFraction(near value: Rational, interval: Int) -> Rational {
  let (position, side) = interval.quotientAndRemainder(dividingBy: 3)
  // Relative to the value where that is larger than 1.
  let width = Rational(1, .powerOfTwo(widthExponents[position])) * max(1, value)
  let low = side == 2 ? value : max(0, value - width)
  return simplestFraction(from: low, to: side == 1 ? value : value + width)
}

/// The widths, as exponents of 2, of the intervals in which the simplest fraction is taken.
private let widthExponents = [1, 2, 3, 4, 6, 8, 12, 20]

/// The number of intervals near a value: three of every width.
let intervalCount = 3 * widthExponents.count
