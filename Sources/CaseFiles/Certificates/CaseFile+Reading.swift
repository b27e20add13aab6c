import Checker
import ExactArithmetic

/// A case or certificate that was read, and the seal that its text carried.
public struct SealedCaseFile: Sendable, Equatable {
  /// The contents.
  public var contents: CaseFile
  /// The seal as it was read.
  public var digest: String

  /// Whether the contents are what was sealed.
  public var isSealIntact: Bool { contents.digest == digest }
}

extension CaseFile {
  /// The formats that are read.
  public static let formats = ["flowcheck-certificate/1", "flowcheck-case/1"]

  /// Reads a certificate or a case from a file.
  ///
  /// - Throws: `InputError` for anything that is not one; whether it is true is not looked at.
  public static func read(_ file: InputFile) throws(InputError) -> SealedCaseFile {
    var reader = JSONReader(file)
    return try SealedCaseFile(&reader)
  }
}

extension SealedCaseFile {
  /// Reads a whole text.
  init(_ reader: inout JSONReader) throws(InputError) {
    try self.init(object: &reader)
    try reader.finish()
  }

  /// Reads an object, which may stand inside another file.
  init(object reader: inout JSONReader) throws(InputError) {
    var texts: [String: String] = [:]
    var provenance: [CaseFile.Provenance] = []
    var statement: Statement?
    var finding: CaseFile.Finding?
    var claim: ClaimFields?
    var answer: AnswerSummary?
    var proof = ProofFields()
    var regularised: [RegularisedProof] = []
    var game: GameProofFields?
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "format":
        let text = try reader.readString()
        guard CaseFile.formats.contains(text) else {
          throw reader.error(
            .outOfRange(
              text: "'\(text)'", range: "one of " + CaseFile.formats.joined(separator: ", ")))
        }
        texts[key] = text
      case "about", "version", "digest": texts[key] = try reader.readString()
      case "provenance":
        try reader.readObject { reader, key throws(InputError) in
          provenance.append(CaseFile.Provenance(key, try reader.readString()))
        }
      case "statement": statement = try reader.readStatement()
      case "finding": finding = try CaseFile.Finding(&reader)
      case "claim": claim = try ClaimFields(&reader)
      case "answer": answer = try AnswerSummary(&reader)
      case "regularised":
        try reader.readArray { reader, _ throws(InputError) in
          regularised.append(try RegularisedProof(&reader))
        }
      case "game": game = try GameProofFields(&reader)
      default: if try !proof.read(key, &reader) { throw reader.unknown(key) }
      }
    }
    let format = try reader.require(texts["format"], "format")
    let subject = try reader.require(statement, "statement")
    let network: FlowNetwork
    do {
      network = try subject.network()
    } catch {
      throw reader.error(.badStatement(reason: error.sentence))
    }
    let isCase = format == "flowcheck-case/1"
    if isCase { _ = try reader.require(finding, "finding") }
    if (!isCase && game == nil) || answer != nil || !proof.isEmpty {
      _ = try reader.require(answer, "answer")
    }
    contents = CaseFile(
      about: try reader.require(texts["about"], "about"),
      version: try reader.require(texts["version"], "version"), provenance: provenance,
      statement: subject, finding: isCase ? finding : nil,
      claim: try claim?.claim(network.nodeCount, reader), answer: answer,
      proof: answer == nil ? nil : try proof.proof(network, reader), regularised: regularised,
      game: try game?.proof(network, reader))
    digest = try reader.require(texts["digest"], "digest")
  }
}

extension CaseFile.Finding {
  fileprivate init(_ reader: inout JSONReader) throws(InputError) {
    var texts: [String: String] = [:]
    try reader.readObject { reader, key throws(InputError) in
      guard ["property", "expected", "verdict", "replay", "detail"].contains(key) else {
        throw reader.unknown(key)
      }
      texts[key] = try reader.readString()
    }
    let text = try reader.require(texts["replay"], "replay")
    guard let replay = Replay(rawValue: text) else {
      let words = Replay.allCases.map(\.rawValue).joined(separator: ", ")
      throw reader.error(.outOfRange(text: "'\(text)'", range: "one of \(words)"))
    }
    self.init(
      property: try reader.require(texts["property"], "property"),
      expected: try reader.require(texts["expected"], "expected"),
      verdict: try reader.require(texts["verdict"], "verdict"), replay: replay,
      detail: try reader.require(texts["detail"], "detail"))
  }
}

/// A solver's claim while its node set is still text.
struct ClaimFields {
  private var solver: String
  private var tolerance: Rational
  private var question = CaseFile.SolverClaim.Question.maximumFlow
  private var value: Rational?
  private var flow: ExactVector?
  private var cut: String?
  private var attribution: ExactVector?
  private var potentials: ExactVector?
  private var returns: [String]?

  init(_ reader: inout JSONReader) throws(InputError) {
    var (solver, cut): (String?, String?) = (nil, nil)
    var (tolerance, value): (Rational?, Rational?) = (nil, nil)
    var vectors: [String: ExactVector] = [:]
    var (word, promises): (String?, [String]?) = (nil, nil)
    var weights: [String: Rational] = [:]
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "solver": solver = try reader.readString()
      case "tolerance": tolerance = try reader.readRational()
      case "returns": promises = try reader.readStrings()
      case "value": value = try reader.readRational()
      case "cut": cut = try reader.readString()
      case "method": word = try reader.readString()
      case "alpha", "lambda", "mu": weights[key] = try reader.readRational()
      case "flow", "attribution", "potentials":
        vectors[key] = try reader.readVector("amounts") { _, _ throws(InputError) in false }
      default: throw reader.unknown(key)
      }
    }
    self.solver = try reader.require(solver, "solver")
    self.tolerance = try reader.require(tolerance, "tolerance")
    if word == "shapley" && weights.isEmpty {
      question = .shapley
    } else if word != nil || !weights.isEmpty {
      question = .regularised(try reader.method(try reader.require(word, "method"), weights))
    }
    self.value = value
    self.flow = vectors["flow"]
    self.cut = cut
    self.attribution = vectors["attribution"]
    self.potentials = vectors["potentials"]
    returns = promises
  }

  func claim(_ nodeCount: Int, _ reader: JSONReader) throws(InputError) -> CaseFile.SolverClaim {
    var set: NodeSet?
    if let cut { set = try reader.nodeSet(cut, nodeCount, "claim.cut") }
    return CaseFile.SolverClaim(
      solver: solver, tolerance: tolerance, question: question, value: value, flow: flow, cut: set,
      attribution: attribution, potentials: potentials, returns: returns)
  }
}
