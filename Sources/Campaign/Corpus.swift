import CaseFiles
import Checker
import Generators
import Glibc

/// The stored cases of a corpus folder, in the order in which they are replayed.
///
/// `attention/` holds real tensors, heads averaged, each replayed in four ways: `all` and
/// `single:0`, without and with residual. `findings/` and `witness/` hold cases.
struct Corpus: Sendable {
  /// A case to replay.
  struct Entry: Sendable {
    let name: String
    let instance: Instance
    /// What a stored case says was found on it.
    var finding: CaseFile.Finding?
    /// The campaign that stored it, by its key.
    var campaign: String?
  }

  /// The cases in order: by folder, then by file name, then by mode.
  private(set) var cases: [Entry] = []
  /// The real tensors as they are, without those that are too large.
  private(set) var tensors: [EffectiveTensor] = []
  /// What was left out and why.
  private(set) var warnings: [String] = []
  /// SHA-256 over the real tensors, on which random cases depend; computed when they are read.
  private(set) var tensorDigest = Corpus.digest(of: [])
  private var largeCount = 0

  /// The largest network that a campaign replays; `check` takes any.
  static let arcLimit = 20_000

  /// No cases.
  init() {}

  /// Reads a corpus folder.
  ///
  /// - Throws: `InputError` if the folder does not exist or a file in it cannot be read.
  init(folder: String) throws(InputError) {
    try Self.requireFolder(folder)
    for name in entries(of: folder + "/attention") ?? []
    where name.hasSuffix(".npy") {
      try addTensor(folder + "/attention/" + name, name)
    }
    tensorDigest = Self.digest(of: cases)
    if largeCount > 0 {
      warnings.append(
        "\(folder)/attention: not replayed: \(largeCount) tensors with more than "
          + "\(Self.arcLimit) arcs; 'flowcheck check' takes any")
    }
    for part in CorpusFolder.parts {
      for name in entries(of: "\(folder)/\(part)") ?? [] where name.hasSuffix(".json") {
        let file = try InputFile(path: "\(folder)/\(part)/\(name)")
        let contents = try CaseFile.read(file).contents
        cases.append(
          Entry(
            name: "\(part)/\(name)", instance: Instance(contents), finding: contents.finding,
            campaign: contents.provenance.first { $0.name == "campaign" }?.value))
      }
    }
  }

  /// Leaves out what a campaign has found itself.
  ///
  /// Shards may share a folder and start one after the other; each must replay the same cases.
  mutating func leaveOut(campaign key: String) {
    cases.removeAll { $0.campaign == key }
  }

  /// Puts cases before the others.
  mutating func putFirst(_ known: [(name: String, file: CaseFile)]) {
    let entries = known.map { name, file in
      Entry(name: name, instance: Instance(file), finding: file.finding)
    }
    cases = entries + cases
  }

  /// SHA-256 over names and networks of all cases.
  var digest: String { Self.digest(of: cases) }

  private static func digest(of cases: [Entry]) -> String {
    var digest = Digest()
    var bytes: [UInt8] = []
    for entry in cases {
      bytes.removeAll(keepingCapacity: true)
      bytes += entry.name.utf8
      appendBytes(of: entry.instance.network, to: &bytes)
      digest.update(bytes)
    }
    return digest.hexadecimal
  }

  /// The cases of some names, in the order of the names.
  ///
  /// - Throws: `InputError` if one of them is not there any more.
  func restricted(to names: [String], in folder: String) throws(InputError) -> Corpus {
    let known = Dictionary(cases.map { ($0.name, $0) }) { first, _ in first }
    var chosen = self
    chosen.cases = []
    for name in names {
      guard let entry = known[name] else {
        throw InputError(
          file: folder,
          problem: .badStatement(reason: "'\(name)', which the run replays, is not there any more"))
      }
      chosen.cases.append(entry)
    }
    return chosen
  }

  /// Tests that a folder can be listed, whether its cases are replayed or findings go there.
  static func requireFolder(_ folder: String) throws(InputError) {
    guard entries(of: folder) == nil else { return }
    let reason = String(cString: strerror(errno))
    throw InputError(
      file: folder, problem: errno == ENOENT ? .fileMissing : .fileUnreadable(reason: reason))
  }

  private mutating func addTensor(_ path: String, _ name: String) throws(InputError) {
    let raw = try RawTensor.read(path)
    for hasResidual in [false, true] {
      var options = PreparationOptions(hasResidual: hasResidual)
      options.heads = raw.shape.count == 4 ? .mean : nil
      let tensor = try raw.prepared(options).tensor
      let arcs = Arcs.layered(layers: tensor.layers, tokens: tensor.tokens).count
      guard arcs <= Self.arcLimit else {
        largeCount += 1
        return
      }
      if !hasResidual { tensors.append(tensor) }
      for mode in [Mode.all, .single(0)] {
        cases.append(
          Entry(
            name: "attention/\(name) \(mode)\(hasResidual ? " with residual" : "")",
            instance: .tensor(tensor, mode)))
      }
    }
  }
}

extension Instance {
  /// What a stored case is about.
  ///
  /// Conventions other than the default make the statement a network.
  init(_ file: CaseFile) {
    switch file.statement {
    case .network(let network): self = .network(network)
    case .tensor(let tensor, let mode, let conventions):
      guard conventions == Conventions() else {
        do {
          self = .network(try file.statement.network())
        } catch {
          preconditionFailure("a statement that was read has a network: \(error)")
        }
        return
      }
      self = .tensor(tensor, mode)
    }
  }

  /// The statement that a file about this case holds.
  var statement: Statement {
    switch self {
    case .network(let network): .network(network)
    case .tensor(let tensor, let mode): .tensor(tensor, mode, Conventions())
    }
  }
}

/// The names in a folder, sorted; nil if it cannot be listed. Hidden files are left out if not
/// asked for.
func entries(of folder: String, hiddenToo: Bool = false) -> [String]? {
  guard let directory = opendir(folder) else { return nil }
  defer { closedir(directory) }
  var names: [String] = []
  // Ends with the folder.
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name == "." || name == ".." { continue }
    if hiddenToo || !name.hasPrefix(".") { names.append(name) }
  }
  return names.sorted()
}
