// What the judges of claims ask of a case. Each answer is one that the kernel accepted; where there
// is none, `Unsettled` ends the judgement.
import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers

/// The end of a judgement that lacks an answer.
struct Unsettled: Error {
  let outcome: Outcome
}

/// The outcome of a judgement; an answer that the kernel refuses is a contradiction.
func settled(_ judge: () throws -> Outcome) -> Outcome {
  do {
    return try judge()
  } catch let end as Unsettled {
    return end.outcome
  } catch {
    return .contradiction("\(error)")
  }
}

extension Proof {
  /// The claim, or the end of the judgement.
  func required() throws(Unsettled) -> Claim {
    switch self {
    case .accepted(let claim): return claim
    case .rejected(let rejection):
      throw Unsettled(outcome: .contradiction("refused: \(rejection.first.summary)"))
    case .stopped: throw Unsettled(outcome: .inconclusive("work limit reached"))
    case .gaveUp(let reason): throw Unsettled(outcome: .skipped(reason))
    }
  }
}

extension Judgement {
  /// The claim, or the end of the judgement: what was handed over is wrong.
  func required() throws(Unsettled) -> Claim { try Proof(self).required() }
}

/// Ends the judgement if the statement does not speak of the case.
func require(_ condition: Bool, _ reason: @autoclosure () -> String = "") throws(Unsettled) {
  if !condition { throw Unsettled(outcome: .skipped(reason())) }
}

extension Examination {
  /// The tensor, which every case of a claim has.
  func subject() throws(Unsettled) -> EffectiveTensor {
    guard let tensor else { throw Unsettled(outcome: .skipped("no tensor")) }
    return tensor
  }

  /// The maximum-flow value.
  func value() throws(Unsettled) -> Rational { try maximum.required().value }

  /// The flow game of the tokens of a layer, with its values accepted by the kernel.
  func flowGame(_ layer: Int) throws -> CertifiedFlowGame {
    try solvedGame(try FlowGame(network: network, layer: layer))
  }

  /// Both ends of the network, each with its tokens' intervals and their flow game.
  func ends() throws -> [(layer: Int, intervals: ArcIntervals, game: CooperativeGame)] {
    [
      (0, try attributions.required(), try flowGame(0).table),
      (try subject().layers, try topAttributions.required(), try flowGame(subject().layers).table),
    ]
  }

  /// The case of another tensor.
  func other(_ tensor: EffectiveTensor, _ mode: Mode) throws -> Examination {
    try Examination(tensor: tensor, mode: mode, limit: limit)
  }
}

/// The values of a flow game, accepted by the kernel.
func solvedGame(_ game: FlowGame) throws -> CertifiedFlowGame {
  switch try game.solve(proof: .checked) {
  case .solved(let solution):
    guard let certified = solution.certified else {
      throw Unsettled(outcome: .contradiction("a game that was to be proved and is not"))
    }
    return certified
  case .stopped: throw Unsettled(outcome: .inconclusive("the game was stopped"))
  case .refused(let coalition, let rejection):
    throw Unsettled(outcome: .contradiction("\(coalition): \(rejection.first.summary)"))
  }
}

extension CooperativeGame {
  /// The Shapley value, accepted by the kernel.
  func provedShapleyValue() throws -> ExactVector {
    try checkShapley(try shapleyValue(), of: self).required().values
  }

  /// Whether the game is additive.
  var isModular: Bool { checkModular(self) == nil }
}

extension CertifiedFlowGame {
  /// Whether a vector is the attribution of a maximum flow, with a proof of either answer.
  func realises(_ vector: ExactVector) throws -> Bool {
    switch try game.realise(vector) {
    case .realised(let flow, let cut):
      let feasible = try checkFeasible(flow, in: game.network).required()
      let maximum = try checkMaximum(feasible, cut: cut).required()
      _ = try checkAttribution(vector, by: maximum, of: game).required()
      return true
    case .inefficient, .violated, .notTogether:
      guard checkBasePolytope(vector, of: table) != nil else {
        throw Unsettled(
          outcome: .contradiction("\(vector.text) is in the base polytope and not realised"))
      }
      return false
    }
  }
}

extension EffectiveTensor {
  /// The tensor with other entries: what a change makes of the list in row-major order.
  func changing(_ change: (inout [Rational]) -> Void) throws -> EffectiveTensor {
    var list = (0..<entries.count).map { entries[$0] }
    change(&list)
    return try EffectiveTensor(layers: layers, tokens: tokens, entries: ExactVector(list))
  }

  /// The tensor with row `row`, which is `l * T + i`, of zeros.
  func withoutRow(_ row: Int) -> EffectiveTensor {
    let changed = try? changing { list in
      for column in 0..<tokens { list[row * tokens + column] = 0 }
    }
    return changed ?? self
  }

  /// The tensor with two bottom tokens exchanged.
  func exchangingBottom(_ first: Int, _ second: Int) throws -> EffectiveTensor {
    try changing { list in
      for i in 0..<tokens { list.swapAt(i * tokens + first, i * tokens + second) }
    }
  }

  /// The tensor times a factor.
  func scaled(by factor: Rational) throws -> EffectiveTensor {
    try changing { list in
      for index in list.indices { list[index] *= factor }
    }
  }
}

extension ExactVector {
  /// The entries as fractions.
  var list: [Rational] { (0..<count).map { self[$0] } }

  /// The entries in parentheses.
  var text: String { "(" + list.map(\.description).joined(separator: ", ") + ")" }

  /// Some entries.
  func picking(_ positions: [Int]) -> ExactVector { ExactVector(positions.map { self[$0] }) }

  /// The weighted sum of two vectors.
  func combined(_ weight: Rational, _ other: ExactVector, _ otherWeight: Rational) -> ExactVector {
    ExactVector((0..<count).map { weight * self[$0] + otherWeight * other[$0] })
  }
}

/// Fractions in parentheses.
func text(_ list: [Rational]) -> String { ExactVector(list).text }
