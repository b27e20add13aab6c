public import Checker
import Networks

/// How a residual graph is kept while it is searched.
public enum ResidualForm: Sendable {
  /// As half-arcs with their amounts, for any network.
  case halfArcs
  /// As rows of bits beside the amounts, 64 arcs to a word, for layered networks.
  case rowsOfBits

  /// The form that is used for a network.
  ///
  /// Below some thousand arcs they are alike, and what half-arcs give is on record; so this is the
  /// form that ``MaximumFlowSolver/preferred(for:)`` uses.
  public static func preferred(for network: FlowNetwork) -> ResidualForm {
    MaximumFlowSolver.preferred(for: network) == .layered ? .rowsOfBits : .halfArcs
  }

  /// The layout that rows of bits have; nil for half-arcs.
  ///
  /// Precondition: the form suits the network.
  func layout(of network: FlowNetwork) -> LayeredLayout? {
    guard self == .rowsOfBits else { return nil }
    guard let layout = LayeredLayout(network.arcs) else {
      preconditionFailure("listed arcs do not come in rows")
    }
    return layout
  }
}
