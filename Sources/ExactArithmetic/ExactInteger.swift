/// A signed integer type whose results are exact as long as they fit.
///
/// `Int64` and `Int128` trap on overflow: whoever picks one of them guarantees the head room.
/// `BigInteger` never overflows. Code that runs on large data is generic over this protocol,
/// switches on the tier of an `ExactVector` once at entry, and runs specialised from there on.
public protocol ExactInteger: SignedNumeric, Comparable, Hashable, Sendable,
  CustomStringConvertible
{
  /// Takes over an integer of any size, or nothing if it does not fit.
  init?(_ value: BigInteger)

  /// Reads an optional sign followed by decimal digits, `[+-]?[0-9]+`, or nothing if the bytes are
  /// anything else or the number does not fit.
  init?(utf8Digits: some Collection<UInt8>)

  /// The same number without a bound on its size.
  var asBigInteger: BigInteger { get }

  /// Appends the decimal digits, after a minus sign if the number is negative.
  func appendDecimal(to bytes: inout [UInt8])
}

extension Int64: ExactInteger {
  /// Takes over an integer of any size, or nothing if it does not fit.
  public init?(_ value: BigInteger) {
    guard let narrow = value.asInt64 else { return nil }
    self = narrow
  }

  /// Reads `[+-]?[0-9]+`, or nothing if the bytes are anything else or do not fit.
  public init?(utf8Digits: some Collection<UInt8>) {
    guard let narrow = BigInteger(utf8Digits: utf8Digits)?.asInt64 else { return nil }
    self = narrow
  }

  /// The same number without a bound on its size.
  public var asBigInteger: BigInteger { BigInteger(inline: Int128(self)) }

  /// Appends the decimal digits, after a minus sign if the number is negative.
  public func appendDecimal(to bytes: inout [UInt8]) {
    DecimalDigits.append(magnitude, negative: self < 0, to: &bytes)
  }
}

extension Int128: ExactInteger {
  /// Takes over an integer of any size, or nothing if it does not fit.
  public init?(_ value: BigInteger) {
    guard let narrow = value.asInt128 else { return nil }
    self = narrow
  }

  /// Reads `[+-]?[0-9]+`, or nothing if the bytes are anything else or do not fit.
  public init?(utf8Digits: some Collection<UInt8>) {
    guard let narrow = BigInteger(utf8Digits: utf8Digits)?.asInt128 else { return nil }
    self = narrow
  }

  /// The same number without a bound on its size.
  public var asBigInteger: BigInteger { BigInteger(inline: self) }

  /// Appends the decimal digits, after a minus sign if the number is negative.
  public func appendDecimal(to bytes: inout [UInt8]) {
    DecimalDigits.append(magnitude, negative: self < 0, to: &bytes)
  }
}
