import Checker
import ExactArithmetic
import Generators
import Testing

@Suite("The families")
struct CaseFamilyTests {
  /// 500 cases of a family with sizes up to 4 layers and 6 tokens.
  private func draws(_ family: CaseFamily) -> [GeneratedCase] {
    let source = CaseSource(seed: 99, families: [family])
    return (0..<UInt64(500)).map { source[$0] }
  }

  @Test("every promise of a family holds in 500 draws", arguments: CaseFamily.all.map(\.name))
  func promises(name: String) throws {
    let family = try #require(CaseFamily.named(name))
    for (k, made) in draws(family).enumerated() {
      #expect(made.family == name)
      for label in made.promises {
        #expect(label.holds(of: made.instance), "\(label) of case \(k)")
      }
    }
  }

  @Test(
    "rows promised to sum to 1 do so when fractions are added",
    arguments: CaseFamily.all.filter { $0.promises.contains(.rowStochastic) }.map(\.name))
  func exactRows(name: String) throws {
    for made in draws(try #require(CaseFamily.named(name))) {
      guard case .tensor(let tensor, _) = made.instance else { continue }
      #expect(tensor.hasUnitRows)
    }
  }

  @Test("names are unique, and every family is described and has a weight")
  func table() {
    #expect(Set(CaseFamily.all.map(\.name)).count == CaseFamily.all.count)
    for family in CaseFamily.all {
      #expect(family.about.hasSuffix("."))
      #expect(family.weight > 0)
      #expect(CaseFamily.named(family.name)?.about == family.about)
    }
    #expect(CaseFamily.named("no such family") == nil)
  }

  @Test("tensors that solvers read as doubles hold no number that is not one")
  func doublesAreExact() throws {
    for name in ["softmax32", "softmax64", "sharp", "sinkhorn", "wide-range", "neighbours"] {
      for made in draws(try #require(CaseFamily.named(name))).prefix(50) {
        guard case .tensor(let tensor, _) = made.instance else { continue }
        let again = ExactVector(exactly: tensor.entries.nearestDoubles)
        #expect(again == tensor.entries)
      }
    }
  }

  @Test("binary32 families have significands of 24 bits")
  func binary32() throws {
    for made in draws(try #require(CaseFamily.named("softmax32"))) {
      guard case .tensor(let tensor, _) = made.instance else { continue }
      for value in tensor.entries.nearestDoubles { #expect(Double(Float(value)) == value) }
    }
  }

  @Test("sinks hold between 0.6 and 0.99 and hardly more of every row")
  func sinks() throws {
    for made in draws(try #require(CaseFamily.named("sink"))) {
      guard case .tensor(let tensor, _) = made.instance, tensor.tokens > 1 else { continue }
      let hasSink = (0..<tensor.tokens).contains { column in
        (0..<(tensor.layers * tensor.tokens)).allSatisfy { row in
          tensor.entries[row * tensor.tokens + column] * 10 >= 6
        }
      }
      #expect(hasSink)
    }
  }

  @Test("a sliding window leaves out the places farthest away")
  func slidingWindow() throws {
    for made in draws(try #require(CaseFamily.named("sliding-window"))) {
      guard case .tensor(let tensor, _) = made.instance, tensor.tokens > 2 else { continue }
      for l in 0..<tensor.layers { #expect(tensor[l, 0, tensor.tokens - 1].isZero) }
    }
  }

  @Test("scaled tensors and networks have capacities of the scales they are named for")
  func scales() throws {
    for name in ["scaled", "scaled-network"] {
      for made in draws(try #require(CaseFamily.named(name))) {
        let capacities =
          switch made.instance {
          case .tensor(let tensor, _): tensor.entries.nearestDoubles
          case .network(let network): network.capacities.nearestDoubles
          }
        let largest = try #require(capacities.max())
        #expect(largest < 1e-11 || largest > 1e5)
      }
    }
  }

  @Test("an encoder-decoder passes its cross-attention: rows of the decoder sum to 1")
  func encoderDecoder() throws {
    for made in draws(try #require(CaseFamily.named("encoder-decoder"))).prefix(100) {
      let network = made.instance.network
      var sums = [Rational](repeating: 0, count: network.nodeCount)
      var isBottom = [Bool](repeating: false, count: network.nodeCount)
      network.arcs.forEach { arc, tail, head in
        if head == network.sink {
          isBottom[tail] = true
        } else if tail != network.source {
          sums[tail] += network.capacities[arc]
        }
      }
      for node in 0..<network.nodeCount
      where node != network.source && node != network.sink && !isBottom[node] {
        #expect(sums[node] == 1)
      }
      #expect(TinyFlow(network).value.signum() > 0)
    }
  }

  @Test("shuffled arcs keep the value of the layered network they come from")
  func shuffledArcs() throws {
    // Rows sum to 1: with one top token the value is 1, with all of them at most T.
    for made in draws(try #require(CaseFamily.named("shuffled-arcs"))).prefix(100) {
      let network = made.instance.network
      let fed = network.sourceArcs.count { !network.capacities[$0].isZero }
      let value = Rational(TinyFlow(network).value, network.capacities.denominator)
      #expect(fed == 1 ? value == 1 : value >= 1 && value <= Rational(fed))
    }
  }
}
