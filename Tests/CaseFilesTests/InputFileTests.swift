import CaseFiles
import Glibc
import Testing

@Suite struct InputFileTests {
  @Test("a missing file, a directory, an empty file and an unreadable one are told apart")
  func badFiles() throws {
    let folder = ScratchFolder()
    let path = folder.path
    func read(_ name: String) -> InputProblem? {
      problem { () throws(InputError) in try InputDocument.read("\(path)/\(name)") }
    }
    #expect(read("nothing.npy") == .fileMissing)
    #expect(read("") == .isDirectory)
    try AtomicFile.write([], to: "\(path)/empty.npy")
    #expect(read("empty.npy") == .fileEmpty)
    #expect(read("empty.npy/x") == .fileUnreadable(reason: "Not a directory"))
    try AtomicFile.write([1, 2, 3], to: "\(path)/odd.dat")
    #expect(read("odd.dat") == .unknownFormat)
    guard geteuid() != 0 else { return }
    chmod("\(path)/odd.dat", 0)
    #expect(read("odd.dat") == .fileUnreadable(reason: "Permission denied"))
  }

  @Test("a file is split from its key at the last colon before which there is a file")
  func references() throws {
    let folder = ScratchFolder()
    try AtomicFile.write([1], to: "\(folder.path)/a:b")
    try AtomicFile.write([1], to: "\(folder.path)/c")
    let path = folder.path
    #expect(FileReference(argument: "\(path)/a:b") == FileReference(path: "\(path)/a:b"))
    #expect(
      FileReference(argument: "\(path)/a:b:k") == FileReference(path: "\(path)/a:b", key: "k"))
    #expect(FileReference(argument: "\(path)/c:k") == FileReference(path: "\(path)/c", key: "k"))
    #expect(FileReference(argument: "x.npz:k.0") == FileReference(path: "x.npz", key: "k.0"))
    #expect(FileReference(argument: "x.npz:k:0") == FileReference(path: "x.npz", key: "k:0"))
    #expect(FileReference(argument: "x.NPZ:") == FileReference(path: "x.NPZ", key: ""))
    #expect(FileReference(argument: "x:y.npy") == FileReference(path: "x:y.npy"))
  }

  @Test("a file is written whole or not at all, and nothing else is left behind")
  func atomicWriting() throws {
    let folder = ScratchFolder()
    let path = "\(folder.path)/out.json"
    for isDurable in [false, true] {
      let content: [UInt8] = isDurable ? [4, 5] : [1, 2, 3]
      try AtomicFile.write(content, to: path, isDurable: isDurable)
      #expect(try InputFile(path: path).withBytes { Array($0) } == content)
    }
    #expect(throws: OutputError.self) {
      try AtomicFile.write([1], to: "\(folder.path)/no/such/folder")
    }
    mkdir("\(folder.path)/taken", 0o755)
    #expect(throws: OutputError.self) { try AtomicFile.write([1], to: "\(folder.path)/taken") }
    #expect(folder.names == ["out.json", "taken"])
    rmdir("\(folder.path)/taken")
  }

  @Test("a pipe is read to its end")
  func pipes() throws {
    let folder = ScratchFolder()
    let path = "\(folder.path)/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let writer = open(path, O_RDWR)
    let text = Array("[[[1]]]".utf8)
    #expect(write(writer, text, text.count) == text.count)
    // The reader sees the end of a pipe once the last writer has closed it.
    let closer = ClosesLater(descriptor: writer)
    closer.start()
    #expect(try RawTensor.read(path).shape == [1, 1, 1])
    closer.join()
  }
}

/// Closes a file descriptor on another thread, after a moment.
private final class ClosesLater {
  private let descriptor: Int32
  private var thread = pthread_t()

  init(descriptor: Int32) { self.descriptor = descriptor }

  func start() {
    let argument = UnsafeMutableRawPointer(bitPattern: Int(descriptor))
    pthread_create(
      &thread, nil,
      { argument in
        usleep(50_000)
        close(Int32(Int(bitPattern: argument)))
        return nil
      }, argument)
  }

  func join() { pthread_join(thread, nil) }
}
