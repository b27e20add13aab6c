// The exponential function with the same bits on every machine.
//
// exp(x) = 2^k * exp(r) with k the integer nearest to x / ln 2 and r = x - k ln 2, |r| < 0.347.
// exp(r) is its Taylor polynomial of degree 13, whose remainder is below 5e-18. Only additions,
// multiplications and divisions of IEEE 754 are used, none fused, so the result is a function of
// the argument alone. The relative error is below 1e-15 for results that are normal numbers.
// Source: the reduction by a constant in two parts is that of [CodyWaite1980].

/// The exponential function, computed alike on every machine.
///
/// Precondition: `x` is a number. The result is 0 below -745.2 and infinite above 709.8.
@inline(__always)
public func portableExponential(_ x: Double) -> Double {
  if x < -745.2 { return 0 }
  if x > 709.8 { return .infinity }
  // Adding and subtracting 1.5 * 2^52 rounds to an integer, ties to even.
  let power = (x * inverseOfLogarithm2 + 0x1.8p52) - 0x1.8p52
  let rest = (x - power * logarithm2High) - power * logarithm2Low
  var sum = taylorCoefficient13
  sum = sum * rest + taylorCoefficient12
  sum = sum * rest + taylorCoefficient11
  sum = sum * rest + taylorCoefficient10
  sum = sum * rest + taylorCoefficient9
  sum = sum * rest + taylorCoefficient8
  sum = sum * rest + taylorCoefficient7
  sum = sum * rest + taylorCoefficient6
  sum = sum * rest + taylorCoefficient5
  sum = sum * rest + taylorCoefficient4
  sum = sum * rest + taylorCoefficient3
  sum = sum * rest + 0.5
  sum = sum * rest + 1
  sum = sum * rest + 1
  return scaled(sum, byPowerOfTwo: Int(power))
}

private let inverseOfLogarithm2 = 0x1.71547652b82fep+0
/// The upper 32 bits of ln 2: its product with an integer of 11 bits is exact.
private let logarithm2High = 0x1.62e42feep-1
private let logarithm2Low = 0x1.a39ef35793c76p-33
private let taylorCoefficient3 = 1.0 / 6
private let taylorCoefficient4 = 1.0 / 24
private let taylorCoefficient5 = 1.0 / 120
private let taylorCoefficient6 = 1.0 / 720
private let taylorCoefficient7 = 1.0 / 5040
private let taylorCoefficient8 = 1.0 / 40_320
private let taylorCoefficient9 = 1.0 / 362_880
private let taylorCoefficient10 = 1.0 / 3_628_800
private let taylorCoefficient11 = 1.0 / 39_916_800
private let taylorCoefficient12 = 1.0 / 479_001_600
private let taylorCoefficient13 = 1.0 / 6_227_020_800

/// A number times a power of two; `exponent` is in `-1076 ... 1024`.
@inline(__always)
private func scaled(_ value: Double, byPowerOfTwo exponent: Int) -> Double {
  if exponent >= -1022 && exponent <= 1023 {
    return value * Double(bitPattern: UInt64(exponent + 1023) << 52)
  }
  // In two steps, the first of which is exact.
  let half = exponent / 2
  return value * Double(bitPattern: UInt64(half + 1023) << 52)
    * Double(bitPattern: UInt64(exponent - half + 1023) << 52)
}
