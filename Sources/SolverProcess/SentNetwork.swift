// The network as it is sent. An answer can only be right about the numbers that a solver was given,
// so these, and not the ones that they were rounded from, are the statement that is judged.
import CaseFiles
import Checker
import ExactArithmetic
import Networks
import SolverInterface

extension SentCapacities {
  /// Whether a network can be sent: sums of its capacities must stay in the range of the numbers.
  func canCarry(_ network: FlowNetwork) -> Bool {
    switch self {
    case .doubles: return network.capacities.fitsDoubleSums
    case .integers(let scale):
      let factor = isSentAsItIs(network) ? 1 : Double(scale)
      let limit = Double(Self.integerMaximum)
      return network.capacities.nearestDoubles.allSatisfy { $0 * factor <= limit }
    }
  }

  /// The network as it is sent; nil if it is the given one.
  func statement(of network: FlowNetwork) -> FlowNetwork? {
    switch self {
    case .doubles:
      guard let rounded = ExactVector(exactly: network.capacities.nearestDoubles) else {
        preconditionFailure("a capacity beyond the doubles is not to be sent")
      }
      return network.capacities.hasValues(of: rounded) ? nil : network.rounded(to: rounded)
    case .integers(let scale):
      if isSentAsItIs(network) { return nil }
      let half = Rational(1, 2)
      let factor = Rational(scale)
      let integers = (0..<network.arcCount).map { arc in
        (network.capacities[arc] * factor + half).floor
      }
      return network.rounded(to: ExactVector(integers, denominator: 1))
    }
  }

  private func isSentAsItIs(_ network: FlowNetwork) -> Bool {
    guard case .listed = network.arcs else { return false }
    return network.capacities.denominator == 1
      || (0..<network.arcCount).allSatisfy { network.capacities[$0].isInteger }
  }
}

extension ExactVector {
  /// Whether two vectors of one length hold the same values, over whatever denominators.
  fileprivate func hasValues(of other: ExactVector) -> Bool {
    let common = BigInteger.leastCommonMultiple(denominator, other.denominator)
    return restated(over: common) == other.restated(over: common)
  }
}

extension FlowNetwork {
  /// The same arcs with capacities that were rounded, none of them negative.
  fileprivate func rounded(to capacities: ExactVector) -> FlowNetwork {
    do {
      return try listed(capacities: capacities)
    } catch {
      preconditionFailure("the arcs of a network make one again: \(error)")
    }
  }
}
