import Dispatch
import Synchronization

/// Computes a value for each of `0 ..< count` on several threads.
///
/// The result is in index order whatever the number of threads, so a pure `transform` gives the
/// same result with any number of jobs. Threads take the next index when they are free.
///
/// - Parameters:
///   - count: the number of values.
///   - jobs: the number of threads, at least 1; 1 runs on the calling thread.
///   - transform: the value of an index; called once for each, from any thread.
/// - Returns: the values in index order.
public func parallelMap<Value: Sendable>(
  count: Int, jobs: Int, _ transform: @Sendable (Int) -> Value
) -> [Value] {
  precondition(jobs >= 1, "\(jobs) jobs")
  if jobs == 1 || count <= 1 { return (0..<count).map(transform) }
  return [Value](unsafeUninitializedCapacity: count) { buffer, initializedCount in
    let slots = Slots(buffer)
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(jobs, count)) { _ in
      // Every pass takes one index; no two threads take the same.
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { return }
        slots.initialize(index, to: transform(index))
      }
    }
    initializedCount = count
  }
}

/// The uninitialised results; each is written once, by whichever thread took its index.
private struct Slots<Value>: @unchecked Sendable {
  private let base: UnsafeMutableBufferPointer<Value>

  init(_ base: UnsafeMutableBufferPointer<Value>) { self.base = base }

  func initialize(_ index: Int, to value: Value) { base.initializeElement(at: index, to: value) }
}
