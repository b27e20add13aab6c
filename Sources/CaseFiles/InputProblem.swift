/// The ways in which an input can be wrong, one case each.
public enum InputProblem: Equatable, Sendable {
  // The file as a whole.

  /// There is no such file.
  case fileMissing
  /// The file exists but the system does not let it be read, for the reason given.
  case fileUnreadable(reason: String)
  /// The name is that of a directory.
  case isDirectory
  /// The file has no bytes.
  case fileEmpty
  /// The file, or an input without an end, is larger than the limit in bytes.
  case fileTooLarge(limit: Int)
  /// Neither the first bytes nor the extension say what the file is.
  case unknownFormat
  /// The text begins with a byte order mark, as some editors write it.
  case byteOrderMark
  /// The file is a PyTorch file or a Python pickle, which can run code when it is read.
  case pickle
  /// A key was given for a format that holds one array only.
  case keyWithoutArchive(key: String)

  /// A JSON object holds more than one tensor or network.
  case ambiguousDocument
  /// The file holds a network where a tensor is needed.
  case networkForTensor

  // The grammar of JSON.

  /// Something else was found where the grammar, or the reader, expects one of a few things.
  case unexpected(found: String, expected: String)
  /// Arrays and objects are nested deeper than the limit.
  case tooDeep(limit: Int)
  /// A key occurs twice in one object or one archive.
  case duplicateKey(String)
  /// A string holds bytes that are not UTF-8.
  case invalidUTF8
  /// A string holds a control character that must be escaped.
  case controlCharacter(code: UInt8)
  /// A string holds an escape that JSON does not have, or half a surrogate pair.
  case badEscape
  /// Something follows the end of the value.
  case trailingText

  // The fields of a JSON text.

  /// A key that must be present is not.
  case missingKey(key: String, available: [String])
  /// A key that the format does not have.
  case unknownKey(String)
  /// An integer is needed and the text is not one.
  case notInteger(text: String)
  /// A number, or a fraction in a string, is needed and the text is not one.
  case notNumber(text: String)
  /// The number does not lie in the range that the field allows.
  case outOfRange(text: String, range: String)
  /// A list has another number of something, called by its singular, than it must have.
  case countMismatch(what: String, found: Int, expected: Int)

  // Binary files.

  /// The part named ends before it is complete; both counts are in bytes.
  case truncated(part: String, needed: Int, available: Int)
  /// The file goes on after its declared end.
  case trailingBytes(count: Int)
  /// The header or the structure of the file breaks its format.
  case malformed(format: String, reason: String)
  /// Two arrays of a file share bytes.
  case overlappingData(key: String, other: String)
  /// The checksum of an archive member does not match its data.
  case checksumMismatch
  /// An archive member inflates, or declares that it inflates, beyond the limit in bytes.
  case inflatedTooLarge(limit: Int)
  /// An archive member inflates to more bytes than it declares.
  case inflatedBeyondDeclared(declared: Int)

  // Arrays.

  /// A dimension is negative.
  case negativeDimension(Int)
  /// A dimension is zero.
  case emptyDimension(axis: Int)
  /// The number of entries or bytes leaves the range of a machine integer.
  case sizeOverflow
  /// The number of axes is not 3, 4 or 5.
  case wrongRank(Int)
  /// The last two axes differ in length.
  case notSquare(rows: Int, columns: Int)
  /// Lists at one level of nesting differ in length.
  case ragged(found: Int, expected: Int)
  /// The entries are integers or truth values.
  case integerElements(type: String)
  /// The entries are Python objects.
  case objectElements
  /// The entries have a type that is not read.
  case unsupportedElements(type: String)
  /// An entry is not a number or is infinite.
  case notFinite(text: String)
  /// An entry or a capacity is negative.
  case negative(text: String)
  /// Exact strings and inexact numbers are mixed in one tensor.
  case mixedExactness(string: String, number: String)

  // Preparation.

  /// The tensor has a head axis and no reduction was chosen.
  case headsNeeded(heads: Int)
  /// A head reduction was chosen and the tensor has no head axis.
  case headsWithoutAxis
  /// The tensor has a batch axis and none was chosen.
  case batchNeeded(batches: Int)
  /// A batch was chosen and the tensor has no batch axis.
  case batchWithoutAxis
  /// An index chosen by an option is not below the count.
  case indexOutOfRange(option: String, index: Int, count: Int)
  /// A range of layers is empty or reaches beyond the tensor.
  case badLayerRange(lower: Int, upper: Int, layers: Int)
  /// A sum or a mean leaves the range of binary64.
  case sumOverflow(what: String)
  /// A row does not sum to 1 and rows were asked to be checked strictly.
  case rowSum(deviation: String, tolerance: String)
  /// The fractions have a common denominator that is too large for so many entries.
  case denominatorTooLarge(entries: Int)
  /// The number of token names is not T.
  case tokenCount(found: Int, expected: Int)
  /// A line of a DIMACS file is not well formed, for the reason given.
  case badLine(reason: String)
  /// The statement is not well formed, for the reason given.
  case badStatement(reason: String)
}
