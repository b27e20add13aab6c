import CZ3
public import ExactArithmetic

/// Asks Z3 whether the assertions of an SMT-LIB 2 text hold together.
///
/// A second way to put a statement to Z3: it shares nothing with a ``Z3Session`` but the library.
/// Commands of the text other than declarations and assertions are not carried out, and a text with
/// the word `set-option` is refused: options would hold for the whole process, the time limit and
/// the printing of messages among them. Only texts over real numbers are meant.
///
/// - Parameters:
///   - text: the SMT-LIB 2 text.
///   - budget: the work to spend.
/// - Returns: the answer; a model has the value of each declared name that it determines.
/// - Throws: ``Z3Error/optionInText`` or, if the text is not understood,
///   ``Z3Error/library(code:message:)``.
public func decideSMTLib(
  _ text: String, budget: Z3Budget = .standard
) throws(Z3Error) -> SolverOutcome<[String: Rational]> {
  let context = try Z3Context()
  let solver = try context.solver(resourceLimit: budget.resourceLimit)
  try solver.assert(text: text)
  switch try solver.check() {
  case .satisfiable(let model): return .satisfiable(try model.namedValues())
  case .unsatisfiable: return .unsatisfiable
  case .unknown(let reason): return .unknown(reason: reason)
  }
}

/// Decides a text in its logic, without reading a model.
///
/// - Parameters:
///   - text: the SMT-LIB 2 text.
///   - logic: the logic, for which Z3 has a solver of its own if it is not linear.
///   - budget: the work to spend.
/// - Returns: the verdict, and what it has cost.
/// - Throws: ``Z3Error/optionInText`` or, if the text is not understood,
///   ``Z3Error/library(code:message:)``.
public func decideStep(
  _ text: String, logic: SMTLibLogic, budget: Z3Budget = .standard
) throws(Z3Error) -> Z3Answer<StepVerdict> {
  let context = try Z3Context()
  let solver = try context.solver(resourceLimit: budget.resourceLimit, logic: logic)
  try solver.assert(text: text)
  let verdict: StepVerdict =
    switch try solver.check() {
    case .satisfiable: .satisfiable
    case .unsatisfiable: .unsatisfiable
    case .unknown(let reason): .unknown(reason: reason)
    }
  let count = UInt64(try solver.resourceCount() ?? 0)
  return Z3Answer(answer: verdict, effort: Z3Effort(resourceCount: count, checkCount: 1))
}

extension Z3Reference where Kind == Z3SolverKind {
  /// Adds the assertions of an SMT-LIB 2 text.
  fileprivate func assert(text: String) throws(Z3Error) {
    guard !text.contains("set-option") else { throw .optionInText }
    let formulas = try Z3TermList(
      Z3_parse_smtlib2_string(context.handle, text, 0, nil, nil, 0, nil, nil),
      by: "parse_smtlib2_string", in: context)
    for index in 0..<Z3_ast_vector_size(context.handle, formulas.handle) {
      try assert(
        try Z3Term(
          Z3_ast_vector_get(context.handle, formulas.handle, index), by: "ast_vector_get",
          in: context))
    }
  }
}

extension Z3Reference where Kind == Z3ModelKind {
  /// The values of all names of the model.
  fileprivate func namedValues() throws(Z3Error) -> [String: Rational] {
    var values: [String: Rational] = [:]
    for index in 0..<Z3_model_get_num_consts(context.handle, handle) {
      let declaration = try Z3Declaration(
        Z3_model_get_const_decl(context.handle, handle, index), by: "model_get_const_decl",
        in: context)
      let symbol = Z3_get_decl_name(context.handle, declaration.handle)
      let name = try context.checked(
        Z3_get_symbol_string(context.handle, symbol), by: "get_symbol_string")
      let key = String(cString: name)
      let value = try Z3Term(
        Z3_model_get_const_interp(context.handle, handle, declaration.handle),
        by: "model_get_const_interp", in: context)
      values[key] = try value.fraction()
    }
    return values
  }
}
