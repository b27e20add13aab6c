import Checker
import ExactArithmetic
import Networks

/// Feasible flows as they are written: a character per arc, and the amounts on the free arcs.
enum BoundedFlows {
  static let empty = UInt8(ascii: "0")
  static let saturated = UInt8(ascii: "1")
  static let free = UInt8(ascii: "f")

  /// A flow on some arcs, written down.
  struct Coded {
    var states: String
    var free: ExactVector

    /// Writes down amounts, each given by the position of its arc in the list and the arc.
    init<Number: ExactFlowNumber>(
      _ arcs: some Sequence<Int>, _ capacities: [Number], over denominator: BigInteger,
      _ amount: (_ position: Int, _ arc: Int) -> Number
    ) {
      var states: [UInt8] = []
      var amounts: [Number] = []
      for (position, arc) in arcs.enumerated() {
        let value = amount(position, arc)
        if value == .zero {
          states.append(BoundedFlows.empty)
        } else if value == capacities[arc] {
          states.append(BoundedFlows.saturated)
        } else {
          states.append(BoundedFlows.free)
          amounts.append(value)
        }
      }
      self.states = String(decoding: states, as: UTF8.self)
      free = Number.vector(amounts, over: denominator)
    }
  }

  /// Flows on all arcs, written down over one denominator. Vectors: capacities, then each flow.
  struct WholeEncoding: ExactTask {
    func run<Number: ExactFlowNumber>(
      _ numerators: [[Number]], over denominator: BigInteger
    ) -> (denominator: BigInteger, flows: [Coded]) {
      let capacities = numerators[0]
      let flows = numerators.dropFirst().map { flow in
        Coded(flow.indices, capacities, over: denominator) { flow[$1] }
      }
      return (denominator, flows)
    }
  }

  /// The flow of a proof and all its extremal flows, written down over one denominator.
  ///
  /// Vectors: capacities, flow, then the differences of each extremal flow.
  struct Encoding: ExactTask {
    let network: FlowNetwork
    let proof: FlowCertificate

    func run<Number: ExactFlowNumber>(
      _ numerators: [[Number]], over denominator: BigInteger
    ) -> (denominator: BigInteger, flow: Coded, extremal: [Coded]) {
      let (capacities, flow) = (numerators[0], numerators[1])
      func coded(_ arcs: some Sequence<Int>, _ amount: (Int, Int) -> Number) -> Coded {
        Coded(arcs, capacities, over: denominator, amount)
      }
      let ends = proof.intervals.flatMap { [$0.minimum, $0.maximum] }
      let extremal = ends.enumerated().map { index, end in
        let changes = numerators[2 + index]
        return coded(end.arcs.lazy.map { Int($0) }) { flow[$1] + changes[$0] }
      }
      return (denominator, coded(0..<flow.count) { flow[$1] }, extremal)
    }
  }

  /// The differences of extremal flows from the flow that they change.
  ///
  /// Vectors: capacities, flow, then the free amounts of each extremal flow.
  struct Decoding: ExactTask {
    let ends: [(arcs: [Int32], states: String)]

    func run<Number: ExactFlowNumber>(
      _ numerators: [[Number]], over denominator: BigInteger
    ) -> [ExactVector] {
      let (capacities, flow) = (numerators[0], numerators[1])
      return ends.enumerated().map { index, end in
        var free = numerators[2 + index].makeIterator()
        let differences = zip(end.arcs, end.states.utf8).map { arc, state in
          let amount = amount(state, capacities[Int(arc)], &free)
          return amount - flow[Int(arc)]
        }
        return Number.vector(differences, over: denominator)
      }
    }
  }

  /// A flow on all arcs. Vectors: capacities, free amounts.
  struct WholeDecoding: ExactTask {
    let states: String

    func run<Number: ExactFlowNumber>(
      _ numerators: [[Number]], over denominator: BigInteger
    ) -> ExactVector {
      var free = numerators[1].makeIterator()
      let amounts = zip(numerators[0], states.utf8).map { capacity, state in
        amount(state, capacity, &free)
      }
      return Number.vector(amounts, over: denominator)
    }
  }

  /// A flow as it stands in a file, before the network is known.
  struct Fields {
    /// The path of the object in the file.
    var place: String
    var states: String
    var free: ExactVector.Elements
    /// The denominator of the amounts; nil where it is given for many flows at once.
    var denominator: BigInteger?

    init(
      place: String, states: String, free: ExactVector.Elements, denominator: BigInteger?
    ) {
      self.place = place
      self.states = states
      self.free = free
      self.denominator = denominator
    }

    /// Reads an object with denominator, states and free amounts.
    init(_ reader: inout JSONReader) throws(InputError) {
      var states: String?
      let place = reader.place
      let free = try reader.readVector("free") { reader, key throws(InputError) in
        guard key == "states" else { return false }
        states = try reader.readString()
        return true
      }
      self.init(
        place: place, states: try reader.require(states, "states"), free: free.elements,
        denominator: free.denominator)
    }

    /// The flow on all arcs of a network.
    func amounts(
      _ network: FlowNetwork, _ reader: JSONReader
    ) throws(InputError) -> ExactVector {
      try requireStates(count: network.arcCount, reader)
      return WholeDecoding(states: states).run(
        on: network.capacities, ExactVector(free, denominator: denominator ?? BigInteger.one))
    }

    /// Tests that there is a state for each arc, of a known kind, and an amount for each free arc.
    func requireStates(count: Int, _ reader: JSONReader) throws(InputError) {
      func refuse(_ field: String, _ problem: InputProblem) -> InputError {
        InputError(file: reader.name, place: "\(place).\(field)", problem: problem)
      }
      var freeCount = 0
      for state in states.utf8 {
        switch state {
        case BoundedFlows.free: freeCount += 1
        case BoundedFlows.empty, BoundedFlows.saturated: break
        default:
          throw refuse(
            "states",
            .outOfRange(text: "'\(Character(UnicodeScalar(state)))'", range: "0, 1 or f"))
        }
      }
      guard states.utf8.count == count else {
        throw refuse(
          "states", .countMismatch(what: "state", found: states.utf8.count, expected: count))
      }
      let amounts = ExactVector(free, denominator: BigInteger.one).count
      guard amounts == freeCount else {
        throw refuse(
          "free", .countMismatch(what: "free amount", found: amounts, expected: freeCount))
      }
    }
  }
}

/// The amount that a state stands for; states and free amounts were counted before.
private func amount<Number: ExactFlowNumber>(
  _ state: UInt8, _ capacity: Number, _ free: inout IndexingIterator<[Number]>
) -> Number {
  switch state {
  case BoundedFlows.saturated: return capacity
  case BoundedFlows.free:
    guard let next = free.next() else { preconditionFailure("fewer amounts than free arcs") }
    return next
  default: return .zero
  }
}
