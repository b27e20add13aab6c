/// What a property is called in a certificate, and whose it is.
///
/// In a table, whose names are unique, the property `value` of the solver `dinic` is `value/dinic`,
/// a weight stands behind the solver as in `l2-flow/dinic@1/100`, and a property of two solvers has
/// both names.
struct PropertyIdentity: Hashable {
  /// The property without the solver, such as `value` or `l2-flow@1/100`.
  let id: String
  /// The solver; both with a slash between them; empty for a property of the cases.
  let solver: String

  /// The identity behind a name in a table.
  init(name: String) {
    guard let slash = name.firstIndex(of: "/") else {
      (self.id, self.solver) = (name, "")
      return
    }
    let rest = name[name.index(after: slash)...]
    let at = rest.firstIndex(of: "@") ?? rest.endIndex
    id = String(name[..<slash] + rest[at...])
    solver = String(rest[..<at])
  }
}
