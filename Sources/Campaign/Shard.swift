/// One of several runs that share a campaign: chunk `c` belongs to shard `c % count`.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// The number of this shard, from 0.
  public let index: Int
  /// The number of shards.
  public let count: Int

  /// The largest number of shards: `merge` lists those that are missing.
  public static let countMaximum = 1_000_000

  /// A shard, or nil unless `0 <= index < count` and `count` is at most ``countMaximum``.
  public init?(index: Int, count: Int) {
    guard index >= 0, index < count, count <= Self.countMaximum else { return nil }
    self.init(checked: index, of: count)
  }

  /// The one shard that does everything.
  public static let whole = Shard(checked: 0, of: 1)

  private init(checked index: Int, of count: Int) {
    self.index = index
    self.count = count
  }

  /// Reads `m/n` with `1 <= m <= n`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]), number >= 1
    else { return nil }
    self.init(index: number - 1, count: count)
  }

  /// As on the command line, counted from 1: `2/4`.
  public var description: String { "\(index + 1)/\(count)" }
}

/// Why the environment names no shard.
public struct ShardEnvironmentError: Error, Equatable {
  /// What is wrong, in a sentence without a full stop.
  public let reason: String
}

extension Shard {
  /// What the environment of a job says.
  public struct Found: Sendable, Hashable {
    /// The shard of this process.
    public let shard: Shard
    /// The name of the scheduler.
    public let source: String
    /// Whether a process that ends with another code than 0 ends all the others, as under mpirun.
    public let endsTogether: Bool
  }

  /// The shard that a job scheduler gives this process.
  ///
  /// Looked for in this order: Slurm arrays (ids from any number with any step), Kubernetes indexed
  /// Jobs, Open MPI, PMI, Bazel, GitLab. Kubernetes tells the index only; the number of completions
  /// must be in `FLOWCHECK_SHARDS`.
  ///
  /// - Parameter variable: the value of a variable of the environment, nil if it is not set.
  /// - Returns: the shard with its source; nil if no scheduler is found.
  /// - Throws: ``ShardEnvironmentError`` if a scheduler is there and what it says is no shard.
  public static func inEnvironment(
    _ variable: (_ name: String) -> String?
  ) throws(ShardEnvironmentError) -> Found? {
    func number(_ name: String) throws(ShardEnvironmentError) -> Int? {
      guard let text = variable(name), !text.isEmpty else { return nil }
      // Differences of such numbers do not overflow.
      guard let value = Int(text), (0...Int(Int32.max)).contains(value) else {
        throw ShardEnvironmentError(reason: "\(name) is '\(text)', not a number from 0")
      }
      return value
    }
    func shard(
      _ source: String, _ index: Int, _ count: Int?, countName: String, endsTogether: Bool = false
    ) throws(ShardEnvironmentError) -> Found {
      guard let count else {
        throw ShardEnvironmentError(reason: "\(source) gives an index, and \(countName) is not set")
      }
      guard let shard = Shard(index: index, count: count) else {
        throw ShardEnvironmentError(
          reason: "\(source) gives index \(index) of \(count) shards, counted from 0")
      }
      return Found(shard: shard, source: source, endsTogether: endsTogether)
    }
    if let id = try number("SLURM_ARRAY_TASK_ID") {
      return try shard(
        "Slurm", try slurmIndex(id, number), try number("SLURM_ARRAY_TASK_COUNT"),
        countName: "SLURM_ARRAY_TASK_COUNT")
    }
    let schedulers = [
      ("Kubernetes", "JOB_COMPLETION_INDEX", "FLOWCHECK_SHARDS", 0, false),
      ("Open MPI", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", 0, true),
      ("PMI", "PMI_RANK", "PMI_SIZE", 0, true),
      ("Bazel", "TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS", 0, false),
      ("GitLab", "CI_NODE_INDEX", "CI_NODE_TOTAL", 1, false),
    ]
    for (source, index, count, first, endsTogether) in schedulers {
      if let found = try number(index) {
        return try shard(
          source, found - first, try number(count), countName: count, endsTogether: endsTogether)
      }
    }
    return nil
  }

  /// The position of an id in a Slurm array, whose ids go from a least to a largest one in steps.
  private static func slurmIndex(
    _ id: Int, _ number: (String) throws(ShardEnvironmentError) -> Int?
  ) throws(ShardEnvironmentError) -> Int {
    let least = try number("SLURM_ARRAY_TASK_MIN") ?? 0
    let step = max(1, try number("SLURM_ARRAY_TASK_STEP") ?? 1)
    let count = try number("SLURM_ARRAY_TASK_COUNT")
    if let count, let largest = try number("SLURM_ARRAY_TASK_MAX"),
      (largest - least) / step + 1 != count || (id - least) % step != 0
    {
      throw ShardEnvironmentError(
        reason: "the ids of the Slurm array have gaps, so the place of id \(id) among them is not "
          + "known; give --shard m/n")
    }
    return (id - least) / step
  }
}
