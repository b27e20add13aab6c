import Checker
import ExactArithmetic
import Generators
import Testing

@Suite("Perturbations")
struct PerturbationTests {
  private func tensors(_ name: String, count: UInt64) -> [EffectiveTensor] {
    let source = CaseSource(seed: 53, families: CaseFamily.all.filter { $0.name == name })
    return (0..<count).compactMap { k in
      if case .tensor(let tensor, _) = source[k].instance { return tensor }
      return nil
    }
  }

  @Test("exact rows stay exact where promised", arguments: Perturbation.all.map(\.name))
  func exactRows(name: String) throws {
    let perturbation = try #require(Perturbation.named(name))
    for (k, tensor) in tensors("lattice", count: 100).enumerated() {
      var choices = RandomChoices(seed: 1, stream: UInt64(k))
      let changed = perturbation.apply(&choices, to: tensor)
      #expect(changed.tokens == tensor.tokens)
      #expect(changed.layers >= max(1, tensor.layers - 1) && changed.layers <= tensor.layers + 1)
      if perturbation.keepsRowStochastic { #expect(changed.hasUnitRows) }
      var again = RandomChoices(seed: 1, stream: UInt64(k))
      #expect(perturbation.apply(&again, to: tensor) == changed)
    }
  }

  @Test("relabelling tokens keeps the numbers and the value", arguments: ["all", "nodes"])
  func relabelling(kind: String) throws {
    let name = kind == "all" ? "permute-tokens" : "permute-nodes"
    let perturbation = try #require(Perturbation.named(name))
    for (k, tensor) in tensors("fractions", count: 100).enumerated() {
      var choices = RandomChoices(seed: 2, stream: UInt64(k))
      let changed = perturbation.apply(&choices, to: tensor)
      #expect(changed.fractions.sorted() == tensor.fractions.sorted())
      let value = TinyFlow(Instance.tensor(tensor, .all).network).value
      #expect(TinyFlow(Instance.tensor(changed, .all).network).value == value)
    }
  }

  @Test("rows stay near 1 in binary64 when sharpened or mixed", arguments: ["sharpen", "residual"])
  func nearRows(name: String) throws {
    let perturbation = try #require(Perturbation.named(name))
    for (k, tensor) in tensors("softmax64", count: 100).enumerated() {
      var choices = RandomChoices(seed: 3, stream: UInt64(k))
      let changed = perturbation.apply(&choices, to: tensor)
      #expect(CaseLabel.rowStochasticToBinary64.holds(of: .tensor(changed, .all)))
    }
  }

  @Test("every perturbation takes zero rows and extreme numbers")
  func extremes() {
    for name in ["dead-ends", "wide-range", "denormal", "single-token"] {
      for (k, tensor) in tensors(name, count: 50).enumerated() {
        for perturbation in Perturbation.all {
          var choices = RandomChoices(seed: 4, stream: UInt64(k))
          #expect(perturbation.apply(&choices, to: tensor).tokens == tensor.tokens)
        }
      }
    }
  }

  @Test("pieces of a given tensor have the sizes asked for, or what there is")
  func pieces() {
    let whole = tensors("softmax32", count: 200).filter { $0.layers >= 3 && $0.tokens >= 5 }
    let family = CaseFamily.perturbed(Array(whole.prefix(3)))
    for layers in 1...5 {
      for tokens in 1...7 {
        for stream in 0..<UInt64(20) {
          var choices = RandomChoices(seed: 5, stream: stream)
          let made = family.make(&choices, layers: layers, tokens: tokens)
          guard case .tensor(let tensor, _) = made.instance else { continue }
          #expect(tensor.layers <= layers && tensor.tokens <= tokens)
          #expect(tensor.tokens >= min(tokens, 5))
        }
      }
    }
  }
}
