// Answers of the protocol, read from lines that anybody may have written. What is wrong with one is
// said in a sentence that names the field and the place in it.
import CaseFiles
import Checker
import ExactArithmetic
import SolverInterface

/// What a line came to.
enum ReadAnswer<Content> {
  /// The answer to the request, well formed.
  case content(Content)
  /// The answer to the request with something wrong in it; the next line belongs to the next
  /// request.
  case wrong(String)
  /// No answer to the request; nothing is known about the lines that follow.
  case outOfStep(String)
}

/// Reads the answers to one request.
struct AnswerText {
  /// The number of the request.
  let id: Int

  /// Reads a line whose fields a closure takes, by key; unknown ones are to be skipped.
  func read<Content>(
    _ line: [UInt8], into content: Content,
    field: (inout Content, inout JSONReader, String) throws(InputError) -> Void
  ) -> ReadAnswer<Content> {
    var content = content
    var reader = JSONReader(bytes: line, name: "answer")
    var found: Int?
    do throws(InputError) {
      try reader.readObject { reader, key throws(InputError) in
        if key == "id" { found = try reader.readInt() } else { try field(&content, &reader, key) }
      }
      try reader.finish()
      guard let found else { throw reader.missing("id") }
      return found == id ? .content(content) : .outOfStep(mismatch(found))
    } catch {
      let reason = sentence(error, line)
      guard let found else { return .outOfStep(reason) }
      return found == id ? .wrong(reason) : .outOfStep(mismatch(found))
    }
  }

  /// What is wrong with another id than that of the request; smaller ones had their answer.
  private func mismatch(_ found: Int) -> String {
    found >= 0 && found < id
      ? "id: request \(found) is answered a second time"
      : "id: the answer has the id \(found), and \(id) is due"
  }

  /// The field, what is wrong, the column, and the beginning of the line when no field is known.
  private func sentence(_ error: InputError, _ line: [UInt8]) -> String {
    let column = error.position.map { " (column \($0.column))" } ?? ""
    let problem = error.problem.sentence.trimmed(of: ".") + column
    if !error.place.isEmpty { return "\(error.place): \(problem)" }
    let quoted = TextTail.printable(line.prefix(ProcessStreams.quotedBytes))
    return "the answer is not what the protocol says: \(problem): '\(quoted)'"
  }
}

extension AnswerText {
  /// The most bytes of an answer about a network.
  ///
  /// No double needs more than 25 characters; the rest leaves room for other ways of writing
  /// numbers, and for fields that are not read.
  static func byteLimit(_ network: FlowNetwork) -> Int {
    bytesOfAnyAnswer + bytesOfNumber * (2 * network.arcCount + 2 * network.nodeCount)
  }

  /// The most bytes of an answer without the numbers of a network.
  static let bytesOfAnyAnswer = 1 << 18
  private static let bytesOfNumber = 64

  /// Reads an answer about a flow, or about a Shapley value.
  func readFlow(
    _ line: [UInt8], _ network: FlowNetwork, _ task: FlowTask.Kind = .maximumFlow
  ) -> ReadAnswer<FlowAnswer> {
    let result = read(line, into: FlowFields()) { fields, reader, key throws(InputError) in
      try fields.read(&reader, key, network)
    }
    switch result {
    case .wrong(let reason): return .wrong(reason)
    case .outOfStep(let reason): return .outOfStep(reason)
    case .content(let fields): return fields.answer(to: task)
    }
  }
}

/// The fields of an answer about a flow.
private struct FlowFields {
  var status: String?
  var value: Rational?
  var flow: ExactVector?
  var cut: NodeSet?
  var attribution: ExactVector?
  var potentials: ExactVector?

  mutating func read(
    _ reader: inout JSONReader, _ key: String, _ network: FlowNetwork
  ) throws(InputError) {
    switch key {
    case "status": status = try reader.readString()
    case "value": value = try reader.readFiniteNumber()
    case "flow": flow = try reader.readFiniteNumbers(count: network.arcCount)
    case "cut": cut = try reader.readNodeList(nodeCount: network.nodeCount)
    case "potentials": potentials = try reader.readFiniteNumbers(count: network.nodeCount)
    case "attribution":
      attribution = try reader.readFiniteNumbers(count: network.sinkArcs.count)
    default: try reader.skipValue()
    }
  }

  func answer(to task: FlowTask.Kind) -> ReadAnswer<FlowAnswer> {
    switch status {
    case "optimal" where task == .shapley && attribution == nil:
      return .wrong("attribution: an optimal answer about a Shapley value needs one")
    case "optimal":
      if value == nil && task != .shapley { return .wrong("value: an optimal answer needs one") }
      return .content(
        FlowAnswer(
          status: .optimal, value: value, flow: flow, cut: cut, attribution: attribution,
          potentials: potentials))
    case "unsupported": return .content(FlowAnswer(status: .unsupported))
    case nil: return .wrong("status: it is missing")
    case .some(let other):
      let shown = TextTail.printable(Array(other.utf8).prefix(ProcessStreams.quotedBytes))
      return .wrong("status: '\(shown)' is neither optimal nor unsupported")
    }
  }
}

extension JSONReader {
  /// Reads a list of different nodes.
  fileprivate mutating func readNodeList(nodeCount: Int) throws(InputError) -> NodeSet {
    var set = NodeSet(nodeCount: nodeCount)
    try readArray { reader, _ throws(InputError) in
      let node = try reader.readInt(in: 0...(nodeCount - 1))
      if set.contains(node) { throw reader.error(.badStatement(reason: "node \(node) again")) }
      set.insert(node)
    }
    return set
  }
}

extension String {
  /// The text without a character at its end.
  fileprivate func trimmed(of last: Character) -> String {
    self.last == last ? String(dropLast()) : self
  }
}
