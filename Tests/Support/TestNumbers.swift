/// A reproducible stream of numbers. Source: SplitMix64.
public struct TestNumbers: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The stream of a seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of `0 ..< count`; the remainder's bias is of no account here.
  public mutating func below(_ count: Int) -> Int {
    Int(truncatingIfNeeded: next() >> 1) % count
  }
}
