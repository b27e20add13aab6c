// Who may import whom.
import Foundation

/// A line that breaks a rule: path, line number from 1, and why.
struct Untidiness: Hashable, CustomStringConvertible {
  let path: String
  let line: Int
  let reason: String

  var description: String { "\(path):\(line): \(reason)" }
}

/// The modules from the bottom up. A module imports only modules before it.
let moduleOrder = [
  "CCHOLMOD", "CGMP", "CMalloc", "CMD", "COpenBLAS", "CZ3", "CZlib", "ExactArithmetic", "Checker",
  "Networks", "Generators", "Solvers", "Z3Bridge", "SolverInterface", "Mutants", "CaseFiles",
  "SolverProcess", "Properties", "Campaign", "Figures", "AttentionFlow", "flowcheck",
]

/// Modules that do not know each other, although one comes before the other.
let strangers: Set<String> = ["Generators", "Solvers", "Z3Bridge"]

/// The libraries of the platform that each module may import; no module needs Foundation.
let platformImports: [String: Set<String>] = [
  "ExactArithmetic": ["Glibc"],
  "Networks": ["Dispatch", "Synchronization"],
  "Mutants": ["Synchronization"],
  "CaseFiles": ["Glibc", "Synchronization"],
  "SolverProcess": ["Glibc", "Synchronization"],
  "Campaign": ["Dispatch", "Glibc", "Synchronization"],
  "flowcheck": ["Dispatch", "Glibc", "Synchronization"],
]

/// The module that a line imports, or nil.
func importedModule(_ line: some StringProtocol) -> String? {
  let separators: Set<Character> = [" ", "\t", ";"]
  var words: ArraySlice<String> = line.split { separators.contains($0) }.map { String($0) }[...]
  let access: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
  // Every turn drops a word.
  while let word = words.first, word.hasPrefix("@") || access.contains(word) {
    words.removeFirst()
  }
  guard words.popFirst() == "import", let name = words.first else { return nil }
  let kinds: Set<String> = [
    "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
  ]
  let path = kinds.contains(name) ? words.dropFirst().first ?? name : name
  return path.split(separator: ".").first.map(String.init)
}

/// The modules that `Package.swift` declares, each with what it depends on.
func declaredDependencies(_ package: String) -> [String: Set<String>] {
  var declared: [String: Set<String>] = [:]
  let text = package.split(separator: "\n").filter {
    !$0.drop { $0 == " " }.hasPrefix("//") && !$0.hasPrefix("func ")
  }.joined(separator: " ")
  for opening in [" module(", "executableTarget("] {
    for call in text.components(separatedBy: opening).dropFirst() {
      // The arguments end where the parentheses balance.
      var depth = 1
      let arguments = call.prefix { character in
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        return depth > 0
      }
      // Examples stand outside the order: they use the library as anybody does.
      if arguments.contains("path: \"examples/") { continue }
      let names = arguments.components(separatedBy: "exclude:")[0]
        .split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      if let name = names.first { declared[name] = Set(names.dropFirst()) }
    }
  }
  return declared
}

/// Imports of a source file that its module may not have.
func forbiddenImports(
  _ file: SourceFile, declared: [String: Set<String>]
) -> [Untidiness] {
  let module = file.module
  var found: [Untidiness] = []
  for (index, line) in codeOnly(file.text).split(
    separator: "\n", omittingEmptySubsequences: false
  ).enumerated() {
    guard let imported = importedModule(line) else { continue }
    if platformImports[module, default: []].contains(imported) { continue }
    let reason: String? =
      switch (moduleOrder.firstIndex(of: imported), moduleOrder.firstIndex(of: module)) {
      case (nil, _): "\(module) may not import \(imported)"
      case (_, nil): "\(module) has no place in the order of modules"
      case (let lower?, let upper?) where lower >= upper: "\(imported) is not below \(module)"
      case _ where strangers.isSuperset(of: [imported, module]):
        "\(module) and \(imported) do not know each other"
      case _ where !declared[module, default: []].contains(imported):
        "\(module) does not declare \(imported)"
      default: nil
      }
    if let reason {
      found.append(Untidiness(path: file.path, line: index + 1, reason: reason))
    }
  }
  return found
}
