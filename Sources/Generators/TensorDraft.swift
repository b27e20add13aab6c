// How families state tensors: plain arrays of numbers, turned into exact vectors in one step.

import Checker
import ExactArithmetic

/// Where an entry lies: token `i` of layer `l + 1` attends to token `j` of layer `l`.
struct Place {
  /// The layer, from the bottom.
  let l: Int
  /// The row: the token that attends.
  let i: Int
  /// The column: the token attended to.
  let j: Int
}

extension EffectiveTensor {
  /// The tensor of integer multiples of `1 / denominator`.
  ///
  /// Precondition: `L * T * T` numerators, none negative.
  static func made(
    _ layers: Int, _ tokens: Int, _ numerators: [Int64], over denominator: Int64
  ) -> EffectiveTensor {
    made(layers, tokens, ExactVector(numerators, denominator: BigInteger(denominator)))
  }

  /// The tensor of doubles, taken as the fractions they are.
  ///
  /// Precondition: `L * T * T` finite numbers, none negative.
  static func made(_ layers: Int, _ tokens: Int, _ doubles: [Double]) -> EffectiveTensor {
    made(layers, tokens, .made(doubles))
  }

  /// The tensor of exact entries, which the caller knows to be a tensor.
  static func made(_ layers: Int, _ tokens: Int, _ entries: ExactVector) -> EffectiveTensor {
    do {
      return try EffectiveTensor(layers: layers, tokens: tokens, entries: entries)
    } catch {
      preconditionFailure("A generator made no tensor: \(error).")
    }
  }
}

extension ExactVector {
  /// The exact values of doubles that the caller knows to be finite.
  static func made(_ doubles: [Double]) -> ExactVector {
    guard let vector = ExactVector(exactly: doubles) else {
      preconditionFailure("A generator made a number that is not finite: \(doubles).")
    }
    return vector
  }
}

/// An array filled place by place, in row-major order.
@inline(__always)
func filled<Number>(
  _ layers: Int, _ tokens: Int, _ entry: (Place) -> Number
) -> [Number] {
  var numbers: [Number] = []
  numbers.reserveCapacity(layers * tokens * tokens)
  for l in 0..<layers {
    for i in 0..<tokens {
      for j in 0..<tokens { numbers.append(entry(Place(l: l, i: i, j: j))) }
    }
  }
  return numbers
}
