/// The vectors of one Newton step of the interior point method; see `InteriorPoint`.
struct StepVectors {
  /// `D`, one weight per arc; 0 at dropped arcs.
  var weights: [Double]
  /// `1 / p` and `1 / q`; 0 at dropped arcs, where with them all changes are 0.
  var lowerInverse: [Double]
  var upperInverse: [Double]
  /// `c + sigma f - B y`.
  var gradients: [Double]
  /// The flow.
  var amounts: [Double]
  /// `B y`, or `B dy`.
  var differences: [Double]
  /// `B'f - d` at unknown nodes.
  var imbalance: [Double]
  /// `dy`.
  var potentialChange: [Double]
  /// `df`, which is the change of `p` and minus that of `q`.
  var flowChange: [Double]
  /// The changes of `z` and `w`.
  var lowerChange: [Double]
  var upperChange: [Double]
  /// What the products `p z` and `q w` are to become.
  private var lowerTarget: [Double]
  private var upperTarget: [Double]
  private var drive: [Double]
  private var inflow: [Double]

  /// Vectors of that size, all 0.
  init(count: Int, nodeCount: Int) {
    let zeros = [Double](repeating: 0, count: count)
    (weights, gradients, amounts, differences, flowChange, lowerChange, upperChange, drive) = (
      zeros, zeros, zeros, zeros, zeros, zeros, zeros, zeros
    )
    (lowerTarget, upperTarget, lowerInverse, upperInverse) = (zeros, zeros, zeros, zeros)
    imbalance = [Double](repeating: 0, count: nodeCount)
    potentialChange = imbalance
    inflow = imbalance
  }

  /// Sets Mehrotra's direction: a step towards the last products shows how far it gets, and from
  /// that follow the products to aim at, which are returned.
  mutating func setPredictor(
    _ at: InteriorPoint, _ equations: any NormalEquations, average: Double
  ) -> Double {
    let last = at.working.weight
    aim(at: last)
    setDirection(at, equations)
    let reach = self.reach(at)
    let predicted = averageProduct(at, reach: reach)
    let excess = max(average - last, .leastNormalMagnitude)
    let ratio = min(1, max(0, predicted - last) / excess)
    let target = last + min(at.boldness, ratio * ratio * ratio) * excess
    aimWithCorrection(at: target)
    setDirection(at, equations)
    return target
  }

  /// Aims at products `target` on all arcs.
  mutating func aim(at target: Double) {
    for arc in lowerTarget.indices {
      lowerTarget[arc] = target
      upperTarget[arc] = target
    }
  }

  /// Aims at products `target`, less what the last step's changes multiply to.
  private mutating func aimWithCorrection(at target: Double) {
    for arc in lowerTarget.indices {
      lowerTarget[arc] = target - flowChange[arc] * lowerChange[arc]
      upperTarget[arc] = target + flowChange[arc] * upperChange[arc]
    }
  }

  /// Moves the aim so that products after a step of length `reach` that would lie outside
  /// `target / 10 ... target * 10` come nearer to that range.
  mutating func centre(_ at: InteriorPoint, reach: Double, target: Double) {
    let (p, q) = (at.lowerSlack, at.upperSlack)
    let (z, w) = (at.lowerMultiplier, at.upperMultiplier)
    let (least, most) = (0.1 * target, 10 * target)
    for arc in lowerTarget.indices {
      let change = reach * flowChange[arc]
      let a = (p[arc] + change) * (z[arc] + reach * lowerChange[arc])
      let b = (q[arc] - change) * (w[arc] + reach * upperChange[arc])
      lowerTarget[arc] += max(min(max(a, least), most) - a, -most)
      upperTarget[arc] += max(min(max(b, least), most) - b, -most)
    }
  }

  /// Computes the Newton step to the products that are aimed at, after a factorisation.
  mutating func setDirection(_ at: InteriorPoint, _ equations: any NormalEquations) {
    let (z, w) = (at.lowerMultiplier, at.upperMultiplier)
    let working = at.working
    for arc in drive.indices {
      drive[arc] =
        lowerTarget[arc] * lowerInverse[arc] - upperTarget[arc] * upperInverse[arc]
        - gradients[arc]
      flowChange[arc] = weights[arc] * drive[arc]
    }
    working.incidence.netInflow(of: flowChange, into: &inflow)
    for node in inflow.indices { potentialChange[node] = -imbalance[node] - inflow[node] }
    equations.solve(&potentialChange)
    working.incidence.differences(of: potentialChange, into: &differences)
    for arc in drive.indices {
      let change = weights[arc] * (differences[arc] + drive[arc])
      flowChange[arc] = change
      lowerChange[arc] = (lowerTarget[arc] - z[arc] * change) * lowerInverse[arc] - z[arc]
      upperChange[arc] = (upperTarget[arc] + w[arc] * change) * upperInverse[arc] - w[arc]
    }
  }

  /// The largest step, at most 1, after which no slack and no multiplier is negative.
  func reach(_ at: InteriorPoint) -> Double {
    let (z, w) = (at.lowerMultiplier, at.upperMultiplier)
    // The largest relative decrease, of which the reach is the inverse.
    var decrease = 1.0
    for arc in flowChange.indices {
      let change = flowChange[arc]
      let slack = change > 0 ? change * upperInverse[arc] : -change * lowerInverse[arc]
      decrease = slack > decrease ? slack : decrease
      if -lowerChange[arc] > decrease * z[arc] { decrease = -lowerChange[arc] / z[arc] }
      if -upperChange[arc] > decrease * w[arc] { decrease = -upperChange[arc] / w[arc] }
    }
    return 1 / decrease
  }

  /// The average of the products `p z` and `q w` after a step of length `reach`.
  func averageProduct(_ at: InteriorPoint, reach: Double) -> Double {
    let (p, q) = (at.lowerSlack, at.upperSlack)
    let (z, w) = (at.lowerMultiplier, at.upperMultiplier)
    var sum = 0.0
    for arc in flowChange.indices {
      let change = reach * flowChange[arc]
      sum += (p[arc] + change) * (z[arc] + reach * lowerChange[arc])
      sum += (q[arc] - change) * (w[arc] + reach * upperChange[arc])
    }
    return sum / Double(max(2 * at.working.activeCount, 1))
  }

  /// The largest step up to a given one, of a falling sequence, after which every product is at
  /// least `share` times their average.
  func reachKeepingProducts(_ at: InteriorPoint, above share: Double, upTo length: Double)
    -> Double
  {
    let (p, q) = (at.lowerSlack, at.upperSlack)
    let (z, w) = (at.lowerMultiplier, at.upperMultiplier)
    var reach = length
    // Bounded: after forty rounds the step is a ten-thousandth of what it was.
    for _ in 0..<40 {
      let least = share * averageProduct(at, reach: reach)
      var isKept = true
      for arc in flowChange.indices where upperInverse[arc] > 0 {
        let change = reach * flowChange[arc]
        let a = (p[arc] + change) * (z[arc] + reach * lowerChange[arc])
        let b = (q[arc] - change) * (w[arc] + reach * upperChange[arc])
        if min(a, b) < least {
          isKept = false
          break
        }
      }
      if isKept { return reach }
      reach *= 0.8
    }
    return reach
  }
}
