import CaseFiles

/// The error of a call that must throw one; nil when it throws none.
func failure<Result>(_ body: () throws(InputError) -> Result) -> InputError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

/// The problem of a call that must throw one; nil when it throws none.
func problem<Result>(_ body: () throws(InputError) -> Result) -> InputProblem? {
  failure(body)?.problem
}

/// Reads a document from bytes that stand for a file of a name.
func document(
  _ bytes: [UInt8], name: String, key: String? = nil
) throws(InputError) -> InputDocument {
  try InputDocument.read(InputFile(bytes: bytes, name: name), key: key)
}

/// Reads a tensor from bytes that stand for a file of a name.
func tensor(_ bytes: [UInt8], name: String, key: String? = nil) throws(InputError) -> RawTensor {
  switch try document(bytes, name: name, key: key) {
  case .tensor(let tensor): return tensor
  case .network, .statement: throw InputError(file: name, problem: .networkForTensor)
  }
}

/// Reads a tensor from a JSON text.
func tensor(json: String) throws(InputError) -> RawTensor {
  try tensor(Array(json.utf8), name: "t.json")
}

extension RawTensor {
  /// The entries as doubles; empty for fractions.
  var doubles: [Double] {
    guard case .doubles(let values) = values else { return [] }
    return values
  }
}
