/// A subcommand: its words, its help, and what it does.
struct Command: Sendable {
  /// The word that selects it.
  let name: String
  /// One line for the list of commands.
  let summary: String
  /// What stands on the command line, without the name of the program.
  let usage: String
  /// The options, in the order of the help text.
  let options: [Option]
  /// How many words that are not options it takes.
  let operands: ClosedRange<Int>
  /// Command lines to try, each with what it does.
  let examples: [(line: String, meaning: String)]
  /// The exit codes that it can end with.
  let exitCodes: [ExitCode]
  /// Runs it.
  let run: @Sendable (Arguments) throws -> ExitCode

  /// An option of a command.
  struct Option: Sendable {
    /// The word, with its dashes.
    let name: String
    /// What its value is called; nil if it takes none.
    let value: String?
    /// What it does, in a line.
    let help: String
    /// Whether it may be given several times.
    let isRepeatable: Bool

    /// An option that takes a value, or a flag if `value` is nil.
    init(_ name: String, _ value: String? = nil, _ help: String, isRepeatable: Bool = false) {
      self.isRepeatable = isRepeatable
      self.name = name
      self.value = value
      self.help = help
    }
  }

  /// The options that every command has.
  static let commonOptions = [Option("--help", nil, "print this text")]

  /// The help text.
  var help: String {
    var lines = ["\(summary)", "", "Usage: flowcheck \(usage)", "", "Options:"]
    let options = options + Self.commonOptions
    let labels = options.map { option in option.value.map { "\(option.name) \($0)" } ?? option.name
    }
    let width = labels.map(\.count).max() ?? 0
    for (label, option) in zip(labels, options) {
      lines.append("  " + label.padded(to: width) + "  " + option.help)
    }
    lines += ["", examples.count == 1 ? "Example:" : "Examples:"]
    for example in examples { lines += ["  \(example.line)", "      \(example.meaning)"] }
    lines += ["", "Exit codes:"]
    for code in exitCodes {
      let number = "\(code.rawValue)"
      lines.append("  \(number.padded(to: 3))  \(ExitCode.texts[code] ?? "")")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  /// The text with spaces behind it up to a width; unchanged if it is longer.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// The text with spaces before it up to a width; unchanged if it is longer.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
