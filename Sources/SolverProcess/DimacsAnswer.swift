// Solutions in the format of the DIMACS challenge for maximum flows: `s VALUE`, then, if the solver
// tells it, `f TAIL HEAD FLOW` for the arcs that carry something. What is wrong with one is said in
// a sentence that names the line.
import CaseFiles
import Checker
import ExactArithmetic
import SolverInterface

/// What a text came to.
enum DimacsAnswer {
  /// A solution, well formed.
  case solution(FlowAnswer)
  /// A text without a solution: how it lacks one.
  case missingSolution(String)
  /// A text with something wrong in it.
  case wrong(String)

  /// The answer that it makes.
  var answer: FlowAnswer {
    switch self {
    case .solution(let answer): answer
    case .missingSolution(let reason), .wrong(let reason): FlowAnswer(status: .failed(reason))
    }
  }

  /// The most bytes of a solution about a network, with room for comments.
  static func byteLimit(_ network: FlowNetwork) -> Int {
    AnswerText.bytesOfAnyAnswer + 128 * (network.arcCount + network.nodeCount)
  }

  /// Reads a whole solution.
  static func read(_ text: [UInt8], _ network: FlowNetwork) -> DimacsAnswer {
    var solution = DimacsSolution(network)
    for (index, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      if let reason = solution.read(line) {
        let quoted = TextTail.printable(line.prefix(ProcessStreams.quotedBytes))
        return .wrong("line \(index + 1): \(reason): '\(quoted)'")
      }
    }
    guard let value = solution.value else {
      return .missingSolution("no line 's VALUE' gives the value of the flow")
    }
    return .solution(FlowAnswer(status: .optimal, value: value, flow: solution.flow))
  }
}

/// The lines of a solution as they are read.
private struct DimacsSolution {
  private let network: FlowNetwork
  private(set) var value: Rational?
  /// The amounts of the lines about each pair of nodes, in the order of the lines.
  private var amounts: [Pair: [Rational]] = [:]
  private lazy var arcs: [Pair: [Int]] = {
    var arcs: [Pair: [Int]] = [:]
    network.arcs.forEach { arc, tail, head in arcs[Pair(tail, head), default: []].append(arc) }
    return arcs
  }()

  /// Two nodes, from 0.
  private struct Pair: Hashable {
    let tail: Int
    let head: Int

    init(_ tail: Int, _ head: Int) { (self.tail, self.head) = (tail, head) }
  }

  init(_ network: FlowNetwork) { self.network = network }

  /// Reads a line; returns what is wrong with it, or nil.
  mutating func read(_ line: ArraySlice<UInt8>) -> String? {
    let fields = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    guard let first = fields.first else { return nil }
    switch (first.count == 1 ? first.first : nil, fields.count) {
    case (UInt8(ascii: "c"), _): return nil
    case (UInt8(ascii: "s"), 2):
      if value != nil { return "the value is given a second time" }
      value = number(fields[1])
      return value == nil ? "the value is no number" : nil
    case (UInt8(ascii: "f"), 4):
      guard let tail = node(fields[1]), let head = node(fields[2]) else {
        return "a node is none of 1 to \(network.nodeCount)"
      }
      guard let amount = number(fields[3]) else { return "the flow is no number" }
      let pair = Pair(tail, head)
      guard let known = arcs[pair] else { return "the network has no such arc" }
      amounts[pair, default: []].append(amount)
      return amounts[pair, default: []].count > known.count
        ? "more lines than arcs between these nodes (\(known.count))" : nil
    case (UInt8(ascii: "s"), _), (UInt8(ascii: "f"), _):
      return "the line has \((fields.count - 1).counted("number"))"
    default: return "neither a comment 'c' nor 's VALUE' nor 'f TAIL HEAD FLOW'"
    }
  }

  /// The flow on each arc; nil if no line tells of one while the value is not 0.
  ///
  /// Lines name ends only. Where there are as many lines as arcs between two nodes each is about
  /// one of them, so the smallest amount goes to the smallest capacity: if any way to match them
  /// keeps the capacities, this one does. Where there are fewer, they tell the sum of the arcs,
  /// which fills these in their order; what is too much is left on the last.
  var flow: ExactVector? {
    mutating get {
      if amounts.isEmpty && value?.isZero != true { return nil }
      var flow = [Rational](repeating: 0, count: network.arcCount)
      for (pair, given) in amounts {
        let arcs = arcs[pair, default: []]
        if given.count == arcs.count {
          let order = arcs.sorted { network.capacities[$0] < network.capacities[$1] }
          for (arc, amount) in zip(order, given.sorted()) { flow[arc] = amount }
          continue
        }
        var rest = given.reduce(0, +)
        for arc in arcs.dropLast() where rest.signum() > 0 {
          flow[arc] = min(rest, network.capacities[arc])
          rest -= flow[arc]
        }
        if let last = arcs.last { flow[last] = rest }
      }
      return ExactVector(flow)
    }
  }

  private func node(_ field: ArraySlice<UInt8>) -> Int? {
    guard let number = Int(String(decoding: field, as: UTF8.self)),
      (1...network.nodeCount).contains(number)
    else { return nil }
    return number - 1
  }

  /// A number as the protocol has them: an integer exactly, any other as its nearest double.
  private func number(_ field: ArraySlice<UInt8>) -> Rational? {
    var reader = JSONReader(bytes: Array(field), name: "answer")
    do throws(InputError) {
      let number = try reader.readFiniteNumber()
      try reader.finish()
      return number
    } catch {
      return nil
    }
  }
}
