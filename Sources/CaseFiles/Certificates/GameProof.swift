public import Checker
public import ExactArithmetic

/// What supports the Shapley values of flow games, as it stands in a file.
public struct GameProof: Sendable, Equatable {
  /// One game with the maximum flow and the minimum cut of every coalition.
  public struct Game: Sendable, Equatable {
    /// The game, on the network of the statement.
    public var game: FlowGame
    /// A flow and a cut for every coalition, in the order of the masks.
    public var coalitions: FlowGameCertificate
    /// The Shapley value, one rational per player.
    public var shapley: ExactVector

    /// A game from its parts.
    public init(game: FlowGame, coalitions: FlowGameCertificate, shapley: ExactVector) {
      self.game = game
      self.coalitions = coalitions
      self.shapley = shapley
    }
  }

  /// The Shapley flow: a maximum flow whose attributions are the Shapley values of all the games.
  public struct CommonFlow: Sendable, Equatable {
    /// The flow, one rational per arc.
    public var flow: ExactVector
    /// The source side of a cut that it saturates.
    public var cut: NodeSet

    /// A flow with its cut.
    public init(flow: ExactVector, cut: NodeSet) {
      self.flow = flow
      self.cut = cut
    }
  }

  /// The games, at least one.
  public var games: [Game]
  /// The Shapley flow; nil if there is none, or none is claimed.
  public var shapleyFlow: CommonFlow?

  /// A proof from its parts.
  public init(games: [Game], shapleyFlow: CommonFlow? = nil) {
    precondition(!games.isEmpty, "no games")
    self.games = games
    self.shapleyFlow = shapleyFlow
  }
}
