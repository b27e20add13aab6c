// The rules of the protocol that a campaign relies on, each as a conversation.
import CaseFiles
import Checker
import ExactArithmetic
import SolverInterface

extension ProtocolCheck {
  /// The conversations with a solver.
  func conversations(_ solver: ExternalSolver) -> [ProtocolConversation] {
    let script = Script(solver)
    return [
      ProtocolConversation(name: "quiet", rule: "nothing is written before it is asked for") {
        talk throws(TalkFailure) in
        try talk.expectSilence()
        talk.say(script.describe(0))
        try talk.expectDescription(0)
        try talk.expectSilence()
      },
      ProtocolConversation(
        name: "ids", rule: "an id is repeated as it is: again, smaller, and of 53 bits"
      ) { talk throws(TalkFailure) in
        talk.say(script.describe(0))
        try talk.expectDescription(0)
        for (id, index) in [(7, 0), (7, 1), (3, 0), (1 << 53 - 1, 1)] {
          talk.say(script.request(id, index))
          try script.expect(&talk, id, index)
        }
      },
      ProtocolConversation(
        name: "unknown-keys", rule: "keys that are not known are ignored, in any order"
      ) { talk throws(TalkFailure) in
        talk.say(script.describe(0))
        try talk.expectDescription(0)
        talk.say(script.request(1, 1, decorated: true))
        try script.expect(&talk, 1, 1)
      },
      ProtocolConversation(
        name: "unknown-task", rule: "a task that is not known is answered unsupported"
      ) { talk throws(TalkFailure) in
        talk.say(script.describe(0))
        try talk.expectDescription(0)
        talk.say(#"{"protocol":"flowcheck/1","id":1,"task":"no-such-task"}"#)
        try talk.expectUnsupported(1)
        talk.say(script.request(2, 0, task: "no-such-flow"))
        try talk.expectUnsupported(2)
        talk.say(script.request(3, 0))
        try script.expect(&talk, 3, 0)
      },
      ProtocolConversation(
        name: "pipelined", rule: "requests that come before the answer are answered in their order"
      ) { talk throws(TalkFailure) in
        talk.say(script.describe(0))
        for id in 1...5 { talk.say(script.request(id, id % 2)) }
        try talk.expectDescription(0)
        for id in 1...5 { try script.expect(&talk, id, id % 2) }
        try talk.expectSilence()
      },
      ProtocolConversation(
        name: "end-of-input", rule: "the end of the input ends the process, with exit code 0"
      ) { talk throws(TalkFailure) in
        talk.say(script.describe(0))
        try talk.expectDescription(0)
        talk.say(script.request(1, 0))
        try script.expect(&talk, 1, 0)
        try talk.expectEnd()
      },
    ]
  }
}

/// What is said in the conversations: two networks of different sizes, so that flow, cut and
/// attribution of one have the wrong form for the other.
private struct Script {
  private let solver: ExternalSolver
  private let cases: [ConformanceCase]

  init(_ solver: ExternalSolver) {
    self.solver = solver
    cases = ["source-above-sink", "parallel-arcs"].compactMap { name in
      ConformanceCase.all.first { $0.name == name }
    }
  }

  func describe(_ id: Int) -> String {
    #"{"protocol":"flowcheck/1","id":\#(id),"task":"describe"}"#
  }

  /// A request about a network; decorated, its keys have another order and others among them.
  func request(
    _ id: Int, _ index: Int, task: String = FlowTask.Kind.maximumFlow.rawValue,
    decorated: Bool = false
  ) -> String {
    let network = cases[index].network
    let text = network.text(asIntegers: solver.capacities != .doubles)
    return decorated
      ? #"{"comment":{"id":5,"task":"none","list":[1,[]]},"network":\#(text),"#
        + #""deadlineMilliseconds":5000,"task":"\#(task)","more":null,"id":\#(id),"#
        + #""protocol":"flowcheck/1"}"#
      : #"{"protocol":"flowcheck/1","id":\#(id),"task":"\#(task)","network":\#(text),"#
        + #""deadlineMilliseconds":5000}"#
  }

  /// Waits for the answer; from solvers of other tasks, for an answer of any kind.
  func expect(_ talk: inout Talk, _ id: Int, _ index: Int) throws(TalkFailure) {
    guard solver.tasks.contains(.maximumFlow) else { return try talk.expectUnsupported(id) }
    try talk.expectAnswer(id, cases[index], contract: solver.contract)
  }
}

extension FlowNetwork {
  /// The network as the protocol sends it; its capacities are small integers.
  fileprivate func text(asIntegers: Bool) -> String {
    var writer = JSONWriter(.compact)
    writer.network(self, capacities: asIntegers ? .exact : .nearestDoubles)
    do {
      return String(decoding: try writer.finish(), as: UTF8.self)
    } catch {
      preconditionFailure("a network that cannot be written: \(error)")
    }
  }
}
