import Foundation
import Testing

/// A file with one planted line, for testing a rule.
private func planted(_ text: String, _ path: String = "Sources/Checker/X.swift") -> SourceFile {
  SourceFile(path: path, text: text)
}

@Suite struct KernelRuleTests {
  private let declared: [String: Set<String>]

  init() throws {
    let package = try String(
      contentsOf: Repository.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    declared = declaredDependencies(package)
  }

  @Test("the sources are read: kernel, arithmetic and all modules of the package")
  func sourcesAreRead() throws {
    let files = try Repository.swiftFiles("Sources")
    #expect(files.count > 100)
    #expect(files.contains { $0.path == "Sources/Checker/CheckAnswer.swift" })
    for module in declared.keys {
      #expect(files.contains { $0.module == module }, "\(module)")
      #expect(moduleOrder.contains(module), "\(module)")
    }
    #expect(declared["Checker"] == ["ExactArithmetic"])
    #expect(declared["ExactArithmetic"] == ["CGMP"])
    #expect(declared["flowcheck"]?.contains("Campaign") == true)
    #expect(
      try Repository.swiftFiles("Tests").contains { $0.path == "Tests/TidyTests/TextRules.swift" })
  }

  @Test("modules import only declared modules below them, and no Foundation")
  func imports() throws {
    for file in try Repository.swiftFiles("Sources") {
      #expect(forbiddenImports(file, declared: declared) == [])
    }
  }

  @Test("what is declared follows the order of modules too")
  func declarations() {
    for (module, dependencies) in declared {
      for lower in dependencies {
        let places = (moduleOrder.firstIndex(of: lower), moduleOrder.firstIndex(of: module))
        guard case (let low?, let high?) = places else {
          Issue.record("\(module) or \(lower) has no place in the order")
          continue
        }
        #expect(low < high, "\(module) depends on \(lower)")
        #expect(!strangers.isSuperset(of: [module, lower]), "\(module) depends on \(lower)")
      }
    }
  }

  @Test("a forbidden import is found, however it is written")
  func plantedImports() {
    for line in [
      "import Foundation", "public import Solvers", "  import Networks",
      "@testable import Generators", "internal import struct Networks.Adjacency",
      "@preconcurrency public import class Foundation.NSObject", "import CGMP", "import Glibc",
      "import Checker", "import Nowhere", "import Dispatch; import ExactArithmetic",
    ] {
      let file = planted("// A file.\n\(line)\n")
      #expect(forbiddenImports(file, declared: declared).map(\.line) == [2], "\(line)")
    }
    for line in [
      "import ExactArithmetic", "public import ExactArithmetic", "// import Foundation",
      "let text = \"import Foundation\"", "/* import Foundation */", "let important = 1",
    ] {
      #expect(forbiddenImports(planted(line), declared: declared) == [], "\(line)")
    }
    for (path, line) in [
      ("Sources/Generators/X.swift", "import Solvers"),
      ("Sources/Z3Bridge/X.swift", "import Solvers"),
      ("Sources/Solvers/X.swift", "import Generators"),
      ("Sources/Networks/X.swift", "import Glibc"),
      ("Sources/ExactArithmetic/X.swift", "import Foundation"),
      ("Sources/Unknown/X.swift", "import Checker"),
      ("Sources/CaseFiles/X.swift", "import CGMP"),
    ] {
      #expect(forbiddenImports(planted(line, path), declared: declared).count == 1, "\(path)")
    }
  }

  @Test("the kernel has no floating point, no effects and no global state")
  func kernel() throws {
    let files = try Repository.swiftFiles("Sources/Checker")
    #expect(files.count >= 10)
    for file in files {
      #expect(try floatingPoint(file) == [])
      #expect(try effects(file) == [])
    }
  }

  @Test("floating point, effects and global state are found in code, not in comments or texts")
  func plantedEffects() throws {
    for line in [
      "let x: Double = 1", "func f(_ x: [Float]) {}", "let y = Double(x)", "x as Float16",
      "\"\\(a)\" + String(Double.pi)", "let z = \"a\\\"b\"; let w: Double",
    ] {
      #expect(try floatingPoint(planted(line)).count == 1, "\(line)")
    }
    for line in [
      "/// A Double.", "let text = \"Double\"", "let doubles = 1", "/* a\nDouble\n*/",
      "#\"a \"Double\" b\"#", "\"\"\"\n  Double\n  \"\"\"",
    ] {
      #expect(try floatingPoint(planted(line)) == [], "\(line)")
    }
    for line in [
      "Int.random(in: 0...1)", "func f() async {}", "ContinuousClock.now; Clock",
      "x.withUnsafeBytes { UnsafeRawPointer($0) }", "  public static var cache = [Int]()",
    ] {
      #expect(try effects(planted(line)).count == 1, "\(line)")
    }
    #expect(try effects(planted("static var zero: Self { Self(0) }")) == [])
  }

  @Test("accepted claims have no public initializer, no field to set, and are not decoded")
  func claims() throws {
    var seen: Set<String> = []
    for file in try Repository.swiftFiles("Sources") {
      #expect(try openClaims(file) == [])
      for claim in acceptedClaims where file.text.contains("public struct \(claim):") {
        seen.insert(claim)
        #expect(file.module == "Checker")
      }
    }
    #expect(seen == Set(acceptedClaims))
  }

  @Test("an accepted claim that others could make is found")
  func plantedClaims() throws {
    for text in [
      "public struct FeasibleFlow: Decodable {\n}", "extension MaximumFlow: Codable {}",
      "public struct MaximumFlow {\n  let x: Int\n  public init(x: Int) { self.x = x }\n}",
      "extension Checker.ArcIntervals {\n  public init?(text: String) { nil }\n}",
      "public extension UndeterminedArcs {\n  init(x: Int) { fatal() }\n}",
      "struct DistinctMaximumFlows {\n  package init() {}\n}",
      "extension FeasibleFlow: Sendable, Swift.Decodable { }",
      "public struct FeasibleFlow {\n  public var value: Rational\n}",
      "public struct FeasibleFlow {\n  public internal(set) var value: Rational\n}",
    ] {
      #expect(try openClaims(planted(text)).count == 1, "\(text)")
    }
    for text in [
      "public struct FeasibleFlow: Sendable {\n  public let x: Int\n  init(x: Int) {}\n}",
      "public struct FeasibleFlowReport: Decodable {\n  public init() {}\n}",
      "extension MaximumFlow {\n  public var value: Int { 1 }\n}\nstruct X { public init() {} }",
    ] {
      #expect(try openClaims(planted(text)) == [], "\(text)")
    }
  }
}
