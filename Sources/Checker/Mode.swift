/// Which top tokens the super source feeds.
///
/// Source: [AZ] and [U] Algorithm 1 use `all` and single tokens without naming the choice.
public enum Mode: Sendable, Hashable, CustomStringConvertible {
  /// Every top token is fed.
  case all
  /// One top token is fed; the source arcs of the others stay, with capacity 0.
  case single(Int)

  /// `all` or `single:K`.
  public var description: String {
    switch self {
    case .all: "all"
    case .single(let token): "single:\(token)"
    }
  }

  /// Reads `all` or `single:K` with a non-negative decimal `K`; nil for anything else.
  public init?(_ text: String) {
    if text == "all" {
      self = .all
      return
    }
    let prefix = "single:"
    let digits = text.dropFirst(prefix.count)
    guard text.hasPrefix(prefix), !digits.isEmpty,
      digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let token = Int(digits)
    else { return nil }
    self = .single(token)
  }
}
