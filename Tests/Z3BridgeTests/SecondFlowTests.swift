import Checker
import ExactArithmetic
import Testing
import Z3Bridge

@Suite("Second flows")
struct SecondFlowTests {
  @Test(
    "the smallest ambiguous tensors have a second flow with another attribution",
    arguments: SecondFlowScope.allCases)
  func smallestAmbiguous(scope: SecondFlowScope) throws {
    let flow = try maximumFlow(try network(["1,0 1/2,1/2", "1/2,1/2 1,0"]))
    let found = try Z3Session().secondFlowWithDifferentAttribution(of: flow, scope: scope).answer
    guard case .found(let flows) = found else {
      Issue.record("\(found)")
      return
    }
    #expect(flows.first == flow)
    #expect(flows.second.value == flow.value)
    #expect(flows.attributionChange > 0)
  }

  @Test(
    "three equal half rows have a second flow, but no other bottom attribution",
    arguments: SecondFlowScope.allCases)
  func equalAttributions(scope: SecondFlowScope) throws {
    let flow = try maximumFlow(
      try network(["1,0,0 0,1,0 0,0,1", "1/2,1/2,0 1/2,1/2,0 1/2,1/2,0"]))
    let session = Z3Session()
    guard case .found(let flows) = try session.secondFlow(of: flow, scope: scope).answer else {
      Issue.record("no second flow")
      return
    }
    #expect(flows.attributionChange == 0)
    let other = try session.secondFlowWithDifferentAttribution(of: flow, scope: scope)
    #expect(other.answer == .none)
  }

  @Test("top attributions are those of the reversed network")
  func topAttributions() throws {
    let forward = try network(["1,0 0,1", "1,0 1,0"])
    let session = Z3Session()
    let bottom = try session.secondFlowWithDifferentAttribution(
      of: try maximumFlow(forward), scope: .allArcs)
    #expect(bottom.answer == .none)
    let top = try session.secondFlowWithDifferentAttribution(
      of: try maximumFlow(forward.reversed), scope: .allArcs)
    guard case .found(let flows) = top.answer else {
      Issue.record("\(top.answer)")
      return
    }
    #expect(flows.attributionChange > 0)
  }

  @Test("uniform tensors have one maximum flow from all tokens, and several from one")
  func uniform() throws {
    let session = Z3Session()
    for tokens in 2...4 {
      for layers in 1...3 {
        let all = try maximumFlow(try uniformNetwork(tokens: tokens, layers: layers, mode: .all))
        for scope in SecondFlowScope.allCases {
          #expect(
            try session.secondFlow(of: all, scope: scope).answer == .none,
            "\(layers) layers, \(tokens) tokens")
        }
        guard layers >= 2 else { continue }
        let single = try maximumFlow(
          try uniformNetwork(tokens: tokens, layers: layers, mode: .single(0)))
        guard case .found = try session.secondFlow(of: single, scope: .allArcs).answer else {
          Issue.record("unique from one token: \(layers) layers, \(tokens) tokens")
          continue
        }
      }
    }
  }

  @Test("a second flow goes as far from the first as its direction allows")
  func stretched() throws {
    let session = Z3Session()
    for number in 0..<100 {
      let flow = try maximumFlow(try sampleNetwork(number))
      let answer = try session.secondFlow(of: flow, scope: .residualComponents).answer
      guard case .found(let flows) = answer else { continue }
      let (capacities, second) = (flow.flow.network.capacities, flows.second.amounts)
      #expect(
        flows.arcsChanged.contains { second[$0] == 0 || second[$0] == capacities[$0] },
        "network \(number)")
    }
  }

  @Test("antiparallel arcs, parallel arcs and self loops are each arcs of their own")
  func multigraphs() throws {
    let session = Z3Session()
    func isUnique(_ arcs: [(Int32, Int32, Rational)]) throws -> Bool {
      let flow = try maximumFlow(try network(nodes: 4, arcs))
      let answer = try session.secondFlow(of: flow, scope: .allArcs).answer
      #expect(try session.secondFlow(of: flow, scope: .residualComponents).answer == answer)
      return answer == .none
    }
    let path: [(Int32, Int32, Rational)] = [(0, 2, 1), (2, 3, 2), (3, 1, 1)]
    #expect(try isUnique(path))
    #expect(try isUnique(path + [(3, 2, 0)]))
    #expect(try !isUnique(path + [(3, 2, 1)]))
    #expect(try !isUnique(path + [(2, 3, 1)]))
    #expect(try !isUnique(path + [(3, 3, 1)]))
    #expect(try isUnique([]))
  }

  @Test("answers agree with an independent search on random tiny networks")
  func againstOracle() throws {
    let session = Z3Session()
    var counts = [0, 0]
    for number in 0..<600 {
      let flow = try maximumFlow(try sampleNetwork(number))
      let network = flow.flow.network
      let hasSecond = canChange(flow, on: 0..<network.arcCount)
      let hasOther = canChange(flow, on: network.sinkArcs)
      for scope in SecondFlowScope.allCases {
        let second = try session.secondFlow(of: flow, scope: scope).answer
        #expect(isFound(second) == hasSecond, "network \(number), \(scope)")
        let other = try session.secondFlowWithDifferentAttribution(of: flow, scope: scope).answer
        #expect(isFound(other) == hasOther, "network \(number), \(scope), attribution")
      }
      counts[hasSecond ? 0 : 1] += 1
    }
    #expect(counts.allSatisfy { $0 > 100 }, "\(counts)")
  }

  @Test("capacities from the smallest to nearly the largest double are exact")
  func extremeCapacities() throws {
    let tiny = try #require(Rational(exactly: Double.leastNonzeroMagnitude))
    let huge = try #require(Rational(exactly: 1e308))
    let session = Z3Session()
    let level = try maximumFlow(
      try network(nodes: 4, [(0, 2, huge), (0, 3, huge), (2, 1, huge), (3, 1, huge), (2, 3, tiny)]))
    #expect(try session.secondFlow(of: level, scope: .allArcs).answer == .none)
    let loose = try maximumFlow(
      try network(
        nodes: 4,
        [(0, 2, huge), (0, 3, huge), (2, 1, huge + tiny), (3, 1, huge), (3, 2, huge)]))
    guard case .found(let flows) = try session.secondFlow(of: loose, scope: .allArcs).answer else {
      Issue.record("a change of the smallest double was not seen")
      return
    }
    #expect(flows.attributionChange == tiny)
  }
}

/// Whether a second flow was found; an `unknown` is an issue.
func isFound(_ answer: SecondFlowAnswer) -> Bool {
  switch answer {
  case .found: return true
  case .none: return false
  case .unknown(let reason):
    Issue.record("unknown: \(reason)")
    return false
  }
}
