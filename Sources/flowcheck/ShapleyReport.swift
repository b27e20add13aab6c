// The answer of `solve --method shapley`, for machines and for people.
import CaseFiles
import Checker
import ExactArithmetic
import Solvers

extension ShapleyReport {
  private var isEstimate: Bool { options.estimate != nil }
  private var flowCertified: Bool { flow != nil }

  /// The answer as a JSON object.
  func json(_ subject: Subject, withFlow: Bool) throws -> String {
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.subjectFields(subject)
      writer.field("method", "shapley")
      writer.field("players", options.word)
      if let groups = options.groups {
        writer.arrayField("groups") { writer in
          for group in groups {
            writer.array { writer in for token in group { writer.integer(token) } }
          }
        }
      }
      writer.field("status", isEstimate ? "estimate" : "optimal")
      writer.field("value", value.nearestDouble)
      writer.field("valueExact", value)
      for (suffix, game) in zip(["", "Top"], games) {
        writer.field("attribution" + suffix, game.attribution.map(\.nearestDouble))
        if !isEstimate { writer.field("attribution\(suffix)Exact", game.attribution) }
        if let halfWidths = game.halfWidths { writer.field("halfWidths" + suffix, halfWidths) }
      }
      writer.key("gameCertified")
      if let gameCertified { writer.string(gameCertified) } else { writer.null() }
      writer.field("flowCertified", flowCertified)
      if let violated { writer.field("violatedCoalition", violated.players.map(\.index)) }
      if let estimate = options.estimate {
        writer.objectField("estimate") { writer in
          writer.field("sampler", estimate.sampler.rawValue)
          writer.field("samples", estimate.samples)
          writer.field("seed", estimate.seed)
          writer.field("evaluations", evaluations ?? 0)
          writer.field("confidence", 0.95)
        }
      }
      if withFlow, let flow {
        writer.key("flow")
        writer.flow(flow.nearestDoubles, of: subject)
      }
    }
    return String(decoding: try writer.finish(), as: UTF8.self)
  }

  /// The answer in lines and a table.
  func text(_ subject: Subject, withFlow: Bool) -> String {
    var lines = "method   shapley\nplayers  \(options.word)\n"
    lines += "value    \(short(value.nearestDouble)), exactly \(value)\n"
    if let gameCertified { lines += "game     certified: \(gameCertified)\n" }
    if let estimate = options.estimate {
      lines +=
        "status   an estimate from \(estimate.samples) samples, \(evaluations ?? 0) coalitions;"
        + " each interval holds with 95 %\n"
    } else if flowCertified {
      lines += "flow     certified: a maximum flow has these attributions\n"
    } else if let refusal {
      lines += "flow     none: \(refusal)\n"
    }
    lines += "\n" + table(subject).text()
    if withFlow, let flow { lines += "\n" + flowText(flow.nearestDoubles, subject) }
    return lines
  }

  private func table(_ subject: Subject) -> Table {
    let names = games.count == 2 ? ["attribution", "top"] : ["attribution"]
    var columns: [Table.Column] = [.init("token"), .init("word", isNumber: false)]
    for name in names {
      columns.append(.init(name))
      columns.append(.init(isEstimate ? "+-" : "exactly"))
    }
    var table = Table(columns)
    // The ends of a network need not have equally many arcs.
    for row in 0..<(games.map(\.attribution.count).max() ?? 0) {
      let group = options.groups?[row] ?? [row]
      var cells = [
        group.map(String.init).joined(separator: ","),
        group.map { token in
          subject.words.flatMap { $0.indices.contains(token) ? $0[token] : nil } ?? ""
        }.joined(separator: " "),
      ]
      for game in games {
        guard game.attribution.indices.contains(row) else {
          cells += ["", ""]
          continue
        }
        cells.append(short(game.attribution[row].nearestDouble))
        cells.append(game.halfWidths.map { short($0[row]) } ?? shown(game.attribution[row]))
      }
      table.add(cells)
    }
    return table
  }

  /// A fraction if it is short enough for a column; `--json` has the others.
  private func shown(_ fraction: Rational) -> String {
    let text = fraction.description
    return text.utf8.count <= 24 ? text : ""
  }
}
