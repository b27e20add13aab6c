import Foundation
import Testing

@Suite struct TidyTests {
  private func planted(_ text: String) -> SourceFile {
    SourceFile(path: "Sources/Checker/X.swift", text: text)
  }

  @Test("no library unwraps by force, ends the program or prints")
  func abrupt() throws {
    for file in try Repository.swiftFiles("Sources") where file.module != "flowcheck" {
      #expect(try abruptCode(file) == [])
    }
    for file in try Repository.swiftFiles("Sources/flowcheck") {
      #expect(try abruptCode(file).filter { $0.reason != "print" } == [])
    }
  }

  @Test("forced unwraps, fatal errors and prints are found in code only")
  func plantedAbrupt() throws {
    for line in [
      "let x = y!", "let x = y!.z", "f()!", "a[0]!", "var v: Int!", "x! + 1", "try! f()",
      "x as! Int", "fatalError(\"\")", "print(1)", "  print(\"a\")", "debugPrint(x)", "dump(x)",
      "Swift.fatalError()",
    ] {
      #expect(try !abruptCode(planted(line)).isEmpty, "\(line)")
    }
    for line in [
      "if a != b {}", "if !a {}", "x!=y", "let t = \"Ho!\"", "// print(x)", "a.print(x)",
      "blueprint(x)", "let t = \"\\(a) b! \\(f(\"c!\"))\"", "try? f()", "x as? Int", "return !x",
    ] {
      #expect(try abruptCode(planted(line)).isEmpty, "\(line)")
    }
  }

  @Test("nothing was put off")
  func nothingPutOff() throws {
    for folder in ["Sources", "Tests"] {
      for file in try Repository.files(folder) { #expect(try putOff(file) == []) }
    }
    #expect(try putOff(planted("x\n// TO" + "DO: later")).map(\.line) == [2])
    #expect(try putOff(planted("/* FIX" + "ME */")).count == 1)
    #expect(try putOff(planted("let todo = 1")) == [])
  }

  /// Places that name a folder every system of this kind has, for a reason.
  private let sharedFolders = ["Tests/CaseFilesTests/Corpus.swift"]

  @Test("no file names a folder of one machine")
  func paths() throws {
    let files = try Repository.files("")
    #expect(files.contains { $0.path == "Package.swift" })
    for file in files where !sharedFolders.contains(file.path) {
      #expect(try machinePaths(file) == [])
    }
  }

  @Test("paths of one machine are found in texts, comments and documents")
  func plantedPaths() throws {
    for folder in ["wo" + "rk", "ro" + "ot", "tm" + "p", "ho" + "me", "Us" + "ers"] {
      for line in ["/\(folder)/x", "see `/\(folder)/x`", "\"/\(folder)/\"", "a=/\(folder)/b"] {
        #expect(try machinePaths(planted(line)).count == 1, "\(line)")
      }
      #expect(
        try machinePaths(planted("a/\(folder)/b ./\(folder)/ https://x.org/\(folder)/")) == [])
    }
  }

  @Test("files are short, and lines fit in 100 columns")
  func fileSizes() throws {
    for folder in ["Sources", "Tests"] {
      for file in try Repository.swiftFiles(folder) {
        let found = sizes(file)
        #expect(found.filter { $0.reason.hasSuffix("lines") } == [])
        #expect(found.filter { $0.reason.hasSuffix("columns") } == [])
      }
    }
  }

  @Test("a line of 101 columns and a file of 401 lines are found, 100 and 400 are not")
  func plantedSizes() {
    let wide = String(repeating: "\u{e9}", count: 100)
    #expect(sizes(planted(wide + "\n")) == [])
    #expect(sizes(planted("\n" + wide + "x\n")).map(\.line) == [2])
    #expect(sizes(planted(String(repeating: "\n", count: 400))) == [])
    #expect(sizes(planted(String(repeating: "\n", count: 401))).map(\.line) == [401])
    #expect(sizes(planted(String(repeating: "x\n", count: 400) + "x")).count == 1)
  }

  @Test("every module has a README")
  func readmes() throws {
    let package = try String(
      contentsOf: Repository.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let modules = declaredDependencies(package).keys
    #expect(modules.count >= 10)
    for module in modules {
      #expect(hasReadme("Sources/\(module)"), "\(module)")
    }
    #expect(!hasReadme("Sources/NoSuchModule") && !hasReadme("Tests/TidyTests"))
  }

  private func hasReadme(_ folder: String) -> Bool {
    let url = Repository.root.appendingPathComponent(folder + "/README.md")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return false }
    return text.split(separator: "\n").count > 1
  }

  @Test("code is told from comments and texts")
  func code() {
    #expect(codeOnly("a // b\nc") == "a \nc")
    #expect(codeOnly("a /* b /* c */ d\n */ e") == "a \n e")
    #expect(codeOnly("f(\"a // b\") // c") == "f(\"\") ")
    #expect(codeOnly("\"a\\\"b\" c") == "\"\" c")
    #expect(codeOnly("#\"a\"b\"# c") == "\"\" c")
    #expect(codeOnly("\"\"\"\na \"b\" c\n\"\"\" d") == "\"\"\n\n d")
    #expect(codeOnly("\"\\(f(\"x\"))!\" y") == "\"\" y")
  }
}
