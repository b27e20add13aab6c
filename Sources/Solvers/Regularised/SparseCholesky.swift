// Cholesky factorisation of the normal matrix of any network, by CHOLMOD [CHOLMOD].
//
// The pattern is that of the arcs between nodes with unknown potentials; it is analysed once, with
// a fill-reducing order, and every factorisation only fills in numbers. Each arc knows the entry to
// which it adds its weight.
import CCHOLMOD
import Checker

/// A sparse Cholesky factorisation; owned by one solve, and not shared between threads.
final class SparseCholesky: NormalEquations {
  private let nodeCount: Int
  private let ends: [(tail: Int32, head: Int32)]
  /// The number of each node among the unknown ones; -1 for grounded nodes.
  private let unknown: [Int32]
  /// Where the diagonal entry of each unknown node lies.
  private var diagonalSlot: [Int] = []
  /// The entry below the diagonal that each arc adds to; -1 if it has none.
  private var arcSlot: [Int]
  private let common: UnsafeMutablePointer<cholmod_common>
  private var matrix: UnsafeMutablePointer<cholmod_sparse>?
  private var factor: UnsafeMutablePointer<cholmod_factor>?

  /// Analyses the pattern of the active arcs; `isUnknown` has 1 or 0 per node.
  init(arcs: Arcs, nodeCount: Int, isActive: [Bool], isUnknown: [Double]) {
    self.nodeCount = nodeCount
    var unknown = [Int32](repeating: -1, count: nodeCount)
    var order: Int32 = 0
    for node in 0..<nodeCount where isUnknown[node] != 0 {
      unknown[node] = order
      order += 1
    }
    var ends: [(tail: Int32, head: Int32)] = []
    var entries: [(column: Int32, row: Int32, arc: Int32)] = []
    arcs.forEach { arc, tail, head in
      ends.append((Int32(truncatingIfNeeded: tail), Int32(truncatingIfNeeded: head)))
      let (a, b) = (unknown[tail], unknown[head])
      guard isActive[arc], a >= 0, b >= 0, a != b else { return }
      entries.append((min(a, b), max(a, b), Int32(truncatingIfNeeded: arc)))
    }
    for node in 0..<order { entries.append((node, node, -1)) }
    entries.sort { ($0.column, $0.row, $0.arc) < ($1.column, $1.row, $1.arc) }
    self.ends = ends
    self.unknown = unknown
    arcSlot = [Int](repeating: -1, count: ends.count)
    common = .allocate(capacity: 1)
    cholmod_start(common)
    common.pointee.print = 0
    guard order > 0 else { return }
    matrix = cholmod_allocate_sparse(
      Int(order), Int(order), entries.count, 1, 1, -1, CHOLMOD_REAL, common)
    guard let matrix else { return }
    let starts = matrix.pointee.p.assumingMemoryBound(to: Int32.self)
    let rows = matrix.pointee.i.assumingMemoryBound(to: Int32.self)
    var slot = -1
    var last: (Int32, Int32) = (-1, -1)
    for entry in entries {
      if (entry.column, entry.row) != last {
        slot += 1
        rows[slot] = entry.row
        if entry.column == entry.row {
          starts[Int(entry.column)] = Int32(slot)
          diagonalSlot.append(slot)
        }
        last = (entry.column, entry.row)
      }
      if entry.arc >= 0 { arcSlot[Int(entry.arc)] = slot }
    }
    starts[Int(order)] = Int32(slot + 1)
    fill([Double](repeating: 1, count: ends.count), shift: 1)
    factor = cholmod_analyze(matrix, common)
  }

  deinit {
    cholmod_free_factor(&factor, common)
    cholmod_free_sparse(&matrix, common)
    cholmod_finish(common)
    common.deallocate()
  }

  private func fill(_ weights: [Double], shift: Double) {
    guard let matrix else { return }
    let values = matrix.pointee.x.assumingMemoryBound(to: Double.self)
    for slot in 0..<Int(matrix.pointee.nzmax) { values[slot] = 0 }
    for arc in ends.indices {
      let (tail, head) = (Int(ends[arc].tail), Int(ends[arc].head))
      guard tail != head else { continue }
      for node in [unknown[tail], unknown[head]] where node >= 0 {
        values[diagonalSlot[Int(node)]] += weights[arc]
      }
      if arcSlot[arc] >= 0 { values[arcSlot[arc]] -= weights[arc] }
    }
    for slot in diagonalSlot { values[slot] = values[slot] > 0 ? values[slot] * shift : 1 }
  }

  func factorise(_ weights: [Double]) -> Bool {
    guard let matrix else { return true }
    guard let factor else { return false }
    // Bounded by the number of shifts.
    for shift in diagonalShifts {
      fill(weights, shift: 1 + shift)
      common.pointee.status = CHOLMOD_OK
      guard cholmod_factorize(matrix, factor, common) != 0 else { return false }
      if common.pointee.status == CHOLMOD_OK { return true }
    }
    return false
  }

  func solve(_ vector: inout [Double]) {
    guard let factor else {
      for node in vector.indices { vector[node] = 0 }
      return
    }
    let order = diagonalSlot.count
    guard let right = cholmod_allocate_dense(order, 1, order, CHOLMOD_REAL, common) else { return }
    let values = right.pointee.x.assumingMemoryBound(to: Double.self)
    for node in 0..<nodeCount where unknown[node] >= 0 { values[Int(unknown[node])] = vector[node] }
    var solution = cholmod_solve(CHOLMOD_A, factor, right, common)
    let solved = solution?.pointee.x.assumingMemoryBound(to: Double.self)
    for node in 0..<nodeCount {
      vector[node] = unknown[node] >= 0 ? solved?[Int(unknown[node])] ?? .nan : 0
    }
    cholmod_free_dense(&solution, common)
    var freed: UnsafeMutablePointer<cholmod_dense>? = right
    cholmod_free_dense(&freed, common)
  }
}
