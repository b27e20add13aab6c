// Capacities that strain number formats: denormal, wide, and neighbours one unit apart.

import Checker
import ExactArithmetic

extension CaseFamily {
  /// Families of unusual magnitudes.
  static let rangeFamilies: [CaseFamily] = [
    CaseFamily(
      name: "denormal", about: "Small multiples of 5e-324, the least positive binary64 number.",
      promises: [.denormal], weight: 1,
      tensors: { choices, layers, tokens in
        var numbers = filled(layers, tokens) { _ in Int64(choices.below(8)) }
        numbers[choices.below(numbers.count)] = 1
        let denominator = BigInteger.powerOfTwo(1074)
        return .made(layers, tokens, ExactVector(numbers, denominator: denominator))
      }),
    CaseFamily(
      name: "wide-range", about: "Doubles of all magnitudes from 5e-324 to 1e308.",
      promises: [.wideRange, .denormal], weight: 1, tokensMinimum: 2,
      tensors: { choices, layers, tokens in
        // Below 2^1000 each, so that sums of fewer than 2^23 of them are finite even beside 1e308.
        var entries = filled(layers, tokens) { _ in
          magnitude(&choices, exponents: -1074...999, bits: 52)
        }
        let ends = choices.permutation(entries.count)
        entries[ends[0]] = .leastNonzeroMagnitude
        entries[ends[1]] = 1e308
        return .made(layers, tokens, entries)
      }),
    CaseFamily(
      name: "moderate-range", about: "Short doubles between 2^-30 and 2^31.",
      weight: 3,
      tensors: { choices, layers, tokens in
        let entries = filled(layers, tokens) { _ in
          choices.chance(1, in: 5) ? 0 : magnitude(&choices, exponents: -30...30, bits: 8)
        }
        return .made(layers, tokens, entries)
      }),
    CaseFamily(
      name: "neighbours", about: "Rows near 1/T that differ by single units in the last place.",
      promises: [.neighbours, .rowStochasticToBinary64], weight: 3, tokensMinimum: 2,
      tensors: { choices, layers, tokens in
        let middle = 1 / Double(tokens)
        var entries = filled(layers, tokens) { _ in
          choices.choose([middle.nextDown, middle, middle, middle.nextUp])
        }
        let ends = choices.permutation(entries.count)
        entries[ends[0]] = middle
        entries[ends[1]] = middle.nextDown
        return .made(layers, tokens, entries)
      }),
    CaseFamily(
      name: "near-copies", about: "Rows that copy the first one up to single units.",
      promises: [.rowStochasticToBinary32], weight: 2,
      tensors: { choices, layers, tokens in
        let scale = choices.choose(ordinaryScales)
        let entries = softmax(&choices, layers, tokens, scale: scale)
        let copies = filled(layers, tokens) { place in
          let original = entries[place.l * tokens * tokens + place.j]
          return choices.choose([original, original, original.nextUp, original.nextDown])
        }
        return .made(layers, tokens, copies)
      }),
  ]

  /// Families of the smallest sizes, for campaigns that have grown beyond them.
  static let smallFamilies: [CaseFamily] = [
    CaseFamily(
      name: "single-token", about: "One token, with any capacities on the path.",
      promises: [.singleToken], weight: 1,
      tensors: { choices, layers, _ in
        let numbers = (0..<layers).map { _ in Int64(choices.below(7)) }
        return .made(layers, 1, numbers, over: Int64(choices.integer(in: 1...6)))
      }),
    CaseFamily(
      name: "single-layer", about: "One layer of exact rows.",
      promises: [.singleLayer, .rowStochastic], weight: 1,
      tensors: { choices, _, tokens in
        let rows = ExactRows.either(&choices)
        return .made(1, tokens, rows.tensor(&choices, 1, tokens), over: rows.total)
      }),
  ]
}

/// A positive double whose exponent is uniform in a range, with at most `bits` random bits.
private func magnitude(
  _ choices: inout RandomChoices, exponents: ClosedRange<Int>, bits: Int
) -> Double {
  let exponent = choices.integer(in: exponents)
  let isPower = choices.chance(1, in: 2)
  let fraction = isPower ? 0 : Double(choices.below(1 << bits)) / Double(1 << bits)
  return Double(sign: .plus, exponent: exponent, significand: 1 + fraction)
}
