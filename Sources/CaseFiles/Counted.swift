extension Int {
  /// The number with a noun behind it: `1 arc`, `2 arcs`, `0 entries`.
  ///
  /// - Parameters:
  ///   - noun: the noun for one.
  ///   - plural: the noun for any other number; by default with an s.
  /// - Returns: both words.
  public func counted(_ noun: String, _ plural: String? = nil) -> String {
    "\(self) \(self == 1 ? noun : plural ?? noun + "s")"
  }
}
