import Checker
import ExactArithmetic
import TestSupport
import Testing

@Suite struct FlowNetworkTests {
  private func refusal(_ body: () throws -> Void) -> StatementError? {
    do { try body() } catch { return error as? StatementError }
    return nil
  }

  @Test("a layered network of given capacities is that of its tensor")
  func layeredCapacities() throws {
    let entries = (0..<18).map { Int64($0) }
    let tensor = try EffectiveTensor(
      layers: 2, tokens: 3, entries: ExactVector(entries, denominator: 5))
    for (mode, sources) in [(Mode.all, [15, 15, 15]), (.single(1), [0, 15, 0])] {
      let capacities = entries + sources.map { Int64($0) } + [15, 15, 15]
      let network = try FlowNetwork(
        layers: 2, tokens: 3, capacities: ExactVector(capacities, denominator: 5))
      #expect(try network == FlowNetwork(tensor: tensor, mode: mode))
    }
  }

  @Test("a layered network of given capacities is refused with any count, size or sign wrong")
  func layeredRefusals() {
    func refusal(_ layers: Int, _ tokens: Int, _ capacities: [Int64]) -> StatementError? {
      self.refusal {
        _ = try FlowNetwork(
          layers: layers, tokens: tokens, capacities: ExactVector(capacities, denominator: 2))
      }
    }
    #expect(refusal(1, 1, [1, 2, 3]) == nil)
    #expect(refusal(0, 1, [1, 2]) == .emptyShape(field: "layers", size: 0))
    #expect(refusal(1, 0, []) == .emptyShape(field: "tokens", size: 0))
    for found in [[1, 2], [1, 2, 3, 4]] as [[Int64]] {
      #expect(
        refusal(1, 1, found)
          == .wrongCount(field: "capacities", expected: 3, found: found.count))
    }
    for index in 0..<3 {
      var capacities: [Int64] = [0, 0, 0]
      capacities[index] = -1
      #expect(
        refusal(1, 1, capacities)
          == .negative(field: "capacities", index: index, value: Rational(-1, 2)))
    }
    for (layers, tokens) in [(1, 1 << 15), (1 << 30, 1), (Int.max, 2), (2, Int.max)] {
      #expect(
        refusal(layers, tokens, [])
          == .tooLarge(field: "capacities", limit: networkSizeLimit))
    }
  }

  @Test("a layered network has the nodes and arcs of the definition, up to one layer and token")
  func layered() throws {
    for layers in 1...3 {
      for tokens in 1...3 {
        let entries = ExactVector(
          (0..<(layers * tokens * tokens)).map { Int64($0 + 1) }, denominator: 5)
        let tensor = try EffectiveTensor(layers: layers, tokens: tokens, entries: entries)
        let modes = [Mode.all] + (0..<tokens).map { Mode.single($0) }
        for mode in modes {
          let network = try FlowNetwork(tensor: tensor, mode: mode)
          let (source, sink) = ((layers + 1) * tokens + 1, 0)
          #expect(network.source == source && network.sink == sink)
          #expect(network.nodeCount == (layers + 1) * tokens + 2)
          // Every arc with its ends and capacity, written from the definition.
          var expected: [(Int, Int, Rational)] = []
          for l in 0..<layers {
            for i in 0..<tokens {
              for j in 0..<tokens {
                expected.append(
                  (tokens * (l + 1) + i + 1, tokens * l + j + 1, tensor[l, i, j]))
              }
            }
          }
          for i in 0..<tokens {
            let isFed = mode == .all || mode == .single(i)
            expected.append((source, tokens * layers + i + 1, isFed ? Rational(tokens) : 0))
          }
          for j in 0..<tokens { expected.append((j + 1, sink, Rational(tokens))) }
          var seen = 0
          network.arcs.forEach { arc, tail, head in
            #expect(arc == seen && (tail, head) == (expected[arc].0, expected[arc].1))
            #expect(network.arcs.ends(of: arc) == (tail, head))
            #expect(network.capacities[arc] == expected[arc].2)
            seen += 1
          }
          #expect(seen == expected.count && network.arcCount == seen)
          let turned = network.reversed
          turned.arcs.forEach { arc, tail, head in
            #expect((head, tail) == (expected[arc].0, expected[arc].1))
            #expect(turned.arcs.ends(of: arc) == (tail, head))
          }
          #expect(turned.source == sink && turned.sink == source)
          #expect(turned.reversed == network)
          let attention = layers * tokens * tokens
          #expect(network.sourceArcs == Array(attention..<(attention + tokens)))
          #expect(network.sinkArcs == Array((attention + tokens)..<(attention + 2 * tokens)))
          #expect(turned.sourceArcs == network.sinkArcs && turned.sinkArcs == network.sourceArcs)
        }
      }
    }
  }

  @Test("the super capacity is that of the conventions, of any size and denominator")
  func superCapacity() throws {
    let tensor = try tensor([[[half, half], [1, 0]]])
    for capacity: Rational in [
      0, Rational(2, 7), 1_000_000_007, Rational(BigInteger.powerOfTwo(64)),
      Rational(BigInteger.powerOfTwo(130)), Rational(1, BigInteger.powerOfTwo(130)),
      Rational(BigInteger.powerOfTwo(500), 3),
    ] {
      let network = try FlowNetwork(
        tensor: tensor, mode: .single(1), conventions: Conventions(superCapacity: capacity))
      let capacities = (0..<network.arcCount).map { network.capacities[$0] }
      #expect(capacities == [half, half, 1, 0, 0, capacity, capacity, capacity])
    }
    #expect(
      refusal {
        let negative = Conventions(superCapacity: Rational(-1, 3))
        _ = try FlowNetwork(tensor: tensor, mode: .all, conventions: negative)
      } == .negative(field: "superCapacity", index: 0, value: Rational(-1, 3)))
  }

  @Test("the fed token must exist")
  func token() throws {
    let tensor = try tensor([[[half, half], [1, 0]]])
    for token in [-1, 2, .min, .max] {
      #expect(
        refusal { _ = try FlowNetwork(tensor: tensor, mode: .single(token)) }
          == .tokenOutOfRange(token: token, tokens: 2))
    }
  }

  @Test("a tensor of another size, of no size, of too large a size, or below 0 is refused")
  func tensorErrors() throws {
    func refused(_ layers: Int, _ tokens: Int, _ entries: [Int64]) -> StatementError? {
      refusal {
        _ = try EffectiveTensor(
          layers: layers, tokens: tokens, entries: ExactVector(entries, denominator: 1))
      }
    }
    #expect(refused(0, 1, []) == .emptyShape(field: "layers", size: 0))
    #expect(refused(.min, 1, []) == .emptyShape(field: "layers", size: .min))
    #expect(refused(1, -1, [1]) == .emptyShape(field: "tokens", size: -1))
    #expect(refused(1, 0, []) == .emptyShape(field: "tokens", size: 0))
    #expect(refused(1, 2, [1, 1, 1]) == .wrongCount(field: "tensor", expected: 4, found: 3))
    #expect(refused(2, 1, [1, 1, 1]) == .wrongCount(field: "tensor", expected: 2, found: 3))
    #expect(refused(1, 2, [1, 1, -2, -1]) == .negative(field: "tensor", index: 2, value: -2))
    let tooLarge = StatementError.tooLarge(field: "tensor", limit: networkSizeLimit)
    for (layers, tokens) in [
      (1 << 30, 1), (1, 1 << 15), (1, 1 << 32), (1, .max), (.max, 1), (.max, .max),
      (1 << 62, 2), (4, 1 << 31), (networkSizeLimit - 1, 1), (networkSizeLimit - 3, 1),
      ((networkSizeLimit - 1) / 4, 2),
    ] {
      #expect(refused(layers, tokens, [1]) == tooLarge, "\(layers), \(tokens)")
    }
    // The largest sizes whose networks have all node and half-arc numbers within 32 bits.
    for (layers, tokens) in [(networkSizeLimit - 4, 1), (networkSizeLimit / 4 - 2, 2)] {
      let count = layers * tokens * tokens
      #expect(
        refused(layers, tokens, [1]) == .wrongCount(field: "tensor", expected: count, found: 1))
      #expect(max(count + 2 * tokens, (layers + 1) * tokens + 2) < networkSizeLimit)
    }
  }

  @Test("listed arcs that do not fit together are refused, one dimension at a time")
  func listedErrors() throws {
    func refused(
      nodes: Int = 3, source: Int = 0, sink: Int = 2, tails: [Int32] = [0, 1],
      heads: [Int32] = [1, 2], capacities: [Int64] = [1, 1]
    ) -> StatementError? {
      refusal {
        _ = try FlowNetwork(
          nodeCount: nodes, source: source, sink: sink, tails: tails, heads: heads,
          capacities: ExactVector(capacities, denominator: 1))
      }
    }
    #expect(refused() == nil)
    #expect(refused(tails: [], heads: [], capacities: []) == nil)
    for nodes in [1, 0, -1, .min] {
      #expect(refused(nodes: nodes) == .emptyShape(field: "nodes", size: nodes))
    }
    for nodes in [networkSizeLimit, .max] {
      #expect(refused(nodes: nodes) == .tooLarge(field: "nodes", limit: networkSizeLimit))
    }
    #expect(refused(nodes: networkSizeLimit - 1) == nil)
    #expect(refused(heads: [1]) == .wrongCount(field: "heads", expected: 2, found: 1))
    #expect(refused(tails: [0]) == .wrongCount(field: "heads", expected: 1, found: 2))
    #expect(
      refused(capacities: [1]) == .wrongCount(field: "capacities", expected: 2, found: 1))
    #expect(
      refused(capacities: [1, -1]) == .negative(field: "capacities", index: 1, value: -1))
    for node in [-1, 3, .min, .max] {
      #expect(
        refused(source: node)
          == .nodeOutOfRange(field: "source", index: 0, node: node, nodeCount: 3))
      #expect(
        refused(sink: node)
          == .nodeOutOfRange(field: "sink", index: 0, node: node, nodeCount: 3))
    }
    for node: Int32 in [-1, 3, .min, .max] {
      #expect(
        refused(tails: [0, node])
          == .nodeOutOfRange(field: "tails", index: 1, node: Int(node), nodeCount: 3))
      #expect(
        refused(heads: [node, 1])
          == .nodeOutOfRange(field: "heads", index: 0, node: Int(node), nodeCount: 3))
    }
    #expect(refused(sink: 0) == .sourceIsSink(node: 0))
  }

  @Test("arcs into the sink are found in any listed network: parallel ones, loops, in both turns")
  func sinkArcs() throws {
    let network = try smallNetwork(
      nodes: 3, [(0, 2, 1), (2, 2, 1), (2, 0, 1), (1, 2, 1), (0, 2, 0), (0, 0, 1)])
    #expect(network.sinkArcs == [0, 1, 3, 4] && network.sourceArcs == [0, 4, 5])
    #expect(network.reversed.sourceArcs == network.sinkArcs)
    #expect(network.reversed.sinkArcs == network.sourceArcs)
    #expect(network.reversed.reversed == network)
  }

  @Test("a mode is written as it is read, and nothing else is read")
  func mode() {
    for mode in [Mode.all, .single(0), .single(17), .single(.max)] {
      #expect(Mode(mode.description) == mode)
    }
    for text in [
      "", "All", "all ", "single", "single:", "single:-1", "single:+1", "single: 1", "single:1 ",
      "single:\u{0661}", "single:99999999999999999999", "single:0x1", "singleX1",
    ] {
      #expect(Mode(text) == nil, "\(text)")
    }
  }

  @Test("a node set holds its members and no others, across word boundaries")
  func nodeSet() {
    for nodeCount in [0, 1, 63, 64, 65, 128, 200] {
      let members = (0..<nodeCount).filter { $0 % 3 == 0 || $0 >= 62 && $0 <= 66 }
      let set = NodeSet(nodeCount: nodeCount, members: members)
      #expect(set.members == members)
      #expect(set.complement.members == (0..<nodeCount).filter { !members.contains($0) })
      #expect(set.complement.complement == set)
      if nodeCount <= 64 {
        let word = members.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
        #expect(NodeSet(nodeCount: nodeCount, word: word) == set)
      }
      #expect(NodeSet(nodeCount: nodeCount).members == [])
      #expect(NodeSet(nodeCount: nodeCount) != NodeSet(nodeCount: nodeCount + 1))
    }
  }
}
