// The prose of bad input: one plain sentence for each way of being wrong, in one table so that the
// compiler notices when one is missing.

extension InputProblem {
  /// The problem as one plain sentence that ends with a full stop.
  public var sentence: String {
    switch self {
    case .fileMissing: "there is no such file."
    case .fileUnreadable(let reason): "the file cannot be read: \(reason)."
    case .isDirectory: "this is a directory, not a file."
    case .fileEmpty: "the file is empty."
    case .fileTooLarge(let limit): "the input is larger than the limit of \(limit) bytes."
    case .unknownFormat:
      "the format is not recognised; .npy, .npz, .safetensors, JSON and DIMACS are read."
    case .byteOrderMark:
      "the file begins with a byte order mark; save it as UTF-8 without one (without BOM)."
    case .pickle:
      "PyTorch and pickle files are not read, because reading them can run code; convert with: "
        + Self.pickleConversion
    case .keyWithoutArchive(let key):
      "the key '\(key)' has no meaning here; only .npz and .safetensors files have keys."
    case .ambiguousDocument: "the object holds more than one tensor or network."
    case .networkForTensor: "the file holds a network or a case; a tensor is needed."
    case .unexpected(let found, let expected): "expected \(expected), found \(found)."
    case .tooDeep(let limit): "arrays and objects are nested more than \(limit) deep."
    case .duplicateKey(let key): "the key '\(key)' occurs twice."
    case .invalidUTF8: "the text is not valid UTF-8."
    case .controlCharacter(let code):
      "a string holds the control character \(code), which must be escaped."
    case .badEscape: "a string holds an escape sequence that is not valid JSON."
    case .trailingText: "something follows the end of the value."
    case .missingKey(let key, let available):
      (key.isEmpty ? "a key is needed" : "the key '\(key)' is missing")
        + (available.isEmpty ? "." : "; there are: \(available.joined(separator: ", ")).")
    case .unknownKey(let key): "the key '\(key)' is not known."
    case .notInteger(let text): "an integer is needed, found \(text)."
    case .notNumber(let text):
      "a number such as \"1/3\", \"0.1\" or 2 is needed, found \(text)."
    case .outOfRange(let text, let range): "expected \(range), found \(text)."
    case .countMismatch(let what, let found, let expected):
      "expected \(expected.counted(what)), found \(found)."
    case .truncated(let part, let needed, let available):
      "the \(part) is cut off: it needs \(needed) bytes and \(available) are there."
    case .trailingBytes(let count): "\(count.counted("byte")) too many behind the end of the array."
    case .malformed(let format, let reason): "this is not a well-formed \(format) file: \(reason)."
    case .overlappingData(let key, let other): "the data of '\(key)' and '\(other)' overlap."
    case .checksumMismatch: "the checksum does not match the data."
    case .inflatedTooLarge(let limit):
      "the compressed data is larger than the limit of \(limit) bytes."
    case .inflatedBeyondDeclared(let declared):
      "the compressed data is larger than the \(declared) bytes that the file declares."
    case .negativeDimension(let length): "the shape has a negative length: \(length)."
    case .emptyDimension(let axis): "axis \(axis) of the shape has length 0."
    case .sizeOverflow: "the shape has more entries than can be counted."
    case .wrongRank(let rank):
      "the array has \(rank.counted("axis", "axes")); (L,T,T), (L,H,T,T) and a leading batch axis "
        + "are read."
    case .notSquare(let rows, let columns):
      "the last two axes must be equally long, found \(rows) and \(columns)."
    case .ragged(let found, let expected):
      "the list has \(found.counted("entry")) where the lists before it have \(expected)."
    case .integerElements(let type):
      "the entries have the integer type \(type); convert with .astype(numpy.float64)."
    case .objectElements: "the entries are Python objects; only floating point numbers are read."
    case .unsupportedElements(let type):
      "the entries have the type \(type); float16, bfloat16, float32 and float64 are read."
    case .notFinite(let text): "the entry is not a finite number: \(text)."
    case .negative(let text): "the entry is negative: \(text)."
    case .mixedExactness(let string, let number):
      "the exact fraction \(string) and the inexact number \(number) are mixed in one tensor; "
        + "write all of them as strings or all as numbers."
    case .headsNeeded(let heads):
      "the tensor has \(heads.counted("head")): give --heads mean|max|min|K "
        + "(or --batch K if the first axis is a batch)."
    case .headsWithoutAxis: "--heads is given and the tensor has no head axis."
    case .batchNeeded(let batches): "the tensor has a batch of \(batches): give --batch K."
    case .batchWithoutAxis: "--batch is given and the tensor has no batch axis."
    case .indexOutOfRange(let option, let index, let count):
      "\(option) \(index) is out of range: there are \(count), counted from 0."
    case .badLayerRange(let lower, let upper, let layers):
      "--layers \(lower):\(upper) selects nothing or too much: the tensor has "
        + "\(layers.counted("layer")), A:B means A up to but not including B."
    case .sumOverflow(let what): "the \(what) leaves the range of binary64."
    case .rowSum(let deviation, let tolerance):
      "the row sum differs from 1 by \(deviation), more than the tolerance \(tolerance)."
    case .denominatorTooLarge(let entries):
      "the fractions of \(entries.counted("entry")) have a common denominator that is too large."
    case .tokenCount(let found, let expected):
      "there \(found == 1 ? "is" : "are") \(found.counted("token")) and the tensor has "
        + "T = \(expected)."
    case .badLine(let reason), .badStatement(let reason): "\(reason)."
    }
  }

  /// The one line that turns a PyTorch file into a .npy file.
  public static let pickleConversion =
    "python3 -c \"import sys, numpy, torch; a = torch.load(sys.argv[1], map_location='cpu'); "
    + "a = a if torch.is_tensor(a) else torch.stack(list(a)); "
    + "numpy.save(sys.argv[2], a.detach().float().numpy())\" FILE.pt FILE.npy"
}
