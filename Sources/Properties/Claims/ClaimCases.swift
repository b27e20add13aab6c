// The tensors on which a claim is tried: tiny ones first, in the order of their shapes, then random
// ones that grow.
import Checker
import ExactArithmetic
import Generators

/// The choices of one computation of a claim.
typealias ClaimChoices = RandomChoices

/// The number of layers and tokens of a tensor.
public struct TensorShape: Sendable, Hashable {
  /// The number of layers, `L`.
  public let layers: Int
  /// The number of tokens, `T`.
  public let tokens: Int

  /// The shape of so many layers and tokens.
  public init(_ layers: Int, _ tokens: Int) {
    self.layers = layers
    self.tokens = tokens
  }
}

/// The tensors on which a claim is tried.
///
/// Case `k` depends on the seed and on `k`. A tiny space that has no more tensors than are taken of
/// each is gone through; of a larger one as many are drawn.
struct ClaimCases: Sendable {
  /// Whether rows sum to exactly 1.
  var isStochastic = true
  /// The modes.
  var modes = TinySpace.ModeSelection.every
  /// The tiny shapes, in the order in which they are tried.
  var shapes = ClaimCases.smallShapes
  /// The largest denominator of a row of a tiny tensor.
  var denominator = 3
  /// How many tensors are taken of each tiny shape, at most.
  var each = 80
  /// How many random cases follow.
  var random = 90
  /// The largest random shape.
  var limit = TensorShape(4, 4)

  /// The shapes up to two layers of three tokens, or three of two.
  static let smallShapes = [
    TensorShape(1, 1), TensorShape(1, 2), TensorShape(2, 1), TensorShape(2, 2), TensorShape(3, 2),
    TensorShape(1, 3), TensorShape(2, 3),
  ]

  /// The cases, in words.
  var about: String {
    let rows =
      isStochastic
      ? "row-stochastic tensors" : "tensors of which rows may be halved or zero"
    let mode =
      switch modes {
      case .all: "mode all"
      case .singles: "modes single"
      case .every: "every mode"
      }
    let tiny = shapes.map { "\($0.layers) x \($0.tokens)" }.joined(separator: ", ")
    let random =
      random == 0
      ? "" : "; then \(random) random ones up to \(limit.layers) layers and \(limit.tokens) tokens"
    return "\(rows), \(mode): up to \(each) of each shape \(tiny), denominators up to "
      + "\(denominator)\(random)"
  }

  /// Whether a mode is among those asked for.
  func includes(_ mode: Mode) -> Bool {
    switch (modes, mode) {
    case (.every, _), (.all, .all), (.singles, .single): true
    case (.all, .single), (.singles, .all): false
    }
  }

  /// Every case for a seed, in order.
  func sequence(seed: UInt64) -> some Sequence<(EffectiveTensor, Mode)> {
    var tiny: [(space: TinySpace, position: Int)] = []
    for (number, shape) in shapes.enumerated() {
      let space = TinySpace(
        layers: shape.layers, tokens: shape.tokens, denominatorMaximum: denominator, modes: modes)
      if space.count <= each {
        tiny += space.indices.map { (space, $0) }
      } else {
        var choices = RandomChoices(seed: seed, stream: UInt64(number))
        tiny += (0..<each).map { _ in (space, choices.below(space.count)) }
      }
    }
    let sources = [(2, 2), (3, 3), (limit.layers, limit.tokens)].map { layers, tokens in
      CaseSource(
        seed: seed,
        limits: SizeLimits(
          layersMaximum: min(layers, limit.layers), tokensMaximum: min(tokens, limit.tokens)),
        families: isStochastic ? stochasticFamilies : tensorFamilies)
    }
    return (0..<(tiny.count + random)).lazy.compactMap { index in
      // A stream of its own for what is changed afterwards.
      var choices = RandomChoices(seed: ~seed, stream: UInt64(index))
      let instance =
        index < tiny.count
        ? tiny[index].space[tiny[index].position]
        : sources[min(2, (index - tiny.count) * 3 / max(random, 1))][UInt64(index)].instance
      guard case .tensor(let tensor, let mode) = instance else { return nil }
      // Where rows are free, those of every other tiny tensor are halved or lost.
      let isChanged = !isStochastic && index < tiny.count && index % 2 == 1
      let changed = isChanged ? tensor.withSmallerRows(&choices) : tensor
      switch modes {
      case .every: return (changed, mode)
      case .all: return (changed, .all)
      case .singles: return (changed, mode == .all ? .single(choices.below(tensor.tokens)) : mode)
      }
    }
  }
}

extension EffectiveTensor {
  /// The tensor with rows kept, halved or replaced by zeros, each as often.
  fileprivate func withSmallerRows(_ choices: inout RandomChoices) -> EffectiveTensor {
    let factors = (0..<(layers * tokens)).map { _ in
      choices.choose([Rational(1), Rational(1, 2), 0])
    }
    let list = entries.list.enumerated().map { $1 * factors[$0 / tokens] }
    let changed = try? EffectiveTensor(layers: layers, tokens: tokens, entries: ExactVector(list))
    return changed ?? self
  }
}

/// The families whose rows sum to exactly 1.
private let stochasticFamilies = CaseFamily.all.filter { $0.promises.contains(.rowStochastic) }

/// The families of tensors of small fractions, with whatever rows.
private let tensorFamilies = CaseFamily.all.filter { family in
  [.rowStochastic, .zeroRow, .binary24].contains { family.promises.contains($0) }
}
