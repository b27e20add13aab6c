/// A set of nodes, such as the source side of a cut.
public struct NodeSet: Sendable, Hashable {
  /// The number of nodes of the network, members or not.
  public let nodeCount: Int
  /// One bit for each of the first 64 nodes; small sets need no other memory.
  private var firstWord: UInt64 = 0
  /// One bit for each further node, 64 to a word.
  private var words: [UInt64] = []

  /// The empty set of nodes of a network with `nodeCount` nodes, not a negative number.
  public init(nodeCount: Int) {
    precondition(nodeCount >= 0, "a network cannot have \(nodeCount) nodes")
    self.nodeCount = nodeCount
    if nodeCount > 64 { words = zeros(count: (nodeCount - 1) / 64) }
  }

  /// The set of the nodes whose bits are set, of a network with at most 64 nodes.
  ///
  /// `word` has no bit beyond `nodeCount`.
  public init(nodeCount: Int, word: UInt64) {
    precondition(nodeCount >= 64 - word.leadingZeroBitCount, "\(word) has more bits than nodes")
    self.init(nodeCount: nodeCount)
    firstWord = word
  }

  /// The set of the given nodes; each must be in `0 ..< nodeCount`.
  public init(nodeCount: Int, members: some Sequence<Int>) {
    self.init(nodeCount: nodeCount)
    for node in members { insert(node) }
  }

  /// Whether the node is a member; `node` is in `0 ..< nodeCount`.
  public func contains(_ node: Int) -> Bool {
    let word = node >> 6 == 0 ? firstWord : words[node >> 6 - 1]
    return word & (1 << UInt64(node & 63)) != 0
  }

  /// Adds a node; `node` is in `0 ..< nodeCount`.
  public mutating func insert(_ node: Int) {
    precondition(node >= 0 && node < nodeCount, "node \(node) is not below \(nodeCount)")
    let bit: UInt64 = 1 << UInt64(node & 63)
    if node < 64 { firstWord |= bit } else { words[node >> 6 - 1] |= bit }
  }

  /// The members in increasing order.
  public var members: [Int] { (0..<nodeCount).filter { contains($0) } }

  /// The nodes that are not members.
  public var complement: NodeSet {
    NodeSet(nodeCount: nodeCount, members: (0..<nodeCount).lazy.filter { !contains($0) })
  }
}
