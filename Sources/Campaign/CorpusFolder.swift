// What `flowcheck corpus` does to a folder of cases: list, lint, min, merge. Files are named by
// their content, so shards and machines can put theirs into one folder without locks.
public import CaseFiles
import Checker
import Glibc

/// A stored certificate or case.
public struct StoredFile: Sendable {
  /// The path.
  public let path: String
  /// The name of the folder that it is in, such as `findings`.
  public let part: String
  /// The contents and the seal.
  public let file: SealedCaseFile
  /// The bytes as they are on the disk.
  fileprivate let bytes: [UInt8]

  /// The number of arcs of the network: what makes a case small.
  public var arcCount: Int {
    switch file.contents.statement {
    case .network(let network): network.arcCount
    case .tensor(let tensor, _, _):
      Arcs.layered(layers: tensor.layers, tokens: tensor.tokens).count
    }
  }
}

/// A corpus folder with its certificates and cases.
public struct CorpusFolder: Sendable {
  /// The folder.
  public let path: String
  /// The files, by part and then by name.
  public let files: [StoredFile]
  /// What is there and is no certificate or case, and files that cannot be read.
  public let problems: [(path: String, problem: String)]

  /// The parts of a corpus that hold certificates and cases.
  public static let parts = ["findings", "witness"]

  /// Reads a corpus folder; a file that cannot be read is a problem and not an error.
  ///
  /// - Throws: `InputError` if the folder does not exist.
  public init(path: String) throws(InputError) {
    try Corpus.requireFolder(path)
    self.path = path
    var files: [StoredFile] = []
    var problems: [(path: String, problem: String)] = []
    for part in Self.parts {
      for name in entries(of: "\(path)/\(part)", hiddenToo: true) ?? [] {
        let file = "\(path)/\(part)/\(name)"
        guard name.hasSuffix(".json"), !name.hasPrefix(".") else {
          problems.append((file, "is no certificate and no case"))
          continue
        }
        do throws(InputError) {
          let input = try InputFile(path: file)
          files.append(
            StoredFile(
              path: file, part: part, file: try CaseFile.read(input),
              bytes: input.withBytes { Array($0) }))
        } catch {
          problems.append((file, error.description))
        }
      }
    }
    self.files = files
    self.problems = problems
  }

  /// What is wrong with the files: unreadable, not valid, not canonical, or under another's name.
  public func lint() -> [(path: String, problem: String)] {
    var found = problems
    for stored in files {
      if case .invalid(let field, let reason) = verify(stored.file) {
        found.append((stored.path, "\(field): \(reason)"))
      } else if stored.file.contents.bytes != stored.bytes {
        found.append((stored.path, "is not written as flowcheck writes it"))
      }
      let name = stored.file.contents.contentName
      if stored.part == "findings" && !stored.path.hasSuffix("/" + name) {
        found.append((stored.path, "should be called \(name)"))
      }
    }
    return found
  }

  /// The findings that a smaller one makes unnecessary: same property, verdict and replay.
  public var redundant: [StoredFile] {
    var smallest: [String: StoredFile] = [:]
    var redundant: [StoredFile] = []
    for stored in files where stored.part == "findings" {
      guard let finding = stored.file.contents.finding else { continue }
      let key = "\(finding.property)\n\(finding.verdict)\n\(finding.replay.rawValue)"
      guard let best = smallest[key] else {
        smallest[key] = stored
        continue
      }
      let isSmaller = (stored.arcCount, stored.bytes.count) < (best.arcCount, best.bytes.count)
      redundant.append(isSmaller ? best : stored)
      if isSmaller { smallest[key] = stored }
    }
    return redundant
  }

  /// Removes files of this folder.
  ///
  /// - Throws: `OutputError` for the first that cannot be removed.
  public func remove(_ files: [StoredFile]) throws(OutputError) {
    for stored in files where unlink(stored.path) != 0 {
      throw OutputError(file: stored.path, reason: String(cString: strerror(errno)))
    }
  }

  /// Puts the findings of another corpus into this one, unless they are there.
  ///
  /// - Parameter other: the other corpus; its files are verified first.
  /// - Returns: the new paths, and the files that were refused with the reason.
  /// - Throws: `OutputError` for the first file that cannot be written.
  public func adopt(
    _ other: CorpusFolder
  ) throws(OutputError) -> (new: [String], refused: [(path: String, problem: String)]) {
    var new: [String] = []
    var refused = other.problems
    for stored in other.files where stored.part == "findings" {
      if case .invalid(let field, let reason) = verify(stored.file) {
        refused.append((stored.path, "\(field): \(reason)"))
        continue
      }
      let folder = "\(path)/findings"
      let target = "\(folder)/\(stored.file.contents.contentName)"
      if access(target, F_OK) == 0 { continue }
      mkdir(folder, 0o777)
      try AtomicFile.write(stored.file.contents.bytes, to: target, isDurable: true)
      new.append(target)
    }
    return (new, refused)
  }
}
