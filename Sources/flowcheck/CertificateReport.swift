// The certificate of a solver for people, at most 80 columns wide but for command lines and paths.
import Campaign
import CaseFiles
import ExactArithmetic

/// The width of a report that does not go to a terminal.
private let ordinaryWidth = 80

extension SolverCertificate {
  /// The certificate as a report; `path` is the file that holds it, if one does.
  func text(path: String?, digest: String) -> String {
    var parts = [about.wrapped() + "\n" + solvers.map(\.text).joined()]
    if !properties.isEmpty { parts.append(propertyTable) }
    if let facts { parts.append(facts) }
    if !times.isEmpty { parts.append(timeTable) }
    parts += findings.map(\.text)
    let counts = cases.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
    let seed = settings.first { $0.name == "seed" }.map { ", seed \($0.value)" } ?? ""
    // Nothing was tried of a solver that does not even describe itself.
    let tried = caseCount > 0 ? "cases: \(counts)\(seed)\n" : ""
    parts.append(
      """
      \(tried)\(path.map { "certificate: \($0)\n" } ?? "")digest: \(digest)
      \(verdict.rawValue), findings: \(findings.count)

      """)
    return parts.joined(separator: "\n")
  }

  private var hasTwoSolvers: Bool { solvers.count > 1 }

  private var propertyTable: String {
    var table = Table([
      .init("property", isNumber: false), .init("solver", isNumber: false), .init("cases"),
      .init("held"), .init("broken"), .init("unpromised"), .init("skipped"), .init("open"),
    ])
    for count in properties {
      table.add([
        count.id, hasTwoSolvers ? (count.isDifferential ? "both" : count.solver) : "",
        "\(count.cases)", "\(count.held)",
        count.isPromised ? "\(count.broken)" : "-",
        count.isPromised ? "-" : "\(count.notPromised)", "\(count.skipped)",
        "\(count.inconclusive)",
      ])
    }
    return table.text()
  }

  /// What was measured beside the verdicts.
  private var facts: String? {
    var lines: [String] = []
    for entry in accuracy where entry.cases > 0 {
      let of = hasTwoSolvers ? " of \(entry.solver)" : ""
      let amount =
        entry.digits.map { "at most \(entry.residual) of the value, \($0) digits" } ?? "none at all"
      lines.append("largest violation\(of): \(amount)")
    }
    if let width = intervalWidth {
      lines.append(
        "attribution intervals of the cases: up to \(fixed(width.largest, 3)) of the value, "
          + "\(fixed(width.mean, 3)) on average")
    }
    return lines.isEmpty ? nil : lines.map { $0.wrapped() + "\n" }.joined()
  }

  private var timeTable: String {
    var table = Table([
      .init("tokens"), .init("solver", isNumber: false), .init("arcs"), .init("median ms"),
      .init("least"), .init("most"), .init("outcome", isNumber: false),
    ])
    for time in times {
      table.add([
        "\(time.tokens)", hasTwoSolvers ? time.solver : "", "\(time.arcs)",
        time.median.map { fixed($0, 2) } ?? "-",
        time.milliseconds.min().map { fixed($0, 2) } ?? "-",
        time.milliseconds.max().map { fixed($0, 2) } ?? "-",
        time.outcome == "answered" ? "" : time.outcome,
      ])
    }
    return "times at L=\(times[0].layers), three tensors a size:\n"
      + table.text()
  }
}

extension SolverCertificate.Solver {
  /// Who it is and what it promises.
  fileprivate var text: String {
    // Of a solver that does not describe itself only the command is known.
    if tasks.isEmpty { return "  command   \(command)\n" }
    let promised = returns?.joined(separator: ", ") ?? "that every field it gives is right"
    let allowed = tolerance.isZero ? "exact" : "tolerance \(tolerance.nearestDouble)"
    return """
        solver    \(name)\(version.isEmpty ? "" : " \(version)")
        command   \(command)
        tasks     \(tasks.joined(separator: ", ")); numbers \(numbers), \(allowed)
        promises  \(promised.wrapped(indent: 12, first: 12))

      """
  }
}

extension SolverCertificate.Finding {
  fileprivate var text: String {
    """
    \("finding: \(property), \(kind.rawValue): \(sentence)".wrapped(indent: 2))
      case       \(file == nil ? "none" : "\(id), \(arcCount.counted("arc")), from \(source)")
      reproduce  \(reproduce)

    """
  }
}

extension BaselineComparison {
  /// What changed, for people.
  func text(_ earlier: SolverCertificate, _ later: SolverCertificate) -> String {
    var lines: [String] = []
    func list(_ word: String, _ places: [Int], _ findings: [SolverCertificate.Finding]) {
      for place in places {
        let finding = findings[place]
        lines.append("\(word): \(finding.property), \(finding.kind.rawValue), case \(finding.id)")
      }
    }
    list("new", new, later.findings)
    list("fixed", gone, earlier.findings)
    list("known", known, later.findings)
    list("not replayed in this run", unseen, earlier.findings)
    lines += reach.map { "reach: \($0)" }
    for time in times where time.word != .same {
      lines.append(
        "\(time.word.rawValue): \(time.solver) at L=\(time.layers) T=\(time.tokens): times "
          + "\(fixed(time.median, 2)) (\(fixed(time.ratios[0], 2)) to "
          + "\(fixed(time.ratios[time.ratios.count - 1], 2)) on "
          + "\(time.ratios.count.counted("tensor")))")
    }
    for change in numbers {
      lines.append(
        "other numbers: \(change.solver) at L=\(change.layers) T=\(change.tokens): "
          + "\(change.differing) of \(change.count) answers; values by at most "
          + "\(change.largestValueChange) of themselves")
    }
    if later.hasOtherContract(from: earlier) {
      lines.append("the contract is another one than that of the baseline")
    }
    if lines.isEmpty { lines.append("nothing changed") }
    let names = earlier.solvers.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
    let all = ["since the baseline (\(names)):"] + lines.map { "  " + $0 }
    return "\n" + all.map { $0.wrapped(indent: 4) + "\n" }.joined()
  }
}

extension SolverCertificate {
  /// Whether some solver promises something else than before.
  fileprivate func hasOtherContract(from earlier: SolverCertificate) -> Bool {
    zip(solvers, earlier.solvers).contains { new, old in
      new.returns != old.returns || new.tolerance != old.tolerance || new.numbers != old.numbers
        || new.tasks != old.tasks
    }
  }
}

extension String {
  /// The text with line breaks where a line would be wider than the terminal, or 80 columns.
  fileprivate func wrapped(indent: Int = 0, first: Int = 0) -> String {
    wrapped(to: Console.resultWidth ?? ordinaryWidth, indent: indent, first: first)
  }
}
