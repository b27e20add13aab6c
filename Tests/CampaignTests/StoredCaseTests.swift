import Campaign
import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import Properties
import TestSupport
import Testing

/// A relation that is wrong: in mode all the value is the number of tokens.
private let planted = Property(
  name: "planted/full-value", statement: "In mode all the value is the number of tokens.",
  source: "nobody", applies: { $0.isRowStochastic && $0.mode == .all },
  run: { examination in
    guard let maximum = examination.maximum.claim, let tensor = examination.tensor else {
      return .inconclusive("no tensor")
    }
    return maximum.value == Rational(tensor.tokens)
      ? .holds : .refuted("the value is \(maximum.value)")
  })

/// Two layers of three tokens; the relation fails unless `isFull`.
private func statement(isFull: Bool) throws -> Statement {
  let even = [[Rational(1, 2), Rational(1, 4), Rational(1, 4)]]
  let top: [[Rational]] =
    isFull ? [[1, 0, 0], [0, 1, 0], [0, 0, 1]] : [[1, 0, 0], [1, 0, 0], [1, 0, 0]]
  let bottom: [[Rational]] = isFull ? top : even + even + even
  return .tensor(try tensor([bottom, top]), .all, Conventions())
}

/// A case of the wrong relation as somebody may write it by hand.
private func handmade(
  _ replay: CaseFile.Finding.Replay, isFull: Bool = false, property: String = planted.name
) throws -> CaseFile {
  var file = try certificate(try statement(isFull: isFull), provenance: [.init("hand", "made")])
  file.finding = CaseFile.Finding(
    property: property, expected: "holds", verdict: "refuted", replay: replay, detail: "written")
  return file
}

@Suite("Stored cases")
struct StoredCaseTests {
  @Test(
    "a case is as expected if it passes, or fails as it is known to",
    arguments: [CaseFile.Finding.Replay.pass, .expectedFailure], [false, true])
  func replay(_ replay: CaseFile.Finding.Replay, isFull: Bool) throws {
    let results = try replayCase(try handmade(replay, isFull: isFull), table: [planted])
    let result = try #require(results.first)
    #expect(results.count == 1)
    #expect(result.property == planted.name)
    #expect(result.outcome?.verdict == (isFull ? .holds : .refuted))
    #expect(result.isAsExpected == (isFull == (replay == .pass)))
    #expect(result.expected == (replay == .pass ? "holds" : "a failure"))
  }

  @Test("not knowing is no failure of a case, whatever it is known for")
  func inconclusive() throws {
    let open = Property(
      name: planted.name, statement: "Open.", source: "nobody",
      run: { _ in .inconclusive("limit") })
    for replay in CaseFile.Finding.Replay.allCases {
      #expect(try replayCase(try handmade(replay), table: [open]).allSatisfy(\.isAsExpected))
    }
  }

  @Test("a certificate is tried on every property that applies")
  func wholeTable() throws {
    let file = try certificate(try statement(isFull: false))
    let table = battery(solvers: [], z3: .never)
    let results = try replayCase(file, table: table + [planted])
    #expect(results.count > 10)
    #expect(results.filter { !$0.isAsExpected }.map(\.property) == [planted.name])
  }

  @Test("a property that is not in the table is an error")
  func unknown() throws {
    let file = try handmade(.pass, property: "none")
    #expect(throws: StoredCaseError.unknownProperty("none")) {
      try replayCase(file, table: [planted])
    }
    #expect(throws: StoredCaseError.unknownProperty("none")) {
      try shrinkStoredCase(file, table: [planted])
    }
  }

  @Test("a case shrinks to the smallest one that fails so, and keeps its history")
  func shrinks() throws {
    let smaller = try shrinkStoredCase(try handmade(.expectedFailure), table: [planted])
    guard case .tensor(let tensor, .all, _) = smaller.statement else {
      Issue.record("a tensor in mode all")
      return
    }
    #expect(tensor.layers == 2 && tensor.tokens == 2)
    #expect(smaller.provenance == [.init("hand", "made")])
    #expect(smaller.finding?.replay == .expectedFailure)
    #expect(smaller.finding?.verdict == "refuted")
    #expect(smaller.finding?.detail == "the value is 1")
    let sealed = try CaseFile.read(InputFile(bytes: smaller.bytes, name: "smaller"))
    #expect(verify(sealed) == .valid)
    // Nothing is smaller than the smallest.
    #expect(try shrinkStoredCase(smaller, table: [planted]) == smaller)
  }

  @Test("a case of a property that asks Z3 shrinks too")
  func shrinksWithZ3() throws {
    let property = Property(
      name: planted.name, statement: planted.statement, source: "nobody",
      applies: planted.applies,
      run: { $0.z3 == nil ? .inconclusive("there is no Z3") : planted.run($0) })
    let smaller = try shrinkStoredCase(try handmade(.pass), table: [property])
    guard case .tensor(let tensor, .all, _) = smaller.statement else {
      Issue.record("a tensor in mode all")
      return
    }
    #expect(tensor.layers == 2 && tensor.tokens == 2)
  }

  @Test("a case that passes and a certificate cannot be made smaller")
  func nothingToShrink() throws {
    #expect(throws: StoredCaseError.doesNotFail(property: planted.name)) {
      try shrinkStoredCase(try handmade(.pass, isFull: true), table: [planted])
    }
    #expect(throws: StoredCaseError.notACase) {
      try shrinkStoredCase(try certificate(try statement(isFull: false)), table: [planted])
    }
  }

  /// Replays a case in a campaign.
  private func replayed(_ file: CaseFile, _ property: Property = planted) throws -> (
    report: CampaignReport, folder: TemporaryFolder
  ) {
    let folder = try TemporaryFolder()
    try folder.write(file.bytes, to: "findings/" + file.contentName)
    var settings = CampaignSettings()
    settings.phases = [.replay]
    settings.corpus = folder.path
    settings.z3 = .never
    settings.additionalProperties = [property]
    return (try Campaign(settings, version: "test").run(), folder)
  }

  @Test("in a campaign a known failure is none, and it is one that it passes")
  func campaign() throws {
    for replay in CaseFile.Finding.Replay.allCases {
      for isFull in [false, true] {
        let (report, folder) = try replayed(try handmade(replay, isFull: isFull))
        #expect(report.replayed == 1)
        #expect(report.hasFailure == (isFull != (replay == .pass)), "\(replay) \(isFull)")
        #expect(report.findings.map(\.property) == (report.hasFailure ? [planted.name] : []))
        if replay == .expectedFailure && isFull {
          // Nothing new is stored: the case is there, and there is nothing to make smaller.
          #expect(folder.names("findings").count == 1)
          #expect(report.findings.first?.file == nil)
          #expect(report.findings.first?.detail.isEmpty == false)
        }
      }
    }
  }

  @Test("a contradiction is a failure on a case that is known to fail too")
  func contradiction() throws {
    let split = Property(
      name: planted.name, statement: "Split.", source: "nobody",
      run: { _ in
        var outcome = Outcome.refuted("two engines")
        outcome.isContradiction = true
        return outcome
      })
    let (report, _) = try replayed(try handmade(.expectedFailure), split)
    #expect(report.hasFailure)
    #expect(report.contradiction != nil)
  }

  @Test("a property that is tried rarely is tried on the case that is stored for it")
  func sampledProperty() throws {
    let rare = Property(
      name: planted.name, statement: planted.statement, source: "nobody", period: 1_000,
      phase: 999, isSampled: true, applies: planted.applies, run: planted.run)
    #expect(try replayed(try handmade(.pass), rare).report.hasFailure)
  }
}
