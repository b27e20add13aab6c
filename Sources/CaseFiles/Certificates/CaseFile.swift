public import Checker
public import ExactArithmetic

/// A certificate or a case as it stands in a file: a statement and what supports it.
///
/// One schema serves the certificates of `check`, findings and witnesses: a file with a finding is
/// a case, one without is a certificate. The format is specified in `corpus/README.md`.
public struct CaseFile: Sendable, Equatable {
  /// Where something in the file comes from.
  public struct Provenance: Sendable, Equatable {
    /// What is told, such as `file`, `family` or `seed`.
    public var name: String
    /// The text.
    public var value: String

    /// A name with its text.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What a campaign found.
  public struct Finding: Sendable, Equatable {
    /// What a replay of a case must come to.
    public enum Replay: String, Sendable, Hashable, CaseIterable {
      /// The property comes out as it should: what was found is, or will be, mended.
      case pass
      /// The property still fails, as it is known to; that it passes is a failure too.
      case expectedFailure = "expected-failure"
    }

    /// The property.
    public var property: String
    /// The verdict that a correct program reaches.
    public var expected: String
    /// The verdict that was reached.
    public var verdict: String
    /// What a replay of the case must come to.
    public var replay: Replay
    /// What there is to say about it.
    public var detail: String

    /// A finding from its parts.
    public init(
      property: String, expected: String, verdict: String, replay: Replay = .pass, detail: String
    ) {
      self.property = property
      self.expected = expected
      self.verdict = verdict
      self.replay = replay
      self.detail = detail
    }
  }

  /// The answer of a solver that a finding is about.
  public struct SolverClaim: Sendable, Equatable {
    /// The solver's name.
    public var solver: String
    /// What it promises, relative to the maximum-flow value.
    public var tolerance: Rational
    /// What a solver was asked for.
    public enum Question: Sendable, Hashable {
      /// A maximum flow.
      case maximumFlow
      /// The flow of a regularised method.
      case regularised(RegularisedMethod)
      /// The Shapley value of the flow game of the arcs into the sink.
      case shapley
    }

    /// What it was asked for.
    public var question: Question
    /// The value that it claims.
    public var value: Rational?
    /// Its flow, one entry per arc.
    public var flow: ExactVector?
    /// The source side of its cut.
    public var cut: NodeSet?
    /// What it says about the arcs into the sink: the flow on each, or its Shapley value.
    public var attribution: ExactVector?
    /// Its potentials, one entry per node.
    public var potentials: ExactVector?
    /// What it promises of an answer, in the words of its contract; nil if it lists nothing.
    public var returns: [String]?

    /// A claim from its parts.
    public init(
      solver: String, tolerance: Rational, question: Question = .maximumFlow, value: Rational?,
      flow: ExactVector?, cut: NodeSet?, attribution: ExactVector? = nil,
      potentials: ExactVector? = nil, returns: [String]? = nil
    ) {
      self.solver = solver
      self.tolerance = tolerance
      self.question = question
      self.value = value
      self.flow = flow
      self.cut = cut
      self.attribution = attribution
      self.potentials = potentials
      self.returns = returns
    }
  }

  /// What the file shows, where it comes from and what must be said of it.
  public var about: String
  /// The version of the program that wrote it.
  public var version: String
  /// Where the statement comes from.
  public var provenance: [Provenance]
  /// What the file is about.
  public var statement: Statement
  /// What was found, in a case.
  public var finding: Finding?
  /// The solver's answer that the finding is about.
  public var claim: SolverClaim?
  /// What the proof establishes.
  public var answer: AnswerSummary?
  /// The proof that the kernel accepts.
  public var proof: FlowCertificate?
  /// Regularised flows with what the kernel accepts of each.
  public var regularised: [RegularisedProof]
  /// Flow games with what the kernel accepts of their Shapley values.
  public var game: GameProof?

  /// A file from its parts; `answer` and `proof` come together.
  public init(
    about: String, version: String, provenance: [Provenance], statement: Statement,
    finding: Finding? = nil, claim: SolverClaim? = nil, answer: AnswerSummary? = nil,
    proof: FlowCertificate? = nil, regularised: [RegularisedProof] = [], game: GameProof? = nil
  ) {
    precondition((answer == nil) == (proof == nil), "an answer comes with its proof")
    self.about = about
    self.version = version
    self.provenance = provenance
    self.statement = statement
    self.finding = finding
    self.claim = claim
    self.answer = answer
    self.proof = proof
    self.regularised = regularised
    self.game = game
  }

  /// The first field of the file, which names its format.
  public var format: String {
    finding == nil ? "flowcheck-certificate/1" : "flowcheck-case/1"
  }

  /// The seal over everything else in the file, in its canonical text.
  ///
  /// Fields of an object have no order, so those of the provenance are sorted for the seal.
  public var digest: String {
    var canonical = self
    canonical.provenance.sort { $0.name < $1.name }
    return Digest.hexadecimal(of: canonical.text(sealedBy: nil))
  }

  /// The whole file.
  public var bytes: [UInt8] { text(sealedBy: digest) }

  /// A name for the file that depends on the statement and the property alone.
  public var contentName: String {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      writer.key("statement")
      writer.statement(statement)
      writer.field("property", finding?.property ?? "")
    }
    return String(Digest.hexadecimal(of: finished(writer)).prefix(16)) + ".json"
  }

  /// The network of the statement, which has one: it was built from parts that were checked.
  private var network: FlowNetwork {
    do {
      return try statement.network()
    } catch {
      preconditionFailure("a case about a statement without a network: \(error)")
    }
  }

  /// The number of arcs of the network.
  public var arcCount: Int { network.arcCount }

  /// The number of nodes of the network.
  var nodeCount: Int { network.nodeCount }

  private func text(sealedBy digest: String?) -> [UInt8] {
    var writer = JSONWriter(.pretty)
    write(to: &writer, sealedBy: digest)
    return finished(writer)
  }

  fileprivate func write(to writer: inout JSONWriter, sealedBy digest: String?) {
    writer.object { writer in
      writer.field("format", format)
      writer.field("about", about)
      writer.field("version", version)
      writer.objectField("provenance") { writer in
        for entry in provenance { writer.field(entry.name, entry.value) }
      }
      writer.key("statement")
      writer.statement(statement)
      if let finding { writer.finding(finding) }
      if let claim {
        writer.key("claim")
        writer.claim(claim)
      }
      if let answer, let proof {
        writer.key("answer")
        writer.answer(answer)
        writer.proofFields(proof, network)
      }
      if !regularised.isEmpty {
        writer.arrayField("regularised") { writer in
          for proof in regularised { writer.regularised(proof) }
        }
      }
      if let game {
        writer.key("game")
        writer.game(game)
      }
      if let digest { writer.field("digest", digest) }
    }
  }

  private func finished(_ writer: JSONWriter) -> [UInt8] {
    do {
      return try writer.finish()
    } catch {
      preconditionFailure("a case holds no doubles, yet: \(error)")
    }
  }
}

extension JSONWriter {
  fileprivate mutating func finding(_ finding: CaseFile.Finding) {
    objectField("finding") { writer in
      writer.field("property", finding.property)
      writer.field("expected", finding.expected)
      writer.field("verdict", finding.verdict)
      writer.field("replay", finding.replay.rawValue)
      writer.field("detail", finding.detail)
    }
  }

  /// Writes a sealed case as an object inside another file.
  mutating func caseFile(_ file: CaseFile) { file.write(to: &self, sealedBy: file.digest) }

  /// Writes a solver's answer as an object.
  mutating func claim(_ claim: CaseFile.SolverClaim) {
    object { writer in
      writer.field("solver", claim.solver)
      writer.field("tolerance", claim.tolerance)
      if let returns = claim.returns { writer.field("returns", returns) }
      switch claim.question {
      case .maximumFlow: break
      case .regularised(let method): writer.methodFields(method)
      case .shapley: writer.field("method", "shapley")
      }
      if let value = claim.value { writer.field("value", value) }
      if let flow = claim.flow { writer.vectorField("flow", flow) }
      if let cut = claim.cut { writer.field("cut", cut.text) }
      if let attribution = claim.attribution { writer.vectorField("attribution", attribution) }
      if let potentials = claim.potentials { writer.vectorField("potentials", potentials) }
    }
  }
}
