import Glibc

/// The last requests to one process, kept in files before they are sent.
///
/// Whatever happens to this program, the case that it was at is not lost. Two files take turns, so
/// the one of the last request that was sent is whole at every moment: while the other is written,
/// nothing is under way. They are overwritten in place, because replacing a file by renaming waits
/// for the disk on common file systems: 300 microseconds and more, against two. A file is made when
/// there is something to write in it, and goes when the run ends in order, so one that is there
/// tells of a run that did not, and of the case that it was at.
struct RequestJournal: ~Copyable {
  private let folder: String
  private let worker: Int
  private let fileExtension: String
  private var descriptors: [Int32?] = [nil, nil]

  /// The journal of a worker, in a folder that is made when it is needed.
  init(folder: String, worker: Int, fileExtension: String) {
    self.folder = folder
    self.worker = worker
    self.fileExtension = fileExtension
  }

  deinit { for case .some(let open) in descriptors { close(open) } }

  /// Makes the folder.
  ///
  /// - Returns: the words of the system if no file can be made in it, otherwise nil.
  func open() -> String? {
    mkdir(folder, 0o777)
    return access(folder, W_OK | X_OK) == 0 ? nil : systemWords(errno)
  }

  /// Writes a request in the file whose turn it is; without a file it is not kept.
  mutating func write(_ request: [UInt8], id: Int) {
    let turn = id % descriptors.count
    if descriptors[turn] == nil {
      let made = Glibc.open(path(turn), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      descriptors[turn] = made >= 0 ? made : nil
    }
    guard let descriptor = descriptors[turn] else { return }
    let count = request.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    if count > 0 { ftruncate(descriptor, count) } else { remove(turn) }
  }

  /// Takes the files away.
  mutating func remove() {
    for turn in descriptors.indices { remove(turn) }
  }

  private mutating func remove(_ turn: Int) {
    guard let open = descriptors[turn].take() else { return }
    unlink(path(turn))
    close(open)
  }

  private func path(_ turn: Int) -> String {
    "\(folder)/last-request.\(getpid()).\(worker).\(turn).\(fileExtension)"
  }
}

/// The words of the system for an error code.
func systemWords(_ code: Int32) -> String {
  strerror(code).map { String(cString: $0) } ?? "error \(code)"
}
