public import Checker

/// What one case states: an attention tensor with a mode, or a network given arc by arc.
public enum Instance: Sendable, Equatable {
  /// The layered network of a tensor.
  ///
  /// A token of `single` must be below the number of tokens.
  case tensor(EffectiveTensor, Mode)
  /// A network that need not be layered.
  case network(FlowNetwork)

  /// The network that solvers are given.
  ///
  /// Precondition: the token of a `single` mode is one of the tensor's. Cost: linear in the arcs of
  /// a tensor, nothing for a network.
  public var network: FlowNetwork {
    switch self {
    case .network(let network): return network
    case .tensor(let tensor, let mode):
      do {
        return try FlowNetwork(tensor: tensor, mode: mode)
      } catch {
        preconditionFailure("A tensor of \(tensor.tokens) tokens has no mode \(mode): \(error).")
      }
    }
  }
}

/// One case of a campaign: what it states, who made it, and what its maker promises.
public struct GeneratedCase: Sendable, Equatable {
  /// The tensor and mode, or the network.
  public let instance: Instance
  /// The name of the family that made it.
  public let family: String
  /// What the family promises of every case it makes.
  ///
  /// More labels may hold; ``Instance/labels`` finds all of them.
  public let promises: [CaseLabel]
}
