import Campaign
import Glibc

extension Arguments {
  /// The phases that `--phases` names; nil if it is not given.
  func phases() throws(UsageError) -> Set<Phase>? {
    guard let text = text("--phases") else { return nil }
    var phases = Set<Phase>()
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let phase = Phase(rawValue: String(word)) else {
        let words = Phase.allCases.map(\.rawValue).joined(separator: ", ")
        throw UsageError("--phases takes \(words), not '\(word)'")
      }
      phases.insert(phase)
    }
    return phases
  }

  /// The folder that `--corpus` names, or the one that is there.
  var corpusFolder: String? { text("--corpus") ?? (isFolder("corpus") ? "corpus" : nil) }
}

private func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
