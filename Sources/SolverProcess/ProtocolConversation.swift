// Conversations with a process that check one rule of the protocol each. They talk to a process of
// their own, line by line, since the client of a campaign would never say some of this.
import CaseFiles
import Checker
import ExactArithmetic
import SolverInterface

/// What is said to a new process, and what is expected of it.
struct ProtocolConversation {
  /// The name of the check.
  let name: String
  /// The rule, in a sentence without a full stop.
  let rule: String
  /// Says it all; throws what is wrong.
  let talk: (inout Talk) throws(TalkFailure) -> Void

  /// Starts a process, describes it, and talks to it.
  func run(_ command: SolverCommand) -> ProtocolCheckResult {
    do throws(TalkFailure) {
      var talk = try Talk(command)
      try self.talk(&talk)
      return ProtocolCheckResult(name: name, verdict: .passed, detail: rule)
    } catch {
      return ProtocolCheckResult(
        name: name, verdict: error.isCrash ? .crashed : .failed,
        detail: "\(rule): \(error.reason)")
    }
  }
}

/// What went wrong in a conversation.
struct TalkFailure: Error {
  let reason: String
  var isCrash = false
}

/// A conversation with one process.
struct Talk: ~Copyable {
  private let command: SolverCommand
  private let process: ChildProcess
  private var streams: ProcessStreams
  private var hasDescribed = false

  /// Starts the process.
  init(_ command: SolverCommand) throws(TalkFailure) {
    self.command = command
    do {
      process = try ChildProcess(command.arguments)
    } catch {
      throw TalkFailure(reason: "the process cannot be started: \(error.reason)", isCrash: true)
    }
    streams = ProcessStreams(process)
  }

  deinit {
    // A solver may have something to tidy up.
    process.closeInput()
    _ = process.end(graceMilliseconds: ConnectionFailure.graceMilliseconds)
  }

  /// Sends a line.
  mutating func say(_ line: String) { streams.send(Array("\(line)\n".utf8)) }

  /// Waits for the answer to a request about a network, and looks whether it has the right form:
  /// whether its numbers are right is another question.
  mutating func expectAnswer(
    _ id: Int, _ test: ConformanceCase, contract: Contract
  ) throws(TalkFailure) {
    let network = test.network
    switch AnswerText(id: id).readFlow(try line(network), network) {
    case .wrong(let reason), .outOfStep(let reason): throw TalkFailure(reason: reason)
    case .content(let answer):
      guard answer.status == .optimal else { return }
      let judgement = judgeAnswer(
        answer, contract: contract, in: network, maximum: { test.value })
      if let reason = judgement.reasonOfMissing { throw TalkFailure(reason: reason) }
    }
  }

  /// Waits for an answer that says that a task is not supported.
  mutating func expectUnsupported(_ id: Int) throws(TalkFailure) {
    var status: String?
    let result = AnswerText(id: id).read(try line(nil), into: ()) {
      _, reader, key throws(InputError) in
      if key == "status" { status = try reader.readString() } else { try reader.skipValue() }
    }
    switch result {
    case .wrong(let reason), .outOfStep(let reason): throw TalkFailure(reason: reason)
    case .content where status == "unsupported": return
    case .content:
      let shown = TextTail.printable(Array((status ?? "").utf8).prefix(ProcessStreams.quotedBytes))
      throw TalkFailure(reason: "status: '\(shown)' is not unsupported")
    }
  }

  /// Waits for a description.
  mutating func expectDescription(_ id: Int) throws(TalkFailure) {
    switch AnswerText(id: id).readDescription(try line(nil)) {
    case .content: return
    case .wrong(let reason), .outOfStep(let reason): throw TalkFailure(reason: reason)
    }
  }

  /// Waits a while for a line that must not come.
  mutating func expectSilence() throws(TalkFailure) {
    let line = streams.nextLine(limit: AnswerText.bytesOfAnyAnswer, deadline: deadline(100))
    switch line {
    case .timedOut: return
    case .line(let bytes):
      let quoted = TextTail.printable(bytes.prefix(ProcessStreams.quotedBytes))
      throw TalkFailure(reason: "a line that nobody asked for: '\(quoted)'")
    case .tooLong: throw TalkFailure(reason: "a long line that nobody asked for")
    case .closed: throw ended()
    }
  }

  /// Ends the input and waits for the process to end with exit code 0 and without another word.
  mutating func expectEnd() throws(TalkFailure) {
    switch streams.exchangeWhole(
      [], limit: AnswerText.bytesOfAnyAnswer, deadline: deadline(command.deadlineMilliseconds))
    {
    case .timedOut:
      throw TalkFailure(
        reason: "it still runs \(command.deadlineMilliseconds) ms after the end of its input",
        isCrash: true)
    case .tooLong: throw TalkFailure(reason: "it writes on and on after the end of its input")
    case .whole(let bytes) where !bytes.allSatisfy { $0 == 0x0A || $0 == 0x20 || $0 == 0x0D }:
      let quoted = TextTail.printable(bytes.prefix(ProcessStreams.quotedBytes))
      throw TalkFailure(reason: "a line that nobody asked for: '\(quoted)'")
    case .whole: break
    }
    let ending = process.end(graceMilliseconds: command.deadlineMilliseconds)
    if ending != .exited(code: 0) {
      let words =
        ending == .killed
        ? "did not end within \(command.deadlineMilliseconds) ms" : ending.words
      throw TalkFailure(reason: "the process \(words)", isCrash: true)
    }
  }

  private mutating func line(_ network: FlowNetwork?) throws(TalkFailure) -> [UInt8] {
    // The first answer includes the start.
    let milliseconds =
      hasDescribed ? command.deadlineMilliseconds : command.firstDeadlineMilliseconds
    let limit = network.map(AnswerText.byteLimit) ?? AnswerText.bytesOfAnyAnswer
    switch streams.nextLine(limit: limit, deadline: deadline(milliseconds)) {
    case .line(let line):
      hasDescribed = true
      return line
    case .tooLong: throw TalkFailure(reason: "an answer of more than \(limit) bytes")
    case .timedOut:
      throw TalkFailure(reason: "no answer within \(milliseconds) ms", isCrash: true)
    case .closed: throw ended()
    }
  }

  private mutating func ended() -> TalkFailure {
    let ending = process.end(graceMilliseconds: ConnectionFailure.graceMilliseconds)
    streams.readLastMessages()
    return TalkFailure(
      reason: "the process \(ending.words) before it answered"
        + ConnectionFailure.ending(streams.messages), isCrash: true)
  }

  private func deadline(_ milliseconds: Int) -> UInt64 {
    monotonicNanoseconds() + UInt64(milliseconds) * 1_000_000
  }
}
