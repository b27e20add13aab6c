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

  /// The table as lines; on a terminal that is too narrow, columns that are 0 throughout are left
  /// out and the first column is cut.
  func text(width: Int?) -> String {
    // A column without a single entry, such as the words that nobody gave, is not worth its room.
    var shown = columns.indices.filter { column in !rows.allSatisfy { $0[column].isEmpty } }
    if let width, lineWidth(shown) > width {
      shown = shown.filter { column in
        column == 0 || !rows.allSatisfy { ["0", "0.00"].contains($0[column]) }
      }
    }
    var widths = shown.map(columnWidth)
    if let width {
      let excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
      if excess > 0 { widths[0] = max(8, widths[0] - excess) }
    }
    let lines = [columns.map(\.heading)] + rows
    return lines.map { cells in
      var line = ""
      for (position, column) in shown.enumerated() {
        let cell = cells[column].cut(to: widths[position])
        if position > 0 { line += "  " }
        line +=
          columns[column].isNumber
          ? cell.leftPadded(to: widths[position]) : cell.padded(to: widths[position])
      }
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }

  private func columnWidth(_ column: Int) -> Int {
    ([columns[column].heading] + rows.map { $0[column] }).map(\.count).max() ?? 0
  }

  private func lineWidth(_ shown: [Int]) -> Int {
    shown.map(columnWidth).reduce(0, +) + 2 * (shown.count - 1)
  }
}

extension String {
  /// The text, with an ellipsis at its end if it is longer than a width.
  func cut(to width: Int) -> String {
    count <= width ? self : String(prefix(max(0, width - 1))) + "\u{2026}"
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
