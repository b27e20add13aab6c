import Foundation

/// Other programs that tests ask, where they are installed.
public enum Program {
  /// Finds a program on the path.
  public static func find(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - path: the program.
  ///   - words: its arguments.
  ///   - variables: the environment, beside the one of the tests.
  ///   - directory: the working directory; the repository if it is nil.
  /// - Returns: how it ended and what it wrote.
  /// - Throws: what the system says if it cannot be started.
  public static func run(
    _ path: String, _ words: [String], with variables: [String: String] = [:],
    in directory: String? = nil
  ) throws -> CommandRun {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: directory ?? Repository.folder)
    process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
    process.standardInput = FileHandle.nullDevice
    let files = try ["output", "errors"].map { name in
      URL(fileURLWithPath: try folder.write("", to: name))
    }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    let status = process.terminationStatus
    return CommandRun(
      exitCode: process.terminationReason == .exit ? status : -status, output: texts[0],
      errors: texts[1])
  }

  /// Python with a module, if both are installed.
  ///
  /// The first Python on the path need not be the system's, for which the packages that
  /// `make setup-test` installs are.
  public static func python(with module: String) -> String? {
    [find("python3"), "/usr/bin/python3"].compactMap(\.self).first { path in
      (try? run(path, ["-c", "import \(module)"]))?.exitCode == 0
    }
  }
}

/// What says whether a document is valid, where something that can is installed.
public enum SchemaCheck {
  /// Python with the module jsonschema.
  public static let python = Program.python(with: "jsonschema")
  /// xmllint.
  public static let xml = Program.find("xmllint")

  /// What is wrong with a JSON text, or with each of its lines; empty if nothing is.
  ///
  /// `schema`: the name of a file in `Tests/Fixtures`.
  public static func json(_ text: String, schema: String, isLines: Bool = false) throws -> String {
    guard let python else { return "python3 has no jsonschema" }
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      kind = jsonschema.validators.validator_for(schema)
      kind.check_schema(schema)
      text = open(sys.argv[2], newline="").read()
      texts = text.split("\\n")[:-1] if sys.argv[3] == "lines" else [text]
      for number, text in enumerate(texts):
        for error in kind(schema).iter_errors(json.loads(text)):
          print(number + 1, error.json_path, error.message)
      """
    return try check(
      python, ["-c", script], text, schema: schema, [isLines ? "lines" : "whole"])
  }

  /// What is wrong with an XML text; empty if nothing is.
  ///
  /// `schema`: the name of a file in `Tests/Fixtures`.
  public static func xml(_ text: String, schema: String) throws -> String {
    guard let xml else { return "there is no xmllint" }
    return try check(xml, ["--nonet", "--noout", "--schema"], text, schema: schema)
  }

  private static func check(
    _ program: String, _ words: [String], _ text: String, schema: String, _ more: [String] = []
  ) throws -> String {
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "document")
    let run = try Program.run(
      program, words + [Repository.folder + "/Tests/Fixtures/" + schema, file] + more)
    return run.exitCode == 0 ? run.output : run.output + run.errors + "exit \(run.exitCode)"
  }
}
