// A certificate in the words of software supply chains: an in-toto Statement v1 whose predicate is
// a test result, v0.1. Sources: https://in-toto.io/Statement/v1 and
// https://in-toto.io/attestation/test-result/v0.1.
extension SolverCertificate {
  /// The statement that the solver's files passed, or did not.
  ///
  /// Subjects are the files of the solver; the configuration is this program and the certificate.
  ///
  /// - Parameter certificateDigest: SHA-256 of the certificate's file.
  /// - Returns: the bytes of the statement.
  /// - Throws: `JSONWriter.Failure` if a number is not finite; there is none.
  public func attestation(
    certificateDigest: String
  ) throws(JSONWriter.Failure) -> [UInt8] {
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.field("_type", "https://in-toto.io/Statement/v1")
      writer.arrayField("subject") { writer in
        for file in solvers.flatMap(\.files) { writer.resource(file.path, file.sha256) }
      }
      writer.field("predicateType", "https://in-toto.io/attestation/test-result/v0.1")
      writer.objectField("predicate") { writer in
        writer.field("result", result)
        writer.arrayField("configuration") { writer in
          writer.resource("flowcheck \(version)", programDigest)
          writer.resource(Self.format, certificateDigest)
        }
        writer.field("passedTests", names { $0.outcome == .passed })
        writer.field("warnedTests", names { $0.outcome == .warned })
        writer.field("failedTests", names { $0.outcome == .failed })
      }
    }
    return try writer.finish()
  }

  /// Whether a run of this verdict came to an end that can be attested.
  public var isAttestable: Bool { verdict != .interrupted && verdict != .nothingRan }

  /// The word of the predicate.
  private var result: String {
    switch verdict {
    case .certified: properties.contains { $0.outcome == .warned } ? "WARNED" : "PASSED"
    case .inconclusive: "WARNED"
    case .broken, .crashed, .disagreement, .interrupted, .nothingRan: "FAILED"
    }
  }

  private func names(where isChosen: (PropertyCount) -> Bool) -> [String] {
    properties.filter(isChosen).map { $0.solver.isEmpty ? $0.id : "\($0.id)/\($0.solver)" }
  }
}

extension SolverCertificate.PropertyCount {
  fileprivate enum Outcome {
    case passed
    case warned
    case failed
    case none
  }

  /// What a test with these counts came to.
  ///
  /// What is wrong with a solver beside its promises is a warning. A fact about the cases, and what
  /// was tried on no case, is no test.
  fileprivate var outcome: Outcome {
    if broken > 0 { return .failed }
    if solver.isEmpty || cases == 0 { return .none }
    return inconclusive > 0 || notPromised > 0 ? .warned : .passed
  }
}

extension JSONWriter {
  /// Writes a file as a resource of in-toto.
  fileprivate mutating func resource(_ name: String, _ sha256: String) {
    object { writer in
      writer.field("name", name)
      writer.objectField("digest") { writer in writer.field("sha256", sha256) }
    }
  }
}
