import Checker
import ExactArithmetic
import Foundation
import Testing
import Z3Bridge

@Suite("Sessions")
struct Z3SessionTests {
  @Test("answers, and what they cost, do not depend on the questions before")
  func freshAndReused() throws {
    let flows = try (0..<150).map { try maximumFlow(try sampleNetwork($0)) }
    let reused = Z3Session(renewalInterval: 1_000_000)
    let renewed = Z3Session(renewalInterval: 7)
    let backwards = Z3Session()
    var answersBackwards = try flows.reversed().map {
      try backwards.secondFlow(of: $0, scope: .allArcs)
    }
    for (number, flow) in flows.enumerated() {
      let fresh = try Z3Session().secondFlow(of: flow, scope: .allArcs)
      #expect(try reused.secondFlow(of: flow, scope: .allArcs) == fresh, "network \(number)")
      #expect(try renewed.secondFlow(of: flow, scope: .allArcs) == fresh, "network \(number)")
      #expect(answersBackwards.popLast() == fresh, "network \(number)")
      // Other kinds of question in between.
      _ = try reused.optimality(of: flow.flow)
      _ = try reused.secondFlowWithDifferentAttribution(of: flow, scope: .residualComponents)
    }
  }

  @Test("a tiny budget gives unknown, and the session goes on")
  func tinyBudget() throws {
    let flow = try maximumFlow(try uniformNetwork(tokens: 3, layers: 3, mode: .all))
    let session = Z3Session()
    let tiny = Z3Budget(resourceLimit: 1)
    for scope in SecondFlowScope.allCases {
      let second = try session.secondFlow(of: flow, scope: scope, budget: tiny).answer
      #expect(isUnknown(second), "\(second)")
    }
    guard case .unknown = try session.optimality(of: flow.flow, budget: tiny).answer else {
      Issue.record("optimality was decided without a step")
      return
    }
    #expect(try session.secondFlow(of: flow, scope: .allArcs).answer == .none)
  }

  @Test("a question stops soon after its budget is spent", arguments: [1_000, 10_000, 30_000])
  func costIsBounded(limit: UInt32) throws {
    let flow = try maximumFlow(try uniformNetwork(tokens: 12, layers: 4, mode: .all))
    let free = try Z3Session().secondFlow(of: flow, scope: .allArcs)
    #expect(free.answer == .none)
    #expect(free.effort.resourceCount > 30_000, "\(free.effort)")
    let answer = try Z3Session().secondFlow(
      of: flow, scope: .allArcs, budget: Z3Budget(resourceLimit: limit))
    let setUp = UInt64(100 * flow.flow.network.arcCount)
    #expect(isUnknown(answer.answer))
    #expect(answer.effort.resourceCount < UInt64(2 * limit) + setUp, "\(answer.effort)")
  }

  @Test("a network with more arcs than a session shares is answered")
  func manyArcs() throws {
    let flow = try maximumFlow(try uniformNetwork(tokens: 12, layers: 3, mode: .single(0)))
    let session = Z3Session()
    let first = try session.secondFlow(of: flow, scope: .residualComponents)
    #expect(isFound(first.answer))
    #expect(try session.secondFlow(of: flow, scope: .residualComponents) == first)
  }

  @Test("sessions on several threads answer like one")
  func threads() async throws {
    let flows = try (0..<120).map { try maximumFlow(try sampleNetwork($0)) }
    let session = Z3Session()
    let expected = try flows.map { try session.secondFlow(of: $0, scope: .allArcs) }
    let answers = try await withThrowingTaskGroup(of: [Z3Answer<SecondFlowAnswer>].self) { group in
      for _ in 0..<4 {
        group.addTask {
          let own = Z3Session()
          return try flows.map { try own.secondFlow(of: $0, scope: .allArcs) }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count == 4)
    for answer in answers { #expect(answer == expected) }
  }

  @Test("a thousand sessions leave no memory behind")
  func memory() async {
    // In a process of its own, since other tests use memory at the same time.
    await #expect(processExitsWith: .success) {
      let flow = try maximumFlow(try sampleNetwork(4))
      func useSessions(_ count: Int) throws {
        for _ in 0..<count { _ = try Z3Session().secondFlow(of: flow, scope: .allArcs) }
      }
      try useSessions(100)
      let before = try residentBytes()
      try useSessions(1_000)
      // A thousand contexts that were not freed would take some hundred times as much.
      #expect(try residentBytes() - before < 10_000_000)
    }
  }

  @Test("the version is that of the linked library")
  func version() {
    #expect(z3Version.split(separator: ".").count == 4)
  }
}

private func isUnknown(_ answer: SecondFlowAnswer) -> Bool {
  if case .unknown = answer { return true }
  return false
}

/// The memory of this process that is in use.
private func residentBytes() throws -> Int {
  let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
  return (Int(fields[1]) ?? 0) * 4096
}
