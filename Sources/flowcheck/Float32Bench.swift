import Checker
import ExactArithmetic
import Networks
import Solvers

/// A layered network whose capacities are all single-precision numbers, as a model leaves them in
/// memory: what the task `max-flow-float32` begins with.
struct Float32Network {
  let layout: LayeredLayout
  /// The entries of the tensor.
  let entries: [Float]
  /// The capacities of the source arcs, then of the sink arcs.
  let superCapacities: [Float]

  /// Nothing if the network is not layered from the top down, or a number is not one of them.
  init?(_ network: FlowNetwork) {
    guard case .layered(let layers, let tokens) = network.arcs else { return nil }
    let doubles = network.capacities.nearestDoubles
    let singles = doubles.map { Float($0) }
    guard let exact = ExactVector(exactly: singles, followedBy: []) else { return nil }
    let denominator = BigInteger.leastCommonMultiple(
      exact.denominator, network.capacities.denominator)
    guard
      exact.restated(over: denominator) == network.capacities.restated(over: denominator)
    else { return nil }
    layout = LayeredLayout(layers: layers, tokens: tokens)
    entries = Array(singles[..<layout.entryCount])
    superCapacities = Array(singles[layout.entryCount...])
  }

  /// The capacities of the network in exact numbers, rounded down to multiples of
  /// `2^-fractionBits` if that is given; nothing if these do not fit 64 bits.
  func capacities(fractionBits: Int?) -> ExactVector? {
    guard let fractionBits else {
      return ExactVector(exactly: entries, followedBy: superCapacities)
    }
    return ExactVector(
      truncating: entries, followedBy: superCapacities, fractionBits: fractionBits)
  }
}

/// One run from the tensor in memory to a certified maximum flow.
struct Float32Run {
  /// The seconds of its parts.
  struct Seconds {
    /// From the tensor to the network in exact numbers.
    let conversion: Double
    /// To value, flow and cut.
    let solution: Double
    /// To the kernel's acceptance of them.
    let check: Double
  }

  let seconds: Seconds
  /// The maximum flow as the kernel accepted it, or why it did not.
  let judgement: Judgement<MaximumFlow>

  /// Runs from the tensor to the kernel's judgement.
  init(_ tensor: Float32Network, fractionBits: Int?) throws {
    let clock = ContinuousClock()
    let start = clock.now
    guard let capacities = tensor.capacities(fractionBits: fractionBits) else {
      throw UsageError("--fraction-bits \(fractionBits ?? 0) asks for more than 62 bits a number")
    }
    let network: FlowNetwork
    do throws(StatementError) {
      network = try FlowNetwork(
        layers: tensor.layout.layers, tokens: tensor.layout.tokens, capacities: capacities)
    } catch {
      throw InternalError.refused("the capacities of a network: \(error)")
    }
    let converted = clock.now
    let found = MaximumFlowSolver.layered.solve(network)
    let solved = clock.now
    switch checkFeasible(found.flow, in: network) {
    case .rejected(let rejection): judgement = .rejected(rejection)
    case .accepted(let flow): judgement = checkMaximum(flow, cut: found.cut)
    }
    seconds = Seconds(
      conversion: (converted - start) / .seconds(1), solution: (solved - converted) / .seconds(1),
      check: (clock.now - solved) / .seconds(1))
  }
}

/// The same tensor in numbers of 64 bits and in numbers of 128, as residual attention has them.
///
/// Both are the tensor rounded down to multiples of 2^-30, the second with numerators and
/// denominator 2^64 times as large: an algorithm takes the same steps on both.
struct WidthPair {
  let narrow: EffectiveTensor
  let wide: EffectiveTensor
  private let mode: Mode

  /// Nothing if the rounded numbers take more than 64 bits, or are all zero.
  init?(_ tensor: EffectiveTensor, _ mode: Mode) throws {
    let singles = tensor.entries.nearestDoubles.map { Float($0) }
    guard let rounded = ExactVector(truncating: singles, followedBy: [], fractionBits: 30),
      case .int64(let numerators) = rounded.elements, numerators.contains(where: { $0 != 0 })
    else { return nil }
    let scaled = ExactVector(
      numerators.map { Int128($0) << 64 },
      denominator: .powerOfTwo(30 + 64))
    func same(_ entries: ExactVector) throws -> EffectiveTensor {
      do throws(StatementError) {
        return try EffectiveTensor(layers: tensor.layers, tokens: tensor.tokens, entries: entries)
      } catch {
        throw InternalError.refused("the entries of a tensor, rounded down: \(error)")
      }
    }
    narrow = try same(rounded)
    wide = try same(scaled)
    self.mode = mode
  }

  /// The network of one of the two.
  func network(of tensor: EffectiveTensor) throws -> FlowNetwork {
    do throws(StatementError) {
      return try FlowNetwork(tensor: tensor, mode: mode)
    } catch {
      throw InternalError.refused("the network of a tensor: \(error)")
    }
  }
}
