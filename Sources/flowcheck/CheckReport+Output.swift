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
      writer.arrayField("properties") { writer in
        for trial in trials {
          writer.object { writer in
            writer.field("name", trial.property.name)
            writer.field("verdict", trial.outcome.verdict.rawValue)
            writer.field("expected", trial.property.expected.rawValue)
            writer.field("certified", trial.outcome.certified)
            writer.field("detail", trial.outcome.detail)
          }
        }
      }
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
        "second flow         differs on \(witness.arcsChanged) arcs, moves "
          + "\(short(witness.attributionChange.nearestDouble)) of an attribution")
    }
    lines += ["", attributionTable(subject), propertyLines, "certified           yes"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func attributionTable(_ subject: Subject) -> String {
    var table = Table([
      .init("token"), .init("word", isNumber: false), .init("least"), .init("most"),
      .init("width"),
    ])
    for token in 0..<subject.playerCount {
      let (least, most) = (answer.attributionMinimum[token], answer.attributionMaximum[token])
      table.add([
        "\(token)", subject.words?[token] ?? "", short(least.nearestDouble),
        short(most.nearestDouble), short((most - least).nearestDouble),
      ])
    }
    return table.text(width: Console.resultWidth)
  }

  private var propertyLines: String {
    let held = trials.count {
      !$0.property.isFailed(by: $0.outcome) && $0.outcome.verdict == .holds
    }
    var lines = ["properties          \(held) of \(trials.count) hold"]
    for trial in trials where trial.outcome.verdict != .holds {
      lines.append(
        "  \(trial.property.name): \(trial.outcome.verdict.rawValue): \(trial.outcome.detail)")
    }
    return lines.joined(separator: "\n")
  }
}

extension JSONWriter {
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
