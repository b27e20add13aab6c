// One process of a solver, and how to go on when it does not: after a crash, a hang, or words out
// of step the process is ended, and the next request starts another.
import CaseFiles
import Glibc
import SolverInterface
import Synchronization

/// One process at a time, with one request at a time; it is one worker's while a request runs.
final class JSONLinesConnection: SolverConnection {
  private let command: SolverCommand
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var journal: RequestJournal
    var running: Running?
    var failedStarts = 0
    var lastFailure = ""
  }

  /// A process that has described itself, and the number of the last request to it.
  private struct Running: ~Copyable {
    let process: ChildProcess
    var streams: ProcessStreams
    var id = 0
  }

  /// A connection without a process yet.
  init(_ command: SolverCommand, _ journal: consuming RequestJournal) {
    self.command = command
    state = Mutex(State(journal: journal))
  }

  /// Opens the journal; returns why that is not possible, or nil.
  func openJournal() -> String? { state.withLock { $0.journal.open() } }

  /// A process that does not even start so many times in a row is not started again.
  private static let failedStartMaximum = 3

  /// Starts the process, unless it runs, and returns what it says of itself; nil if it runs.
  func start() throws(ConnectionFailure) -> SolverDescription? {
    try state.withLock { state throws(ConnectionFailure) in try start(&state) }
  }

  /// Puts a network to the solver.
  func solve(_ request: SentNetwork) -> FlowAnswer {
    state.withLock { state in
      do throws(ConnectionFailure) {
        if state.failedStarts >= Self.failedStartMaximum {
          throw ConnectionFailure(
            reason: "not started again after \(state.failedStarts) failures to start: "
              + state.lastFailure, isCrash: true)
        }
        _ = try start(&state)
        return try exchange(&state, request)
      } catch {
        return error.answer
      }
    }
  }

  /// Ends the process; the journal goes, since nothing is under way.
  func close() {
    state.withLock { state in
      state.journal.remove()
      guard let running = state.running.take() else { return }
      running.process.closeInput()
      _ = running.process.end(graceMilliseconds: ConnectionFailure.graceMilliseconds)
    }
  }

  private func start(_ state: inout State) throws(ConnectionFailure) -> SolverDescription? {
    if state.running != nil { return nil }
    do {
      let description = try describe(&state)
      state.failedStarts = 0
      return description
    } catch {
      state.failedStarts += 1
      state.lastFailure = error.reason
      throw error
    }
  }

  private func describe(_ state: inout State) throws(ConnectionFailure) -> SolverDescription {
    let process: ChildProcess
    do {
      process = try ChildProcess(command.arguments)
    } catch {
      throw ConnectionFailure(
        reason: "the process cannot be started: \(error.reason)", isCrash: true)
    }
    state.running = Running(process: process, streams: ProcessStreams(process))
    let line = try talk(
      &state, RequestText.describe(id: 0), milliseconds: command.firstDeadlineMilliseconds,
      byteLimit: AnswerText.bytesOfAnyAnswer, what: "describe: ")
    switch AnswerText(id: 0).readDescription(line) {
    case .content(let description): return description
    case .wrong(let reason), .outOfStep(let reason):
      throw abandoned(&state, "describe: \(reason)")
    }
  }

  private func exchange(
    _ state: inout State, _ asked: SentNetwork
  ) throws(ConnectionFailure) -> FlowAnswer {
    let id = (state.running?.id ?? 0) + 1
    state.running?.id = id
    let request = RequestText.flow(
      id: id, asked.task, asked.network, asIntegers: asked.asIntegers, arcs: asked.arcs,
      deadlineMilliseconds: command.deadlineMilliseconds)
    state.journal.write(request, id: id)
    state.running?.streams.lookForMore()
    if let extra = state.running?.streams.rest {
      throw abandoned(
        &state, "more than one answer to the request before: '\(extra)' follows the first")
    }
    let line = try talk(
      &state, request, milliseconds: command.deadlineMilliseconds,
      byteLimit: AnswerText.byteLimit(asked.network))
    let read = AnswerText(id: id).readFlow(line, asked.network, asked.task.kind)
    // A line that is no answer is to blame before one that follows it.
    if case .outOfStep(let reason) = read { throw abandoned(&state, reason) }
    if let extra = state.running?.streams.rest {
      throw abandoned(&state, "more than one answer: '\(extra)' follows the first")
    }
    switch read {
    case .content(let answer): return answer
    case .wrong(let reason), .outOfStep(let reason): return FlowAnswer(status: .failed(reason))
    }
  }

  /// Sends a request and waits for a line; `what` begins the sentence if there is none.
  private func talk(
    _ state: inout State, _ request: [UInt8], milliseconds: Int, byteLimit: Int, what: String = ""
  ) throws(ConnectionFailure) -> [UInt8] {
    let deadline = monotonicNanoseconds() + UInt64(milliseconds) * 1_000_000
    state.running?.streams.send(request)
    switch state.running?.streams.nextLine(limit: byteLimit, deadline: deadline) {
    case .line(let line): return line
    case .tooLong:
      throw abandoned(&state, "\(what)an answer of more than \(byteLimit) bytes")
    case .timedOut:
      var failure = abandoned(
        &state, "\(what)no answer within \(milliseconds) ms", isCrash: true)
      failure.isTimeout = true
      throw failure
    case .closed, nil:
      throw ended(&state, what)
    }
  }

  /// Ends a process whose output has ended; how it ends by itself is the reason.
  private func ended(_ state: inout State, _ what: String) -> ConnectionFailure {
    let ending =
      state.running?.process.end(graceMilliseconds: ConnectionFailure.graceMilliseconds) ?? .killed
    let begun = state.running?.streams.rest.map { "in the middle of its answer: '\($0)'" }
    let reason = "\(what)the process \(ending.words) \(begun ?? "before it answered")"
    return abandoned(&state, reason, isCrash: true)
  }

  /// Ends the process for a reason, and adds what it wrote to standard error.
  private func abandoned(
    _ state: inout State, _ reason: String, isCrash: Bool = false
  ) -> ConnectionFailure {
    guard var running = state.running.take() else {
      return ConnectionFailure(reason: reason, isCrash: isCrash)
    }
    _ = running.process.end(graceMilliseconds: 0)
    running.streams.readLastMessages()
    return ConnectionFailure(
      reason: reason + ConnectionFailure.ending(running.streams.messages), isCrash: isCrash)
  }
}
