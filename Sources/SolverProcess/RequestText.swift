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
  /// `network`: any network that `capacities` can carry; a layered one has its sizes sent too.
  static func flow(
    id: Int, _ task: FlowTask, _ network: FlowNetwork, capacities: SentCapacities,
    deadlineMilliseconds: Int
  ) -> [UInt8] {
    line(id: id, task: task.kind.rawValue) { writer in
      switch task {
      case .maximumFlow, .shapley: break
      case .l2(let lambda): writer.field("lambda", lambda.nearestDouble)
      case .barrier(let mu): writer.field("mu", mu.nearestDouble)
      }
      writer.key("network")
      switch capacities {
      case .doubles: writer.network(network, capacities: .nearestDoubles)
      case .integers: writer.network(capacities.statement(of: network) ?? network)
      }
      if case .layered(let layers, let tokens) = network.arcs {
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
