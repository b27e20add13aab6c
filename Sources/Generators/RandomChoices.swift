// Random choices whose every bit depends on (seed, stream) alone.
//
// A stream is the generator xoshiro256** [BlackmanVigna2021], its four words filled by SplitMix64
// [SteeleLeaFlood2014] from a hash of seed and stream number. Case k of a campaign owns stream k,
// so it can be made without making the cases before it. Nothing here uses the random functions of
// the standard library, whose sequences may change from one release to the next.

/// A sequence of random choices that depends only on a seed and a stream number.
///
/// Copies repeat the same choices. Two streams of one seed are independent for all practical
/// purposes; ``split()`` makes further ones. Not suitable for secrets.
public struct RandomChoices: Sendable {
  private var word0: UInt64
  private var word1: UInt64
  private var word2: UInt64
  private var word3: UInt64

  /// The stream of the given number under the given seed.
  public init(seed: UInt64, stream: UInt64) {
    var mixer = SplitMix(state: SplitMix.mixed(SplitMix.mixed(seed &+ SplitMix.step) &+ stream))
    word0 = mixer.next()
    word1 = mixer.next()
    word2 = mixer.next()
    word3 = mixer.next()
    // Four outputs of SplitMix64 in a row are distinct, so they are never all zero.
  }

  /// The next 64 random bits.
  @inline(__always)
  public mutating func next() -> UInt64 {
    let result = rotated(word1 &* 5, by: 7) &* 9
    let shifted = word1 << 17
    word2 ^= word0
    word3 ^= word1
    word1 ^= word2
    word0 ^= word3
    word2 ^= shifted
    word3 = rotated(word3, by: 45)
    return result
  }

  /// A new stream, made from this one, which moves on.
  public mutating func split() -> RandomChoices {
    let seed = next()
    return RandomChoices(seed: seed, stream: next())
  }

  /// An integer in `0 ..< bound`, each with the same probability.
  ///
  /// Precondition: `bound > 0`. The loop repeats with probability below `bound / 2^64`. Source:
  /// [Lemire2019], algorithm 5.
  @inline(__always)
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "A bound must be positive, but is \(bound).")
    let size = UInt64(bound)
    var product = next().multipliedFullWidth(by: size)
    if product.low < size {
      let threshold = (0 &- size) % size
      while product.low < threshold {
        product = next().multipliedFullWidth(by: size)
      }
    }
    return Int(product.high)
  }

  /// A number in `[0, 1)`, a multiple of 2^-53, each with the same probability.
  @inline(__always)
  public mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }
}

/// The rotation of a word to the left; `count` is in `1 ..< 64`.
@inline(__always)
private func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
  (word << count) | (word >> (64 - count))
}

/// The generator SplitMix64, which fills the state of another one.
private struct SplitMix {
  /// The odd number nearest to 2^64 divided by the golden ratio.
  static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  var state: UInt64

  /// A bijective hash of 64 bits.
  static func mixed(_ word: UInt64) -> UInt64 {
    let first = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    let second = (first ^ (first >> 27)) &* 0x94D0_49BB_1331_11EB
    return second ^ (second >> 31)
  }

  mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mixed(state)
  }
}
