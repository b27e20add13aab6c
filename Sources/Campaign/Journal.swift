// A journal is a file of JSON lines, one for each chunk of cases that is done, appended without
// waiting for the disk: cases can be made again, so a lost line costs its chunk's time and nothing
// else. A process that is killed leaves a journal whose last line may be cut; reading stops there.
// The first line names the cases that the run replays: what the run finds is stored beside them,
// and a run that goes on must not take it for something to replay.
//
// Two runs with the same settings in one folder would write to one file. So whoever opens a
// journal locks it (flock, which ends with the process, also by kill -9), before it reads or
// empties it.
public import CaseFiles
import Checker
import Glibc
import Properties

/// Why a run has no journal.
public enum JournalError: Error, Sendable, Equatable {
  /// The folder or the file cannot be made.
  case unwritable(OutputError)
  /// Another run with the same settings writes to it.
  case inUse(file: String)

  /// What is wrong, in a sentence without a full stop.
  public var reason: String {
    switch self {
    case .unwritable(let error): "\(error.file): the journal cannot be written: \(error.reason)"
    case .inUse(let file): "\(file): a run with the same settings writes to this journal now"
    }
  }
}

/// The journal of one run.
struct Journal {
  private let path: String
  private let descriptor: Int32

  /// What a journal holds.
  struct Contents {
    /// The names of the cases that the run replays; nil if the journal was not begun.
    var replayed: [String]?
    /// The chunks that are done.
    var chunks: [ChunkResult] = []
  }

  /// Opens a journal for appending, with what it holds, and locks it.
  ///
  /// - Throws: ``JournalError`` if the folder or the file cannot be made, or another run writes to
  ///   it.
  init(folder: String, key: String, shard: Shard) throws(JournalError) {
    path = Self.path(folder: folder, key: key, shard: shard)
    if mkdir(folder, 0o777) != 0 && errno != EEXIST { throw .unwritable(Self.error(folder)) }
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .unwritable(Self.error(path)) }
    // A file system without locks is as it was before: nobody is kept out.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK {
      close(descriptor)
      throw .inUse(file: path)
    }
  }

  private static func error(_ file: String) -> OutputError {
    OutputError(file: file, reason: String(cString: strerror(errno)))
  }

  /// Empties the journal, and says first that the run replays the cases of the given names.
  func begin(replayed: [String]) {
    ftruncate(descriptor, 0)
    append(Self.header(replayed))
  }

  /// The first line.
  private static func header(_ replayed: [String]) -> [UInt8] {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      writer.arrayField("replayed") { writer in replayed.forEach { writer.string($0) } }
    }
    do {
      return try writer.finish()
    } catch {
      preconditionFailure("names hold no doubles, yet: \(error)")
    }
  }

  private static func readHeader(_ reader: inout JSONReader) throws(InputError) -> [String] {
    var names: [String]?
    try reader.readObject { reader, key throws(InputError) in
      guard key == "replayed" else { throw reader.unknown(key) }
      var list: [String] = []
      try reader.readArray { reader, _ throws(InputError) in list.append(try reader.readString()) }
      names = list
    }
    return try reader.require(names, "replayed")
  }

  /// Takes away what follows the last line end: a line that was being written when the process
  /// ended.
  func dropCutLine() {
    guard let file = try? InputFile(path: path) else { return }
    let whole = file.withBytes { $0.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0 }
    ftruncate(descriptor, off_t(whole))
  }

  /// Where the journal of a run is.
  static func path(folder: String, key: String, shard: Shard) -> String {
    "\(folder)/\(key)-\(shard.index + 1)-of-\(shard.count).journal"
  }

  /// Appends a chunk.
  func append(_ chunk: ChunkResult, names: [String]) { append(chunk.jsonLine(names)) }

  /// Appends a line in one write; a write that fails loses the line, not the campaign.
  private func append(_ line: [UInt8]) {
    let bytes = line + [0x0A]
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  /// Closes the file, which unlocks it.
  func end() { close(descriptor) }

  /// What the journal holds up to a last line that was cut.
  func read(names: [String]) throws(InputError) -> Contents {
    var contents = Contents()
    let file: InputFile
    do throws(InputError) {
      file = try InputFile(path: path)
    } catch {
      // An empty journal is one that was begun and not continued.
      if error.problem == .fileEmpty { return contents }
      throw error
    }
    let lines = file.withBytes { bytes in
      bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    }
    // What follows the last line end was cut by the end of the process.
    for (number, line) in lines.dropLast().enumerated() {
      var reader = JSONReader(bytes: line, name: "\(path):\(number + 1)")
      if number == 0 {
        contents.replayed = try Self.readHeader(&reader)
      } else {
        contents.chunks.append(try ChunkResult(&reader, names: names))
      }
      try reader.finish()
    }
    return contents
  }
}

extension ChunkResult {
  /// The chunk as one line of JSON, without its end.
  func jsonLine(_ names: [String]) -> [UInt8] {
    var writer = JSONWriter(.compact)
    writer.chunk(self, names)
    do {
      return try writer.finish()
    } catch {
      preconditionFailure("a chunk holds no doubles, yet: \(error)")
    }
  }

  /// Reads what the line holds.
  init(_ reader: inout JSONReader, names: [String]) throws(InputError) {
    var (phase, index, cases): (Phase?, Int?, Int?)
    var digest: String?
    var tallies = [CompactTally](repeating: CompactTally(), count: names.count)
    var failures: [(position: Int, property: Int, outcome: Outcome)] = []
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "phase":
        phase = Phase(rawValue: try reader.readString())
      case "chunk": index = try reader.readInt(in: 0...Int.max)
      case "cases": cases = try reader.readInt(in: 0...Int.max)
      case "digest": digest = try reader.readString()
      case "tallies":
        try reader.readArray { reader, position throws(InputError) in
          var (property, tally): (Int?, CompactTally?)
          try reader.readObject { reader, key throws(InputError) in
            switch key {
            case "property": property = try reader.readInt(in: 0...(names.count - 1))
            case "tally": tally = try reader.readTally()
            default: throw reader.unknown(key)
            }
          }
          tallies[try reader.require(property, "property")] = try reader.require(tally, "tally")
        }
      case "failures":
        try reader.readArray { reader, _ throws(InputError) in
          failures.append(try Self.readFailure(&reader, names))
        }
      default: throw reader.unknown(key)
      }
    }
    let knownPhase = try reader.require(phase, "phase")
    self.init(
      phase: knownPhase, index: try reader.require(index, "chunk"), tallies: tallies,
      digest: try reader.require(digest, "digest"),
      failures: failures.map {
        Failure(
          phase: knownPhase, position: $0.position, property: $0.property, outcome: $0.outcome)
      },
      cases: try reader.require(cases, "cases"))
  }

  private static func readFailure(
    _ reader: inout JSONReader, _ names: [String]
  ) throws(InputError) -> (position: Int, property: Int, outcome: Outcome) {
    var (position, property): (Int?, Int?)
    var verdict: Verdict?
    var (certified, contradiction): (Bool?, Bool?)
    var kind: FailureKind?
    var detail: String?
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "position": position = try reader.readInt(in: 0...Int.max)
      case "property":
        let name = try reader.readString()
        property = names.firstIndex(of: name)
      case "verdict": verdict = Verdict(rawValue: try reader.readString())
      case "certified": certified = try reader.readBool()
      case "contradiction": contradiction = try reader.readBool()
      case "kind": kind = FailureKind(rawValue: try reader.readString())
      case "detail": detail = try reader.readString()
      default: throw reader.unknown(key)
      }
    }
    let outcome = Outcome(
      verdict: try reader.require(verdict, "verdict"),
      certified: try reader.require(certified, "certified"),
      detail: try reader.require(detail, "detail"),
      isContradiction: try reader.require(contradiction, "contradiction"),
      kind: try reader.require(kind, "kind"))
    return (
      try reader.require(position, "position"), try reader.require(property, "property"), outcome
    )
  }
}

extension JSONWriter {
  /// Writes a chunk as an object; tallies that are 0 are left out.
  mutating func chunk(_ chunk: ChunkResult, _ names: [String]) {
    object { writer in
      writer.field("phase", chunk.phase.rawValue)
      writer.field("chunk", chunk.index)
      writer.field("cases", chunk.cases)
      writer.field("digest", chunk.digest)
      writer.arrayField("tallies") { writer in
        for (property, tally) in chunk.tallies.enumerated() where tally != CompactTally() {
          writer.object { writer in
            writer.field("property", property)
            writer.key("tally")
            writer.integers(tally.numbers)
          }
        }
      }
      writer.arrayField("failures") { writer in
        for failure in chunk.failures {
          writer.object { writer in
            writer.field("position", failure.position)
            writer.field("property", names[failure.property])
            writer.field("verdict", failure.outcome.verdict.rawValue)
            writer.field("certified", failure.outcome.certified)
            writer.field("contradiction", failure.outcome.isContradiction)
            writer.field("kind", failure.outcome.kind.rawValue)
            writer.field("detail", failure.outcome.detail)
          }
        }
      }
    }
  }
}

extension CompactTally {
  /// The largest number that is read: sums over a thousand shards stay far from overflowing, and
  /// so many nanoseconds are 52 days.
  static let numberMaximum = 1 << 52

  /// The six numbers in a fixed order.
  var numbers: [Int] {
    [holds, refuted, evidence, inconclusive, failed, Int(clamping: nanoseconds)]
  }

  /// The tally of six numbers, none of them negative.
  init(numbers: [Int]) {
    self.init()
    (holds, refuted, evidence) = (numbers[0], numbers[1], numbers[2])
    (inconclusive, failed) = (numbers[3], numbers[4])
    nanoseconds = UInt64(numbers[5])
  }
}

extension JSONReader {
  /// Reads the six numbers of a tally.
  mutating func readTally() throws(InputError) -> CompactTally {
    let numbers = try readInts(in: 0...CompactTally.numberMaximum)
    guard numbers.count == 6 else {
      throw error(.countMismatch(what: "number", found: numbers.count, expected: 6))
    }
    return CompactTally(numbers: numbers)
  }
}
