public import ExactArithmetic

/// What is known about a linear programme; every answer but the last one has been verified.
public enum LinearProgrammeAnswer: Sendable, Hashable {
  /// It has this optimum.
  case optimal(LinearOptimum)
  /// No point satisfies the constraints, as these multipliers prove.
  case infeasible(multipliers: [Rational])
  /// From this point the objective rises without end in this direction.
  case unbounded(point: [Rational], direction: [Rational])
  /// Z3 stopped before it knew; the reason is for people only.
  case unknown(reason: String)
}

extension LinearProgramme {
  /// Solves the programme.
  ///
  /// - Parameter budget: the work to spend on each of at most three questions.
  /// - Returns: the optimum, or a proof that there is none, or that the budget did not suffice.
  /// - Throws: ``Z3Error/contradictoryAnswers`` if Z3 denies all three, among others if a model,
  ///   substituted back, is not what was asked for.
  public func solved(budget: Z3Budget = .standard) throws(Z3Error) -> LinearProgrammeAnswer {
    let texts = [optimumText, infeasibilityText, unboundednessText]
    for (question, text) in texts.enumerated() {
      switch try decideSMTLib(text, budget: budget) {
      case .unknown(let reason): return .unknown(reason: reason)
      case .unsatisfiable: continue
      case .satisfiable(let values):
        return try verified(question: question, values)
      }
    }
    throw .contradictoryAnswers
  }

  /// The answer that a model gives to one of the questions, tested exactly.
  private func verified(
    question: Int, _ values: [String: Rational]
  ) throws(Z3Error) -> LinearProgrammeAnswer {
    // Unknowns that the model leaves open may have any value.
    let point = objective.indices.map { values["x\($0)"] ?? .zero }
    let direction = objective.indices.map { values["r\($0)"] ?? .zero }
    let multipliers = constraints.indices.map { values["y\($0)"] ?? .zero }
    switch question {
    case 0:
      if let optimum = LinearOptimum(of: self, point: point, multipliers: multipliers) {
        return .optimal(optimum)
      }
      throw .modelChangesNothing(claim: "optimum")
    case 1:
      if isInfeasible(by: multipliers) { return .infeasible(multipliers: multipliers) }
      throw .modelChangesNothing(claim: "infeasible")
    default:
      if isUnbounded(at: point, towards: direction) {
        return .unbounded(point: point, direction: direction)
      }
      throw .modelChangesNothing(claim: "unbounded")
    }
  }

  /// The question for a point and multipliers of equal value, as SMT-LIB 2.
  public var optimumText: String {
    var script = SMTLibScript(
      logic: .linearReal,
      about: ["optimum: x is feasible, y proves a bound, and the value of x meets it."])
    writePoint("x", boundFactor: 1, to: &script)
    writeMultipliers(summingUpTo: objective, to: &script)
    script.assert("(>= \(objectiveSum("x")) \(boundSum))")
    return script.text
  }

  /// The question for multipliers that prove that no point is feasible.
  var infeasibilityText: String {
    var script = SMTLibScript(
      logic: .linearReal, about: ["infeasible: the constraints combine to 0 <= -1."])
    writeMultipliers(
      summingUpTo: [Rational](repeating: .zero, count: objective.count), to: &script)
    script.assert("(= \(boundSum) (- 1))")
    return script.text
  }

  /// The question for a point and a direction that prove that the objective has no bound.
  var unboundednessText: String {
    var script = SMTLibScript(
      logic: .linearReal,
      about: ["unbounded: x is feasible, and stays so along r, which gains 1."])
    writePoint("x", boundFactor: 1, to: &script)
    writePoint("r", boundFactor: 0, to: &script)
    script.assert("(= \(objectiveSum("r")) 1)")
    return script.text
  }

  /// Declares a vector and asserts the constraints, with right sides multiplied by 0 or 1.
  private func writePoint(
    _ name: String, boundFactor: Rational, to script: inout SMTLibScript
  ) {
    objective.indices.forEach { script.declare("\(name)\($0)") }
    for constraint in constraints {
      let left = sum(constraint.terms.map { product($0.coefficient, "\(name)\($0.unknown)") })
      let right = literal(constraint.bound * boundFactor)
      script.assert("(\(constraint.relation.rawValue) \(left) \(right))")
    }
  }

  /// Declares multipliers with their signs; the left sides add up to the given coefficients.
  private func writeMultipliers(
    summingUpTo coefficients: [Rational], to script: inout SMTLibScript
  ) {
    var columns = [[String]](repeating: [], count: objective.count)
    for (index, constraint) in constraints.enumerated() {
      script.declare("y\(index)")
      switch constraint.relation {
      case .atMost: script.assert("(>= y\(index) 0)")
      case .equal: break
      case .atLeast: script.assert("(<= y\(index) 0)")
      }
      for term in constraint.terms {
        columns[term.unknown].append(product(term.coefficient, "y\(index)"))
      }
    }
    for (column, coefficient) in zip(columns, coefficients) {
      script.assert("(= \(sum(column)) \(literal(coefficient)))")
    }
  }

  private func objectiveSum(_ name: String) -> String {
    sum(
      objective.indices.filter { !objective[$0].isZero }.map {
        product(objective[$0], "\(name)\($0)")
      })
  }

  private var boundSum: String {
    sum(
      constraints.indices.filter { !constraints[$0].bound.isZero }.map {
        product(constraints[$0].bound, "y\($0)")
      })
  }
}

/// An unknown times a number.
private func product(_ factor: Rational, _ unknown: String) -> String {
  if factor == 1 { return unknown }
  return factor == -1 ? "(- \(unknown))" : "(* \(literal(factor)) \(unknown))"
}
