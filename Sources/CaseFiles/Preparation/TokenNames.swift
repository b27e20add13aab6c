/// The words that stand for the tokens of a tensor in tables.
public enum TokenNames {
  /// Reads a list of strings, or the field `tokens` of an object.
  ///
  /// `path`: a JSON file.
  /// `count`: the number of tokens of the tensor, T.
  /// Throws `InputError`, also when the list has another length.
  public static func read(path: String, count: Int) throws(InputError) -> [String] {
    try read(try InputFile(path: path), count: count)
  }

  /// Reads a list of strings, or the field `tokens` of an object, from an open file.
  public static func read(_ file: InputFile, count: Int) throws(InputError) -> [String] {
    var reader = JSONReader(file)
    var names: [String]?
    if try reader.peek() == .object {
      try reader.readObject { reader, key throws(InputError) in
        if key == "tokens" { names = try reader.readStrings() } else { try reader.skipValue() }
      }
    } else {
      names = try reader.readStrings()
    }
    let found = try reader.require(names, "tokens")
    try reader.finish()
    guard found.count == count else {
      throw file.error(.tokenCount(found: found.count, expected: count), at: "tokens")
    }
    return found
  }
}
