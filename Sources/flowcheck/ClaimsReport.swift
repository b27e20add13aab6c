// What `claims` prints.
import CaseFiles
import Checker
import ExactArithmetic
import Properties

/// The ledger as a table, then what is true instead of the false statements, then what is wrong.
func claimsText(_ timed: [TimedClaim]) -> String {
  var table = Table([
    .init("claim", isNumber: false), .init("verdict", isNumber: false), .init("cases"),
    .init("witness"), .init("seconds"),
  ])
  for entry in timed {
    let result = entry.result
    let shape = result.witness?.tensor.map { "\($0.layers) x \($0.tokens)" } ?? ""
    table.add([
      result.claim.id, result.verdict.rawValue + (result.isAsExpected ? "" : " (!)"),
      "\(result.cases)", shape, fixed(entry.seconds, 2),
    ])
  }
  var text = table.text()
  let refuted = timed.map(\.result).filter { $0.verdict == .refuted }
  if !refuted.isEmpty { text += "\nRefuted, with the smallest witness of this run:\n" }
  for result in refuted {
    text += "\n\(result.claim.id): \(result.claim.statement)\n  source: \(result.claim.source)\n"
    if let witness = result.witness {
      if let tensor = witness.tensor {
        let mode = witness.mode.map { ", mode \($0)" } ?? ""
        text += "  tensor: \(tensor.text)\(mode)\n"
      }
      text += "  seen: \(witness.explanation)\n"
    }
    if let correction = result.claim.correction { text += "  instead: \(correction)\n" }
  }
  let wrong = timed.map(\.result).filter { !$0.isAsExpected }
  for result in wrong {
    let reason = result.detail.isEmpty ? "" : ": \(result.detail)"
    text +=
      "\n\(result.claim.id): \(result.verdict.rawValue), and should be "
      + "\(result.claim.expected.rawValue)\(reason)\n"
  }
  let expected = timed.count - wrong.count
  return text + "\n\(expected) of \(timed.count.counted("claim")) as expected\n"
}

/// The ledger as one array.
func claimsJSON(_ timed: [TimedClaim]) throws -> String {
  var writer = JSONWriter(.pretty)
  writer.array { writer in
    for entry in timed {
      let result = entry.result
      writer.object { writer in
        writer.claimFields(result.claim)
        writer.field("verdict", result.verdict.rawValue)
        writer.field("asExpected", result.isAsExpected)
        writer.field("cases", result.cases)
        writer.key("witness")
        if let witness = result.witness {
          writer.witness(witness)
        } else {
          writer.null()
        }
        if !result.detail.isEmpty { writer.field("detail", result.detail) }
        writer.field("seconds", entry.seconds)
      }
    }
  }
  return String(decoding: try writer.finish(), as: UTF8.self)
}

/// The claims and their statements, for people.
func claimListText(_ claims: [Claim]) -> String {
  var table = Table([.init("claim", isNumber: false), .init("says", isNumber: false)])
  for claim in claims { table.add([claim.id, claim.statement]) }
  return table.text()
}

/// The claims with all that is said of them, for machines.
func claimListJSON(_ claims: [Claim]) throws -> String {
  var writer = JSONWriter(.pretty)
  writer.array { writer in
    for claim in claims { writer.object { $0.claimFields(claim) } }
  }
  return String(decoding: try writer.finish(), as: UTF8.self)
}

extension JSONWriter {
  fileprivate mutating func claimFields(_ claim: Claim) {
    field("id", claim.id)
    field("statement", claim.statement)
    field("source", claim.source)
    field("generated", claim.generated)
    field("checked", claim.checked)
    field("expected", claim.expected.rawValue)
    if let correction = claim.correction { field("correction", correction) }
  }

  fileprivate mutating func witness(_ witness: ClaimWitness) {
    object { writer in
      writer.key("tensor")
      if let tensor = witness.tensor {
        writer.array { writer in
          for l in 0..<tensor.layers {
            writer.array { writer in
              for i in 0..<tensor.tokens {
                writer.array { writer in
                  for j in 0..<tensor.tokens { writer.string("\(tensor[l, i, j])") }
                }
              }
            }
          }
        }
      } else {
        writer.null()
      }
      if let mode = witness.mode { writer.field("mode", mode.description) }
      writer.field("explanation", witness.explanation)
    }
  }
}

extension EffectiveTensor {
  /// The layers from the input side up, `[[...]] ; [[...]]`.
  fileprivate var text: String {
    (0..<layers).map { l in
      let rows = (0..<tokens).map { i in
        "[" + (0..<tokens).map { "\(self[l, i, $0])" }.joined(separator: ",") + "]"
      }
      return "[" + rows.joined(separator: ",") + "]"
    }.joined(separator: " ; ")
  }
}
