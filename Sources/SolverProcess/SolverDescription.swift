import CaseFiles
public import ExactArithmetic

/// What a solver says of itself.
public struct SolverDescription: Sendable, Hashable {
  /// Its name, as it can stand in the name of a property: letters, digits, `.`, `_`, `+` and `-`.
  public var name = "external"
  /// Its version, in its own words; empty if it says none.
  public var version = ""
  /// The tasks that it takes on.
  public var tasks = ["max-flow"]
  /// The largest violation that it allows itself, relative to the exact maximum-flow value.
  public var tolerance = Rational(1, 1_000_000_000)
  /// The fields that it promises in an answer.
  public var returns: [String] = []

  /// The description of a solver that does not describe itself.
  public init() {}

  private static let nameLength = 64

  /// The name with everything else but its allowed characters made a hyphen.
  static func safeName(_ name: String) -> String {
    let safe = name.unicodeScalars.prefix(nameLength).map { scalar in
      let isSafe =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || "._+-".unicodeScalars.contains(scalar)
      return isSafe ? Character(scalar) : "-"
    }
    return safe.isEmpty ? "external" : String(safe)
  }
}

extension AnswerText {
  /// Reads the answer to the request for a description.
  func readDescription(_ line: [UInt8]) -> ReadAnswer<SolverDescription> {
    var status: String?
    let result = read(line, into: SolverDescription()) { found, reader, key throws(InputError) in
      switch key {
      case "status": status = try reader.readString()
      case "name": found.name = SolverDescription.safeName(try reader.readString())
      case "version":
        let text = Array(try reader.readString().utf8)
        found.version = TextTail.printable(text.prefix(ProcessStreams.quotedBytes))
      case "tasks": found.tasks = try reader.readStrings()
      case "returns": found.returns = try reader.readStrings()
      case "tolerance":
        let value = try reader.readFiniteNumber()
        guard value.signum() >= 0, value < 1 else {
          throw reader.error(.outOfRange(text: value.description, range: "from 0 to less than 1"))
        }
        found.tolerance = value
      default: try reader.skipValue()
      }
    }
    guard case .content = result else { return result }
    switch status {
    case "ok": return result
    case "unsupported": return .content(SolverDescription())
    case nil: return .wrong("status: it is missing")
    case .some(let other):
      let shown = TextTail.printable(Array(other.utf8).prefix(ProcessStreams.quotedBytes))
      return .wrong("status: '\(shown)' is neither ok nor unsupported")
    }
  }
}
