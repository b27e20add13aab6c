/// The largest sizes of generated cases.
public struct SizeLimits: Sendable, Hashable {
  /// The largest number of layers, at least 1.
  public let layersMaximum: Int
  /// The largest number of tokens, at least 1.
  public let tokensMaximum: Int

  /// Sizes up to the given ones.
  ///
  /// Precondition: both are at least 1.
  public init(layersMaximum: Int = 4, tokensMaximum: Int = 6) {
    precondition(
      layersMaximum >= 1 && tokensMaximum >= 1,
      "Sizes up to \(layersMaximum) layers and \(tokensMaximum) tokens are empty.")
    self.layersMaximum = layersMaximum
    self.tokensMaximum = tokensMaximum
  }
}

/// The cases of a campaign, any of which can be made on its own.
///
/// Case k is a function of the seed, k, the limits and the list of families, and of nothing else.
/// Sizes are uniform: layers in `1 ... layersMaximum`, tokens in `1 ... tokensMaximum` (from the
/// smallest number that any of the families can make). Then a family is drawn by weight among
/// those that can make this number of tokens.
public struct CaseSource: Sendable {
  /// The seed of the campaign.
  public let seed: UInt64
  /// The largest sizes.
  public let limits: SizeLimits
  /// The families, in an order that matters.
  public let families: [CaseFamily]

  private let tokensMinimum: Int
  private let needs: [(tokens: Int, weight: Int)]

  /// The cases of a seed.
  ///
  /// Precondition: some family of positive weight can make `limits.tokensMaximum` tokens.
  public init(
    seed: UInt64, limits: SizeLimits = SizeLimits(), families: [CaseFamily] = CaseFamily.all
  ) {
    self.seed = seed
    self.limits = limits
    self.families = families
    needs = families.map { ($0.tokensMinimum, $0.weight) }
    tokensMinimum = families.filter { $0.weight > 0 }.map(\.tokensMinimum).min() ?? .max
    precondition(
      tokensMinimum <= limits.tokensMaximum,
      "None of the families makes cases of \(limits.tokensMaximum) tokens.")
  }

  /// The case of the given number.
  ///
  /// Cost: a few microseconds at the default sizes.
  public subscript(index: UInt64) -> GeneratedCase {
    var choices = RandomChoices(seed: seed, stream: index)
    let layers = choices.integer(in: 1...limits.layersMaximum)
    let tokens = choices.integer(in: tokensMinimum...limits.tokensMaximum)
    var total = 0
    for need in needs where need.tokens <= tokens { total += need.weight }
    var rest = choices.below(total)
    for (position, need) in needs.enumerated() where need.tokens <= tokens {
      if rest < need.weight {
        return families[position].make(&choices, layers: layers, tokens: tokens)
      }
      rest -= need.weight
    }
    preconditionFailure("The rest \(rest) is not below the sum of the weights.")
  }
}

/// Case `index` of the campaign with the given seed, limits and families.
///
/// The same as ``CaseSource/subscript(_:)``, which is faster for many cases.
public func generateCase(
  seed: UInt64, index: UInt64, limits: SizeLimits = SizeLimits(),
  families: [CaseFamily] = CaseFamily.all
) -> GeneratedCase {
  CaseSource(seed: seed, limits: limits, families: families)[index]
}
