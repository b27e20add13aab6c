import Checker
import ExactArithmetic
import Properties
import SolverInterface
import Testing

@testable import Campaign
@testable import CaseFiles

@Suite("Baseline comparison")
struct BaselineComparisonTests {
  private func certificate(
    milliseconds: [Double] = [], tokens: Int = 8, values: [Double] = [], answers: [String] = [],
    name: String = "solver"
  ) -> SolverCertificate {
    var certificate = SolverCertificate(
      about: "", verdict: .certified,
      solvers: [
        .init(
          name: name, version: "", command: "", files: [], tasks: [], numbers: "double",
          tolerance: 0, returns: nil)
      ], version: "", programDigest: "", settings: [], cases: [], runDigest: "")
    var time = SolverCertificate.SizeTime(
      solver: name, layers: 6, tokens: tokens, arcs: 1, outcome: "answered")
    time.milliseconds = milliseconds
    time.values = values
    time.answers = answers
    certificate.times = [time]
    return certificate
  }

  private func word(_ old: [Double], _ new: [Double]) -> BaselineComparison.SizeChange.Word? {
    BaselineComparison(
      from: certificate(milliseconds: old), to: certificate(milliseconds: new, name: "renamed"),
      replayed: 0
    ).times.first?.word
  }

  @Test("a size is slower only if every tensor is, and by more than noise")
  func slower() {
    #expect(word([10, 20, 30], [20, 40, 60]) == .slower)
    #expect(word([20, 40, 60], [10, 20, 30]) == .faster)
    // One tensor is as fast as before.
    #expect(word([10, 20, 30], [20, 40, 30]) == .same)
    // A tenth more is noise.
    #expect(word([10, 20, 30], [11, 22, 33]) == .same)
    // So is half a millisecond.
    #expect(word([0.1, 0.2, 0.3], [0.3, 0.6, 0.8]) == .same)
    #expect(word([], []) == nil)
  }

  @Test("ratios are taken tensor by tensor, whatever the order of their sizes")
  func pairs() throws {
    let change = try #require(
      BaselineComparison(
        from: certificate(milliseconds: [10, 100, 20]),
        to: certificate(milliseconds: [30, 200, 80]), replayed: 0
      ).times.first)
    #expect(change.ratios == [2, 3, 4])
    #expect(change.median == 3)
  }

  @Test("other sizes are not compared, and sizes that are not reached any more are told")
  func reach() {
    let comparison = BaselineComparison(
      from: certificate(milliseconds: [1]), to: certificate(milliseconds: [9], tokens: 16),
      replayed: 0)
    #expect(comparison.times.isEmpty && comparison.reach.isEmpty)
    var late = certificate()
    late.times[0].outcome = "no answer within 5000 ms"
    let lost = BaselineComparison(
      from: certificate(milliseconds: [1]), to: late, replayed: 0)
    #expect(lost.reach == ["L=6 T=8: answered, now no answer within 5000 ms"])
  }

  @Test("answers with other numbers are told, with the largest change of a value")
  func numbers() throws {
    let comparison = BaselineComparison(
      from: certificate(milliseconds: [1, 1], values: [4, 2], answers: ["a", "b"]),
      to: certificate(milliseconds: [1, 1], values: [4, 3], answers: ["a", "c"]), replayed: 0)
    let change = try #require(comparison.numbers.first)
    #expect(change.differing == 1 && change.count == 2 && change.largestValueChange == 0.5)
  }

  @Test("an earlier finding that was not replayed is not called fixed")
  func unseen() throws {
    var old = certificate()
    old.findings = [try finding("value"), try finding("cut")]
    let comparison = BaselineComparison(from: old, to: certificate(), replayed: 1)
    #expect(comparison.gone == [0] && comparison.unseen == [1])
    var new = certificate()
    new.findings = [try finding("cut"), try finding("flow")]
    let both = BaselineComparison(from: old, to: new, replayed: 2)
    #expect(both.gone == [0] && both.known == [0] && both.new == [1])
  }

  private func finding(_ property: String) throws -> SolverCertificate.Finding {
    let network = try FlowNetwork(
      nodeCount: 2, source: 0, sink: 1, tails: [0], heads: [1],
      capacities: ExactVector([1] as [Int64], denominator: 1))
    return .init(
      property: property, solver: "solver", kind: .wrong, sentence: "", source: "", reproduce: "",
      file: CaseFile(about: "", version: "", provenance: [], statement: .network(network)))
  }
}
