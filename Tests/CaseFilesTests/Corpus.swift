import Foundation
import CaseFiles
import Glibc

/// The real attention tensors of the repository.
enum Corpus {
  static let folder: String = {
    // This file is Tests/CaseFilesTests/Corpus.swift.
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/") + "/corpus/attention/"
  }()

  /// The tensors of the model of which every file is there.
  static let modelNames = ["p01_word", "p02_same_pair", "p03_two", "p06_yes"]

  /// The tensors of which every file is there, the derived ones too.
  static let wholeNames = modelNames + ["p22_same_pair_sym", "p23_yes_sym"]

  static func tensor(_ name: String) throws(InputError) -> RawTensor {
    try RawTensor.read(folder + name)
  }

  static func bytes(_ name: String) throws(InputError) -> [UInt8] {
    try InputFile(path: folder + name).withBytes { Array($0) }
  }
}

/// A new folder for the files of one test.
struct ScratchFolder: ~Copyable {
  let path: String

  init() {
    var template = Array((NSTemporaryDirectory() + "/flowcheck-test-XXXXXX").utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nonexistent"
    }
  }

  deinit {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// The names in the folder, hidden ones too.
  var names: [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// A small generator with a seed, so that every run draws the same.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
