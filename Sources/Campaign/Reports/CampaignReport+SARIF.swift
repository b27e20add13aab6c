// The report for code scanning: SARIF 2.1.0, a rule for each property, a result for each finding.
public import CaseFiles

extension CampaignReport {
  /// The report as a SARIF 2.1.0 log with one run.
  ///
  /// The location of a result is the stored case, by a URI relative to the working directory where
  /// there is one, or the folder in which findings would be stored.
  ///
  /// - Parameters:
  ///   - exitCode: the code with which the program ends.
  ///   - isComplete: whether the program did its work, whatever it found.
  ///   - version: the version of the program.
  /// - Returns: the log, with a final newline.
  /// - Throws: never in fact: times are finite.
  public func sarif(
    exitCode: Int32, isComplete: Bool, version: String = flowcheckVersion
  ) throws(JSONWriter.Failure) -> String {
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      writer.field("version", "2.1.0")
      writer.arrayField("runs") { writer in
        writer.object { writer in
          writer.objectField("tool") { writer in
            writer.objectField("driver") { writer in
              writer.field("name", "flowcheck")
              writer.field("version", version)
              writer.arrayField("rules") { writer in
                for result in properties { writer.rule(result.property) }
              }
            }
          }
          writer.arrayField("invocations") { writer in
            writer.object { writeInvocation(exitCode, isComplete, to: &$0) }
          }
          writer.arrayField("results") { writer in
            for finding in findings { write(finding, to: &writer) }
          }
          writer.objectField("properties") { writer in
            writer.field("seed", seed)
            writer.field("digest", digest)
            writer.field("cases", cases)
            writer.field("replayed", replayed)
            writer.field("enumerated", enumerated)
            writer.field("searched", searched)
            writer.field("seconds", seconds)
            writer.field("interrupted", isInterrupted)
          }
        }
      }
    }
    return String(decoding: try writer.finish(), as: UTF8.self)
  }

  private func writeInvocation(
    _ exitCode: Int32, _ isComplete: Bool, to writer: inout JSONWriter
  ) {
    writer.field("executionSuccessful", isComplete)
    writer.field("exitCode", exitCode)
    let notes =
      (contradiction.map { [("error", "two exact engines disagree: \($0)")] } ?? [])
      + properties.filter { $0.status == .inconclusive }
      .map { ("note", "\($0.property.name): \($0.counts)") } + warnings.map { ("warning", $0) }
    if notes.isEmpty { return }
    writer.arrayField("toolExecutionNotifications") { writer in
      for (level, text) in notes {
        writer.object { writer in
          writer.field("level", level)
          writer.message("message", text)
        }
      }
    }
  }

  private func write(_ finding: StoredFinding, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("ruleId", finding.property)
      if let index = properties.firstIndex(where: { $0.property.name == finding.property }) {
        writer.field("ruleIndex", index)
      }
      writer.field("level", "error")
      writer.message("message", finding.message)
      writer.arrayField("locations") { writer in
        writer.object { writer in
          writer.objectField("physicalLocation") { writer in
            writer.objectField("artifactLocation") { writer in
              writer.field("uri", finding.file.map(ReportPath.uri) ?? "corpus/findings")
            }
            if finding.file != nil {
              writer.objectField("region") { $0.field("startLine", 1) }
            }
          }
        }
      }
      writer.objectField("properties") { writer in
        writer.field("case", finding.source)
        writer.field("verdict", finding.kind)
        writer.field("reproduce", finding.reproduce)
      }
    }
  }
}

extension JSONWriter {
  /// Writes a property as a rule.
  fileprivate mutating func rule(_ property: PropertySummary) {
    object { writer in
      writer.field("id", property.name)
      writer.message("shortDescription", property.statement)
    }
  }

  /// Writes a message, in which SARIF wants braces doubled.
  fileprivate mutating func message(_ key: String, _ text: String) {
    var doubled = ""
    for character in text {
      doubled.append(character)
      if character == "{" || character == "}" { doubled.append(character) }
    }
    objectField(key) { $0.field("text", doubled) }
  }
}
