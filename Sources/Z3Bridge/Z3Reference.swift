// Z3 counts references, and hands out handles that are not counted yet. This file is the only
// place where a reference is taken or given back. The C interface has one pointer type for all
// kinds of handle; the phantom type below tells them apart.
import CZ3

/// A kind of Z3 object, which says how its references are counted.
protocol Z3Kind {
  /// Takes a reference.
  static func retain(_ context: Z3_context, _ handle: OpaquePointer)
  /// Gives a reference back.
  static func release(_ context: Z3_context, _ handle: OpaquePointer)
}

/// An owned Z3 object; it keeps its context alive.
final class Z3Reference<Kind: Z3Kind> {
  /// The context in which the object was made.
  let context: Z3Context
  /// The library's handle.
  let handle: OpaquePointer

  /// Takes over the result of the last call, before any other call can reclaim it.
  init(_ handle: OpaquePointer?, by call: String, in context: Z3Context) throws(Z3Error) {
    self.handle = try context.checked(handle, by: call)
    self.context = context
    Kind.retain(context.handle, self.handle)
  }

  deinit { Kind.release(context.handle, handle) }
}

/// A number or a formula.
typealias Z3Term = Z3Reference<Z3TermKind>
/// The type of a term.
typealias Z3Sort = Z3Reference<Z3SortKind>
/// A stack of assertions that can be asked whether it is satisfiable.
typealias Z3Solver = Z3Reference<Z3SolverKind>
/// Values that satisfy the assertions.
typealias Z3Model = Z3Reference<Z3ModelKind>
/// Settings of a solver.
typealias Z3Parameters = Z3Reference<Z3ParametersKind>
/// What a solver has done.
typealias Z3Statistics = Z3Reference<Z3StatisticsKind>
/// The declaration of a named value.
typealias Z3Declaration = Z3Reference<Z3DeclarationKind>
/// A list of terms.
typealias Z3TermList = Z3Reference<Z3TermListKind>

/// Counts terms.
enum Z3TermKind: Z3Kind {
  static func retain(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_inc_ref(context, handle)
  }
  static func release(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_dec_ref(context, handle)
  }
}

/// Counts sorts, which the library counts as terms.
enum Z3SortKind: Z3Kind {
  static func retain(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_inc_ref(context, Z3_sort_to_ast(context, handle))
  }
  static func release(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_dec_ref(context, Z3_sort_to_ast(context, handle))
  }
}

/// Counts solvers.
enum Z3SolverKind: Z3Kind {
  static func retain(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_solver_inc_ref(context, handle)
  }
  static func release(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_solver_dec_ref(context, handle)
  }
}

/// Counts models.
enum Z3ModelKind: Z3Kind {
  static func retain(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_model_inc_ref(context, handle)
  }
  static func release(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_model_dec_ref(context, handle)
  }
}

/// Counts sets of parameters.
enum Z3ParametersKind: Z3Kind {
  static func retain(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_params_inc_ref(context, handle)
  }
  static func release(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_params_dec_ref(context, handle)
  }
}

/// Counts statistics.
enum Z3StatisticsKind: Z3Kind {
  static func retain(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_stats_inc_ref(context, handle)
  }
  static func release(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_stats_dec_ref(context, handle)
  }
}

/// Counts declarations, which the library counts as terms.
enum Z3DeclarationKind: Z3Kind {
  static func retain(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_inc_ref(context, Z3_func_decl_to_ast(context, handle))
  }
  static func release(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_dec_ref(context, Z3_func_decl_to_ast(context, handle))
  }
}

/// Counts lists of terms.
enum Z3TermListKind: Z3Kind {
  static func retain(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_ast_vector_inc_ref(context, handle)
  }
  static func release(_ context: Z3_context, _ handle: OpaquePointer) {
    Z3_ast_vector_dec_ref(context, handle)
  }
}
