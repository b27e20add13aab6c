import SolverInterface

/// How capacities are sent.
public enum SentCapacities: Sendable, Hashable {
  /// As doubles; a capacity that is none is rounded to the nearest.
  case doubles
  /// As integer literals: each capacity times a scale, rounded to the nearest, halves upwards.
  ///
  /// Neither a capacity nor the sum of those of the arcs out of the source or into the sink is sent
  /// beyond `maximum`. Without a given scale, that of a network is the largest power of two with
  /// which this is so. A network that lists its arcs and has integer capacities that fit is sent as
  /// it is, so a network that was sent and stored is sent the same way again.
  case integers(scale: Int?, maximum: Int)

  /// The largest integer for 64 bits: twice as much is still one.
  public static let integerMaximum = (1 << 62) - 1
  /// The largest integer for 32 bits, likewise.
  static let shortIntegerMaximum = (1 << 30) - 1

  /// The way that suits a type of numbers; `scale` fixes that of integers.
  init(_ numbers: NumberType, scale: Int?) {
    self =
      switch (numbers, scale) {
      case (.int32, _): .integers(scale: scale, maximum: Self.shortIntegerMaximum)
      case (.double, nil): .doubles
      case (.int64, _), (.double, _): .integers(scale: scale, maximum: Self.integerMaximum)
      }
  }
}
