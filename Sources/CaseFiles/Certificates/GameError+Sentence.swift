public import Checker
import ExactArithmetic

extension GameError {
  /// What is wrong, in words without a full stop.
  public var sentence: String {
    switch self {
    case .noPlayers: "a game needs at least one player"
    case .tooManyPlayers(let count, let limit):
      "\(count) players are too many, the limit is \(limit): there would be "
        + "\(BigInteger.powerOfTwo(count)) coalitions to go through"
    case .wrongCount(let field, let expected, let found):
      "\(field): \(found) where \(expected) are needed"
    case .emptyCoalition(let value): "the empty coalition is worth \(value), and must be worth 0"
    case .layerOutOfRange(let layer, let layers):
      "layer \(layer) does not exist, layers are 0 to \(layers)"
    case .tokenOutOfRange(let token, let tokens):
      "token \(token) does not exist, tokens are 0 to \(tokens - 1)"
    case .arcOutOfRange(let arc, let arcs): "arc \(arc) does not exist, arcs are 0 to \(arcs - 1)"
    case .overlap(let member, let first, let second):
      first == second
        ? "\(member) is listed twice for player \(first)"
        : "players \(first) and \(second) overlap: both have \(member)"
    case .ungrouped(let token): "token \(token) is in no group"
    case .notLayered: "players in layers are asked for, and the network has no layers"
    case .scattered(let player):
      "player \(player) is a group inside the network: no arc carries all that passes through it"
    case .memory(let bytes, let limit):
      "\(bytes) bytes of memory are needed, the limit is \(limit)"
    }
  }
}
