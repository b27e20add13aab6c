// Choices built from bits: ranges, chances, elements, orders.

public import Checker

extension RandomChoices {
  /// An integer of the range, each with the same probability.
  ///
  /// Precondition: the range has fewer than 2^63 members.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// A number between two bounds, `low` included, `high` all but excluded.
  public mutating func double(from low: Double, to high: Double) -> Double {
    low + (high - low) * unit()
  }

  /// A number with mean 0 and variance 1 whose density looks like a bell.
  ///
  /// It is the sum of four independent uniform numbers of 16 bits, scaled, and so lies within
  /// `2 * sqrt(3)` of 0. No logarithm is needed, whose last bit would depend on the machine.
  @inline(__always)
  public mutating func bell() -> Double {
    let bits = next()
    let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
    // The sum of four numbers 0...65535 has mean 131070 and variance (2^32 - 1) / 3.
    return (Double(sum) - 131_070) * 2.642_899_792_130_301_8e-05
  }

  /// Whether something happens that has the chance `numerator / denominator`.
  ///
  /// Precondition: `denominator > 0`.
  public mutating func chance(_ numerator: Int, in denominator: Int) -> Bool {
    below(denominator) < numerator
  }

  /// An element of the array, each place with the same probability.
  ///
  /// Precondition: the array is not empty.
  public mutating func choose<Element>(_ elements: [Element]) -> Element {
    elements[below(elements.count)]
  }

  /// A position, with a probability proportional to its weight.
  ///
  /// Precondition: no weight is negative, and their sum is positive and below 2^63.
  public mutating func weighted(_ weights: [Int]) -> Int {
    var rest = below(weights.reduce(0, +))
    for (position, weight) in weights.enumerated() {
      precondition(weight >= 0, "A weight must not be negative, but one is \(weight).")
      if rest < weight { return position }
      rest -= weight
    }
    preconditionFailure("The rest \(rest) is not below the sum of the weights.")
  }

  /// Puts the elements in a random order, each order with the same probability.
  ///
  /// Source: [Durstenfeld1964], the shuffle of Fisher and Yates.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, below(last + 1))
    }
  }

  /// A random order of `0 ..< count`.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// A random subset of `0 ..< count` with `size` members, in increasing order.
  ///
  /// Precondition: `0 <= size <= count`.
  public mutating func subset(_ size: Int, of count: Int) -> [Int] {
    permutation(count).prefix(size).sorted()
  }

  /// All top tokens or a single one, each with probability one half.
  public mutating func mode(tokens: Int) -> Mode {
    chance(1, in: 2) ? .all : .single(below(tokens))
  }
}
