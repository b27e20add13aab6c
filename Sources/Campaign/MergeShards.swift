import CaseFiles

/// Why manifests cannot be joined.
public enum MergeError: Error, Sendable, Equatable {
  /// Two manifests belong to different campaigns, versions or numbers of shards.
  case mixed(file: String, other: String)
  /// Two manifests are of one shard.
  case overlap(file: String, other: String, shard: String)
  /// Some shards have no manifest, or did not finish.
  case missing([String])
}

/// Joins the manifests of all shards of a campaign into the report of the whole.
///
/// - Parameter paths: the manifests, in any order.
/// - Returns: the report; digest and findings are those of one run without shards.
/// - Throws: `InputError` for a file that is not a manifest, ``MergeError`` for manifests that do
///   not
///   make one whole campaign.
public func mergeShards(_ paths: [String]) throws -> CampaignReport {
  var manifests: [(path: String, manifest: ShardManifest)] = []
  for path in paths {
    let manifest = try ShardManifest(try InputFile(path: path))
    if let first = manifests.first {
      guard manifest.key == first.manifest.key, manifest.version == first.manifest.version,
        manifest.shard.count == first.manifest.shard.count,
        manifest.properties == first.manifest.properties,
        manifest.digestText == first.manifest.digestText,
        manifest.replayed == first.manifest.replayed,
        manifest.chunkCounts.map(\.phase) == first.manifest.chunkCounts.map(\.phase),
        manifest.chunkCounts.map(\.count) == first.manifest.chunkCounts.map(\.count)
      else { throw MergeError.mixed(file: path, other: first.path) }
    }
    if let same = manifests.first(where: { $0.manifest.shard == manifest.shard }) {
      throw MergeError.overlap(file: path, other: same.path, shard: manifest.shard.description)
    }
    manifests.append((path, manifest))
  }
  guard let first = manifests.first?.manifest else { throw MergeError.missing(["all"]) }
  let present = Set(manifests.map(\.manifest.shard))
  let absent = (0..<first.shard.count).compactMap { Shard(index: $0, count: first.shard.count) }
    .filter { !present.contains($0) }
  if !absent.isEmpty { throw MergeError.missing(absent.map(\.description)) }
  var state = first.state
  for (_, manifest) in manifests.dropFirst() { state.join(manifest.state) }
  let gaps = first.chunkCounts.filter { phase, count in
    let chunks = state.phases[phase]?.digests ?? [:]
    return chunks.count != count || chunks.keys.contains { $0 >= count }
  }
  if !gaps.isEmpty {
    throw MergeError.missing(gaps.map { "chunks of the phase \($0.phase.rawValue)" })
  }
  var report = CampaignReport(
    seed: first.seed, state, first.properties,
    digest: state.digest(version: first.version, settings: first.digestText))
  let findings = manifests.flatMap(\.manifest.findings)
  report.findings = state.firstFailures.compactMap { failure in
    findings.first { $0.failure == failure }
  }
  report.seconds = manifests.reduce(0) { $0 + $1.manifest.seconds }
  return report
}
