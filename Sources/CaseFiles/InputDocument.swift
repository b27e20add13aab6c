public import Checker

/// What a command can be asked about: a tensor, or a general network.
public enum InputDocument: Sendable {
  /// An attention tensor, before anything is chosen or reduced.
  case tensor(RawTensor)
  /// A network with exact capacities.
  case network(FlowNetwork)
  /// The statement of a certificate or a case, with mode and conventions.
  case statement(Statement)

  /// Reads a tensor or a network from a file of any format.
  ///
  /// `argument`: `FILE`, or `FILE:KEY` for an array of an archive.
  /// Throws `InputError` for everything that is wrong with the file.
  public static func read(_ argument: String) throws(InputError) -> InputDocument {
    let reference = FileReference(argument: argument)
    return try read(try InputFile(path: reference.path), key: reference.key)
  }

  /// Reads a tensor or a network from a file that is open.
  ///
  /// `file`: the file.
  /// `key`: the array of an archive; nil takes the only one.
  public static func read(
    _ file: InputFile, key: String? = nil
  ) throws(InputError) -> InputDocument {
    let format = try FileFormat(of: file)
    switch format {
    case .npy, .json, .dimacs:
      if let key { throw file.error(.keyWithoutArchive(key: key)) }
    case .zip, .safetensors, .pickle: break
    }
    switch format {
    case .npy:
      let origin = TensorOrigin(file: file.name, format: "npy")
      return .tensor(
        try file.withBytes { bytes throws(InputError) in
          try NpyReader.read(bytes, origin: origin)
        })
    case .zip:
      let origin = TensorOrigin(file: file.name, key: key, format: "npz")
      return .tensor(
        try file.withBytes { bytes throws(InputError) in
          try NpzReader.read(bytes, origin: origin)
        })
    case .safetensors:
      let origin = TensorOrigin(file: file.name, key: key, format: "safetensors")
      return .tensor(
        try file.withBytes { bytes throws(InputError) in
          try SafetensorsReader.read(bytes, origin: origin)
        })
    case .json: return try readJSON(file)
    case .dimacs: return .network(try DimacsReader.read(file))
    case .pickle: throw file.error(.pickle)
    }
  }

  /// A bare list is a tensor; an object holds `tensor`, `network` or `statement`, beside which
  /// other keys are skipped, as in a request of the protocol or a case; or it is a network itself.
  private static func readJSON(_ file: InputFile) throws(InputError) -> InputDocument {
    var reader = JSONReader(file)
    var found: InputDocument?
    if try reader.peek() == .array {
      found = .tensor(try reader.readTensor())
    } else {
      var fields = NetworkFields()
      var keys: [String] = []
      var unknown: InputError?
      try reader.readObject { reader, key throws(InputError) in
        keys.append(key)
        switch key {
        case "tensor" where found == nil: found = .tensor(try reader.readTensor())
        case "network" where found == nil: found = .network(try reader.readNetwork())
        case "statement" where found == nil: found = .statement(try reader.readStatement())
        case "tensor", "network", "statement": throw reader.error(.ambiguousDocument)
        default:
          if try fields.read(&reader, key) { return }
          unknown = unknown ?? reader.unknown(key)
          try reader.skipValue()
        }
      }
      if found == nil && !fields.isEmpty {
        if let unknown { throw unknown }
        found = .network(try fields.network(reader))
      }
      if found == nil { throw reader.error(.missingKey(key: "tensor", available: keys)) }
    }
    try reader.finish()
    guard let found else { throw reader.missing("tensor") }
    return found
  }
}

extension RawTensor {
  /// Reads a tensor from a file of any tensor format.
  ///
  /// `argument`: `FILE`, or `FILE:KEY` for an array of an archive.
  /// Throws `InputError`, also when the file holds a network.
  public static func read(_ argument: String) throws(InputError) -> RawTensor {
    switch try InputDocument.read(argument) {
    case .tensor(let tensor): return tensor
    case .network, .statement: throw InputError(file: argument, problem: .networkForTensor)
    }
  }
}
