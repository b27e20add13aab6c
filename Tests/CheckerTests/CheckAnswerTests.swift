import Checker
import ExactArithmetic
import TestSupport
import Testing

@Suite struct CheckAnswerTests {
  @Test("a whole certificate is accepted, and its parts are about one flow")
  func accepted() throws {
    let answer = try #require(
      checkAnswer(try Fixture.network(), Fixture.certificate).claim)
    #expect(answer.maximum == answer.undetermined.maximum)
    #expect(answer.maximum == answer.attributions.flow)
    #expect(answer.attributions.arcs == [1, 2, 4])
    let truth = FlowEnumeration(try Fixture.network())
    #expect(untruth(answer, truth) == nil)
  }

  @Test("the first part that fails is the rejection")
  func parts() throws {
    let network = try Fixture.network()
    var certificate = Fixture.certificate
    certificate.intervals.removeLast()
    expect(checkAnswer(network, certificate), .shape, .field("intervals"), 2, 3)
    certificate.undetermined.labels = []
    expect(checkAnswer(network, certificate), .shape, .field("labels"), 0, 4)
    certificate.cut = Fixture.set()
    expect(checkAnswer(network, certificate), .cutEnds, .node(0), 0, 1)
    certificate.flow = ExactVector([])
    expect(checkAnswer(network, certificate), .shape, .field("flow"), 0, 6)
  }

  @Test("parts about different flows, networks or arcs do not make an answer")
  func mixedParts() throws {
    let answer = try #require(
      checkAnswer(try Fixture.network(), Fixture.certificate).claim)
    let (maximum, arcs) = (answer.maximum, answer.undetermined)
    #expect(
      CertifiedAnswer(
        maximum: maximum, undetermined: arcs, attributions: answer.attributions) == answer)
    // Another maximum flow of the same network.
    let other = try #require(
      checkFeasible(ExactVector([1, 0, 1, half, half, 0]), in: maximum.flow.network).claim
        .flatMap { checkMaximum($0, cut: Fixture.set(0)).claim })
    #expect(
      CertifiedAnswer(
        maximum: other, undetermined: arcs, attributions: answer.attributions) == nil)
    // The same flow in a wider network.
    let wide = try smallNetwork(
      nodes: 4, [(0, 1, 2), (1, 3, 2), (1, 3, 2), (0, 2, 1), (2, 3, 6), (3, 0, 2)], over: 2)
    let wideAnswer = try #require(checkAnswer(wide, Fixture.certificate).claim)
    #expect(
      CertifiedAnswer(
        maximum: maximum, undetermined: wideAnswer.undetermined,
        attributions: answer.attributions) == nil)
    #expect(
      CertifiedAnswer(
        maximum: maximum, undetermined: arcs, attributions: wideAnswer.attributions) == nil)
    // Intervals of arcs that are not the arcs into the sink, in their order, once each.
    for chosen in [[], [0], [0, 1], [1, 0, 2], [0, 1, 2, 2]] {
      let intervals = chosen.map { Fixture.intervals[$0] }
      let some = try #require(
        checkIntervals(maximum, arcs: intervals.map(\.arc), intervals).claim)
      #expect(
        CertifiedAnswer(maximum: maximum, undetermined: arcs, attributions: some) == nil)
    }
  }
}
