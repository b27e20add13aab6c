import ExactArithmetic

/// A certificate of a solver that was read, and the seal that its text carried.
public struct SealedSolverCertificate: Sendable, Equatable {
  /// The contents.
  public var contents: SolverCertificate
  /// The seal as it was read.
  public var digest: String
  /// Whether the text is, byte for byte, the one that is written of these contents.
  public var isCanonical = false
  /// What each finding says of itself that follows from its case.
  public var stated: [StatedFinding]
  /// The cases of the findings with their own seals, as they were read; nil where there is none.
  public var cases: [SealedCaseFile?]

  /// What a finding says of itself that follows from its case.
  public struct StatedFinding: Sendable, Equatable {
    /// The name of the case.
    public var id: String
    /// The number of arcs.
    public var arcs: Int
  }
}

extension SolverCertificate {
  /// Whether a file begins as a certificate of a solver does.
  public static func isFormat(of file: InputFile) -> Bool {
    var reader = JSONReader(file)
    var format: String?
    // A text that is no object has no format; whoever reads it next says what is wrong with it.
    try? reader.readObject { reader, key throws(InputError) in
      if key == "format" { format = try reader.readString() } else { try reader.skipValue() }
    }
    return format == Self.format
  }

  /// Reads a certificate of a solver from a file.
  ///
  /// - Throws: `InputError` for anything that is not one; whether it is true is not looked at.
  public static func read(_ file: InputFile) throws(InputError) -> SealedSolverCertificate {
    var reader = JSONReader(file)
    var sealed = try SealedSolverCertificate(&reader)
    // A number that is not finite has no text, and reading refuses it.
    let text = try? sealed.contents.text(sealedBy: sealed.digest)
    sealed.isCanonical = file.withBytes { bytes in text.map { bytes.elementsEqual($0) } ?? false }
    return sealed
  }
}

extension SealedSolverCertificate {
  /// Reads a whole text.
  init(_ reader: inout JSONReader) throws(InputError) {
    var texts: [String: String] = [:]
    var verdict: SolverCertificate.Verdict?
    var program: [String: String] = [:]
    var solvers: [SolverCertificate.Solver]?
    var settings: [CaseFile.Provenance]?
    var cases: [SolverCertificate.CaseCount] = []
    var properties: [SolverCertificate.PropertyCount]?
    var accuracy: [SolverCertificate.Accuracy]?
    var width: SolverCertificate.IntervalWidth?
    var times: [SolverCertificate.SizeTime]?
    var findings: [SolverCertificate.Finding]?
    var stated: [StatedFinding] = []
    var sealed: [SealedCaseFile?] = []
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "format":
        texts[key] = try reader.readString()
        guard texts[key] == SolverCertificate.format else {
          throw reader.error(
            .outOfRange(text: "'\(texts[key] ?? "")'", range: SolverCertificate.format))
        }
      case "about", "digest": texts[key] = try reader.readString()
      case "verdict": verdict = try reader.readWord(SolverCertificate.Verdict.self)
      case "flowcheck": program = try reader.readTexts(["version", "sha256"])
      case "solvers":
        solvers = try reader.readList { reader throws(InputError) in try reader.readSolver() }
      case "settings":
        var read: [CaseFile.Provenance] = []
        try reader.readObject { reader, key throws(InputError) in
          read.append(CaseFile.Provenance(key, try reader.readString()))
        }
        settings = read
      case "cases":
        try reader.readObject { reader, key throws(InputError) in
          if key == "digest" {
            texts["runDigest"] = try reader.readString()
          } else {
            cases.append(.init(key, try reader.readInt(in: 0...Int.max)))
          }
        }
      case "properties":
        properties = try reader.readList { reader throws(InputError) in try reader.readProperty() }
      case "accuracy":
        accuracy = try reader.readList { reader throws(InputError) in try reader.readAccuracy() }
      case "intervalWidth": if try !reader.skipNull() { width = try reader.readWidth() }
      case "times":
        times = try reader.readList { reader throws(InputError) in try reader.readTime() }
      case "findings":
        findings = try reader.readList { reader throws(InputError) in
          let read = try FindingFields(&reader)
          stated.append(read.stated)
          sealed.append(read.file)
          return read.finding
        }
      default: throw reader.unknown(key)
      }
    }
    try reader.finish()
    _ = try reader.require(texts["format"], "format")
    contents = SolverCertificate(
      about: try reader.require(texts["about"], "about"),
      verdict: try reader.require(verdict, "verdict"),
      solvers: try reader.require(solvers, "solvers"),
      version: try reader.require(program["version"], "flowcheck.version"),
      programDigest: try reader.require(program["sha256"], "flowcheck.sha256"),
      settings: try reader.require(settings, "settings"), cases: cases,
      runDigest: try reader.require(texts["runDigest"], "cases.digest"))
    contents.properties = try reader.require(properties, "properties")
    contents.accuracy = try reader.require(accuracy, "accuracy")
    contents.intervalWidth = width
    contents.times = try reader.require(times, "times")
    contents.findings = try reader.require(findings, "findings")
    digest = try reader.require(texts["digest"], "digest")
    self.stated = stated
    self.cases = sealed
  }
}

/// A finding with what its text says beside it.
private struct FindingFields {
  let finding: SolverCertificate.Finding
  let stated: SealedSolverCertificate.StatedFinding
  let file: SealedCaseFile?

  init(_ reader: inout JSONReader) throws(InputError) {
    var texts: [String: String] = [:]
    var kind: SolverCertificate.Finding.Kind?
    var arcs: Int?
    var file: SealedCaseFile??
    var answers: [ClaimFields] = []
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "id", "property", "solver", "sentence", "source", "reproduce":
        texts[key] = try reader.readString()
      case "kind": kind = try reader.readWord(SolverCertificate.Finding.Kind.self)
      case "arcs": arcs = try reader.readInt(in: 0...Int.max)
      case "case": file = try reader.skipNull() ? .some(nil) : try SealedCaseFile(object: &reader)
      case "answers":
        answers = try reader.readList { reader throws(InputError) in try ClaimFields(&reader) }
      default: throw reader.unknown(key)
      }
    }
    let sealed = try reader.require(file, "case")
    var claims: [CaseFile.SolverClaim] = []
    for answer in answers {
      let nodeCount = try reader.require(sealed?.contents.nodeCount, "case")
      claims.append(try answer.claim(nodeCount, reader))
    }
    finding = SolverCertificate.Finding(
      property: try reader.require(texts["property"], "property"),
      solver: try reader.require(texts["solver"], "solver"),
      kind: try reader.require(kind, "kind"),
      sentence: try reader.require(texts["sentence"], "sentence"),
      source: try reader.require(texts["source"], "source"),
      reproduce: try reader.require(texts["reproduce"], "reproduce"), file: sealed?.contents,
      answers: claims)
    stated = .init(
      id: try reader.require(texts["id"], "id"), arcs: try reader.require(arcs, "arcs"))
    self.file = sealed
  }
}

extension JSONReader {
  /// Reads an array of values.
  fileprivate mutating func readList<Element>(
    _ element: (inout JSONReader) throws(InputError) -> Element
  ) throws(InputError) -> [Element] {
    var list: [Element] = []
    try readArray { reader, _ throws(InputError) in list.append(try element(&reader)) }
    return list
  }

  /// Reads an object of texts under known keys.
  fileprivate mutating func readTexts(
    _ keys: [String]
  ) throws(InputError) -> [String: String] {
    var texts: [String: String] = [:]
    try readObject { reader, key throws(InputError) in
      guard keys.contains(key) else { throw reader.unknown(key) }
      texts[key] = try reader.readString()
    }
    return texts
  }

  fileprivate mutating func readSolver() throws(InputError) -> SolverCertificate.Solver {
    var texts: [String: String] = [:]
    var files: [SolverCertificate.HashedFile] = []
    var tasks: [String]?
    var tolerance: Rational?
    var returns: [String]?
    try readObject { reader, key throws(InputError) in
      switch key {
      case "name", "version", "command": texts[key] = try reader.readString()
      case "files":
        files = try reader.readList { reader throws(InputError) in
          let file = try reader.readTexts(["path", "sha256"])
          return .init(
            path: try reader.require(file["path"], "path"),
            sha256: try reader.require(file["sha256"], "sha256"))
        }
      case "contract":
        try reader.readObject { reader, key throws(InputError) in
          switch key {
          case "tasks": tasks = try reader.readStrings()
          case "numbers": texts[key] = try reader.readString()
          case "tolerance": tolerance = try reader.readRational()
          case "returns": if try !reader.skipNull() { returns = try reader.readStrings() }
          default: throw reader.unknown(key)
          }
        }
      default: throw reader.unknown(key)
      }
    }
    return SolverCertificate.Solver(
      name: try require(texts["name"], "name"), version: try require(texts["version"], "version"),
      command: try require(texts["command"], "command"), files: files,
      tasks: try require(tasks, "contract.tasks"),
      numbers: try require(texts["numbers"], "contract.numbers"),
      tolerance: try require(tolerance, "contract.tolerance"), returns: returns)
  }

  fileprivate mutating func readProperty() throws(InputError) -> SolverCertificate.PropertyCount {
    var texts: [String: String] = [:]
    var isPromised: Bool?
    var numbers: [String: Int] = [:]
    try readObject { reader, key throws(InputError) in
      switch key {
      case "id", "solver", "statement": texts[key] = try reader.readString()
      case "promised": isPromised = try reader.readBool()
      case "cases", "held", "broken", "notPromised", "skipped", "inconclusive":
        numbers[key] = try reader.readInt(in: 0...Int.max)
      default: throw reader.unknown(key)
      }
    }
    var count = SolverCertificate.PropertyCount(
      id: try require(texts["id"], "id"), solver: try require(texts["solver"], "solver"),
      statement: try require(texts["statement"], "statement"),
      isPromised: try require(isPromised, "promised"))
    count.cases = try require(numbers["cases"], "cases")
    count.held = try require(numbers["held"], "held")
    count.broken = try require(numbers["broken"], "broken")
    count.notPromised = try require(numbers["notPromised"], "notPromised")
    count.skipped = try require(numbers["skipped"], "skipped")
    count.inconclusive = try require(numbers["inconclusive"], "inconclusive")
    return count
  }

  fileprivate mutating func readAccuracy() throws(InputError) -> SolverCertificate.Accuracy {
    var solver: String?
    var cases: Int?
    var numbers: [String: Double] = [:]
    try readObject { reader, key throws(InputError) in
      switch key {
      case "solver": solver = try reader.readString()
      case "cases": cases = try reader.readInt(in: 0...Int.max)
      case "residual", "digits":
        if try !reader.skipNull() { numbers[key] = try reader.readDouble() }
      default: throw reader.unknown(key)
      }
    }
    return .init(
      solver: try require(solver, "solver"), cases: try require(cases, "cases"),
      residual: try require(numbers["residual"], "residual"), digits: numbers["digits"])
  }

  fileprivate mutating func readWidth() throws(InputError) -> SolverCertificate.IntervalWidth {
    var cases: Int?
    var numbers: [String: Double] = [:]
    try readObject { reader, key throws(InputError) in
      switch key {
      case "cases": cases = try reader.readInt(in: 0...Int.max)
      case "largest", "mean": numbers[key] = try reader.readDouble()
      default: throw reader.unknown(key)
      }
    }
    return .init(
      cases: try require(cases, "cases"), largest: try require(numbers["largest"], "largest"),
      mean: try require(numbers["mean"], "mean"))
  }

  fileprivate mutating func readTime() throws(InputError) -> SolverCertificate.SizeTime {
    var texts: [String: String] = [:]
    var counts: [String: Int] = [:]
    var lists: [String: [Double]] = [:]
    var answers: [String]?
    var median: Double?
    try readObject { reader, key throws(InputError) in
      switch key {
      case "solver", "outcome": texts[key] = try reader.readString()
      case "layers", "tokens", "arcs": counts[key] = try reader.readInt(in: 0...Int.max)
      case "milliseconds", "values": lists[key] = try reader.readDoubles()
      case "median": if try !reader.skipNull() { median = try reader.readDouble() }
      case "answers": answers = try reader.readStrings()
      default: throw reader.unknown(key)
      }
    }
    var time = SolverCertificate.SizeTime(
      solver: try require(texts["solver"], "solver"),
      layers: try require(counts["layers"], "layers"),
      tokens: try require(counts["tokens"], "tokens"), arcs: try require(counts["arcs"], "arcs"),
      outcome: try require(texts["outcome"], "outcome"))
    time.milliseconds = try require(lists["milliseconds"], "milliseconds")
    time.values = try require(lists["values"], "values")
    time.answers = try require(answers, "answers")
    guard time.median == median else {
      throw error(.badStatement(reason: "median is not the middle of the times"))
    }
    return time
  }
}
