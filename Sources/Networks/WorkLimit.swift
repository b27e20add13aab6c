/// A bound on the work of an algorithm, in half-arcs looked at, the same on every machine.
///
/// Algorithms test it between steps, such as the phases of Dinic's algorithm, and stop after the
/// first step that exceeds it; so the work they report is above the limit.
public struct WorkLimit: Sendable, Hashable {
  /// The number of looks at a half-arc that are allowed; nil for any number.
  public let arcScans: Int?

  /// A limit of that many looks; nil for none.
  public init(arcScans: Int?) { self.arcScans = arcScans }

  /// No limit.
  public static let unlimited = WorkLimit(arcScans: nil)

  /// Whether the work exceeds the limit.
  public func isExceeded(by work: Int) -> Bool { work > arcScans ?? Int.max }

  /// The limit that remains after some work, never below 0.
  public func remaining(after work: Int) -> WorkLimit {
    WorkLimit(arcScans: arcScans.map { max(0, $0 - work) })
  }
}
