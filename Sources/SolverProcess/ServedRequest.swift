// A request of the protocol as a solver reads it.
import CaseFiles
import Checker
import ExactArithmetic
import SolverInterface

/// What a line asks for.
enum ServedRequest {
  /// What the solver is.
  case describe(id: Int)
  /// A task on a network.
  case task(id: Int, FlowTask, FlowNetwork)
  /// Something else, by its number.
  case other(id: Int)

  /// Reads a line.
  init(_ line: [UInt8]) throws(InputError) {
    var reader = JSONReader(bytes: line, name: "request")
    var id: Int?
    var task: String?
    var network: FlowNetwork?
    var weights: [String: Rational] = [:]
    var sizes: [String: Int] = [:]
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "id": id = try reader.readInt()
      case "task": task = try reader.readString()
      case "network": network = try reader.readNetwork(ignoresUnknownKeys: true)
      case "lambda", "mu": weights[key] = try reader.readFiniteNumber()
      case "layers", "tokens": sizes[key] = try reader.readInt(in: 0...Int(Int32.max))
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    let number = try reader.require(id, "id")
    let word = try reader.require(task, "task")
    if word == "describe" {
      self = .describe(id: number)
      return
    }
    let kind: FlowTask? =
      switch FlowTask.Kind(rawValue: word) {
      case .maximumFlow: .maximumFlow
      case .l2: .l2(lambda: try reader.require(weights["lambda"], "lambda"))
      case .barrier: .barrier(mu: try reader.require(weights["mu"], "mu"))
      case .shapley: .shapley
      case nil: nil
      }
    guard let kind else {
      self = .other(id: number)
      return
    }
    let listed = try reader.require(network, "network")
    let layered =
      if let layers = sizes["layers"], let tokens = sizes["tokens"] {
        listed.layered(layers, tokens)
      } else {
        nil as FlowNetwork?
      }
    self = .task(id: number, kind, layered ?? listed)
  }
}

extension FlowNetwork {
  /// The same network as that of an attention tensor; nil if it is none with these sizes.
  fileprivate func layered(_ layers: Int, _ tokens: Int) -> FlowNetwork? {
    let entryCount = layers * tokens * tokens
    guard layers > 0, tokens > 0, arcCount == entryCount + 2 * tokens else { return nil }
    let sources = entryCount..<(entryCount + tokens)
    let used = sources.filter { !capacities[$0].isZero }
    let mode: Mode = used.count == 1 && tokens > 1 ? .single(used[0] - entryCount) : .all
    do {
      let tensor = try EffectiveTensor(
        layers: layers, tokens: tokens,
        entries: ExactVector((0..<entryCount).map { capacities[$0] }))
      let network = try FlowNetwork(
        tensor: tensor, mode: mode,
        conventions: Conventions(superCapacity: capacities[arcCount - 1]))
      let isSame =
        network.nodeCount == nodeCount && network.source == source && network.sink == sink
        && (0..<arcCount).allSatisfy {
          network.arcs.ends(of: $0) == arcs.ends(of: $0)
            && network.capacities[$0] == capacities[$0]
        }
      return isSame ? network : nil
    } catch {
      // Entries above 1, or other sizes: somebody else's network, which is solved as it is listed.
      return nil
    }
  }
}
