public import Checker

extension NodeSet {
  /// The members as increasing ranges, such as `0-4 7 9-12`; empty for the empty set.
  public var text: String {
    var ranges: [String] = []
    var node = 0
    // Every turn moves past at least one node.
    while node < nodeCount {
      guard contains(node) else {
        node += 1
        continue
      }
      let start = node
      while node < nodeCount && contains(node) { node += 1 }
      ranges.append(start == node - 1 ? "\(start)" : "\(start)-\(node - 1)")
    }
    return ranges.joined(separator: " ")
  }

  /// Reads what ``text`` writes; nil if it is anything else or names a node that does not exist.
  public init?(nodeCount: Int, text: String) {
    self.init(nodeCount: nodeCount)
    var next = 0
    for range in text.split(separator: " ", omittingEmptySubsequences: false) where !text.isEmpty {
      let ends = range.split(separator: "-", omittingEmptySubsequences: false)
      guard let first = ends.first.flatMap({ decimal($0) }), ends.count <= 2,
        let last = ends.last.flatMap({ decimal($0) }), first >= next, last >= first,
        last < nodeCount
      else { return nil }
      for node in first...last { insert(node) }
      next = last + 1
    }
  }
}

/// A non-negative decimal of at most nine digits, or nil.
private func decimal(_ text: Substring) -> Int? {
  guard !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
  else { return nil }
  return Int(text)
}
