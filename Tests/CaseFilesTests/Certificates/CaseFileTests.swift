import CaseFiles
import Checker
import ExactArithmetic
import Generators
import Properties
import Testing

@Suite("Case files")
struct CaseFileTests {
  /// The certificate of a statement.
  private func certificate(_ statement: Statement) throws -> CaseFile {
    let examination = Examination(network: try statement.network())
    let certified = try #require(examination.certified.claim)
    return CaseFile(
      about: "Umlauts \u{e4}, \"quotes\", a \\ and\na line.", version: "1.2.3",
      provenance: [.init("file", "made"), .init("step 0", "")], statement: statement,
      answer: AnswerSummary(certified.answer), proof: certified.certificate)
  }

  /// Reads the bytes of a file and expects the same file, seal and bytes.
  private func expectRoundTrip(_ file: CaseFile, _ comment: Comment? = nil) throws {
    let sealed = try CaseFile.read(InputFile(bytes: file.bytes, name: "file"))
    #expect(sealed.isSealIntact, comment)
    #expect(sealed.digest == file.digest, comment)
    #expect(sealed.contents.bytes == file.bytes, comment)
    #expect(sealed.contents.statement == file.statement, comment)
    #expect(sealed.contents.answer == file.answer, comment)
    #expect(sealed.contents.finding == file.finding, comment)
    #expect(sealed.contents.claim == file.claim, comment)
    #expect(sealed.contents.regularised == file.regularised, comment)
    #expect(sealed.contents.about == file.about, comment)
    #expect(sealed.contents.provenance == file.provenance, comment)
    #expect(sealed.contents.contentName == file.contentName, comment)
    // The proof is accepted as before.
    if let proof = sealed.contents.proof {
      let network = try file.statement.network()
      #expect(checkAnswer(network, proof).claim.map(AnswerSummary.init) == file.answer, comment)
    }
  }

  private func tensor(_ numerators: [BigInteger], _ denominator: BigInteger) throws
    -> EffectiveTensor
  {
    try EffectiveTensor(
      layers: 2, tokens: 2, entries: ExactVector(numerators, denominator: denominator))
  }

  @Test("tensors of fractions, of 128 bits and of any size come back with their bytes")
  func tiers() throws {
    let two100 = (0..<100).reduce(BigInteger(1)) { power, _ in power * 2 }
    for (scale, denominator) in [
      (BigInteger(1), BigInteger(3)), (BigInteger(1), 12), (two100, two100 * 7),
      (two100 * two100, two100 * two100 * two100),
    ] {
      let entries = [1, 2, 0, 3, 5, 0, 1, 1].map { BigInteger($0) * scale }
      for mode in [Mode.all, .single(1)] {
        let statement = Statement.tensor(try tensor(entries, denominator), mode, Conventions())
        try expectRoundTrip(try certificate(statement), "\(scale) \(mode)")
      }
    }
  }

  @Test("conventions of every kind come back")
  func conventions() throws {
    let entries = try tensor([1, 2, 0, 3, 5, 0, 1, 1].map { BigInteger($0) }, 3)
    for conventions in [
      Conventions(superCapacity: Rational(7, 3)), Conventions(superCapacity: 0),
      Conventions(termArcs: .attention, lambda: Rational(1, 100)), Conventions(mu: Rational(1, 8)),
    ] {
      try expectRoundTrip(try certificate(.tensor(entries, .all, conventions)), "\(conventions)")
    }
  }

  @Test("every generated case comes back with its proof")
  func generated() throws {
    let source = CaseSource(seed: 31)
    for index in 0..<UInt64(150) {
      let statement: Statement
      switch source[index].instance {
      case .network(let network): statement = .network(network)
      case .tensor(let tensor, let mode): statement = .tensor(tensor, mode, Conventions())
      }
      try expectRoundTrip(try certificate(statement), "case \(index)")
    }
  }

  @Test("findings come back with and without each part of a claim")
  func findings() throws {
    let statement = Statement.tensor(
      try tensor([1, 2, 0, 3, 5, 0, 1, 1].map { BigInteger($0) }, 3), .all, Conventions())
    let nodes = try statement.network().nodeCount
    var file = try certificate(statement)
    #expect(file.format == "flowcheck-certificate/1")
    file.finding = .init(property: "p/q", expected: "holds", verdict: "refuted", detail: "")
    #expect(file.format == "flowcheck-case/1")
    try expectRoundTrip(file)
    for bits in 0..<8 {
      file.claim = CaseFile.SolverClaim(
        solver: "s", tolerance: Rational(1, 1_000), value: bits & 1 == 0 ? nil : Rational(-5, 7),
        flow: bits & 2 == 0 ? nil : ExactVector([Rational(1, 3), Rational(-2, 5)]),
        cut: bits & 4 == 0 ? nil : NodeSet(nodeCount: nodes, members: [0, 1, 3]),
        returns: [nil, [], ["value", "minimal-cut"]][bits % 3])
      try expectRoundTrip(file, "\(bits)")
    }
    // Where no proof was found, a case has neither answer nor proof.
    file.answer = nil
    file.proof = nil
    try expectRoundTrip(file)
  }

  @Test("regularised proofs of every method come back, with duals or a radius, with steps")
  func regularised() throws {
    let statement = Statement.tensor(
      try tensor([1, 2, 0, 3, 5, 0, 1, 1].map { BigInteger($0) }, 3), .all, Conventions())
    var file = try certificate(statement)
    let network = try statement.network()
    let duals = CirculationDuals(
      potentials: ExactVector((0..<network.nodeCount).map { Rational($0, 7) }),
      lowerMultipliers: ExactVector((0..<network.arcCount).map { Rational($0, 11) }),
      upperMultipliers: ExactVector((0..<network.arcCount).map { _ in Rational(0) }))
    let near = DistanceCertificate(
      duals: duals, levels: (0..<network.nodeCount).map { Int32($0) }, norm: Rational(1, 1_000),
      radius: Rational(3, 1_000))
    let methods: [RegularisedMethod] = [
      .l1(alpha: Rational(1, 3)), .l2(lambda: Rational(1, 100)),
      .l1l2(alpha: Rational(1, 3), lambda: 2), .barrier(mu: Rational(1, 1_000)),
      .central(value: Rational(5, 3)),
    ]
    for (index, method) in methods.enumerated() {
      let support: [RegularisedProof.Support] = [.optimal(duals), .near(near)]
      for support in support {
        var proof = RegularisedProof(
          method: method, termArcs: index % 2 == 0 ? .allButReturn : .attention,
          flow: ExactVector((0..<network.arcCount).map { Rational($0, 5) }), support: support)
        file.regularised.append(proof)
        proof.engine = "Z3 4.8.12"
        proof.steps = [
          .init(
            name: "sum", logic: "QF_NRA", text: "(check-sat)\n; \"quoted\"", expected: "unsat",
            answer: "unknown")
        ]
        file.regularised.append(proof)
      }
    }
    try expectRoundTrip(file)
    file.finding = .init(property: "p/q", expected: "holds", verdict: "refuted", detail: "")
    file.claim = CaseFile.SolverClaim(
      solver: "s", tolerance: Rational(1, 1_000),
      question: .regularised(.l2(lambda: Rational(1, 4))), value: 1, flow: nil, cut: nil,
      potentials: ExactVector([Rational(1, 3), Rational(-2, 5)]))
    try expectRoundTrip(file)
  }

  @Test("a regularised proof with missing, foreign or unsuitable fields is refused by name")
  func badRegularised() throws {
    var file = try certificate(
      .tensor(
        try tensor([1, 2, 0, 3, 5, 0, 1, 1].map { BigInteger($0) }, 3), .all, Conventions()))
    let zeros = ExactVector([0] as [Int64], denominator: 1)
    let duals = CirculationDuals(
      potentials: zeros, lowerMultipliers: zeros, upperMultipliers: zeros)
    file.regularised = [
      RegularisedProof(
        method: .l2(lambda: Rational(1, 4)), flow: zeros,
        support: .near(DistanceCertificate(duals: duals, levels: [0], norm: 0, radius: 1)))
    ]
    let text = String(decoding: file.bytes, as: UTF8.self)
    for (old, new, place) in [
      ("\"lambda\"", "\"mu\"", "regularised[0]"), ("\"l2\"", "\"l3\"", "regularised[0]"),
      ("\"radius\"", "\"radios\"", "regularised[0].radios"),
      ("\"norm\": \"0\",", "", "regularised[0]"),
      ("\"levels\"", "\"level\"", "regularised[0].level"),
      ("\"potentials\"", "\"duals\"", "regularised[0].duals"),
      ("\"1/4\"", "\"1/0\"", "regularised[0].lambda"),
    ] {
      let changed = text.replacing(old, with: new)
      #expect(changed != text, "\(old)")
      let error = #expect(throws: InputError.self, "\(old)") {
        try CaseFile.read(InputFile(bytes: Array(changed.utf8), name: "file"))
      }
      #expect(error?.place == place, "\(old): \(error?.description ?? "")")
    }
  }

  @Test("a name depends on the statement and the property alone")
  func names() throws {
    let entries = [1, 2, 0, 3, 5, 0, 1, 1].map { BigInteger($0) }
    let statement = Statement.tensor(try tensor(entries, 3), .all, Conventions())
    var file = try certificate(statement)
    let name = file.contentName
    #expect(name.wholeMatch(of: /[0-9a-f]{16}\.json/) != nil)
    file.about = "Something else."
    file.provenance = []
    #expect(file.contentName == name)
    file.finding = .init(property: "p", expected: "holds", verdict: "refuted", detail: "")
    #expect(file.contentName != name)
    let other = Statement.tensor(try tensor(entries, 5), .all, Conventions())
    #expect(try certificate(other).contentName != name)
    #expect(try certificate(.network(try statement.network())).contentName != name)
  }

  @Test("the seal does not depend on the order of the provenance, and covers its texts")
  func seal() throws {
    let entries = [1, 2, 0, 3, 5, 0, 1, 1].map { BigInteger($0) }
    var file = try certificate(.tensor(try tensor(entries, 3), .all, Conventions()))
    let digest = file.digest
    file.provenance.reverse()
    #expect(file.digest == digest)
    file.provenance[0].value += "!"
    #expect(file.digest != digest)
  }

  @Test("node sets are written as ranges and read only in that form")
  func nodeSets() {
    for bits in 0..<(1 << 7) {
      let set = NodeSet(nodeCount: 7, members: (0..<7).filter { bits >> $0 & 1 == 1 })
      #expect(NodeSet(nodeCount: 7, text: set.text) == set)
    }
    #expect(NodeSet(nodeCount: 9, members: [0, 1, 2, 5, 7, 8]).text == "0-2 5 7-8")
    for text in [
      "7", "0-7", "-1", "2-1", "1 1", "2 1", "0-2 2", " ", "0 ", " 0", "0  1", "0-", "-", "a",
      "0--1",
      "0-1-2", "+1", "99999999999999999999", "\u{661}", "0,1",
    ] {
      #expect(NodeSet(nodeCount: 7, text: text) == nil, "\(text)")
    }
  }

  @Test("a SHA-256 digest is that of the standard's examples")
  func digests() {
    #expect(
      Digest.hexadecimal(of: Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      Digest.hexadecimal(of: [UInt8]())
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    var digest = Digest()
    digest.update("a".utf8)
    #expect(digest.bytes.count == 32)
    digest.update(Array("bc".utf8))
    #expect(digest.hexadecimal == Digest.hexadecimal(of: Array("abc".utf8)))
  }
}
