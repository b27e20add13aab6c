import CZ3
import ExactArithmetic

extension Z3Context {
  /// An empty solver that stops each check after `resourceLimit` steps of Z3's own counting.
  ///
  /// There is no limit by the clock: Z3 4.8.12 can lock up when it is given one, and an answer
  /// would depend on the machine.
  ///
  /// Nonlinear questions get Z3's solver for them: the simple one takes minutes for a thousand
  /// products, or does not end.
  func solver(
    resourceLimit: UInt32, logic: SMTLibLogic = .linearReal
  ) throws(Z3Error) -> Z3Solver {
    let solver =
      switch logic {
      case .linearReal:
        try Z3Solver(Z3_mk_simple_solver(handle), by: "mk_simple_solver", in: self)
      case .nonlinearReal: try solver(for: logic)
      }
    try limit(solver, to: resourceLimit)
    return solver
  }

  /// An empty solver with the same limit, for linear questions that are pushed on assertions.
  ///
  /// At the first push the simple solver knows no question yet, and prepares for all theories; this
  /// one prepares for linear arithmetic alone, a twentieth less work for a few dozen unknowns.
  func linearSolverForPushing(resourceLimit: UInt32) throws(Z3Error) -> Z3Solver {
    let solver = try solver(for: .linearReal)
    try limit(solver, to: resourceLimit)
    return solver
  }

  private func solver(for logic: SMTLibLogic) throws(Z3Error) -> Z3Solver {
    let name = Z3_mk_string_symbol(handle, logic.rawValue)
    return try Z3Solver(
      Z3_mk_solver_for_logic(handle, name), by: "mk_solver_for_logic", in: self)
  }

  private func limit(_ solver: Z3Solver, to resourceLimit: UInt32) throws(Z3Error) {
    let parameters = try Z3Parameters(Z3_mk_params(handle), by: "mk_params", in: self)
    let name = Z3_mk_string_symbol(handle, "rlimit")
    Z3_params_set_uint(handle, parameters.handle, name, resourceLimit)
    try check()
    // Signals belong to the program. By default each check of Z3 installs a handler of SIGINT, and
    // a signal becomes an answer "canceled"; two threads restore each other's handler and crash.
    let signals = Z3_mk_string_symbol(handle, "ctrl_c")
    Z3_params_set_bool(handle, parameters.handle, signals, false)
    try check()
    Z3_solver_set_params(handle, solver.handle, parameters.handle)
    try check()
  }
}

extension Z3Reference where Kind == Z3SolverKind {
  /// Adds a formula to the assertions.
  func assert(_ formula: Z3Term) throws(Z3Error) {
    Z3_solver_assert(context.handle, handle, formula.handle)
    try context.check()
  }

  /// Asks with one more assertion, which is forgotten afterwards.
  func check(with formula: Z3Term) throws(Z3Error) -> SolverOutcome<Z3Model> {
    Z3_solver_push(context.handle, handle)
    try context.check()
    try assert(formula)
    let outcome = try check()
    Z3_solver_pop(context.handle, handle, 1)
    try context.check()
    return outcome
  }

  /// Asks whether the assertions hold together.
  func check() throws(Z3Error) -> SolverOutcome<Z3Model> {
    let verdict = Z3_solver_check(context.handle, handle)
    try context.check()
    switch verdict {
    case Z3_L_TRUE:
      return .satisfiable(
        try Z3Model(
          Z3_solver_get_model(context.handle, handle), by: "solver_get_model", in: context))
    case Z3_L_FALSE:
      return .unsatisfiable
    default:
      let reason = try context.checked(
        Z3_solver_get_reason_unknown(context.handle, handle), by: "solver_get_reason_unknown")
      return .unknown(reason: String(cString: reason))
    }
  }

  /// The steps that the whole context has counted so far, modulo 2^32; nil if it does not say.
  func resourceCount() throws(Z3Error) -> UInt32? {
    let statistics = try Z3Statistics(
      Z3_solver_get_statistics(context.handle, handle), by: "solver_get_statistics", in: context)
    for index in 0..<Z3_stats_size(context.handle, statistics.handle) {
      guard let key = Z3_stats_get_key(context.handle, statistics.handle, index),
        isResourceCountKey(key), Z3_stats_is_uint(context.handle, statistics.handle, index)
      else { continue }
      return Z3_stats_get_uint_value(context.handle, statistics.handle, index)
    }
    return nil
  }
}

extension Z3Reference where Kind == Z3ModelKind {
  /// The value of a term; unknowns that the model leaves open count as 0.
  func value(of term: Z3Term) throws(Z3Error) -> Rational {
    var value: Z3_ast?
    let known = Z3_model_eval(context.handle, handle, term.handle, true, &value)
    let owned = try Z3Term(known ? value : nil, by: "model_eval", in: context)
    return try owned.fraction()
  }
}

/// Compares a C string with the name of the step counter, without making a string of it.
private func isResourceCountKey(_ key: UnsafePointer<CChar>) -> Bool {
  let name: StaticString = "rlimit count"
  for position in 0...name.utf8CodeUnitCount
  where UInt8(bitPattern: key[position]) != name.utf8Start[position] {
    return false
  }
  return true
}
