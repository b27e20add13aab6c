extension SolverCertificate {
  /// The first field of the file.
  public static let format = "flowcheck-solver-certificate/1"

  /// The seal: SHA-256 over every byte of the canonical text before it.
  ///
  /// - Throws: `JSONWriter.Failure` if a number is not finite.
  public func digest() throws(JSONWriter.Failure) -> String {
    Digest.hexadecimal(of: try text(sealedBy: nil))
  }

  /// The whole file.
  ///
  /// - Throws: `JSONWriter.Failure` if a number is not finite.
  public func bytes() throws(JSONWriter.Failure) -> [UInt8] {
    try text(sealedBy: try digest())
  }

  /// The canonical text, with a seal or without.
  func text(sealedBy digest: String?) throws(JSONWriter.Failure) -> [UInt8] {
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.field("format", Self.format)
      writer.field("about", about)
      writer.field("verdict", verdict.rawValue)
      writer.arrayField("solvers") { writer in solvers.forEach { writer.solver($0) } }
      writer.objectField("flowcheck") { writer in
        writer.field("version", version)
        writer.field("sha256", programDigest)
      }
      writer.objectField("settings") { writer in
        for setting in settings { writer.field(setting.name, setting.value) }
      }
      writer.objectField("cases") { writer in
        for entry in cases { writer.field(entry.name, entry.count) }
        writer.field("digest", runDigest)
      }
      writer.arrayField("properties") { writer in properties.forEach { writer.property($0) } }
      writer.arrayField("accuracy") { writer in accuracy.forEach { writer.accuracy($0) } }
      writer.key("intervalWidth")
      if let width = intervalWidth { writer.width(width) } else { writer.null() }
      writer.arrayField("times") { writer in times.forEach { writer.time($0) } }
      writer.arrayField("findings") { writer in findings.forEach { writer.finding($0) } }
      if let digest { writer.field("digest", digest) }
    }
    return try writer.finish()
  }
}

extension JSONWriter {
  fileprivate mutating func solver(_ solver: SolverCertificate.Solver) {
    object { writer in
      writer.field("name", solver.name)
      writer.field("version", solver.version)
      writer.field("command", solver.command)
      writer.arrayField("files") { writer in
        for file in solver.files {
          writer.object { writer in
            writer.field("path", file.path)
            writer.field("sha256", file.sha256)
          }
        }
      }
      writer.objectField("contract") { writer in
        writer.field("tasks", solver.tasks)
        writer.field("numbers", solver.numbers)
        writer.field("tolerance", solver.tolerance)
        writer.key("returns")
        if let returns = solver.returns { writer.strings(returns) } else { writer.null() }
      }
    }
  }

  fileprivate mutating func property(_ count: SolverCertificate.PropertyCount) {
    object { writer in
      writer.field("id", count.id)
      writer.field("solver", count.solver)
      writer.field("statement", count.statement)
      writer.field("promised", count.isPromised)
      for (name, number) in count.numbers { writer.field(name, number) }
    }
  }

  fileprivate mutating func accuracy(_ accuracy: SolverCertificate.Accuracy) {
    object { writer in
      writer.field("solver", accuracy.solver)
      writer.field("cases", accuracy.cases)
      writer.field("residual", accuracy.residual)
      writer.key("digits")
      if let digits = accuracy.digits { writer.double(digits) } else { writer.null() }
    }
  }

  fileprivate mutating func width(_ width: SolverCertificate.IntervalWidth) {
    object { writer in
      writer.field("cases", width.cases)
      writer.field("largest", width.largest)
      writer.field("mean", width.mean)
    }
  }

  fileprivate mutating func time(_ time: SolverCertificate.SizeTime) {
    object { writer in
      writer.field("solver", time.solver)
      writer.field("layers", time.layers)
      writer.field("tokens", time.tokens)
      writer.field("arcs", time.arcs)
      writer.field("outcome", time.outcome)
      writer.field("milliseconds", time.milliseconds)
      writer.key("median")
      if let median = time.median { writer.double(median) } else { writer.null() }
      writer.field("values", time.values)
      writer.field("answers", time.answers)
    }
  }

  fileprivate mutating func finding(_ finding: SolverCertificate.Finding) {
    object { writer in
      writer.field("id", finding.id)
      writer.field("property", finding.property)
      writer.field("solver", finding.solver)
      writer.field("kind", finding.kind.rawValue)
      writer.field("sentence", finding.sentence)
      writer.field("source", finding.source)
      writer.field("arcs", finding.arcCount)
      writer.field("reproduce", finding.reproduce)
      writer.key("case")
      if let file = finding.file { writer.caseFile(file) } else { writer.null() }
      if !finding.answers.isEmpty {
        writer.arrayField("answers") { writer in finding.answers.forEach { writer.claim($0) } }
      }
    }
  }
}

extension SolverCertificate.PropertyCount {
  /// The counts with their keys, in file order.
  var numbers: [(name: String, number: Int)] {
    [
      ("cases", cases), ("held", held), ("broken", broken), ("notPromised", notPromised),
      ("skipped", skipped), ("inconclusive", inconclusive),
    ]
  }
}
