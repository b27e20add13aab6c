// Which program was tried: the files behind a command line, with their digests. The command is
// given to the shell as it is and never taken apart for running; its words are only looked at.
public import CaseFiles
import Glibc
import SolverInterface
import SolverProcess

extension SolverCertificate.Solver {
  /// A solver as it stands in a certificate: what it says of itself, what it promises, its files.
  public init(_ solver: SolverUnderTest) {
    let description = solver.external.description
    let contract = solver.contract
    self.init(
      name: solver.name, version: description.version, command: solver.external.command.line,
      files: filesOfCommand(solver.external.command.line),
      tasks: FlowTask.Kind.allCases.filter(solver.tasks.contains).map(\.rawValue),
      numbers: contract.numbers.rawValue, tolerance: contract.tolerance,
      returns: contract.returns.map { promised in
        AnswerPromise.allCases.filter(promised.contains).map(\.rawValue)
      })
  }

  /// A solver of which only its command line is known.
  public init(command: String) {
    self.init(
      name: "external", version: "", command: command, files: filesOfCommand(command), tasks: [],
      numbers: NumberType.double.rawValue, tolerance: Contract.double.tolerance, returns: nil)
  }
}

/// The files behind a command line: the program of its first word, then files that its other words
/// name, each once.
///
/// A program without a slash is looked for on the path, as the shell does; behind `env`, so is the
/// first word that sets no variable.
public func filesOfCommand(_ line: String) -> [SolverCertificate.HashedFile] {
  var files: [SolverCertificate.HashedFile] = []
  var isProgram = true
  for word in wordsOfCommand(line) {
    // A variable before a program is no program.
    if isProgram && word.prefix(while: { $0 != "/" }).contains("=") { continue }
    let path = isProgram && !word.contains("/") ? program(named: word) : word
    if let path, let file = hashedFile(path), !files.contains(file) {
      files.append(file)
      let isEnvironment = path == "/usr/bin/env" || path == "/bin/env"
      isProgram = isProgram && isEnvironment
    } else if isProgram {
      // An option of env, or a program that is not there: the next word says.
      isProgram = files.isEmpty ? false : word.hasPrefix("-")
    }
  }
  return files
}

/// SHA-256 of a file under the path that it really has; nil if it is no file that can be read.
public func hashedFile(_ path: String) -> SolverCertificate.HashedFile? {
  var status = stat()
  guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
    let file = try? InputFile(path: path)
  else { return nil }
  var resolved = path
  if let real = realpath(path, nil) {
    resolved = String(cString: real)
    free(real)
  }
  return .init(path: resolved, sha256: digest(of: file))
}

/// SHA-256 of this program.
///
/// - Throws: `InputError` if it cannot be read.
public func programDigest() throws(InputError) -> String {
  digest(of: try InputFile(path: "/proc/self/exe"))
}

private func digest(of file: InputFile) -> String {
  file.withBytes { bytes in
    var digest = Digest()
    digest.update(bytes.bindMemory(to: UInt8.self))
    return digest.hexadecimal
  }
}

/// The words of a command line, as a shell would split them: quotes and backslashes are taken off,
/// and nothing else is done.
func wordsOfCommand(_ line: String) -> [String] {
  var words: [String] = []
  var word: String?
  var quote: Character?
  var isEscaped = false
  for character in line {
    if isEscaped {
      word = (word ?? "") + String(character)
      isEscaped = false
    } else if character == "\\" && quote != "'" {
      isEscaped = true
    } else if let open = quote {
      if character == open { quote = nil } else { word = (word ?? "") + String(character) }
    } else if character == "'" || character == "\"" {
      quote = character
      word = word ?? ""
    } else if character.isWhitespace {
      if let done = word { words.append(done) }
      word = nil
    } else {
      word = (word ?? "") + String(character)
    }
  }
  if let done = word { words.append(done) }
  return words
}

/// The file that a program without a slash is; nil if the path has none.
private func program(named name: String) -> String? {
  guard let path = getenv("PATH").map({ String(cString: $0) }) else { return nil }
  for folder in path.split(separator: ":", omittingEmptySubsequences: false) {
    let candidate = (folder.isEmpty ? "." : String(folder)) + "/" + name
    if access(candidate, X_OK) == 0 { return candidate }
  }
  return nil
}
