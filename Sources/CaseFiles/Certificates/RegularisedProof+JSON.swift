// A regularised proof in a file: one object, flat, vectors with their own denominators.
public import Checker
public import ExactArithmetic

extension JSONWriter {
  /// Writes a proof as an object.
  mutating func regularised(_ proof: RegularisedProof) {
    object { writer in
      writer.methodFields(proof.method)
      writer.field("termArcs", proof.termArcs.rawValue)
      writer.vectorField("flow", proof.flow)
      switch proof.support {
      case .optimal(let duals): writer.duals(duals)
      case .near(let certificate):
        writer.duals(certificate.duals)
        writer.field("levels", certificate.levels)
        writer.field("norm", certificate.norm)
        writer.field("radius", certificate.radius)
      }
      guard let engine = proof.engine else { return }
      writer.objectField("uniqueness") { writer in
        writer.field("engine", engine)
        writer.arrayField("steps") { writer in
          for step in proof.steps {
            writer.object { writer in
              writer.field("name", step.name)
              writer.field("logic", step.logic)
              writer.field("expected", step.expected)
              writer.field("answer", step.answer)
              writer.field("smtlib", step.text)
            }
          }
        }
      }
    }
  }

  /// Writes a method and its weights as fields of an object.
  mutating func methodFields(_ method: RegularisedMethod) {
    field("method", method.name)
    for (name, weight) in method.weights { field(name, weight) }
  }

  /// Writes a key with a vector, as an object with a denominator and amounts.
  mutating func vectorField(_ key: String, _ vector: ExactVector) {
    objectField(key) { writer in
      writer.field("denominator", vector.denominator)
      writer.key("amounts")
      writer.numerators(vector)
    }
  }

  private mutating func duals(_ duals: CirculationDuals) {
    vectorField("potentials", duals.potentials)
    vectorField("lowerMultipliers", duals.lowerMultipliers)
    vectorField("upperMultipliers", duals.upperMultipliers)
  }
}

extension RegularisedMethod {
  /// The weights by name, in the order in which they are written.
  public var weights: [(name: String, weight: Rational)] {
    switch self {
    case .l1(let alpha): [("alpha", alpha)]
    case .l2(let lambda): [("lambda", lambda)]
    case .l1l2(let alpha, let lambda): [("alpha", alpha), ("lambda", lambda)]
    case .barrier(let mu): [("mu", mu)]
    case .central(let value): [("value", value)]
    }
  }

  /// The method of a name with its weights; nil if there is none, or a weight is missing.
  fileprivate init?(name: String, weights: [String: Rational]) {
    switch (name, weights["alpha"], weights["lambda"], weights["mu"], weights["value"]) {
    case ("l1", let alpha?, nil, nil, nil): self = .l1(alpha: alpha)
    case ("l2", nil, let lambda?, nil, nil): self = .l2(lambda: lambda)
    case ("l1l2", let alpha?, let lambda?, nil, nil): self = .l1l2(alpha: alpha, lambda: lambda)
    case ("barrier", nil, nil, let mu?, nil): self = .barrier(mu: mu)
    case ("central", nil, nil, nil, let value?): self = .central(value: value)
    default: return nil
    }
  }
}

extension RegularisedProof {
  private static let vectors = ["flow", "potentials", "lowerMultipliers", "upperMultipliers"]
  private static let numbers = ["alpha", "lambda", "mu", "value", "norm", "radius"]

  /// Reads a proof.
  init(_ reader: inout JSONReader) throws(InputError) {
    var (name, arcs): (String?, Conventions.TermArcs?) = (nil, nil)
    var numbers: [String: Rational] = [:]
    var vectors: [String: ExactVector] = [:]
    var levels: [Int32]?
    var uniqueness: (engine: String, steps: [Step])?
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "method": name = try reader.readString()
      case "termArcs": arcs = try reader.readTermArcs()
      case _ where Self.numbers.contains(key): numbers[key] = try reader.readRational()
      case _ where Self.vectors.contains(key):
        vectors[key] = try reader.readVector("amounts") { _, _ throws(InputError) in false }
      case "levels": levels = try reader.readInt32s()
      case "uniqueness": uniqueness = try reader.readUniqueness()
      default: throw reader.unknown(key)
      }
    }
    let norm = numbers.removeValue(forKey: "norm")
    let radius = numbers.removeValue(forKey: "radius")
    let method = try reader.method(try reader.require(name, "method"), numbers)
    func vector(_ key: String) throws(InputError) -> ExactVector {
      try reader.require(vectors[key], key)
    }
    let duals = CirculationDuals(
      potentials: try vector("potentials"), lowerMultipliers: try vector("lowerMultipliers"),
      upperMultipliers: try vector("upperMultipliers"))
    let support: Support
    if levels == nil && norm == nil && radius == nil {
      support = .optimal(duals)
    } else {
      support = .near(
        DistanceCertificate(
          duals: duals, levels: try reader.require(levels, "levels"),
          norm: try reader.require(norm, "norm"), radius: try reader.require(radius, "radius")))
    }
    self.init(
      method: method, termArcs: try reader.require(arcs, "termArcs"), flow: try vector("flow"),
      support: support, engine: uniqueness?.engine, steps: uniqueness?.steps ?? [])
  }
}

extension JSONReader {
  /// The method of a name with its weights.
  func method(
    _ name: String, _ weights: [String: Rational]
  ) throws(InputError) -> RegularisedMethod {
    guard let method = RegularisedMethod(name: name, weights: weights) else {
      let found = weights.keys.sorted().joined(separator: ", ")
      throw error(.badStatement(reason: "method '\(name)' with the weights: \(found)"))
    }
    return method
  }

  /// Reads the name of the arcs that carry a term.
  mutating func readTermArcs() throws(InputError) -> Conventions.TermArcs {
    let text = try readString()
    guard let arcs = Conventions.TermArcs(rawValue: text) else {
      throw error(.outOfRange(text: "'\(text)'", range: "all-but-return or attention"))
    }
    return arcs
  }

  fileprivate mutating func readUniqueness() throws(InputError)
    -> (engine: String, steps: [RegularisedProof.Step])
  {
    var engine: String?
    var steps: [RegularisedProof.Step]?
    try readObject { reader, key throws(InputError) in
      switch key {
      case "engine": engine = try reader.readString()
      case "steps":
        var list: [RegularisedProof.Step] = []
        try reader.readArray { reader, _ throws(InputError) in
          list.append(try RegularisedProof.Step(&reader))
        }
        steps = list
      default: throw reader.unknown(key)
      }
    }
    return (try require(engine, "engine"), try require(steps, "steps"))
  }
}

extension RegularisedProof.Step {
  fileprivate init(_ reader: inout JSONReader) throws(InputError) {
    var texts: [String: String] = [:]
    try reader.readObject { reader, key throws(InputError) in
      guard ["name", "logic", "smtlib", "expected", "answer"].contains(key) else {
        throw reader.unknown(key)
      }
      texts[key] = try reader.readString()
    }
    self.init(
      name: try reader.require(texts["name"], "name"),
      logic: try reader.require(texts["logic"], "logic"),
      text: try reader.require(texts["smtlib"], "smtlib"),
      expected: try reader.require(texts["expected"], "expected"),
      answer: try reader.require(texts["answer"], "answer"))
  }
}
