import Glibc

/// Asks the system for large pages for memory that is about to be filled for the first time.
///
/// Arrays of tens of megabytes that are read here and there spend a third of the time on finding
/// their pages, of which a processor remembers a few thousand. It is advice: where the system does
/// not take it, the memory is the same and the program slower, so there is nothing to report.
///
/// - Parameters:
///   - start: the first element.
///   - count: the number of elements.
package func preferLargePages<Element>(_ start: UnsafeMutablePointer<Element>, count: Int) {
  let size = 2 << 20
  let first = Int(bitPattern: start)
  // Whole pages inside the memory: what lies around it belongs to others.
  let lower = (first + size - 1) / size * size
  let upper = (first + count * MemoryLayout<Element>.stride) / size * size
  guard upper > lower, let pages = UnsafeMutableRawPointer(bitPattern: lower) else { return }
  _ = madvise(pages, upper - lower, Int32(MADV_HUGEPAGE))
}
