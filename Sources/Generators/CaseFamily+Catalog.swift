// The table of all families. A campaign draws from it by weight.

extension CaseFamily {
  /// Every built-in family, in a fixed order.
  ///
  /// The order and the weights are part of what case k of a campaign depends on.
  public static let all: [CaseFamily] =
    softmaxFamilies + maskedFamilies + exactFamilies + doublyStochasticFamilies
    + combinatorialFamilies + symmetricFamilies + deadEndFamilies + rangeFamilies
    + smallFamilies + networkFamilies

  /// The built-in family of the given name, or nothing.
  public static func named(_ name: String) -> CaseFamily? { all.first { $0.name == name } }
}
