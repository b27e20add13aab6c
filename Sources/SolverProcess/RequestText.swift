import CaseFiles
import Checker
import ExactArithmetic
import SolverInterface

/// The requests of the protocol as lines of JSON, each with its end.
enum RequestText {
  /// The protocol that every request names.
  static let protocolName = "flowcheck/1"

  /// The request that a process gets first: what it is and what it promises.
  static func describe(id: Int) -> [UInt8] {
    line(id: id, task: "describe") { _ in }
  }

  /// The request for a flow.
  ///
  /// `sent`: the network as it is sent; `arcs`: those of the case that it was made from, since the
  /// sizes of a layered one are sent too.
  static func flow(
    id: Int, _ task: FlowTask, _ sent: FlowNetwork, asIntegers: Bool, arcs: Arcs,
    deadlineMilliseconds: Int
  ) -> [UInt8] {
    line(id: id, task: task.kind.rawValue) { writer in
      switch task {
      case .maximumFlow, .shapley: break
      case .l2(let lambda): writer.field("lambda", lambda.nearestDouble)
      case .barrier(let mu): writer.field("mu", mu.nearestDouble)
      }
      writer.key("network")
      writer.network(sent, capacities: asIntegers ? .exact : .nearestDoubles)
      if case .layered(let layers, let tokens) = arcs {
        writer.field("layers", layers)
        writer.field("tokens", tokens)
      }
      writer.field("deadlineMilliseconds", deadlineMilliseconds)
    }
  }

  private static func line(
    id: Int, task: String, _ fields: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      writer.field("protocol", protocolName)
      writer.field("id", id)
      writer.field("task", task)
      fields(&writer)
    }
    do {
      return try writer.finish() + [0x0A]
    } catch {
      preconditionFailure("a network that was not to be sent: \(error)")
    }
  }
}
