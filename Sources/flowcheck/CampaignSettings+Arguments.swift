import Campaign
import Generators
import Glibc
import Properties
import SolverInterface

/// The largest sizes that a campaign takes: closed forms and relations work entry by entry.
private let campaignSizes = 1...64

/// How much a run is to do, in a word.
private enum Profile: String, CaseIterable {
  /// Ten seconds and the small tiny space: while you wait.
  case quick
  /// A minute: for every change.
  case ci
  /// As long as you say: for the night.
  case deep
}

extension CampaignSettings {
  /// The settings that the words of a command line choose.
  init(_ arguments: Arguments) throws {
    self.init()
    try readAmount(arguments)
    seed = UInt64(try arguments.integer("--seed", in: 0...Int.max) ?? 0)
    firstCase = UInt64(try arguments.integer("--first-case", in: 0...Int.max) ?? 0)
    jobs = try arguments.integer("--jobs", in: 1...1_024) ?? 1
    z3 = try arguments.word("--z3", Z3Policy.self) ?? .sample
    limits = SizeLimits(
      layersMaximum: try arguments.integer("--max-layers", in: campaignSizes) ?? 4,
      tokensMaximum: try arguments.integer("--max-tokens", in: campaignSizes) ?? 6)
    try readSelection(arguments)
    corpus = arguments.corpusFolder
    try readShard(arguments)
    journalFolder = ".flowcheck"
    resumes = arguments.has("--resume")
    try loadCorpus()
  }

  /// Reads how much to do: profile, cases, time, tiny spaces.
  private mutating func readAmount(_ arguments: Arguments) throws(UsageError) {
    let isInCI = getenv("CI").map { String(cString: $0) } ?? "" != ""
    let profile = try arguments.word("--profile", Profile.self) ?? (isInCI ? .ci : nil)
    // Who asks for some number of random cases does not wait for 150,000 others.
    enumeration = profile == .quick || arguments.has("--cases") ? .small : .full
    if let extent = try arguments.word("--enumerate", EnumerationExtent.self) {
      enumeration = extent
    }
    if let cases = try arguments.integer("--cases", in: 0...Int.max) {
      if arguments.has("--time") { throw UsageError("--cases and --time exclude each other") }
      budget = .cases(cases)
    } else if let text = arguments.text("--time") {
      budget = .seconds(try seconds(text, "--time"))
    } else {
      if profile == .deep { throw UsageError("--profile deep needs --time or --cases") }
      budget = .seconds(profile == .quick ? 10 : 60)
    }
  }

  /// Reads which phases, properties and families take part.
  private mutating func readSelection(_ arguments: Arguments) throws(UsageError) {
    phases = try arguments.phases() ?? phases
    let chosen = try arguments.words("--task", FlowTask.Kind.self)
    if !chosen.isEmpty { tasks = Set(chosen) }
    properties = arguments.texts("--property")
    families = arguments.texts("--generator")
    for name in families where CaseFamily.named(name) == nil {
      throw UsageError("there is no family '\(name)'; 'flowcheck generate --list' names them")
    }
    let needed = selectedFamilies.map(\.tokensMinimum).min() ?? 1
    if needed > limits.tokensMaximum {
      throw UsageError("the families chosen need \(needed) tokens, and --max-tokens is less")
    }
  }

  /// Reads which part of the campaign this run does, and where its manifest goes.
  private mutating func readShard(_ arguments: Arguments) throws(UsageError) {
    manifest = arguments.text("--manifest")
    guard let text = arguments.text("--shard") else { return }
    if text == "auto" {
      let found: Shard.Found?
      do throws(ShardEnvironmentError) {
        found = try Shard.inEnvironment { name in getenv(name).map { String(cString: $0) } }
      } catch {
        throw UsageError("--shard auto: \(error.reason)")
      }
      guard let found else {
        throw UsageError("--shard auto finds no job scheduler in the environment; give m/n")
      }
      Console.note("shard \(found.shard), from \(found.source)")
      shard = found.shard
      endsWithOtherShards = found.endsTogether
    } else {
      guard let chosen = Shard(text) else {
        throw UsageError("--shard takes m/n with 1 <= m <= n, or auto, not '\(text)'")
      }
      shard = chosen
    }
    guard case .cases = budget else {
      throw UsageError("--shard goes with --cases: parts of a time do not make a whole")
    }
    if manifest == nil {
      manifest = ".flowcheck/shard-\(shard.index + 1)-of-\(shard.count).json"
    }
  }

  /// Refuses names of properties that select nothing; a solver has a property of its own.
  func requireProperties() throws(UsageError) {
    for name in properties {
      var alone = self
      alone.properties = [name]
      if alone.table.isEmpty {
        throw UsageError("no property is called '\(name)'; there are \(propertyGroups)")
      }
    }
  }

  /// The names of all properties, those of a group as one.
  private var propertyGroups: String {
    var all = self
    all.properties = []
    var groups: [String] = []
    for name in all.table.map(\.name) {
      let parts = name.split(separator: "/")
      let group = parts.count > 1 ? "\(parts[0])/..." : name
      if !groups.contains(group) { groups.append(group) }
    }
    return groups.joined(separator: ", ")
  }
}
