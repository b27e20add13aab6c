// Every case tried, one line of JSON for each property, in the open observation schema of
// property-based testing, which the Tyche viewer reads: the twelve keys below and no others.
// Lines are made by the workers and handed on in the order of the cases.
import CaseFiles
import Checker
import ExactArithmetic
import Generators
import Properties

/// Where every case goes that a campaign tries, as it goes.
public struct ObservationStream: Sendable {
  /// The seconds since 1970 at which the run began; it tells runs apart.
  public let runStart: Double
  /// Takes whole lines of JSON, in the order of the cases, one call at a time, from any thread.
  public let write: @Sendable ([UInt8]) -> Void

  /// A stream of lines.
  ///
  /// Precondition: `runStart` is finite.
  public init(runStart: Double, write: @escaping @Sendable ([UInt8]) -> Void) {
    precondition(runStart.isFinite, "A run starts at a time, not at \(runStart).")
    self.runStart = runStart
    self.write = write
  }
}

/// Makes the lines of cases.
struct CaseObserver: Sendable {
  /// What became of one property on a case.
  struct Trial: Sendable {
    let property: String
    let outcome: Outcome
    let isFailed: Bool
    let nanoseconds: UInt64

    init(_ property: String, _ outcome: Outcome, isFailed: Bool, _ nanoseconds: UInt64) {
      self.property = property
      self.outcome = outcome
      self.isFailed = isFailed
      self.nanoseconds = nanoseconds
    }

    /// The word of the schema: not knowing is giving up.
    fileprivate var status: String {
      if isFailed { return "failed" }
      return outcome.verdict == .inconclusive ? "gave_up" : "passed"
    }
  }

  private let settings: CampaignSettings
  private let runStart: Double

  init(_ settings: CampaignSettings, runStart: Double) {
    self.settings = settings
    self.runStart = runStart
  }

  /// The largest text of a case that is repeated on every line; larger ones have only a hash.
  private static let representationLimit = 1 << 14
  /// The largest network whose labels are counted: some need L * T^4 steps.
  private static let labelledArcsLimit = 1_000

  /// The lines of one case, each with its end.
  func lines(
    _ trials: [Trial], _ instance: Instance, _ work: PhaseWork, _ position: Int
  ) -> [UInt8] {
    guard !trials.isEmpty else { return [] }
    let network = instance.network
    let representation = representation(instance, network)
    let origin = work.origin?(position) ?? work.phase.rawValue
    let name = work.name(position)
    let labels =
      network.arcCount > Self.labelledArcsLimit
      ? [] : CaseLabel.allCases.filter { $0.holds(of: instance) }
    var bytes: [UInt8] = []
    for trial in trials {
      var reason = trial.outcome.detail
      if trial.isFailed {
        let line = settings.reproduction(of: trial.property, work, position)
        reason += (reason.isEmpty ? "" : "; ") + "reproduce: \(line)"
      }
      var writer = JSONWriter(.compact)
      writer.object { writer in
        writer.field("type", "test_case")
        writer.field("status", trial.status)
        writer.field("status_reason", reason)
        writer.field("representation", representation)
        writer.objectField("arguments") { $0.sizes(of: instance, network, withMode: true) }
        writer.field("how_generated", origin)
        writer.objectField("features") { writer in
          writer.sizes(of: instance, network, withMode: false)
          writer.field("arcs", network.arcCount)
          writer.field("verdict", trial.outcome.verdict.rawValue)
          for label in labels { writer.field("label:\(label.rawValue)", "yes") }
        }
        writer.key("coverage")
        writer.null()
        writer.objectField("timing") { $0.field("execute", Double(trial.nanoseconds) / 1e9) }
        writer.objectField("metadata") { writer in
          writer.field("seed", settings.seed)
          writer.field("case", name)
        }
        writer.field("property", trial.property)
        writer.field("run_start", runStart)
      }
      bytes += writer.wholeText + [0x0A]
    }
    return bytes
  }

  /// The case as a compact text with exact fractions; only a hash if it is large.
  private func representation(_ instance: Instance, _ network: FlowNetwork) -> String {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      writer.sizes(of: instance, network, withMode: true)
      switch instance {
      case .tensor(let tensor, _): writer.tensorField(tensor)
      case .network(let network):
        writer.key("network")
        writer.network(network)
      }
    }
    let text = writer.wholeText
    if text.count <= Self.representationLimit { return String(decoding: text, as: UTF8.self) }
    var bytes: [UInt8] = []
    appendBytes(of: network, to: &bytes)
    var short = JSONWriter(.compact)
    short.object { writer in
      writer.sizes(of: instance, network, withMode: true)
      writer.field("sha256", Digest.hexadecimal(of: bytes))
    }
    return String(decoding: short.wholeText, as: UTF8.self)
  }
}

extension JSONWriter {
  /// The bytes of a text whose doubles are all finite.
  fileprivate var wholeText: [UInt8] {
    do { return try finish() } catch { preconditionFailure("every number is finite: \(error)") }
  }

  /// Writes layers and tokens, or the nodes of a network given arc by arc.
  fileprivate mutating func sizes(
    of instance: Instance, _ network: FlowNetwork, withMode: Bool
  ) {
    switch instance {
    case .tensor(let tensor, let mode):
      field("layers", tensor.layers)
      field("tokens", tensor.tokens)
      if withMode { field("mode", mode.description) }
    case .network: field("nodes", network.nodeCount)
    }
  }

  /// Writes the entries as nested lists of fractions.
  fileprivate mutating func tensorField(_ tensor: EffectiveTensor) {
    arrayField("tensor") { writer in
      for l in 0..<tensor.layers {
        writer.array { writer in
          for i in 0..<tensor.tokens {
            let row = (l * tensor.tokens + i) * tensor.tokens
            writer.fractions((row..<row + tensor.tokens).map { tensor.entries[$0] })
          }
        }
      }
    }
  }
}
