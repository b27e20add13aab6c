import CZ3
import ExactArithmetic

extension Z3Context {
  /// The sort of real numbers.
  func realSort() throws(Z3Error) -> Z3Sort {
    try Z3Sort(Z3_mk_real_sort(handle), by: "mk_real_sort", in: self)
  }

  /// The unknown with a number for its name; the same number gives the same unknown.
  func unknown(_ index: Int, sort: Z3Sort) throws(Z3Error) -> Z3Term {
    let symbol = Z3_mk_int_symbol(handle, CInt(index))
    return try Z3Term(Z3_mk_const(handle, symbol, sort.handle), by: "mk_const", in: self)
  }

  /// An integer as a term; it crosses as decimal digits, so that its size does not matter.
  func numeral(_ value: BigInteger, sort: Z3Sort) throws(Z3Error) -> Z3Term {
    try Z3Term(
      Z3_mk_numeral(handle, value.description, sort.handle), by: "mk_numeral", in: self)
  }

  /// The sum of terms; of one term, that term.
  ///
  /// - Precondition: there is at least one term.
  func sum(_ terms: [Z3Term]) throws(Z3Error) -> Z3Term {
    precondition(!terms.isEmpty, "a sum of no terms is not asked of Z3")
    if terms.count == 1 { return terms[0] }
    let handles: [Z3_ast?] = terms.map(\.handle)
    return try Z3Term(
      Z3_mk_add(handle, CUnsignedInt(handles.count), handles), by: "mk_add", in: self)
  }
}

extension Z3Reference where Kind == Z3TermKind {
  /// The term with its sign changed.
  func negated() throws(Z3Error) -> Z3Term {
    try Z3Term(Z3_mk_unary_minus(context.handle, handle), by: "mk_unary_minus", in: context)
  }

  /// The product of two terms.
  func times(_ other: Z3Term) throws(Z3Error) -> Z3Term {
    let factors: [Z3_ast?] = [handle, other.handle]
    return try Z3Term(Z3_mk_mul(context.handle, 2, factors), by: "mk_mul", in: context)
  }

  /// The formula that this term equals another.
  func equals(_ other: Z3Term) throws(Z3Error) -> Z3Term {
    try Z3Term(Z3_mk_eq(context.handle, handle, other.handle), by: "mk_eq", in: context)
  }

  /// The formula that this term is at least another.
  func isAtLeast(_ other: Z3Term) throws(Z3Error) -> Z3Term {
    try Z3Term(Z3_mk_ge(context.handle, handle, other.handle), by: "mk_ge", in: context)
  }

  /// The formula that this term is at most another.
  func isAtMost(_ other: Z3Term) throws(Z3Error) -> Z3Term {
    try Z3Term(Z3_mk_le(context.handle, handle, other.handle), by: "mk_le", in: context)
  }

  /// The formula that this term is greater than another.
  func isGreater(than other: Z3Term) throws(Z3Error) -> Z3Term {
    try Z3Term(Z3_mk_gt(context.handle, handle, other.handle), by: "mk_gt", in: context)
  }

  /// The formula that this term is less than another.
  func isLess(than other: Z3Term) throws(Z3Error) -> Z3Term {
    try Z3Term(Z3_mk_lt(context.handle, handle, other.handle), by: "mk_lt", in: context)
  }

  /// The fraction that this term is; throws if it is anything else.
  func fraction() throws(Z3Error) -> Rational {
    let text = try context.checked(
      Z3_get_numeral_string(context.handle, handle), by: "get_numeral_string")
    // The library reuses the memory behind the pointer in its next call.
    let copy = String(cString: text)
    guard let value = Rational(copy) else { throw .unreadableValue(text: copy) }
    return value
  }
}
