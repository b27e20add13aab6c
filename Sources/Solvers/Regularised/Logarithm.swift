// The natural logarithm with the same bits on every machine.
//
// x = 2^k m with m within a factor sqrt(2) of 1, and log m = 2 artanh(s), s = (m - 1) / (m + 1),
// |s| < 0.172. The series s + s^3/3 + s^5/5 + ... to s^21/21 has a remainder below 1e-18.

/// The natural logarithm of a positive, finite, normal double, to a few units in the last place.
func logarithm(_ x: Double) -> Double {
  var exponent = Double(x.exponent)
  var mantissa = x.significand
  if mantissa > 1.4142135623730951 {
    mantissa *= 0.5
    exponent += 1
  }
  let ratio = (mantissa - 1) / (mantissa + 1)
  let square = ratio * ratio
  var sum = 0.0
  for power in stride(from: 21.0, through: 1.0, by: -2.0) { sum = sum * square + 1 / power }
  return exponent * 0.6931471805599453 + 2 * ratio * sum
}
