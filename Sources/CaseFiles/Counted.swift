extension Int {
  /// The number with a noun behind it: `1 arc`, `2 arcs`, `0 entries`.
  ///
  /// - Parameters:
  ///   - noun: the noun for one.
  ///   - plural: the noun for any other number; by default with an s, or with -ies for -y.
  /// - Returns: both words.
  public func counted(_ noun: String, _ plural: String? = nil) -> String {
    if self == 1 { return "1 \(noun)" }
    return "\(self) " + (plural ?? (noun.last == "y" ? noun.dropLast() + "ies" : noun + "s"))
  }
}
