// What a solver in another process is asked through, and why it may give no answer.
import Checker
import SolverInterface

/// A network as a solver is asked about it.
struct SentNetwork {
  /// What is asked for.
  let task: FlowTask
  /// The network with the capacities that are sent.
  let network: FlowNetwork
  /// Whether these are written as integers.
  let asIntegers: Bool
  /// The arcs of the case that it was made from: those of a layered network have their sizes.
  let arcs: Arcs
}

/// The way to a solver: one request at a time, whatever becomes of its process.
protocol SolverConnection: Sendable {
  /// Opens the journal; returns why that is not possible, or nil.
  func openJournal() -> String?
  /// Tries whether there is a solver, and returns what it says of itself; nil if that is known.
  func start() throws(ConnectionFailure) -> SolverDescription?
  /// Puts a network to the solver.
  func solve(_ request: SentNetwork) -> FlowAnswer
  /// Ends the process, if one runs; the journal goes, since nothing is under way.
  func close()
}

/// Why no answer came, and whether the process crashed or hung.
struct ConnectionFailure: Error {
  let reason: String
  let isCrash: Bool
  /// Whether it is a crash because there was no answer in time.
  var isTimeout = false

  /// The failure as an answer.
  var answer: FlowAnswer {
    FlowAnswer(
      status: isTimeout ? .timedOut(reason) : isCrash ? .crashed(reason) : .failed(reason))
  }

  /// How long a process whose output has ended may take to end itself.
  static let graceMilliseconds = 300

  /// The end of a sentence with what a process wrote to standard error; empty if nothing.
  static func ending(_ messages: TextTail) -> String {
    let line = messages.line
    return line.isEmpty ? "" : "; its standard error ends: \(line)"
  }
}
