/// The file formats that are told apart, by the first bytes and then by the extension.
public enum FileFormat: Sendable, Equatable {
  /// One NumPy array.
  case npy
  /// A zip archive, which is .npz or, refused later, PyTorch.
  case zip
  /// The format of Hugging Face.
  case safetensors
  /// A JSON text.
  case json
  /// A maximum-flow problem of the first DIMACS challenge.
  case dimacs
  /// A Python pickle, which is never read.
  case pickle

  /// Tells the format of a file.
  ///
  /// Throws `InputError` when the file is empty or is none of these.
  public init(of file: InputFile) throws(InputError) {
    let head = file.withBytes { Array($0.prefix(64)) }
    if head.isEmpty { throw file.error(.fileEmpty) }
    let name = file.name
    // PyTorch writes zip archives too; what is inside them is a pickle.
    if head.starts(with: [0x50, 0x4B]), Self.fromExtension(name) == .pickle {
      self = .pickle
      return
    }
    let contents = Self.fromContents(head)
    if contents == nil && Self.hasByteOrderMark(head) { throw file.error(.byteOrderMark) }
    guard let format = contents ?? Self.fromExtension(name) else {
      throw file.error(.unknownFormat)
    }
    self = format
  }

  private static func fromContents(_ head: [UInt8]) -> FileFormat? {
    if head.starts(with: NpyReader.magic) { return .npy }
    if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
      return .zip
    }
    // The header of .safetensors is an object, after a 64-bit length far below 2^32.
    if head.count > 8, head[8] == UInt8(ascii: "{"), head[4..<8].allSatisfy({ $0 == 0 }) {
      return .safetensors
    }
    // Pickles of protocol 2 and later.
    if head.count > 1, head[0] == 0x80, (2...5).contains(head[1]) { return .pickle }
    let text = head.drop(while: JSONReader.isSpace)
    guard let first = text.first else { return nil }
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") { return .json }
    let isAlone = text.dropFirst().first.map { JSONReader.isSpace($0) } ?? false
    if isAlone && (first == UInt8(ascii: "c") || first == UInt8(ascii: "p")) { return .dimacs }
    return nil
  }

  /// Whether some bytes begin with U+FEFF in UTF-8 or UTF-16.
  static func hasByteOrderMark(_ bytes: [UInt8]) -> Bool {
    [[0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE]].contains { bytes.starts(with: $0) }
  }

  private static func fromExtension(_ name: String) -> FileFormat? {
    switch fileExtension(of: name) {
    case "npy": .npy
    case "npz": .zip
    case "safetensors": .safetensors
    case "json", "jsonl": .json
    case "dimacs", "dmx", "max": .dimacs
    case "pt", "pth", "bin", "pkl", "pickle": .pickle
    default: nil
    }
  }
}

/// What follows the last dot of a file name, in lower case; empty without a dot.
func fileExtension(of path: String) -> String {
  let name = path.split(separator: "/").last ?? ""
  guard let dot = name.lastIndex(of: ".") else { return "" }
  return name[name.index(after: dot)...].lowercased()
}
