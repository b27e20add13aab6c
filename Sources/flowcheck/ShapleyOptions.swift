import Solvers

/// What a command line asks of the method `shapley`.
struct ShapleyOptions {
  /// An estimate in place of the value.
  struct Estimate {
    var sampler: ShapleySampler
    var samples: Int
    var seed: UInt64
  }

  /// The word of `--players`.
  var word = "bottom"
  /// The players of each game.
  var players: [GamePlayers] = [.bottom]
  /// Which of them play as one.
  var groups: [[Int]]?
  var estimate: Estimate?
  /// The bytes that tables and flows of one game may take.
  var memoryLimit = 4_096 << 20
  /// The file for the certificate, and what it shows.
  var certificate: String?
  var about: String?

  /// The options of the method.
  static let all = [
    Command.Option(
      "--players", "WHO", "for shapley: bottom, top, layer:K or both (default bottom)"),
    Command.Option(
      "--groups", "0,1/2/3,4", "for shapley: tokens that play as one, a group between slashes"),
    Command.Option(
      "--estimate", "HOW",
      "for shapley: permutation, antithetic, stratified or difference"),
    Command.Option("--samples", "N", "the number of samples of an estimate (default 100)"),
    Command.Option("--seed", "S", "the seed of an estimate (default 0)"),
    Command.Option("--memory", "MB", "for shapley: what its tables may take (default 4096)"),
    Command.Option(
      "--certificate", "OUT.json", "for shapley: keep every coalition, up to 8 players"),
    Command.Option("--about", "TEXT", "what the certificate shows, for its field 'about'"),
  ]

  private enum Word: String, CaseIterable {
    case permutation
    case antithetic
    case stratified
    case difference

    var sampler: ShapleySampler {
      switch self {
      case .permutation: .permutations
      case .antithetic: .antithetic
      case .stratified: .stratified
      case .difference: .differences
      }
    }
  }

  /// Reads the options, and refuses them for another method.
  init(_ arguments: Arguments, _ method: SolveMethod) throws(UsageError) {
    guard method == .shapley else {
      for option in Self.all where arguments.has(option.name) {
        throw UsageError("\(option.name) does not go with --method \(method.rawValue)")
      }
      return
    }
    if let text = arguments.text("--players") {
      word = text
      if text == "both" {
        players = [.bottom, .top]
      } else if let found = GamePlayers(text) {
        players = [found]
      } else {
        throw UsageError("--players takes bottom, top, layer:K or both, not '\(text)'")
      }
    }
    if let text = arguments.text("--groups") { groups = try Self.groups(text) }
    try readEstimate(arguments)
    if let megabytes = try arguments.integer("--memory", in: 1...(1 << 30)) {
      memoryLimit = megabytes << 20
    }
    certificate = arguments.text("--certificate")
    about = arguments.text("--about")
    if about != nil && certificate == nil {
      throw UsageError("--about goes with --certificate")
    }
  }

  private mutating func readEstimate(_ arguments: Arguments) throws(UsageError) {
    guard let found = try arguments.word("--estimate", Word.self) else {
      for name in ["--samples", "--seed"] where arguments.has(name) {
        throw UsageError("\(name) goes with --estimate")
      }
      return
    }
    for name in ["--certificate", "--flow"] where arguments.has(name) {
      throw UsageError("\(name) needs the exact value, and --estimate gives another")
    }
    estimate = Estimate(
      sampler: found.sampler,
      samples: try arguments.integer("--samples", in: 1...1_000_000_000) ?? 100,
      seed: UInt64(try arguments.integer("--seed", in: 0...Int.max) ?? 0))
  }

  /// Reads `0,1/2/3,4`; whether every token is there, the network says.
  private static func groups(_ text: String) throws(UsageError) -> [[Int]] {
    var groups: [[Int]] = []
    var owners: [Int: Int] = [:]
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      var group: [Int] = []
      for word in part.split(separator: ",", omittingEmptySubsequences: false) {
        guard let token = Int(word), token >= 0 else {
          throw UsageError("--groups takes groups such as 0,1/2/3,4, not '\(text)'")
        }
        if let first = owners[token] {
          throw UsageError(
            "--groups: groups \(first) and \(groups.count) overlap in token \(token)")
        }
        owners[token] = groups.count
        group.append(token)
      }
      groups.append(group)
    }
    return groups
  }
}
