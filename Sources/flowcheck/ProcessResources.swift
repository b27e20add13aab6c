import CMalloc
import Glibc

/// What this process takes: memory, what becomes of it when it is freed, and processor time.
enum ProcessResources {
  /// Keeps memory that is freed, with its pages, for what is allocated next.
  ///
  /// By default, arrays of megabytes are given back to the system when they are freed, and every
  /// new one is filled with zeros by it, a page at a time: on large tensors that takes longer than
  /// the maximum flow. A process of one command has nobody to give memory back for, so what it has
  /// had at most is what it keeps. The values are those that switch the two ways back off: single
  /// mappings for large arrays, and cutting off the end of the heap. A system that refuses keeps
  /// its default, at which everything works.
  static func keepFreed() {
    _ = mallopt(M_MMAP_MAX, 0)
    _ = mallopt(M_TRIM_THRESHOLD, .max)
  }

  /// The processor time of all threads so far, in seconds.
  static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The largest resident size so far, in megabytes; nil if the system does not say.
  ///
  /// What `getrusage` calls so begins with the size of the process that started this one.
  static var peakMegabytes: Double? { megabytes("VmHWM:") }

  /// Gives back what is free, and begins a new largest resident size.
  ///
  /// - Returns: the resident size now, in megabytes; nil if the system does not say, or lets the
  ///   largest size so far stand.
  static func resetPeak() -> Double? {
    malloc_trim(0)
    guard let file = fopen("/proc/self/clear_refs", "w") else { return nil }
    // What is written reaches the system when the file is closed.
    let isWritten = fputs("5", file) >= 0
    guard fclose(file) == 0, isWritten else { return nil }
    return megabytes("VmRSS:")
  }

  /// A line of what the system says of this process, such as `VmHWM:      1234 kB`.
  private static func megabytes(_ name: String) -> Double? {
    guard let status = fopen("/proc/self/status", "r") else { return nil }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer {
      free(line)
      fclose(status)
    }
    // As many lines as the file has.
    while getline(&line, &capacity, status) > 0 {
      guard let words = line.map({ String(cString: $0).split(whereSeparator: \.isWhitespace) }),
        words.count == 3, words[0] == name
      else { continue }
      return Double(words[1]).map { $0 / 1_024 }
    }
    return nil
  }
}
