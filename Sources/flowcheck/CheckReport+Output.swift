import CaseFiles
import Checker
import ExactArithmetic
import Properties

extension CheckReport {
  /// The answer as one JSON object.
  func json(_ subject: Subject, withFlows: Bool) throws -> String {
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.subjectFields(subject)
      writer.field("value", answer.value.nearestDouble)
      writer.field("valueExact", answer.value)
      writer.field("uniqueFlow", answer.uniqueFlow)
      writer.field("undeterminedArcs", answer.undeterminedArcs)
      writer.field("attributionMinimum", answer.attributionMinimum.map(\.nearestDouble))
      writer.field("attributionMaximum", answer.attributionMaximum.map(\.nearestDouble))
      writer.field("attributionWidthMaximum", answer.attributionWidthMaximum.nearestDouble)
      writer.field("uniqueAttribution", answer.uniqueAttribution)
      writer.field("certainPairs", answer.certainPairs)
      writer.field("certified", true)
      writer.key("secondFlow")
      writer.witness(witness, subject, withFlows: withFlows)
      for report in regularised { report.write(to: &writer, subject.network) }
      writer.trials("properties", trials.filter { !$0.property.isFact })
      writer.trials("facts", trials.filter(\.property.isFact))
    }
    return String(decoding: try writer.finish(), as: UTF8.self)
  }

  /// The answer for people.
  func text(_ subject: Subject) -> String {
    let tokens = subject.playerCount
    var lines = [
      "maximum flow        \(short(answer.value.nearestDouble)), exactly \(answer.value)",
      "unique flow         "
        + (answer.uniqueFlow
          ? "yes"
          : "no: \(answer.undeterminedArcs) of \(subject.network.arcCount) arcs are undetermined"),
      "unique attribution  "
        + (answer.uniqueAttribution
          ? "yes"
          : "no: the widest interval is "
            + short(answer.attributionWidthMaximum.nearestDouble)),
      "certain order       \(answer.certainPairs) of \(tokens * (tokens - 1) / 2) token pairs",
    ]
    if let witness {
      lines.append(
        "second flow         differs on \(witness.arcsChanged.counted("arc")), moves "
          + "\(short(witness.attributionChange.nearestDouble)) of an attribution")
    }
    lines += regularised.map(\.line)
    lines += ["", attributionTable(subject)]
    if let axiomTable { lines.append(axiomTable) }
    lines += [propertyLines, "certified           yes"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func attributionTable(_ subject: Subject) -> String {
    let unique = regularised.map { ($0.method.name, $0.attribution(subject.network)) }
      .filter { !$0.1.isEmpty }
    var table = Table(
      [
        .init("token"), .init("word", isNumber: false), .init("least"), .init("most"),
        .init("width"),
      ] + unique.map { Table.Column($0.0) })
    for token in 0..<subject.playerCount {
      let (least, most) = (answer.attributionMinimum[token], answer.attributionMaximum[token])
      table.add(
        [
          "\(token)", subject.words?[token] ?? "", short(least.nearestDouble),
          short(most.nearestDouble), short((most - least).nearestDouble),
        ] + unique.map { short($0.1[token]) })
    }
    return table.text()
  }

  /// Which attribution method keeps which axiom of the flow game on this case, promised or not; nil
  /// if the game has too many players to be gone through.
  private var axiomTable: String? {
    let outcomes = Dictionary(uniqueKeysWithValues: trials.map { ($0.property.name, $0.outcome) })
    var table = Table(
      [.init("axioms", isNumber: false)]
        + Axiom.allCases.map { .init($0.rawValue, isNumber: false) })
    var isKnown = false
    for method in attributionMethods {
      let cells = Axiom.allCases.map { axiom in
        outcomes[axiomPropertyName(method, axiom)].map(\.shortAnswer) ?? ""
      }
      guard !cells.allSatisfy(\.isEmpty) else { continue }
      isKnown = true
      table.add([method] + cells)
    }
    return isKnown ? table.text() : nil
  }

  private var propertyLines: String {
    let promises = trials.filter { !$0.property.isFact }
    let expected = promises.count { $0.outcome.verdict == $0.property.expected }
    var lines = ["properties          \(expected) of \(promises.count) as expected"]
    let tabled = Set(
      attributionMethods.flatMap { method in
        Axiom.allCases.map { axiomPropertyName(method, $0) }
      })
    for trial in trials where trial.outcome.verdict != .holds {
      // What the table of axioms says of a fact need not be said twice.
      if trial.property.isFact && tabled.contains(trial.property.name) { continue }
      let isExpected = trial.outcome.verdict == trial.property.expected
      let note = trial.property.isFact ? " (a fact)" : isExpected ? " as expected" : ""
      lines.append(
        "  \(trial.property.name): \(trial.outcome.verdict.rawValue)\(note): "
          + trial.outcome.detail)
    }
    return lines.joined(separator: "\n")
  }
}

extension Outcome {
  /// One word, for a cell of a table.
  fileprivate var shortAnswer: String {
    switch verdict {
    case .holds, .evidence: "yes"
    case .refuted: "no"
    case .inconclusive: isSkipped ? "" : "unknown"
    }
  }
}

extension JSONWriter {
  /// Properties and what came of them; of a fact nothing is expected.
  fileprivate mutating func trials(_ key: String, _ trials: [CheckReport.Trial]) {
    arrayField(key) { writer in
      for trial in trials {
        writer.object { writer in
          writer.field("name", trial.property.name)
          writer.field("verdict", trial.outcome.verdict.rawValue)
          if !trial.property.isFact {
            writer.field("expected", trial.property.expected.rawValue)
          }
          writer.field("certified", trial.outcome.certified)
          writer.field("detail", trial.outcome.detail)
        }
      }
    }
  }

  fileprivate mutating func witness(
    _ witness: CheckReport.Witness?, _ subject: Subject, withFlows: Bool
  ) {
    guard let witness else { return null() }
    object { writer in
      writer.field("engine", witness.engine)
      writer.field("arcsChanged", witness.arcsChanged)
      writer.field("attributionChange", witness.attributionChange.nearestDouble)
      if withFlows {
        writer.key("first")
        writer.flow(witness.first.nearestDoubles, of: subject)
        writer.key("second")
        writer.flow(witness.second.nearestDoubles, of: subject)
      }
    }
  }
}
