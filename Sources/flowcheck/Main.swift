import Campaign
import CaseFiles
import Glibc

@main
enum Main {
  /// The commands in the order of the help text.
  static let commands = [
    fuzzCommand, certifyCommand, checkCommand, solveCommand, generateCommand, verifyCommand,
    exportCommand,
    mergeCommand, corpusCommand, replayCommand, shrinkCommand, claimsCommand, mutantsCommand,
    protocolCheckCommand, benchCommand,
  ]

  static func main() {
    ProcessResources.keepFreed()
    exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  /// Finds the command, runs it, and says what went wrong.
  private static func run(_ words: [String]) -> ExitCode {
    guard let first = words.first else {
      Console.note(help)
      return .usage
    }
    switch first {
    case "--version":
      Console.result("flowcheck \(flowcheckVersion)\n")
      return .success
    case "--help", "-h", "help":
      guard first == "help", words.count > 1 else {
        Console.result(help)
        return .success
      }
      guard let command = commands.first(where: { $0.name == words[1] }) else {
        return refused(words[1])
      }
      Console.result(command.help)
      return .success
    default: break
    }
    guard let command = commands.first(where: { $0.name == first }) else { return refused(first) }
    return run(command, Array(words.dropFirst()))
  }

  /// Says that there is no such command, and which one may be meant.
  private static func refused(_ word: String) -> ExitCode {
    let near = commands.map(\.name).min { $0.distance(to: word) < $1.distance(to: word) }
    let hint = near.flatMap { $0.distance(to: word) <= 2 ? "; did you mean \($0)?" : nil }
    Console.note(UsageError("flowcheck: there is no command '\(word)'\(hint ?? "")").sentence)
    Console.note("Try 'flowcheck --help'.")
    return .usage
  }

  private static func run(_ command: Command, _ words: [String]) -> ExitCode {
    do {
      let arguments = try Arguments(words, for: command)
      if arguments.has("--help") {
        Console.result(command.help)
        return .success
      }
      Signals.endAtOnce()
      let code = try command.run(arguments)
      guard let reason = Console.resultFailure else { return code }
      Console.note("flowcheck \(command.name): standard output cannot be written: \(reason).")
      return .badInput
    } catch let error as UsageError {
      Console.note("flowcheck \(command.name): \(error.sentence)")
      Console.note("Try 'flowcheck \(command.name) --help'.")
      return .usage
    } catch let error as Interruption {
      Console.note("flowcheck \(command.name): interrupted before \(error.event).")
      return error.exitCode
    } catch let error as BaselineFailure {
      Console.note("flowcheck \(command.name): the baseline fails: \(error.reason).")
      return .baselineFailed
    } catch let error as InputError {
      Console.note("flowcheck \(command.name): \(error)")
      return .badInput
    } catch let error as OutputError {
      Console.note("flowcheck \(command.name): \(error)")
      // Where the results are there, they can be used, and the file be written another time.
      return Console.hasResult ? .temporary : .badInput
    } catch let error as JournalError {
      Console.note("flowcheck \(command.name): \(error.reason).")
      if case .inUse = error { return .temporary }
      return .badInput
    } catch {
      Console.note("flowcheck \(command.name): internal error: \(error)")
      return .internalError
    }
  }

  private static var help: String {
    let width = commands.map(\.name.count).max() ?? 0
    let list = commands.map { "  \($0.name.padded(to: width))  \($0.summary)" }
    return """
      flowcheck decides what an attention-flow attribution is worth.

      Usage: flowcheck COMMAND [OPTIONS]

      Commands:
      \(list.joined(separator: "\n"))

      'flowcheck COMMAND --help' explains a command; 'flowcheck --version' prints the version.

      """
  }
}
