public import Checker

/// A named way of making cases, with what it promises of every one of them.
public struct CaseFamily: Sendable {
  /// The name, in lower case with hyphens, unique among all families.
  public let name: String
  /// One sentence that says what the family makes.
  public let about: String
  /// The labels that hold of every case it makes.
  public let promises: [CaseLabel]
  /// How often a campaign draws it, relative to the other families.
  public let weight: Int
  /// The smallest number of tokens at which the family can keep its promises.
  public let tokensMinimum: Int

  private let build: @Sendable (inout RandomChoices, _ layers: Int, _ tokens: Int) -> Instance

  /// A family of whatever instances a closure makes.
  ///
  /// The closure must be a function of the choices and the sizes alone; the layers are at least 1,
  /// the tokens at least `tokensMinimum`. It may make fewer layers or tokens than it is asked for.
  public init(
    name: String, about: String, promises: [CaseLabel] = [], weight: Int, tokensMinimum: Int = 1,
    instances build:
      @escaping @Sendable (inout RandomChoices, _ layers: Int, _ tokens: Int)
      -> Instance
  ) {
    self.name = name
    self.about = about
    self.promises = promises
    self.weight = weight
    self.tokensMinimum = tokensMinimum
    self.build = build
  }

  /// A family of tensors; the mode is `all` or, as often, a single top token.
  public init(
    name: String, about: String, promises: [CaseLabel] = [], weight: Int, tokensMinimum: Int = 1,
    tensors build:
      @escaping @Sendable (inout RandomChoices, _ layers: Int, _ tokens: Int)
      -> EffectiveTensor
  ) {
    self.init(
      name: name, about: about, promises: promises, weight: weight, tokensMinimum: tokensMinimum,
      instances: { choices, layers, tokens in
        let tensor = build(&choices, layers, tokens)
        return .tensor(tensor, choices.mode(tokens: tensor.tokens))
      })
  }

  /// Makes one case of the given sizes.
  ///
  /// A network given arc by arc has about as many arcs as a tensor of these sizes.
  /// Precondition: `layers >= 1` and `tokens >= tokensMinimum`.
  public func make(_ choices: inout RandomChoices, layers: Int, tokens: Int) -> GeneratedCase {
    precondition(
      layers >= 1 && tokens >= tokensMinimum,
      "\(name) needs a layer and \(tokensMinimum) tokens, not \(layers) and \(tokens).")
    let instance = build(&choices, layers, tokens)
    return GeneratedCase(instance: instance, family: name, promises: promises)
  }
}
