// Changes of a given tensor, such as a real one, that keep most of its structure.

public import Checker
import ExactArithmetic

/// A named change of a tensor, driven by random choices.
public struct Perturbation: Sendable {
  /// The name, in lower case with hyphens.
  public let name: String
  /// One sentence that says what it changes.
  public let about: String
  /// Whether rows that all sum to exactly 1 still do so afterwards.
  public let keepsRowStochastic: Bool

  private let change: @Sendable (inout RandomChoices, EffectiveTensor) -> EffectiveTensor

  /// Changes a tensor; equal choices make equal changes.
  ///
  /// The number of tokens stays, the number of layers may fall to 1 or rise by 1.
  public func apply(_ choices: inout RandomChoices, to tensor: EffectiveTensor) -> EffectiveTensor {
    change(&choices, tensor)
  }

  /// Every perturbation, in a fixed order.
  public static let all: [Perturbation] = [
    Perturbation(
      name: "permute-tokens", about: "Relabels the tokens alike in every layer.",
      keepsRowStochastic: true,
      change: { choices, tensor in
        let order = choices.permutation(tensor.tokens)
        return tensor.rearranged(Array(0..<tensor.layers)) { _ in order }
      }),
    Perturbation(
      name: "permute-nodes", about: "Relabels the tokens of every layer of nodes on its own.",
      keepsRowStochastic: true,
      change: { choices, tensor in
        let orders = (0...tensor.layers).map { _ in choices.permutation(tensor.tokens) }
        return tensor.rearranged(Array(0..<tensor.layers)) { orders[$0] }
      }),
    Perturbation(
      name: "drop-layer", about: "Leaves out one layer, if there are two.",
      keepsRowStochastic: true,
      change: { choices, tensor in
        var kept = Array(0..<tensor.layers)
        if kept.count > 1 { kept.remove(at: choices.below(kept.count)) }
        return tensor.rearranged(kept)
      }),
    Perturbation(
      name: "repeat-layer", about: "Repeats one layer above itself.", keepsRowStochastic: true,
      change: { choices, tensor in
        var kept = Array(0..<tensor.layers)
        let repeated = choices.below(kept.count)
        kept.insert(repeated, at: repeated)
        return tensor.rearranged(kept)
      }),
    Perturbation(
      name: "shuffle-layers", about: "Puts the layers in a random order.",
      keepsRowStochastic: true,
      change: { choices, tensor in tensor.rearranged(choices.permutation(tensor.layers)) }),
    Perturbation(
      name: "sharpen", about: "Squares entries once or twice, rows renormalised in binary64.",
      keepsRowStochastic: false,
      change: { choices, tensor in
        let isFourth = choices.chance(1, in: 2)
        return tensor.changedRows { row in
          let largest = row.max() ?? 0
          if largest == 0 { return row }
          let powers = row.map { entry in
            let square = (entry / largest) * (entry / largest)
            return isFourth ? square * square : square
          }
          let sum = powers.reduce(0, +)
          return powers.map { $0 / sum }
        }
      }),
    Perturbation(
      name: "residual", about: "Half the tensor, half the identity, rows renormalised in binary64.",
      keepsRowStochastic: false,
      change: { _, tensor in
        let doubles = tensor.entries.nearestDoubles
        return .made(
          tensor.layers, tensor.tokens, withResidual(doubles, tensor.layers, tensor.tokens))
      }),
    Perturbation(
      name: "prune", about: "Sets the entries below a random part of the row's largest one to 0.",
      keepsRowStochastic: false,
      change: { choices, tensor in
        let share = choices.double(from: 0.01, to: 0.5)
        return tensor.changedRows { row in
          let least = share * (row.max() ?? 0)
          return row.map { $0 < least ? 0 : $0 }
        }
      }),
    Perturbation(
      name: "jitter", about: "Moves some entries by one unit in the last place.",
      keepsRowStochastic: false,
      change: { choices, tensor in
        tensor.changedRows { row in
          row.map { entry in
            let moved = choices.choose([entry, entry.nextUp, entry.nextDown])
            return entry > 0 && moved.isFinite ? moved : entry
          }
        }
      }),
    Perturbation(
      name: "round", about: "Rounds rows to multiples of 2^-24 that sum to exactly 1.",
      keepsRowStochastic: true,
      change: { _, tensor in tensor.roundedToLattice }),
  ]

  /// The perturbation of the given name, or nothing.
  public static func named(_ name: String) -> Perturbation? { all.first { $0.name == name } }
}

extension CaseFamily {
  /// A family of changed pieces of given tensors.
  ///
  /// Each case takes a tensor, cuts out consecutive layers and random tokens of the size asked for
  /// (or all there are), and applies up to two perturbations. Rows are not renormalised by the cut.
  /// Precondition: at least one tensor.
  public static func perturbed(
    _ tensors: [EffectiveTensor], name: String = "perturbed", weight: Int = 4
  ) -> CaseFamily {
    precondition(!tensors.isEmpty, "There is no tensor to perturb.")
    return CaseFamily(
      name: name, about: "Pieces of given tensors with random changes.", weight: weight,
      tensors: { choices, layers, tokens in
        let whole = choices.choose(tensors)
        var piece = whole.cut(&choices, layers: layers, tokens: tokens)
        for _ in 0..<choices.below(3) {
          let changed = choices.choose(Perturbation.all).apply(&choices, to: piece)
          if changed.layers <= layers { piece = changed }
        }
        return piece
      })
  }
}
