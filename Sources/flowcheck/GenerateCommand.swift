import CaseFiles
import Checker
import Generators

let generateCommand = Command(
  name: "generate",
  summary: "make a tensor or a network of a family",
  usage: "generate --family F [--seed S] [-o FILE] [OPTIONS]",
  options: [
    .init("--family", "F", "the family; --list names them all"),
    .init("--seed", "S", "the seed (default 0)"),
    .init("--index", "K", "the number of the case under this seed (default 0)"),
    .init("--layers", "L", "the number of layers (default 2)"),
    .init("--tokens", "T", "the number of tokens (default 4)"),
    .init("-o", "FILE", "write .json (exact) or .npy (doubles) instead of printing JSON"),
    .init("--list", nil, "print the families, each with what it makes"),
  ],
  operands: 0...0,
  examples: [
    (
      "flowcheck generate --family uniform --layers 3 --tokens 5 -o uniform.json",
      "uniform attention as exact fractions, ready for 'flowcheck check uniform.json'"
    )
  ],
  exitCodes: [.success, .usage, .badInput, .internalError, .interrupted],
  run: runGenerate)

/// The largest size that `generate` makes: some 10^8 entries fit in memory.
private let sizeLimit = 4_096

@Sendable private func runGenerate(_ arguments: Arguments) throws -> ExitCode {
  if arguments.has("--list") {
    var table = Table([.init("family", isNumber: false), .init("makes", isNumber: false)])
    for family in CaseFamily.all { table.add([family.name, family.about]) }
    Console.result(table.text())
    return .success
  }
  guard let name = arguments.text("--family") else {
    throw UsageError("--family is missing; --list names the families")
  }
  guard let family = CaseFamily.named(name) else {
    throw UsageError("there is no family '\(name)'; --list names them")
  }
  let seed = try arguments.integer("--seed", in: 0...Int.max) ?? 0
  let index = try arguments.integer("--index", in: 0...Int.max) ?? 0
  let layers = try arguments.integer("--layers", in: 1...sizeLimit) ?? 2
  let tokens = try arguments.integer("--tokens", in: 1...sizeLimit) ?? 4
  guard tokens >= family.tokensMinimum else {
    throw UsageError("family \(name) needs \(family.tokensMinimum.counted("token")), not \(tokens)")
  }
  guard layers * tokens * tokens < networkSizeLimit else {
    throw UsageError("\(layers.counted("layer")) of \(tokens.counted("token")): too large")
  }
  var choices = RandomChoices(seed: UInt64(seed), stream: UInt64(index))
  let made = family.make(&choices, layers: layers, tokens: tokens)
  let bytes = try encoded(made.instance, file: arguments.text("-o"))
  if let path = arguments.text("-o") {
    try AtomicFile.write(bytes, to: path)
    if case .tensor(_, let mode) = made.instance {
      Console.note("\(path): drawn with mode \(mode)")
    }
  } else {
    Console.write(bytes, to: 1)
  }
  return .success
}

private func encoded(_ instance: Instance, file: String?) throws -> [UInt8] {
  let wantsNpy = file?.hasSuffix(".npy") ?? false
  if let file, !wantsNpy, !file.hasSuffix(".json") {
    throw UsageError("-o takes a name that ends in .json or .npy, not '\(file)'")
  }
  switch instance {
  case .tensor(let tensor, _):
    return wantsNpy ? try TensorWriter.npy(tensor) : try TensorWriter.json(tensor)
  case .network(let network):
    if wantsNpy { throw UsageError("a network has no .npy form; use .json") }
    return try NetworkWriter.json(network)
  }
}
