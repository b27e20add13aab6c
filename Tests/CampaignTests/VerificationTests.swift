import Campaign
import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import Generators
import Networks
import Properties
import SolverInterface
import TestSupport
import Testing

/// What a damaged file came to.
enum Reading: Equatable {
  case valid
  case invalid(String)
  case unparsable

  init(_ value: JSONValue, resealed: Bool = false) throws {
    var writer = JSONWriter(.compact)
    writer.value(value)
    let file = InputFile(bytes: try writer.finish(), name: "damaged")
    guard var sealed = try? CaseFile.read(file) else {
      self = .unparsable
      return
    }
    if resealed { sealed.digest = sealed.contents.digest }
    switch verify(sealed) {
    case .valid: self = .valid
    case .invalid(let field, _): self = .invalid(field)
    }
  }
}

/// A place in a tree: keys and positions.
struct Place: CustomStringConvertible {
  var steps: [String]
  var description: String { steps.joined(separator: ".") }
}

extension JSONValue {
  /// Every changed copy that differs in one place, with that place.
  func mutations(at place: Place = Place(steps: [])) -> [(Place, JSONValue)] {
    var changes: [(Place, JSONValue)] = own.map { (place, $0) }
    func inside(_ step: String, _ value: JSONValue, _ rebuild: (JSONValue) -> JSONValue) {
      let next = Place(steps: place.steps + [step])
      changes += value.mutations(at: next).map { ($0, rebuild($1)) }
    }
    switch self {
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        inside("\(index)", element) {
          var copy = elements
          copy[index] = $0
          return .array(copy)
        }
      }
    case .object(let members):
      for (index, member) in members.enumerated() {
        inside(member.key, member.value) {
          var copy = members
          copy[index].value = $0
          return .object(copy)
        }
      }
    default: break
    }
    return changes
  }

  /// This value itself, changed in every way that its kind has.
  private var own: [JSONValue] {
    switch self {
    case .null: return [.number(JSONNumber(0)), .string("0")]
    case .bool(let value): return [.bool(!value), .null]
    case .number(let number):
      guard let value = number.asInt else {
        return [.number(JSONNumber(0)), .string(number.text + "1"), .null]
      }
      return Set([value + 1, value - 1, -value, 7_777_777]).subtracting([value]).sorted()
        .map { .number(JSONNumber($0)) } + [.null]
    case .string(let text):
      var others = [text + "x", "", "0"].filter { $0 != text }.map { JSONValue.string($0) }
      if let value = Rational(text) {
        others += [value + 1, value / 2 + 1, -value - 1].map { .string($0.description) }
      }
      if !text.isEmpty { others.append(.string(String(text.dropLast()))) }
      // States of arcs: one of them becomes another.
      for (from, to) in [("0", "f"), ("1", "0"), ("f", "1")] {
        if let range = text.range(of: from) {
          others.append(.string(text.replacingCharacters(in: range, with: to)))
        }
      }
      return others.filter { $0 != self }
    case .array(let elements):
      var others: [JSONValue] = []
      if let last = elements.last {
        others += [.array(elements.dropLast()), .array(elements + [last])]
      } else {
        others.append(.array([.number(JSONNumber(0))]))
      }
      for index in elements.indices.dropLast() where elements[index] != elements[index + 1] {
        var copy = elements
        copy.swapAt(index, index + 1)
        others.append(.array(copy))
      }
      return others
    case .object(let members):
      return members.indices.map { index in
        var copy = members
        copy.remove(at: index)
        return .object(copy)
      } + [.object(members + [.init(key: "more", value: .null)])]
    }
  }

  /// The same value with the fields of all objects in reverse order.
  var turned: JSONValue {
    switch self {
    case .object(let members):
      .object(members.reversed().map { .init(key: $0.key, value: $0.value.turned) })
    case .array(let elements): .array(elements.map(\.turned))
    default: self
    }
  }
}

/// A certificate about a statement, made by this package's own solvers.
func certificate(
  _ statement: Statement, provenance: [CaseFile.Provenance] = [.init("file", "made")]
) throws -> CaseFile {
  let examination = Examination(network: try statement.network())
  let certified = try #require(examination.certified.claim)
  return CaseFile(
    about: "A test.", version: "test", provenance: provenance, statement: statement,
    answer: AnswerSummary(certified.answer), proof: certified.certificate)
}

/// The JSON text of a file, read.
func tree(_ bytes: [UInt8]) throws -> JSONValue {
  try parsedJSON(String(decoding: bytes, as: UTF8.self))
}

/// A file as it comes back from its own bytes.
func reread(_ file: CaseFile) throws -> SealedCaseFile {
  try CaseFile.read(InputFile(bytes: file.bytes, name: "reread"))
}

@Suite("Verification")
struct VerificationTests {
  /// Files of every kind, small enough to damage everywhere.
  private static func files() throws -> [(name: String, file: CaseFile)] {
    let conventions = Conventions(superCapacity: Rational(5, 2))
    let ambiguous = try EffectiveTensor(
      layers: 2, tokens: 2,
      entries: ExactVector([1, 0, 0, 1, 1, 0, 1, 0] as [Int64], denominator: 1))
    let real = try RawTensor.read(Repository.attention + "p01_word.avg.f32.npy")
      .prepared(PreparationOptions(layers: LayerRange(lower: 0, upper: 2))).tensor
    let steps = [CaseFile.Provenance("file", "a"), .init("step 0", "b"), .init("a", "c")]
    let network = try FlowNetwork(
      nodeCount: 4, source: 0, sink: 3, tails: [0, 0, 1, 2, 1, 2], heads: [1, 2, 3, 3, 2, 1],
      capacities: ExactVector([1, 2, 2, 1, 1, 0] as [Int64], denominator: 3))
    var files: [(String, CaseFile)] = [
      ("ambiguous", try certificate(.tensor(ambiguous, .all, Conventions()), provenance: steps)),
      ("single", try certificate(.tensor(ambiguous, .single(1), conventions))),
      ("real", try certificate(.tensor(real, .all, Conventions()))),
      ("network", try certificate(.network(network))),
    ]
    // A finding with the wrong answer of a solver.
    var finding = try certificate(.tensor(ambiguous, .all, Conventions()))
    let request = FlowRequest(
      network: try finding.statement.network(),
      adjacency: .init(try finding.statement.network()), limit: .unlimited)
    let answer = PlantedSolver.valueOffByOne.solve(request)
    finding.finding = CaseFile.Finding(
      property: "maximum-flow/value-off-by-one", expected: "holds", verdict: "refuted",
      detail: "the value is wrong")
    finding.claim = CaseFile.SolverClaim(
      solver: "value-off-by-one", tolerance: 0, value: answer.value, flow: answer.flow,
      cut: answer.cut)
    files.append(("finding", finding))
    return files
  }

  @Test("files are valid, also with other white space and keys in another order")
  func reserialised() throws {
    for (name, file) in try Self.files() {
      let value = try tree(file.bytes)
      #expect(try Reading(value) == .valid, "\(name)")
      #expect(try Reading(value.turned) == .valid, "\(name)")
      let spaced = String(decoding: file.bytes, as: UTF8.self)
        .replacingOccurrences(of: ",", with: " ,\r\n\t")
      #expect(
        verify(try CaseFile.read(InputFile(bytes: Array(spaced.utf8), name: "spaced"))) == .valid)
    }
  }

  @Test("no single change of a field goes unnoticed", arguments: 0..<5)
  func mutations(index: Int) throws {
    let (name, file) = try Self.files()[index]
    let value = try tree(file.bytes)
    var counts: [String: Int] = [:]
    for (place, changed) in value.mutations() {
      switch try Reading(changed) {
      case .valid: Issue.record("\(name): \(place) was changed and nobody noticed")
      case .invalid: counts["invalid", default: 0] += 1
      case .unparsable: counts["unparsable", default: 0] += 1
      }
    }
    #expect(counts["invalid", default: 0] > 50)
    #expect(counts["unparsable", default: 0] > 50)
  }

  @Test("a changed answer is refused by the kernel even under a new seal", arguments: 0..<5)
  func resealed(index: Int) throws {
    let (name, file) = try Self.files()[index]
    let value = try tree(file.bytes)
    var kernelRefusals = 0
    for (place, changed) in value.mutations() {
      let reading = try Reading(changed, resealed: true)
      if place.steps.first == "answer" || place.steps == ["finding", "verdict"] {
        #expect(reading != .valid, "\(name): \(place)")
      }
      // Any other wrong value bears out the finding as well; the right one must not.
      if place.steps == ["claim", "value"], reading == .valid {
        #expect(changed["claim"]?["value"] != changed["answer"]?["value"])
      }
      if case .invalid("proof") = reading { kernelRefusals += 1 }
    }
    #expect(kernelRefusals > 20)
  }

  @Test(
    "bytes that are changed at random are refused or unparsable, never a crash", arguments: 0..<5)
  func noise(index: Int) throws {
    let bytes = try Self.files()[index].file.bytes
    let whole = try tree(bytes)
    var choices = RandomChoices(seed: 7, stream: UInt64(index))
    let alphabet = Array("0123456789-\"[]{},:.eflx ".utf8)
    var rewritten = 0
    for _ in 0..<200 {
      var changed = bytes
      for _ in 0...choices.below(3) {
        let place = choices.below(changed.count)
        switch choices.below(3) {
        case 0: changed[place] = alphabet[choices.below(alphabet.count)]
        case 1: changed.remove(at: place)
        default: changed.insert(alphabet[choices.below(alphabet.count)], at: place)
        }
      }
      guard let file = try? CaseFile.read(InputFile(bytes: changed, name: "noise")) else {
        continue
      }
      // White space may differ, and how a number is written: "01" is 1.
      if verify(file) == .valid {
        #expect(file.contents.bytes == bytes)
        if try tree(changed) != whole { rewritten += 1 }
      }
    }
    #expect(rewritten <= 2)
  }

  @Test("a proof of one statement does not prove another")
  func exchanged() throws {
    let files = try Self.files()
    var other = files[0].file
    other.statement = files[1].file.statement
    #expect(verify(try reread(other)) != .valid)
  }

  @Test("an answer without a flow cannot bear out that it is wrong, unless there is no answer")
  func claimsWithoutFlow() throws {
    let (_, finding) = try #require(try Self.files().last)
    var right = finding
    right.claim?.value = finding.answer?.value
    right.claim?.flow = nil
    #expect(verify(try reread(right)) != .valid)
    var silent = right
    silent.claim?.value = nil
    silent.claim?.cut = nil
    #expect(verify(try reread(silent)) == .valid)
  }
}
