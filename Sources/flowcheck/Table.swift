/// A table of texts with aligned columns.
struct Table {
  /// A column: its heading and whether its cells are numbers, which stand on the right.
  struct Column {
    let heading: String
    let isNumber: Bool

    init(_ heading: String, isNumber: Bool = true) {
      self.heading = heading
      self.isNumber = isNumber
    }
  }

  private var columns: [Column]
  private var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row with one cell a column.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// The table as lines of at most some width, nil for any width.
  ///
  /// Nothing is left out where there is little room: texts in the last column go on below
  /// themselves; long names in the first stand on lines of their own, above their numbers; and
  /// where even the numbers do not fit beside each other, each row is a paragraph.
  func text(width: Int? = Console.resultWidth) -> String {
    // A column without a single entry, such as the words that nobody gave, is not worth its room.
    let shown = columns.indices.filter { column in !rows.allSatisfy { $0[column].isEmpty } }
    var widths = shown.map(columnWidth)
    guard let width, let last = shown.last else { return aligned(shown, widths) }
    let excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
    if excess <= 0 { return aligned(shown, widths) }
    let end = widths.count - 1
    if !columns[last].isNumber, widths[end] - excess >= Self.leastText {
      widths[end] -= excess
      return aligned(shown, widths)
    }
    if end > 0, !columns[shown[0]].isNumber, widths[0] - excess >= Self.leastName {
      widths[0] -= excess
      return aligned(shown, widths)
    }
    return stacked(shown, width)
  }

  /// The least room that a text is worth wrapping in, and that a name is worth a column of.
  private static let leastText = 24
  private static let leastName = 8
  private static let joint = "\u{0}"

  /// The table in columns; cells may be wider than theirs only at the ends of a row.
  private func aligned(_ shown: [Int], _ widths: [Int]) -> String {
    let end = shown.count - 1
    let indent = widths.dropLast().reduce(0) { $0 + $1 + 2 }
    return ([columns.map(\.heading)] + rows).map { cells in
      var lines = [""]
      for (position, column) in shown.enumerated() {
        let (cell, width) = (cells[column], widths[position])
        if position > 0 { lines[lines.count - 1] += "  " }
        if position == 0, end > 0, cell.count > width {
          lines = [cell, String(repeating: " ", count: width)]
        } else if position == end, cell.count > width {
          lines[lines.count - 1] += cell.wrapped(to: indent + width, indent: indent, first: indent)
        } else {
          lines[lines.count - 1] +=
            columns[column].isNumber ? cell.leftPadded(to: width) : cell.padded(to: width)
        }
      }
      return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) + "\n" }.joined()
    }.joined()
  }

  /// The table as paragraphs, one a row: its name, and under it each heading with its cell.
  private func stacked(_ shown: [Int], _ width: Int) -> String {
    rows.map { cells in
      let pairs = shown.map { column in
        (name: columns[column].heading, cell: cells[column], isNumber: columns[column].isNumber)
      }
      let head = pairs.first.map { $0.isNumber ? "\($0.name) \($0.cell)" : $0.cell } ?? ""
      // A number stays with its heading: a character that is in no cell stands for their spaces.
      let rest = pairs.dropFirst().filter { !$0.cell.isEmpty }.map { pair in
        let text = "\(pair.name) \(pair.cell)"
        return pair.isNumber ? text.replacing(" ", with: Self.joint) : text
      }
      let body = "  " + rest.joined(separator: ", ")
      return head + "\n"
        + (rest.isEmpty
          ? "" : body.wrapped(to: width, indent: 2).replacing(Self.joint, with: " ") + "\n")
    }.joined()
  }

  private func columnWidth(_ column: Int) -> Int {
    ([columns[column].heading] + rows.map { $0[column] }).map(\.count).max() ?? 0
  }
}

extension String {
  /// The text, with an ellipsis at its end if it is longer than a width.
  func cut(to width: Int) -> String {
    count <= width ? self : String(prefix(max(0, width - 1))) + "\u{2026}"
  }

  /// The text with line breaks between words where a line would be wider than some width; a word
  /// that is wider itself stays whole.
  ///
  /// Later lines are indented. The first begins behind `first` columns that are written already.
  func wrapped(to width: Int, indent: Int = 0, first: Int = 0) -> String {
    if first + count <= width { return self }
    var lines: [String] = []
    var line = String(prefix { $0 == " " })
    var isEmpty = true
    for word in split(separator: " ") {
      let room = lines.isEmpty ? width - first : width
      if !isEmpty && line.count + 1 + word.count > room {
        lines.append(line)
        line = String(repeating: " ", count: indent)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return (lines + [line]).joined(separator: "\n")
  }
}

/// A number for people: six significant digits.
func short(_ value: Double) -> String {
  if value == 0 { return "0" }
  guard value.isFinite else { return "\(value)" }
  let magnitude = abs(value)
  guard magnitude >= 1e-4, magnitude < 1e7 else { return scientific(value) }
  // Digits after the point so that six are significant.
  var (digits, scale) = (5, 1.0)
  while magnitude >= scale * 10 && digits > 0 {
    digits -= 1
    scale *= 10
  }
  while magnitude < scale && digits < 9 {
    digits += 1
    scale /= 10
  }
  let text = fixed(value, digits)
  // Trailing zeros stay where they stand for digits that were rounded away.
  let trimmed = withoutTrailingZeros(text)
  return Double(trimmed) == value ? trimmed : text
}

/// A decimal without zeros at its end: 1.50 is 1.5, and 2.00 is 2.
private func withoutTrailingZeros(_ text: String) -> String {
  guard text.contains(".") else { return text }
  var text = text
  while text.hasSuffix("0") { text.removeLast() }
  if text.hasSuffix(".") { text.removeLast() }
  return text
}

/// A number with a fixed count of digits after the point.
func fixed(_ value: Double, _ digits: Int) -> String {
  var power = 1.0
  for _ in 0..<digits { power *= 10 }
  let rounded = (abs(value) * power).rounded()
  let whole = (rounded / power).rounded(.down)
  let fraction = Int(rounded - whole * power)
  let sign = value < 0 && rounded > 0 ? "-" : ""
  let head = "\(sign)\(Int(whole))"
  return digits == 0
    ? head
    : head + "." + String(repeating: "0", count: digits - "\(fraction)".count) + "\(fraction)"
}

/// A number in scientific notation with five digits after the point.
private func scientific(_ value: Double) -> String {
  var exponent = 0
  var mantissa = abs(value)
  // At most some 330 steps: the exponents of doubles.
  while mantissa >= 10 {
    mantissa /= 10
    exponent += 1
  }
  while mantissa < 1 {
    mantissa *= 10
    exponent -= 1
  }
  // A mantissa just below 10 is rounded to 10.
  if fixed(mantissa, 3).hasPrefix("10") {
    mantissa = 1
    exponent += 1
  }
  return "\(value < 0 ? "-" : "")\(fixed(mantissa, 3))e\(exponent)"
}
