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
@usableFromInline
package func preferLargePages<Element>(_ start: UnsafeMutablePointer<Element>, count: Int) {
  let size = 2 << 20
  let first = Int(bitPattern: start)
  // Whole pages inside the memory: what lies around it belongs to others.
  let lower = (first + size - 1) / size * size
  let upper = (first + count * MemoryLayout<Element>.stride) / size * size
  guard upper > lower, let pages = UnsafeMutableRawPointer(bitPattern: lower) else { return }
  _ = madvise(pages, upper - lower, Int32(MADV_HUGEPAGE))
}

/// Two arrays, one behind the other, in new memory for which large pages are asked.
///
/// Appending to a copy would fill the memory page by page before anything can be asked.
@inlinable
package func joined<Element>(_ first: [Element], _ second: [Element]) -> [Element] {
  let count = first.count + second.count
  return [Element](unsafeUninitializedCapacity: count) { stored, initializedCount in
    if let start = stored.baseAddress { preferLargePages(start, count: count) }
    for (elements, offset) in [(first, 0), (second, first.count)] {
      elements.withUnsafeBufferPointer { elements in
        guard let source = elements.baseAddress, let start = stored.baseAddress else { return }
        (start + offset).initialize(from: source, count: elements.count)
      }
    }
    initializedCount = count
  }
}
