import Checker
import ExactArithmetic
import Generators
import Networks
import Solvers
import Testing

/// What is wrong with an answer of the layered algorithm; empty if nothing is.
///
/// The kernel judges flow and cut; the value is also that of another algorithm.
private func faults(_ network: FlowNetwork, by other: MaximumFlowSolver = .dinic) -> [String] {
  let answer = MaximumFlowSolver.layered.solve(network)
  guard answer.status == .optimal else { return ["status \(answer.status)"] }
  switch checkFeasible(answer.flow, in: network) {
  case .rejected(let rejection): return ["\(rejection.first)"]
  case .accepted(let flow):
    if let rejection = checkMaximum(flow, cut: answer.cut).rejection { return ["\(rejection)"] }
    let value = other.solve(network).value
    return answer.value == value && flow.value == value
      ? [] : ["value \(answer.value) of a flow of \(flow.value), not \(value)"]
  }
}

/// A layered network of any capacities.
private func layered(
  _ layers: Int, _ tokens: Int, _ capacities: [BigInteger]
) throws -> FlowNetwork {
  try FlowNetwork(
    layers: layers, tokens: tokens, capacities: ExactVector(capacities, denominator: 1))
}

@Suite("Maximum flow on the tensor itself")
struct LayeredSolverTests {
  @Test("any capacities in any number type, in both directions, as the smallest cut has it")
  func numberTypes() throws {
    var numbers = TestNumbers(seed: 41)
    let choices: [Int64] = [0, 0, 1, 1, 2, 3, 7]
    for round in 0..<400 {
      let (layers, tokens) = (1 + round % 4, 1 + round / 4 % 3)
      let count = layers * tokens * tokens + 2 * tokens
      let small = (0..<count).map { _ in choices.randomElement(using: &numbers) ?? 0 }
      let plain = try layered(layers, tokens, small.map { BigInteger($0) })
      let oracle = TestNetwork(
        nodeCount: plain.nodeCount,
        small.indices.map { arc in
          let (tail, head) = plain.arcs.ends(of: arc)
          // The oracle begins at node 0.
          return (plain.source - tail, plain.source - head, small[arc])
        })
      let value =
        plain.nodeCount <= 12
        ? CutOracle(oracle).value
        : try #require(Int64(MaximumFlowSolver.edmondsKarp.solve(plain).value.numerator))
      for bits in [0, 64, 200] {
        let network = try layered(
          layers, tokens, small.map { BigInteger($0).shifted(left: bits) })
        #expect(faults(network) == [], "\(small)")
        #expect(faults(network.reversed) == [], "\(small)")
        #expect(
          MaximumFlowSolver.layered.solve(network).value
            == Rational(BigInteger(value).shifted(left: bits)))
      }
      for network in [plain, plain.reversed] {
        let double = MaximumFlowSolver.layered.solveDouble(network)
        #expect(double.status == .optimal && double.value == Double(value), "\(small)")
        #expect(double.flow.allSatisfy { $0 == $0.rounded() })
        let flow = try #require(ExactVector(exactly: double.flow))
        let feasible = try #require(checkFeasible(flow, in: network).claim)
        #expect(checkMaximum(feasible, cut: double.cut).claim != nil)
      }
    }
  }

  @Test("all row-stochastic tensors with L = T = 2 and denominators up to 4, in all modes")
  func exhaustive() throws {
    // Twelfths: the fractions in 0...1 with denominators up to 4.
    let rows = [0, 3, 4, 6, 8, 9, 12].map { [Int64($0), 12 - Int64($0)] }
    for a in rows {
      for b in rows {
        for c in rows {
          for d in rows {
            let tensor = try EffectiveTensor(
              layers: 2, tokens: 2, entries: ExactVector(a + b + c + d, denominator: 12))
            // The value does not depend on A[0]: sum over k of min(1, column sum k of A[1]).
            let value = min(12, c[0] + d[0]) + min(12, c[1] + d[1])
            for (mode, value) in [(Mode.all, value), (.single(0), 12), (.single(1), 12)] {
              let network = try FlowNetwork(tensor: tensor, mode: mode)
              let answer = MaximumFlowSolver.layered.solve(network)
              #expect(answer.value == Rational(value, 12))
              let flow = try #require(checkFeasible(answer.flow, in: network).claim)
              #expect(checkMaximum(flow, cut: answer.cut).claim != nil)
            }
          }
        }
      }
    }
  }

  @Test("every generated family of layered networks, at sizes of one word")
  func families() {
    var sizes = 0
    for family in CaseFamily.all {
      for round in 0..<12 {
        var choices = RandomChoices(seed: 42, stream: UInt64(round))
        let tokens = max(family.tokensMinimum, 1 + round % 7)
        let instance = family.make(&choices, layers: 1 + round % 5, tokens: tokens).instance
        guard MaximumFlowSolver.layered.accepts(instance.network) else { continue }
        sizes += 1
        #expect(faults(instance.network) == [], "\(family.name) \(round)")
      }
    }
    #expect(sizes > 200)
  }

  @Test(
    "rows of more than a word, dense, causal and nearly one-hot",
    arguments: [31, 32, 33, 63, 64, 65, 127, 128, 130])
  func words(tokens: Int) throws {
    var numbers = TestNumbers(seed: UInt64(tokens))
    for kind in 0..<4 {
      let layers = 2 + kind
      var capacities: [Int64] = []
      for _ in 0..<layers {
        for i in 0..<tokens {
          for j in 0..<tokens {
            let spread = kind == 0 ? 4 : 40
            let size = Int64(1) << Int64.random(in: 0..<Int64(spread), using: &numbers)
            let isZero = (kind == 1 && j > i) || (kind == 3 && (i + j) % 5 > 1)
            capacities.append(isZero ? 0 : size)
          }
        }
      }
      capacities += [Int64](repeating: 1 << 41, count: 2 * tokens)
      let network = try FlowNetwork(
        layers: layers, tokens: tokens, capacities: ExactVector(capacities, denominator: 3))
      #expect(faults(network) == [], "kind \(kind)")
    }
  }

  @Test("the flow is a function of the capacities, whatever the number type")
  func sameFlow() throws {
    var numbers = TestNumbers(seed: 43)
    let small = try randomTensor(layers: 4, tokens: 9, denominator: 7, numbers: &numbers)
    let narrow = try FlowNetwork(tensor: small, mode: .all)
    let first = MaximumFlowSolver.layered.solve(narrow)
    let factor = BigInteger.powerOfTwo(70)
    let wide = try layered(
      4, 9, (0..<narrow.arcCount).map { narrow.capacities.numerator($0) * factor })
    let second = MaximumFlowSolver.layered.solve(wide)
    #expect(first.cut == second.cut && first.work == second.work)
    for arc in 0..<narrow.arcCount {
      #expect(first.flow.numerator(arc) * factor == second.flow.numerator(arc))
    }
  }

  @Test("nothing passes where all is zero, or a layer is")
  func zeros() throws {
    for (layers, tokens) in [(1, 1), (1, 70), (3, 1), (3, 4)] {
      let count = layers * tokens * tokens + 2 * tokens
      let none = try layered(layers, tokens, [BigInteger](repeating: 0, count: count))
      #expect(faults(none) == [])
      #expect(MaximumFlowSolver.layered.solve(none).value == 0)
      for blocked in 0..<layers {
        var capacities = [BigInteger](repeating: 5, count: count)
        for arc in 0..<(tokens * tokens) { capacities[blocked * tokens * tokens + arc] = 0 }
        let network = try layered(layers, tokens, capacities)
        #expect(faults(network) == [])
        #expect(MaximumFlowSolver.layered.solve(network).value == 0)
        #expect(MaximumFlowSolver.layered.solveDouble(network).value == 0)
      }
    }
  }

  @Test("wherever the work limit ends it, what is left is a flow")
  func limits() throws {
    var numbers = TestNumbers(seed: 44)
    let tensor = try randomTensor(layers: 5, tokens: 8, denominator: 4, numbers: &numbers)
    let network = try FlowNetwork(tensor: tensor, mode: .all)
    let whole = MaximumFlowSolver.layered.solve(network)
    var values: Set<Rational> = []
    for scans in 0...whole.work {
      let answer = MaximumFlowSolver.layered.solve(network, limit: WorkLimit(arcScans: scans))
      // The limit is looked at between steps: the last ones may still be under way.
      if answer.status == .optimal {
        #expect(answer == whole)
      } else {
        #expect(answer.work > scans && scans < whole.work)
      }
      let flow = try #require(checkFeasible(answer.flow, in: network).claim)
      #expect(flow.value == answer.value && answer.value <= whole.value)
      values.insert(answer.value)
    }
    // It stops before the filling, after it, and between sweeps.
    #expect(values.count >= 3)
  }

  @Test("doubles of very different sizes stay within 1e-12 of the value")
  func doubles() throws {
    var numbers = TestNumbers(seed: 45)
    for round in 0..<300 {
      let (layers, tokens) = (1 + round % 5, 1 + round % 6)
      let count = layers * tokens * tokens + 2 * tokens
      let capacities = (0..<count).map { _ in
        let size = Double.random(in: 0..<1, using: &numbers)
        return round % 3 == 0 ? size : size / Double(1 << Int.random(in: 0..<60, using: &numbers))
      }
      let exact = try #require(ExactVector(exactly: capacities))
      let plain = try FlowNetwork(layers: layers, tokens: tokens, capacities: exact)
      let value = MaximumFlowSolver.edmondsKarp.solve(plain).value.nearestDouble
      for network in [plain, plain.reversed] {
        let answer = MaximumFlowSolver.layered.solveDouble(network)
        #expect(answer.status == .optimal)
        let tolerance = 1e-12 * value
        #expect(abs(answer.value - value) <= tolerance, "\(answer.value), not \(value)")
        var excess = [Double](repeating: 0, count: network.nodeCount)
        network.arcs.forEach { arc, tail, head in
          let amount = answer.flow[arc]
          #expect(amount >= 0 && amount <= capacities[arc])
          excess[tail] -= amount
          excess[head] += amount
        }
        for node in excess.indices where node != network.source && node != network.sink {
          #expect(abs(excess[node]) <= tolerance)
        }
        let cut = try #require(cutCapacity(answer.cut, in: network).claim).nearestDouble
        #expect(cut <= value + tolerance, "a cut of \(cut) where the value is \(value)")
      }
    }
  }

  @Test("doubles whose sums overflow still end")
  func overflow() throws {
    let huge = BigInteger.powerOfTwo(1_023)
    for (layers, tokens) in [(1, 2), (3, 3)] {
      let count = layers * tokens * tokens + 2 * tokens
      let network = try layered(layers, tokens, [BigInteger](repeating: huge, count: count))
      #expect(MaximumFlowSolver.layered.solveDouble(network).status == .optimal)
      #expect(faults(network) == [])
    }
  }
}
