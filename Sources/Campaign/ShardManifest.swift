// What a shard hands on: which campaign it belongs to, which chunks it did with what results, and
// what it found. `merge` joins the manifests of all shards into the report of the whole campaign.
import CaseFiles
import ExactArithmetic
import Properties

/// The results of one shard, as a file.
struct ShardManifest {
  static let format = "flowcheck-shard/1"

  var version: String
  /// The name of the settings, in which all shards must agree.
  var key: String
  var seed: UInt64
  /// The settings that the digest covers.
  var digestText: String
  var shard: Shard
  /// The number of chunks of each phase, in the order of the phases.
  var chunkCounts: [(phase: Phase, count: Int)]
  /// SHA-256 over the names of the cases to replay, in which all shards must agree.
  var replayed: String
  var properties: [PropertySummary]
  var state: CampaignState
  var findings: [StoredFinding]
  var seconds: Double
}

extension ShardManifest {
  /// The file.
  var bytes: [UInt8] { text(sealedBy: seal) }

  /// SHA-256 over the file without its seal: against accidents, not a proof.
  private var seal: String { Digest.hexadecimal(of: text(sealedBy: nil)) }

  private func text(sealedBy seal: String?) -> [UInt8] {
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.field("format", Self.format)
      writer.field("version", version)
      writer.field("key", key)
      writer.field("seed", seed)
      writer.field("settings", digestText)
      writer.field("shard", shard.description)
      writer.field("replayed", replayed)
      writer.field("milliseconds", Int((seconds * 1000).rounded()))
      writer.arrayField("phases") { writer in
        for (phase, count) in chunkCounts {
          writer.object(isInline: true) { writer in
            writer.field("phase", phase.rawValue)
            writer.field("chunks", count)
            writer.field("cases", state.phases[phase]?.cases ?? 0)
          }
        }
      }
      writer.arrayField("properties") { writer in
        for (property, tally) in zip(properties, state.tallies) {
          writer.object(isInline: true) { writer in
            writer.field("name", property.name)
            writer.field("statement", property.statement)
            writer.key("tally")
            writer.integers(tally.numbers)
          }
        }
      }
      writer.objectField("digests") { writer in
        for (phase, _) in chunkCounts {
          writer.objectField(phase.rawValue) { writer in
            let digests = state.phases[phase]?.digests ?? [:]
            for (index, digest) in digests.sorted(by: { $0.key < $1.key }) {
              writer.field("\(index)", digest)
            }
          }
        }
      }
      writer.field("crash", state.hasCrash)
      writer.key("contradiction")
      if let text = state.contradiction { writer.string(text) } else { writer.null() }
      writer.arrayField("findings") { writer in
        for finding in findings { writer.finding(finding, names: properties.map(\.name)) }
      }
      if let seal { writer.field("seal", seal) }
    }
    do {
      return try writer.finish()
    } catch {
      preconditionFailure("a manifest holds no doubles, yet: \(error)")
    }
  }

  /// Reads a manifest.
  init(_ file: InputFile) throws(InputError) {
    var reader = JSONReader(file)
    var texts: [String: String] = [:]
    var seed: UInt64?
    var milliseconds: Int?
    var counts: [(phase: Phase, count: Int, cases: Int)]?
    var properties: [(summary: PropertySummary, tally: CompactTally)]?
    var digests: [Phase: [Int: String]]?
    var findings: [StoredFinding]?
    var contradiction: String??
    var crash: Bool?
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "format", "version", "key", "settings", "shard", "replayed", "seal":
        texts[key] = try reader.readString()
      case "seed": seed = UInt64(try reader.readInt(in: 0...Int.max))
      case "milliseconds": milliseconds = try reader.readInt(in: 0...CompactTally.numberMaximum)
      case "phases": counts = try reader.readPhases()
      case "properties": properties = try reader.readTallies()
      case "digests": digests = try reader.readDigests()
      case "findings":
        var list: [StoredFinding] = []
        try reader.readArray { reader, _ throws(InputError) in
          list.append(
            try reader.readFinding(names: properties?.map(\.summary.name) ?? []))
        }
        findings = list
      case "crash": crash = try reader.readBool()
      case "contradiction":
        contradiction = try reader.skipNull() ? .some(nil) : .some(try reader.readString())
      default: throw reader.unknown(key)
      }
    }
    try reader.finish()
    let format = try reader.require(texts["format"], "format")
    guard format == Self.format else {
      throw reader.error(.outOfRange(text: "'\(format)'", range: Self.format))
    }
    let shardText = try reader.require(texts["shard"], "shard")
    guard let shard = Shard(shardText) else {
      throw reader.error(.outOfRange(text: "'\(shardText)'", range: "m/n with 1 <= m <= n"))
    }
    let table = try reader.require(properties, "properties")
    let phases = try reader.require(counts, "phases")
    var state = CampaignState(tableSize: table.count)
    state.tallies = table.map(\.tally)
    state.failureCount = table.reduce(0) { $0 + $1.tally.failed }
    state.contradiction = try reader.require(contradiction, "contradiction")
    state.hasCrash = try reader.require(crash, "crash")
    let found = try reader.require(digests, "digests")
    for (phase, _, cases) in phases {
      state.phases[phase] = .init(digests: found[phase] ?? [:], cases: cases)
    }
    let stored = try reader.require(findings, "findings")
    state.firstFailures = stored.map(\.failure)
    self.init(
      version: try reader.require(texts["version"], "version"),
      key: try reader.require(texts["key"], "key"), seed: try reader.require(seed, "seed"),
      digestText: try reader.require(texts["settings"], "settings"), shard: shard,
      chunkCounts: phases.map { ($0.phase, $0.count) },
      replayed: try reader.require(texts["replayed"], "replayed"), properties: table.map(\.summary),
      state: state, findings: stored,
      seconds: Double(try reader.require(milliseconds, "milliseconds")) / 1000)
    if try reader.require(texts["seal"], "seal") != seal {
      throw InputError(
        file: file.name, place: "seal",
        problem: .badStatement(reason: "the contents are not those that were sealed"))
    }
  }
}

extension JSONReader {
  fileprivate mutating func readPhase() throws(InputError) -> Phase {
    let text = try readString()
    guard let phase = Phase(rawValue: text) else {
      throw error(
        .outOfRange(
          text: "'\(text)'",
          range: "one of " + Phase.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    return phase
  }

  fileprivate mutating func readPhases() throws(InputError) -> [(
    phase: Phase, count: Int, cases: Int
  )] {
    var phases: [(phase: Phase, count: Int, cases: Int)] = []
    try readArray { reader, _ throws(InputError) in
      var phase: Phase?
      var numbers: [String: Int] = [:]
      try reader.readObject { reader, key throws(InputError) in
        switch key {
        case "phase": phase = try reader.readPhase()
        case "chunks": numbers[key] = try reader.readInt(in: 0...Int.max)
        case "cases": numbers[key] = try reader.readInt(in: 0...CompactTally.numberMaximum)
        default: throw reader.unknown(key)
        }
      }
      phases.append(
        (
          try reader.require(phase, "phase"), try reader.require(numbers["chunks"], "chunks"),
          try reader.require(numbers["cases"], "cases")
        ))
    }
    return phases
  }

  fileprivate mutating func readTallies() throws(InputError) -> [(
    summary: PropertySummary, tally: CompactTally
  )] {
    var table: [(summary: PropertySummary, tally: CompactTally)] = []
    try readArray { reader, _ throws(InputError) in
      var (name, statement): (String?, String?)
      var tally: CompactTally?
      try reader.readObject { reader, key throws(InputError) in
        switch key {
        case "name": name = try reader.readString()
        case "statement": statement = try reader.readString()
        case "tally": tally = try reader.readTally()
        default: throw reader.unknown(key)
        }
      }
      let summary = PropertySummary(
        name: try reader.require(name, "name"),
        statement: try reader.require(statement, "statement"))
      table.append((summary, try reader.require(tally, "tally")))
    }
    return table
  }

  fileprivate mutating func readDigests() throws(InputError) -> [Phase: [Int: String]] {
    var digests: [Phase: [Int: String]] = [:]
    try readObject { reader, key throws(InputError) in
      guard let phase = Phase(rawValue: key) else { throw reader.unknown(key) }
      var list: [Int: String] = [:]
      try reader.readObject { reader, key throws(InputError) in
        guard let index = Int(key), index >= 0 else { throw reader.unknown(key) }
        list[index] = try reader.readString()
      }
      digests[phase] = list
    }
    return digests
  }

  fileprivate mutating func readFinding(names: [String]) throws(InputError) -> StoredFinding {
    var texts: [String: String] = [:]
    var phase: Phase?
    var position: Int?
    try readObject { reader, key throws(InputError) in
      switch key {
      case "phase": phase = try reader.readPhase()
      case "position": position = try reader.readInt(in: 0...Int.max)
      case "source", "property", "detail", "file", "reproduce", "verdict", "kind":
        if try reader.peek() == .null {
          try reader.readNull()
        } else {
          texts[key] = try reader.readString()
        }
      default: throw reader.unknown(key)
      }
    }
    let name = try require(texts["property"], "property")
    let index = try require(names.firstIndex(of: name), "property")
    let detail = try require(texts["detail"], "detail")
    let verdict = try require(Verdict(rawValue: texts["verdict"] ?? ""), "verdict")
    let kind = try require(FailureKind(rawValue: texts["kind"] ?? ""), "kind")
    return StoredFinding(
      failure: Failure(
        phase: try require(phase, "phase"), position: try require(position, "position"),
        property: index,
        outcome: Outcome(verdict: verdict, certified: true, detail: detail, kind: kind)),
      source: try require(texts["source"], "source"), property: name, detail: detail,
      file: texts["file"], reproduce: try require(texts["reproduce"], "reproduce"))
  }
}

extension JSONWriter {
  fileprivate mutating func finding(_ finding: StoredFinding, names: [String]) {
    object { writer in
      writer.field("phase", finding.failure.phase.rawValue)
      writer.field("position", finding.failure.position)
      writer.field("property", finding.property)
      writer.field("verdict", finding.failure.outcome.verdict.rawValue)
      writer.field("kind", finding.failure.outcome.kind.rawValue)
      writer.field("source", finding.source)
      writer.field("detail", finding.detail)
      writer.key("file")
      if let file = finding.file { writer.string(file) } else { writer.null() }
      writer.field("reproduce", finding.reproduce)
    }
  }
}
