// A solver that speaks the format of the DIMACS challenge: it reads one problem up to the end of
// its input, writes the solution and exits. So every network has a process of its own.
import CaseFiles
import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Synchronization

/// One process for each request; it is one worker's while a request runs.
final class DimacsConnection: SolverConnection {
  private let command: SolverCommand
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var journal: RequestJournal
    var requests = 0
  }

  /// A connection, which starts nothing yet.
  init(_ command: SolverCommand, _ journal: consuming RequestJournal) {
    self.command = command
    state = Mutex(State(journal: journal))
  }

  func openJournal() -> String? { state.withLock { $0.journal.open() } }

  /// What is said of a solver that cannot be asked what it is: integers of 32 bits are what every
  /// one of them takes.
  static let description: SolverDescription = {
    var description = SolverDescription()
    description.name = "dimacs"
    description.declared.numbers = .int32
    return description
  }()

  /// Puts the smallest problem to the solver; whatever it answers in form is taken.
  func start() throws(ConnectionFailure) -> SolverDescription? {
    let network = Self.smallestNetwork
    let answer = try state.withLock { state throws(ConnectionFailure) in
      try exchange(&state, network, milliseconds: command.firstDeadlineMilliseconds)
    }
    if case .failed(let reason) = answer.status {
      throw ConnectionFailure(reason: "one arc of capacity 1: \(reason)", isCrash: false)
    }
    return Self.description
  }

  private static let smallestNetwork: FlowNetwork = {
    do {
      return try FlowNetwork(
        nodeCount: 2, source: 0, sink: 1, tails: [0], heads: [1],
        capacities: ExactVector([1] as [Int64], denominator: 1))
    } catch {
      preconditionFailure("an arc is a network: \(error)")
    }
  }()

  func solve(_ request: SentNetwork) -> FlowAnswer {
    guard request.task == .maximumFlow else { return FlowAnswer(status: .unsupported) }
    return state.withLock { state in
      do throws(ConnectionFailure) {
        return try exchange(
          &state, request.network, milliseconds: command.deadlineMilliseconds)
      } catch {
        return error.answer
      }
    }
  }

  /// Nothing runs between requests, so only the journal is there to go.
  func close() { state.withLock { $0.journal.remove() } }

  private func exchange(
    _ state: inout State, _ network: FlowNetwork, milliseconds: Int
  ) throws(ConnectionFailure) -> FlowAnswer {
    let request = NetworkWriter.dimacs(network.withWholeCapacities)
    state.requests += 1
    state.journal.write(request, id: state.requests)
    let process: ChildProcess
    do {
      process = try ChildProcess(command.arguments)
    } catch {
      throw ConnectionFailure(
        reason: "the process cannot be started: \(error.reason)", isCrash: true)
    }
    var streams = ProcessStreams(process)
    let deadline = monotonicNanoseconds() + UInt64(milliseconds) * 1_000_000
    let limit = DimacsAnswer.byteLimit(network)
    let output = streams.exchangeWhole(request, limit: limit, deadline: deadline)
    let hasAnswered = if case .whole = output { true } else { false }
    let ending = process.end(
      graceMilliseconds: hasAnswered ? ConnectionFailure.graceMilliseconds : 0)
    streams.readLastMessages()
    let messages = ConnectionFailure.ending(streams.messages)
    switch output {
    case .timedOut:
      throw ConnectionFailure(
        reason: "no end of the answer within \(milliseconds) ms\(messages)", isCrash: true,
        isTimeout: true)
    case .tooLong:
      throw ConnectionFailure(
        reason: "an answer of more than \(limit) bytes\(messages)", isCrash: false)
    case .whole(let text):
      let answer = DimacsAnswer.read(text, network)
      // Old solvers exit with any code, so it counts only where the solution is not whole.
      if case .missingSolution(let reason) = answer, ending != .exited(code: 0) {
        throw ConnectionFailure(
          reason: "the process \(ending.words) before it answered: \(reason)\(messages)",
          isCrash: true)
      }
      if case .signalled = ending {
        throw ConnectionFailure(reason: "the process \(ending.words)\(messages)", isCrash: true)
      }
      return answer.answer
    }
  }
}

extension FlowNetwork {
  /// The same network, whose capacities are integers, with these as its numerators.
  fileprivate var withWholeCapacities: FlowNetwork {
    if capacities.denominator == 1 { return self }
    let integers = (0..<arcCount).map { capacities[$0].floor }
    do {
      return try listed(capacities: ExactVector(integers, denominator: 1))
    } catch {
      preconditionFailure("the arcs of a network make one again: \(error)")
    }
  }
}
