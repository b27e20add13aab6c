import CaseFiles
import Checker
import ExactArithmetic
import Testing

@Suite struct NetworkReaderTests {
  private func read(_ text: String, name: String = "n.json") throws(InputError) -> FlowNetwork {
    switch try document(Array(text.utf8), name: name) {
    case .network(let network): return network
    case .tensor, .statement: throw InputError(file: name, problem: .unknownFormat)
    }
  }

  private func json(
    nodes: String = "3", source: String = "0", sink: String = "2", tails: String = "[0, 1, 0]",
    heads: String = "[1, 2, 2]", capacities: String = "[1, 0.5, \"1/3\"]"
  ) -> String {
    """
    {"nodes": \(nodes), "source": \(source), "sink": \(sink), "tails": \(tails), \
    "heads": \(heads), "capacities": \(capacities)}
    """
  }

  @Test("a network is read, wrapped or bare, with exact capacities")
  func forms() throws {
    for text in [json(), #"{"protocol": "flowcheck/1", "network": \#(json()), "id": 1}"#] {
      let network = try read(text)
      #expect(network.nodeCount == 3)
      #expect(network.arcs == .listed(tails: [0, 1, 0], heads: [1, 2, 2]))
      #expect((0..<3).map { network.capacities[$0] } == [1, Rational(1, 2), Rational(1, 3)])
    }
  }

  @Test("a capacity is exact as an integer or a string and the nearest double otherwise")
  func capacities() throws {
    let huge = "123456789012345678901234567890"
    let network = try read(json(capacities: #"[0.1, \#(huge), "0.1"]"#))
    #expect(network.capacities[0] == Rational(exactly: 0.1))
    #expect(network.capacities[1] == Rational(huge))
    #expect(network.capacities[2] == Rational(1, 10))
    let odd = try read(json(capacities: "[9007199254740993, 5e-324, 1e308]"))
    #expect(odd.capacities[0] == Rational(9_007_199_254_740_993))
    #expect(odd.capacities[1] == Rational(exactly: Double.leastNonzeroMagnitude))
  }

  @Test("what describes no network is refused with the field")
  func malformed() throws {
    let cases: [(String, String)] = [
      (json(nodes: "1"), "nodes"), (json(nodes: "-1"), "nodes"), (json(nodes: "3.0"), "nodes"),
      (json(nodes: "99999999999999999999"), "nodes"), (json(source: "3"), "source"),
      (json(sink: "0"), "sink"), (json(tails: "[0, 1]"), "heads"),
      (json(tails: "[0, 1, 3]"), "tails[2]"), (json(heads: "[1, 2, -1]"), "heads[2]"),
      (json(heads: "[1, 2, 4294967296]"), "heads[2]"), (json(heads: "[1, 2, 2, 2]"), "heads"),
      (json(capacities: "[1, 2]"), "capacities"), (json(capacities: "[1, -2, 3]"), "capacities[1]"),
      (json(capacities: #"[1, 2, "-1/3"]"#), "capacities[2]"),
      (json(capacities: "[1, 2, 1e400]"), "capacities[2]"),
      (json(capacities: "[1, 2, null]"), "capacities[2]"),
      (json(capacities: #"[1, 2, "x"]"#), "capacities[2]"), (json(capacities: "3"), "capacities"),
    ]
    for (text, place) in cases {
      let error = try #require(failure { () throws(InputError) in try read(text) }, "\(text)")
      #expect(error.place == place, "\(error)")
      let wrapped = "{\"network\": \(text)}"
      let inner = failure { () throws(InputError) in try read(wrapped) }
      #expect(inner?.place == "network.\(place)")
    }
    for key in ["nodes", "source", "sink", "tails", "heads", "capacities"] {
      let fields = [
        ("nodes", "3"), ("source", "0"), ("sink", "2"), ("tails", "[0]"), ("heads", "[2]"),
        ("capacities", "[1]"),
      ].filter { $0.0 != key }.map { "\"\($0)\": \($1)" }
      let missing = "{\(fields.joined(separator: ", "))}"
      let expected = InputProblem.missingKey(key: key, available: [])
      #expect(problem { () throws(InputError) in try read(missing) } == expected, "\(missing)")
      // A word that is not known may be one that is misspelt; a request may hold others beside it.
      let other = json().replacing("\"\(key)\"", with: "\"other\"")
      let more = String(json().dropLast()) + #", "other": 1}"#
      for text in [other, #"{"network": \#(other)}"#, more] {
        let found = problem { () throws(InputError) in try read(text) }
        #expect(found == .unknownKey("other"), "\(text)")
      }
    }
  }

  @Test("a network reads back from JSON as it was written")
  func roundTrip() throws {
    let huge = "123456789012345678901234567890"
    let network = try read(json(capacities: #"["\#(huge)/7", 0.1, 3]"#))
    let bytes = try NetworkWriter.json(network)
    let again = try read(String(decoding: bytes, as: UTF8.self))
    #expect(again.arcs == network.arcs)
    #expect((0..<3).map { again.capacities[$0] } == (0..<3).map { network.capacities[$0] })
  }

  @Test("a layered network is written with its arcs")
  func layered() throws {
    let tensor = try tensor(json: "[[[0.5, 0.5], [1, 0]]]").prepared().tensor
    let network = try FlowNetwork(tensor: tensor, mode: .all)
    var writer = JSONWriter(.compact)
    writer.network(network, capacities: .nearestDoubles)
    #expect(
      String(decoding: try writer.finish(), as: UTF8.self) == """
        {"nodes":6,"source":5,"sink":0,"tails":[3,3,4,4,5,5,1,2],"heads":[1,2,1,2,3,4,0,0],\
        "capacities":[0.5,0.5,1.0,0.0,2.0,2.0,2.0,2.0]}
        """)
  }
}

@Suite struct DimacsReaderTests {
  private func read(_ text: String) throws(InputError) -> FlowNetwork {
    try DimacsReader.read(InputFile(bytes: Array(text.utf8), name: "n.max"))
  }

  private let good =
    "c text\n\np max 3 3\nn 1 s\nn 3 t\na 1 2 7\na 2 3 0.5\r\na 1\t3 99999999999999999999"

  @Test("a problem is read with exact capacities, by its first bytes too")
  func reading() throws {
    let network = try read(good)
    #expect(network.source == 0)
    #expect(network.sink == 2)
    #expect(network.arcs == .listed(tails: [0, 1, 0], heads: [1, 2, 2]))
    #expect(network.capacities[1] == Rational(1, 2))
    #expect(network.capacities[2] == Rational("99999999999999999999"))
    guard case .network(network) = try document(Array(good.utf8), name: "unnamed") else {
      Issue.record("the format is not recognised")
      return
    }
  }

  @Test("what is no problem is refused with its line")
  func malformed() throws {
    let cases: [(String, Int?)] = [
      ("", nil), ("c only a comment", nil), ("p max 3 1\nn 1 s\na 1 2 1", nil),
      ("p max 3 1\nn 3 t\na 1 2 1", nil), ("p max 3 2\nn 1 s\nn 3 t\na 1 2 1", nil),
      ("a 1 2 1", 1), ("n 1 s", 1), ("p min 3 1", 1), ("p max 3", 1), ("p max 1 0", 1),
      ("p max 3 -1", 1), ("p max 99999999999999999999 1", 1), ("p max 3 99999999999", 1),
      ("p max 3 1\np max 3 1", 2), ("p max 3 1\nn 0 s", 2), ("p max 3 1\nn 4 s", 2),
      ("p max 3 1\nn 1 x", 2), ("p max 3 1\nn 1 s\nn 2 s", 3), ("p max 3 1\nn 1", 2),
      ("p max 3 1\na 1 2", 2), ("p max 3 1\na 1 2 3 4", 2), ("p max 3 1\na 1 5 1", 2),
      ("p max 3 1\na 1 2 -1", 2), ("p max 3 1\na 1 2 x", 2), ("p max 3 1\na 1 2 inf", 2),
      ("p max 3 1\na 1.5 2 1", 2), ("p max 3 1\nx 1", 2), ("p max 3 1\nab 1", 2),
      ("p max 3 1\n\u{FF} 1", 2), ("p max 3 0\nn 1 s\nn 1 t", nil),
    ]
    for (text, line) in cases {
      let error = try #require(failure { () throws(InputError) in try read(text) }, "\(text)")
      #expect(error.position?.line == line, "\(text): \(error)")
    }
  }

  @Test("the column is that of the word that is wrong, counted in characters")
  func columns() throws {
    for (line, column) in [
      ("a 1 2 x", 7), ("a 1  5 1", 6), ("a x 2 1", 3), ("  a 1 2 -1", 9), ("a 1 2", 1),
      ("   x 1", 4), ("n 1 \u{E9}\u{1F600}", 1), ("a 1 \u{E9} 1", 5), ("\t\u{E9} 1 2", 2),
      ("a \u{E9}\u{1F600} 2 x", 3),
    ] {
      let text = "p max 3 1\n\(line)\nn 1 s\n"
      let error = try #require(failure { () throws(InputError) in try read(text) }, "\(line)")
      #expect(error.position == TextPosition(line: 2, column: column), "\(line): \(error)")
    }
    // Characters of several bytes count as one each.
    let error = failure { () throws(InputError) in try read("p max 3 1\na\u{A0} 1 2\n") }
    #expect(error?.position == TextPosition(line: 2, column: 1))
  }

  @Test("a network is written with integers over a stated denominator and reads back scaled")
  func writing() throws {
    let text = String(decoding: NetworkWriter.dimacs(try read(good)), as: UTF8.self)
    #expect(
      text == """
        c Capacities are multiplied by 2.
        p max 3 3
        n 1 s
        n 3 t
        a 1 2 14
        a 2 3 1
        a 1 3 199999999999999999998

        """)
    #expect(try read(text).capacities[0] == 14)
  }
}
