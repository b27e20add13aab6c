import CaseFiles

/// What a solver says of itself.
public struct SolverDescription: Sendable, Hashable {
  /// Its name, as it can stand in the name of a property: letters, digits, `.`, `_`, `+` and `-`.
  public var name = "external"
  /// Its version, in its own words; empty if it says none.
  public var version = ""
  /// What it promises.
  public var declared = DeclaredContract()

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
      default: if try !found.declared.read(&reader, key) { try reader.skipValue() }
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
