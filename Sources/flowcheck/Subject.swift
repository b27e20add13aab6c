import CaseFiles
import Checker
import ExactArithmetic

/// What a command is asked about: a file, the choices made on it, and the statement that results.
struct Subject {
  /// The statement; the kernel rebuilds the network from it.
  let statement: Statement
  /// The network.
  let network: FlowNetwork
  /// The tensor and its mode, if the statement has one.
  let tensor: (entries: EffectiveTensor, mode: Mode)?
  /// Whether the residual connection was added.
  let hasResidual: Bool
  /// What was read and done, for certificates.
  let provenance: [CaseFile.Provenance]
  /// What the user should hear about.
  let warnings: [String]
  /// The words for the players, one per arc into the sink; nil if none were given.
  let words: [String]?

  /// The options that choose and prepare a tensor.
  static let options = [
    Command.Option("--mode", "all|single:K", "feed all top tokens, or only token K (default all)"),
    Command.Option("--residual", nil, "replace A by (A + I)/2, rows divided by their sums"),
    Command.Option("--heads", "mean|max|min|K", "make one head of (L,H,T,T)"),
    Command.Option("--batch", "K", "take element K of a leading batch axis"),
    Command.Option("--layers", "A:B", "keep layers A to B-1"),
    Command.Option("--transpose", nil, "the file has the column convention"),
    Command.Option("--row-tolerance", "X", "how far a row sum may be from 1 without a warning"),
    Command.Option("--strict", nil, "a row sum beyond the tolerance is an error"),
    Command.Option("--tokens", "FILE", "words for the rows: a JSON list, or {\"tokens\": [...]}"),
  ]

  /// Reads the file that the first operand names and prepares it as the options say.
  init(_ arguments: Arguments) throws {
    let mode = try Self.mode(arguments)
    let preparation = try Self.preparation(arguments)
    let operand = arguments.operands[0]
    switch try InputDocument.read(operand) {
    case .statement(let stored):
      let chosen = Self.options.map(\.name).filter { $0 != "--tokens" }
      if let option = chosen.first(where: arguments.has) {
        throw UsageError("\(option) does not go with a case or certificate, which says all that")
      }
      try self.init(
        stored, hasResidual: false, provenance: [CaseFile.Provenance("file", operand)],
        warnings: [], file: operand, arguments)
    case .network(let network):
      for option in Self.options.map(\.name) where option != "--tokens" && arguments.has(option) {
        throw UsageError("\(option) is about tensors, and \(operand) is a network")
      }
      try self.init(
        .network(network), hasResidual: false,
        provenance: [CaseFile.Provenance("file", operand)], warnings: [], file: operand, arguments)
    case .tensor(let raw):
      let prepared = try raw.prepared(preparation)
      var provenance = [CaseFile.Provenance("file", operand)]
      for (index, step) in prepared.provenance.steps.enumerated() {
        provenance.append(CaseFile.Provenance("step \(index)", step))
      }
      try self.init(
        .tensor(prepared.tensor, mode ?? .all, Conventions()),
        hasResidual: preparation.hasResidual, provenance: provenance,
        warnings: prepared.warnings.map(\.description), file: operand, arguments)
    }
  }

  private init(
    _ statement: Statement, hasResidual: Bool, provenance: [CaseFile.Provenance],
    warnings: [String], file: String, _ arguments: Arguments
  ) throws {
    do {
      network = try statement.network()
    } catch {
      throw InputError(file: file, problem: .badStatement(reason: error.sentence))
    }
    self.statement = statement
    self.hasResidual = hasResidual
    self.provenance = provenance
    self.warnings = warnings
    if case .tensor(let entries, let mode, _) = statement {
      tensor = (entries, mode)
    } else {
      tensor = nil
    }
    if let path = arguments.text("--tokens") {
      // Control characters would reach the terminal and break the columns.
      words = try TokenNames.read(path: path, count: network.sinkArcs.count).map { word in
        String(
          word.map { $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f } ? "?" : $0 }
        )
      }
    } else {
      words = nil
    }
  }

  private static func mode(_ arguments: Arguments) throws(UsageError) -> Mode? {
    guard let text = arguments.text("--mode") else { return nil }
    guard let mode = Mode(text) else {
      throw UsageError("--mode takes all or single:K, not '\(text)'")
    }
    return mode
  }

  private static func preparation(_ arguments: Arguments) throws(UsageError) -> PreparationOptions {
    var options = PreparationOptions()
    if let text = arguments.text("--heads") {
      options.heads = HeadReduction(text)
      if options.heads == nil {
        throw UsageError("--heads takes mean, max, min or a head number, not '\(text)'")
      }
    }
    if let text = arguments.text("--layers") {
      options.layers = LayerRange(text)
      if options.layers == nil { throw UsageError("--layers takes A:B, not '\(text)'") }
    }
    options.batch = try arguments.integer("--batch", in: 0...Int.max)
    options.isTransposed = arguments.has("--transpose")
    options.hasResidual = arguments.has("--residual")
    options.rowTolerance = try arguments.fraction("--row-tolerance")
    options.isStrict = arguments.has("--strict")
    return options
  }

  /// Refuses a file whose answer no double can hold.
  static func requireFinite(
    _ numbers: some Sequence<Double>, _ what: String, file: String
  ) throws(InputError) {
    guard numbers.allSatisfy(\.isFinite) else {
      throw InputError(file: file, problem: .sumOverflow(what: what))
    }
  }

  /// The number of players: bottom tokens, or arcs into the sink.
  var playerCount: Int { network.sinkArcs.count }

  /// The statement in one line, as it was understood.
  var summary: String {
    guard let tensor else {
      return "network of \(network.nodeCount.counted("node")), \(network.arcCount.counted("arc")), "
        + "source \(network.source), sink \(network.sink)"
    }
    let (layers, tokens) = (tensor.entries.layers, tensor.entries.tokens)
    return "\(layers.counted("layer")), \(tokens.counted("token")), mode \(tensor.mode), "
      + (hasResidual ? "with residual" : "no residual")
  }
}

extension JSONWriter {
  /// Writes the fields that say what was asked: layers, tokens, mode, residual.
  mutating func subjectFields(_ subject: Subject) {
    if let tensor = subject.tensor {
      field("layers", tensor.entries.layers)
      field("tokens", tensor.entries.tokens)
      field("mode", tensor.mode.description)
    } else {
      for name in ["layers", "tokens", "mode"] {
        key(name)
        null()
      }
    }
    field("residual", subject.hasResidual)
  }

  /// Writes a flow: nested as `[l][i][j]` for a tensor, one number per arc for a network.
  mutating func flow(_ amounts: [Double], of subject: Subject) {
    guard let tensor = subject.tensor else { return doubles(amounts) }
    let (layers, tokens) = (tensor.entries.layers, tensor.entries.tokens)
    array { writer in
      for l in 0..<layers {
        writer.array { writer in
          for i in 0..<tokens {
            let start = (l * tokens + i) * tokens
            writer.doubles(amounts[start..<(start + tokens)])
          }
        }
      }
    }
  }

  /// Writes a matrix with `columns` columns as a list of rows.
  mutating func matrix(_ values: [Double], columns: Int) {
    array { writer in
      for start in stride(from: 0, to: values.count, by: columns) {
        writer.doubles(values[start..<(start + columns)])
      }
    }
  }
}
