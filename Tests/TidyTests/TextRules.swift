// Rules about single lines and whole files.
import Foundation

/// The lines of a file that match a pattern, with the reason.
///
/// `isCode` leaves out comments and the insides of texts.
func matches(
  _ file: SourceFile, _ pattern: String, isCode: Bool, _ reason: String
) throws -> [Untidiness] {
  let sought = try expression(pattern)
  let text = isCode ? codeOnly(file.text) : file.text
  return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    .filter { $0.element.contains(sought) }
    .map { Untidiness(path: file.path, line: $0.offset + 1, reason: reason) }
}

/// A regular expression in which a word ends at any character that is none of a word, so at a dot.
private func expression(_ pattern: String) throws -> Regex<AnyRegexOutput> {
  try Regex(pattern).wordBoundaryKind(.simple)
}

/// Floating-point types in code.
func floatingPoint(_ file: SourceFile) throws -> [Untidiness] {
  try matches(
    file, #"\b(Double|Float|Float16|Float32|Float64|Float80|CGFloat|BinaryFloatingPoint)\b"#,
    isCode: true, "floating point")
}

/// Clocks, chance, threads and doors to the outside, which a deterministic kernel has not.
func effects(_ file: SourceFile) throws -> [Untidiness] {
  try matches(
    file,
    #"\b(random|shuffled?|Clock|async|await|Task|nonisolated|unsafe\w*|Unsafe\w*|readLine)\b"#,
    isCode: true, "not deterministic or not safe")
    + matches(file, #"^\s*(\w+ )*static var\b[^{]*$"#, isCode: true, "global state")
}

/// Ways to end the program or to write from a library.
func abruptCode(_ file: SourceFile) throws -> [Untidiness] {
  try matches(file, #"[\w\)\]\}\?]!(?!=)"#, isCode: true, "force unwrap")
    + matches(file, #"\btry!"#, isCode: true, "force try")
    + matches(file, #"\bas!"#, isCode: true, "force cast")
    + matches(file, #"\bfatalError\b"#, isCode: true, "fatalError")
    + matches(file, #"(^|[^.\w])(print|debugPrint|dump)\("#, isCode: true, "print")
}

/// Work that was put off.
func putOff(_ file: SourceFile) throws -> [Untidiness] {
  try matches(file, "TO" + #"DO|FIX"# + "ME", isCode: false, "work that was put off")
}

/// Paths that exist on one machine only.
func machinePaths(_ file: SourceFile) throws -> [Untidiness] {
  let folders = ["work", "root", "tmp", "home", "Users", "private/var"].joined(separator: "|")
  return try matches(
    file, #"(^|[^\w.\-/])/("# + folders + ")/", isCode: false, "path of one machine")
}

/// Lines over 100 columns and files over 400 lines.
func sizes(_ file: SourceFile) -> [Untidiness] {
  var found = file.lines.enumerated().filter { $0.element.count > 100 }.map {
    Untidiness(path: file.path, line: $0.offset + 1, reason: "\($0.element.count) columns")
  }
  let lines = file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
  if lines > 400 {
    found.append(Untidiness(path: file.path, line: 401, reason: "\(lines) lines"))
  }
  return found
}

/// The accepted claims: only the kernel constructs one.
let acceptedClaims = [
  "FeasibleFlow", "MaximumFlow", "UndeterminedArcs", "ArcIntervals", "DistinctMaximumFlows",
  "FeasibleCirculation", "OptimalCirculation", "CertifiedDistance",
  "CertifiedFlowGame", "ShapleyValue", "GameAutomorphism", "RealisedAttribution",
]

/// Public or package initializers of accepted claims, and their decoding, anywhere in the sources.
func openClaims(_ file: SourceFile) throws -> [Untidiness] {
  let code = codeOnly(file.text)
  var found: [Untidiness] = []
  let declaration = try expression(
    #"\b(struct|extension|class|enum|actor)\s+(\w+\.)*("#
      + acceptedClaims.joined(separator: "|") + #")\b([^{]*)\{"#)
  for match in code.matches(of: declaration) {
    let line = code[..<match.range.lowerBound].count { $0 == "\n" } + 1
    let header = code[match.range]
    if header.contains(
      try expression(#"\b(Decodable|Codable|ExpressibleBy\w+|RawRepresentable)\b"#))
    {
      found.append(Untidiness(path: file.path, line: line, reason: "made from outside: \(header)"))
    }
    var depth = 1
    let body = code[match.range.upperBound...].prefix { character in
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      return depth > 0
    }
    let opened =
      header.contains("extension") && header.contains("public")
      || code[..<match.range.lowerBound].hasSuffix("public ") && header.contains("extension")
    let initializer = try expression(
      opened ? #"\binit[?<(]"# : #"\b(public|package|open)\s+(\w+\s+)*init\b"#)
    if body.contains(initializer) {
      found.append(Untidiness(path: file.path, line: line, reason: "public initializer"))
    }
    if body.contains(
      try expression(#"\bpublic\s+(internal\(set\)\s+|package\(set\)\s+)?var\s+\w+\s*:[^{\n]*$"#)
        .anchorsMatchLineEndings())
    {
      found.append(Untidiness(path: file.path, line: line, reason: "a field that can be set"))
    }
  }
  return found
}
