// Symmetric elimination inside the envelope of a grounded Laplacian.
//
// Problem: solve M x = b for M = sum over edges of w (e_a - e_b)(e_a - e_b)', where edges to the
// ground count for one end only.
// Idea: M = L D L' without pivoting, which is safe where M is positive definite. Row i of L begins
// in the column of the first entry of row i of M, so only that stretch of each row is stored. On a
// layered network in layer order a row reaches back over one layer: block-tridiagonal elimination.
// Cost: the sum of the squares of the stretches. Source: [GL], chapter 4.

/// Edges between rows of a matrix, or between a row and the ground.
struct GroundedLaplacian {
  /// The number of rows.
  var rowCount: Int
  /// The row of one end of each edge, -1 for the ground.
  var firstEnds: [Int32]
  /// The row of the other end of each edge, -1 for the ground.
  var secondEnds: [Int32]
}

/// The factors of a grounded Laplacian.
struct EnvelopeFactor<Field: EliminationField> {
  let field: Field
  /// The first column of each row.
  private let first: [Int]
  /// Where each row is stored, and the end behind the last.
  private let start: [Int]
  /// The rows of `L` below the diagonal.
  private var lower: [Field.Element]
  /// The inverses of the diagonal `D`.
  private var inverses: [Field.Element]

  /// The number of multiplications that the elimination took, some of them by 0.
  let work: Int

  /// Eliminates, or fails where a pivot has no inverse.
  ///
  /// - Parameters:
  ///   - field: the numbers.
  ///   - laplacian: the edges.
  ///   - weight: the weight of each edge.
  ///   - shift: what is added to the diagonal.
  init?(
    _ field: Field, _ laplacian: GroundedLaplacian, weight: (Int) -> Field.Element,
    shift: Field.Element
  ) {
    let rowCount = laplacian.rowCount
    let zero = field.element(0)
    var first = Array(0..<rowCount)
    for edge in laplacian.firstEnds.indices {
      let (a, b) = (Int(laplacian.firstEnds[edge]), Int(laplacian.secondEnds[edge]))
      guard a >= 0, b >= 0 else { continue }
      first[max(a, b)] = min(first[max(a, b)], min(a, b))
    }
    var start = [0]
    for row in 0..<rowCount { start.append(start[row] + row - first[row]) }
    var lower = [Field.Element](repeating: zero, count: start[rowCount])
    var diagonal = [Field.Element](repeating: shift, count: rowCount)
    for edge in laplacian.firstEnds.indices {
      let (a, b) = (Int(laplacian.firstEnds[edge]), Int(laplacian.secondEnds[edge]))
      guard a != b else { continue }
      let weight = weight(edge)
      let negative = field.difference(zero, weight)
      for end in [a, b] where end >= 0 {
        diagonal[end] = field.difference(diagonal[end], negative)
      }
      guard a >= 0, b >= 0 else { continue }
      let position = start[max(a, b)] + min(a, b) - first[max(a, b)]
      lower[position] = field.difference(lower[position], weight)
    }

    var inverses: [Field.Element] = []
    inverses.reserveCapacity(rowCount)
    var work = 0
    for row in 0..<rowCount {
      // w(k) = L(row, k) D(k) = M(row, k) - sum over j < k of w(j) L(k, j)
      for column in first[row]..<row {
        let from = max(first[row], first[column])
        var (left, right) = (start[row] + from - first[row], start[column] + from - first[column])
        let position = start[row] + column - first[row]
        var entry = lower[position]
        work += column - from + 1
        for _ in from..<column {
          entry = field.difference(entry, field.product(lower[left], lower[right]))
          left += 1
          right += 1
        }
        lower[position] = entry
      }
      // L(row, k) = w(k) / D(k), D(row) = M(row, row) - sum of w(k) L(row, k)
      for column in first[row]..<row {
        let position = start[row] + column - first[row]
        let scaled = field.product(lower[position], inverses[column])
        diagonal[row] = field.difference(
          diagonal[row], field.product(lower[position], scaled))
        lower[position] = scaled
      }
      guard let inverse = field.inverse(diagonal[row]) else { return nil }
      inverses.append(inverse)
    }
    self.field = field
    self.first = first
    self.start = start
    self.lower = lower
    self.inverses = inverses
    self.work = work + lower.count
  }

  /// The solution of the system for a right-hand side, one number per row.
  func solve(_ right: [Field.Element]) -> [Field.Element] {
    var x = right
    for row in 0..<x.count {
      var entry = x[row]
      var position = start[row]
      for column in first[row]..<row {
        entry = field.difference(entry, field.product(lower[position], x[column]))
        position += 1
      }
      x[row] = entry
    }
    for row in 0..<x.count { x[row] = field.product(x[row], inverses[row]) }
    for row in stride(from: x.count - 1, through: 0, by: -1) {
      let entry = x[row]
      var position = start[row]
      for column in first[row]..<row {
        x[column] = field.difference(x[column], field.product(lower[position], entry))
        position += 1
      }
    }
    return x
  }
}
