/// A walk through nested JSON lists that all have one shape.
struct NestedList {
  /// The most axes a tensor can have.
  static let rankLimit = 5

  /// The lengths found so far, outermost first; -1 while the first list of a level is open.
  private(set) var shape: [Int] = []

  /// The number of axes, known from the first entry on.
  private var rank: Int?

  /// Reads the lists from one level down; the recursion ends at `rankLimit`.
  ///
  /// `reader`: stands before a list.
  /// `depth`: the axis of that list, 0 for the outermost.
  /// `entry`: reads one entry, which is not a list.
  mutating func read(
    _ reader: inout JSONReader, depth: Int = 0,
    _ entry: (inout JSONReader) throws(InputError) -> Void
  ) throws(InputError) {
    guard depth < Self.rankLimit else { throw reader.error(.wrongRank(depth + 1)) }
    if shape.count == depth { shape.append(-1) }
    let expected = shape[depth]
    var count = 0
    try reader.readArray { reader, index throws(InputError) in
      count = index + 1
      guard expected < 0 || count <= expected else {
        throw reader.error(.ragged(found: count, expected: expected))
      }
      if try reader.peek() == .array {
        guard rank.map({ depth + 1 < $0 }) ?? true else { throw reader.unexpected("a number") }
        try read(&reader, depth: depth + 1, entry)
      } else {
        guard rank.map({ depth + 1 == $0 }) ?? true else { throw reader.unexpected("a list") }
        rank = depth + 1
        try entry(&reader)
      }
    }
    if count == 0 && rank == nil { rank = depth + 1 }
    guard expected < 0 || count == expected else {
      throw reader.error(.ragged(found: count, expected: expected))
    }
    shape[depth] = count
  }
}
