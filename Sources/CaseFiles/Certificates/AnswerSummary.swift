public import Checker
public import ExactArithmetic

/// What an accepted certificate says, in the words of the answer that `check` prints.
public struct AnswerSummary: Sendable, Equatable {
  /// The maximum-flow value.
  public var value: Rational
  /// Whether there is exactly one maximum flow.
  public var uniqueFlow: Bool
  /// The number of arcs on which maximum flows differ.
  public var undeterminedArcs: Int
  /// The least attribution of each bottom token over all maximum flows.
  public var attributionMinimum: [Rational]
  /// The largest attribution of each bottom token over all maximum flows.
  public var attributionMaximum: [Rational]
  /// The largest width of an interval.
  public var attributionWidthMaximum: Rational
  /// Whether all maximum flows have the same attributions.
  public var uniqueAttribution: Bool
  /// The number of unordered token pairs whose order is the same in every maximum flow.
  public var certainPairs: Int

  /// The summary of an answer that the kernel accepted.
  public init(_ answer: CertifiedAnswer) {
    value = answer.maximum.value
    uniqueFlow = answer.undetermined.isUnique
    undeterminedArcs = answer.undetermined.arcs.count
    attributionMinimum = answer.attributions.minima
    attributionMaximum = answer.attributions.maxima
    attributionWidthMaximum = answer.attributions.widthMaximum
    uniqueAttribution = answer.attributions.isUnique
    certainPairs = answer.attributions.certainPairs
  }

  /// The fields in file order, as the texts that are written.
  var fields: [(name: String, text: String)] {
    [
      ("value", value.description), ("uniqueFlow", "\(uniqueFlow)"),
      ("undeterminedArcs", "\(undeterminedArcs)"),
      ("attributionMinimum", "\(attributionMinimum)"),
      ("attributionMaximum", "\(attributionMaximum)"),
      ("attributionWidthMaximum", attributionWidthMaximum.description),
      ("uniqueAttribution", "\(uniqueAttribution)"), ("certainPairs", "\(certainPairs)"),
    ]
  }

  /// The name of the first field in which two summaries differ, with both texts.
  public func firstDifference(
    from other: AnswerSummary
  ) -> (field: String, here: String, there: String)? {
    for (here, there) in zip(fields, other.fields) where here.text != there.text {
      return (here.name, here.text, there.text)
    }
    return nil
  }
}

extension JSONWriter {
  /// Writes a summary as an object.
  mutating func answer(_ answer: AnswerSummary) {
    object { writer in
      writer.field("value", answer.value)
      writer.field("uniqueFlow", answer.uniqueFlow)
      writer.field("undeterminedArcs", answer.undeterminedArcs)
      writer.field("attributionMinimum", answer.attributionMinimum)
      writer.field("attributionMaximum", answer.attributionMaximum)
      writer.field("attributionWidthMaximum", answer.attributionWidthMaximum)
      writer.field("uniqueAttribution", answer.uniqueAttribution)
      writer.field("certainPairs", answer.certainPairs)
    }
  }
}

extension AnswerSummary {
  /// Reads what the writer writes; the claims are compared with the kernel's later.
  init(_ reader: inout JSONReader) throws(InputError) {
    var fractions: [String: Rational] = [:]
    var lists: [String: [Rational]] = [:]
    var flags: [String: Bool] = [:]
    var counts: [String: Int] = [:]
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "value", "attributionWidthMaximum": fractions[key] = try reader.readRational()
      case "attributionMinimum", "attributionMaximum": lists[key] = try reader.readRationals()
      case "uniqueFlow", "uniqueAttribution": flags[key] = try reader.readBool()
      case "undeterminedArcs", "certainPairs": counts[key] = try reader.readInt(in: 0...Int.max)
      default: throw reader.unknown(key)
      }
    }
    func field<Value>(
      _ table: [String: Value], _ key: String
    ) throws(InputError) -> Value { try reader.require(table[key], key) }
    value = try field(fractions, "value")
    uniqueFlow = try field(flags, "uniqueFlow")
    undeterminedArcs = try field(counts, "undeterminedArcs")
    attributionMinimum = try field(lists, "attributionMinimum")
    attributionMaximum = try field(lists, "attributionMaximum")
    attributionWidthMaximum = try field(fractions, "attributionWidthMaximum")
    uniqueAttribution = try field(flags, "uniqueAttribution")
    certainPairs = try field(counts, "certainPairs")
  }
}
