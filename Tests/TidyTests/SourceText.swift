// What the tidy rules read: files, and Swift source with its comments and texts taken out.
import Foundation

/// A file of the repository.
struct SourceFile: Sendable {
  /// The path from the root of the repository, such as `Sources/Checker/Mode.swift`.
  let path: String
  let text: String

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// The module or test folder that the file belongs to, such as `Checker`.
  var module: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }
}

/// The repository that holds this file.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The Swift files below a folder, sorted by path.
  static func swiftFiles(_ folder: String) throws -> [SourceFile] {
    try files(folder).filter { $0.path.hasSuffix(".swift") }
  }

  /// The files that are text, below a folder; hidden folders hold builds and history, no sources.
  static func files(_ folder: String) throws -> [SourceFile] {
    let start = folder.isEmpty ? root : root.appendingPathComponent(folder)
    guard
      let walk = FileManager.default.enumerator(
        at: start, includingPropertiesForKeys: [.isRegularFileKey],
        options: [.skipsHiddenFiles])
    else { throw CocoaError(.fileNoSuchFile) }
    var found: [SourceFile] = []
    for case let url as URL in walk {
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true,
        let text = String(data: try Data(contentsOf: url), encoding: .utf8), !text.contains("\0")
      else { continue }
      let path = url.standardizedFileURL.path.dropFirst(root.standardizedFileURL.path.count + 1)
      found.append(SourceFile(path: String(path), text: text))
    }
    return found.sorted { $0.path < $1.path }
  }
}

/// Swift source without comments and without the insides of string literals; lines stay.
///
/// Code inside interpolations goes too. Nested comments and multi-line and raw literals are known.
func codeOnly(_ text: String) -> String {
  var code = ""
  var rest = Substring(text)
  // Every turn takes at least one character.
  while let character = rest.first {
    if rest.hasPrefix("//") {
      rest = rest.drop { $0 != "\n" }
    } else if rest.hasPrefix("/*") {
      var depth = 0
      // Every turn takes at least one character.
      repeat {
        if rest.hasPrefix("/*") {
          depth += 1
          rest = rest.dropFirst(2)
        } else if rest.hasPrefix("*/") {
          depth -= 1
          rest = rest.dropFirst(2)
        } else {
          if rest.first == "\n" { code.append("\n") }
          rest = rest.dropFirst()
        }
      } while depth > 0 && !rest.isEmpty
    } else if let opening = literalOpening(rest) {
      let hashes = opening.prefix { $0 == "#" }
      let closing = opening.dropFirst(hashes.count) + hashes
      code.append("\"\"")
      rest = rest.dropFirst(opening.count)
      // Every turn takes at least one character.
      while !rest.isEmpty && !rest.hasPrefix(closing) {
        if rest.first == "\n" { code.append("\n") }
        if rest.hasPrefix("\\(") && hashes.isEmpty {
          rest = afterInterpolation(rest)
        } else {
          rest = rest.dropFirst(rest.first == "\\" && hashes.isEmpty ? 2 : 1)
        }
      }
      rest = rest.dropFirst(closing.count)
    } else {
      code.append(character)
      rest = rest.dropFirst()
    }
  }
  return code
}

/// The quotes with which a literal starts here, such as `#"`, or nil.
private func literalOpening(_ text: Substring) -> Substring? {
  let hashes = text.prefix { $0 == "#" }
  let quotes = text.dropFirst(hashes.count)
  guard quotes.first == "\"" else { return nil }
  return text.prefix(hashes.count + (quotes.hasPrefix("\"\"\"") ? 3 : 1))
}

/// What follows an interpolation: its parentheses are balanced, inside its own literals too.
private func afterInterpolation(_ text: Substring) -> Substring {
  var rest = text.dropFirst(2)
  var depth = 1
  // Every turn takes one character.
  while depth > 0, let character = rest.popFirst() {
    if character == "(" { depth += 1 }
    if character == ")" { depth -= 1 }
  }
  return rest
}
