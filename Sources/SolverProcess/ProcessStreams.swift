// What goes through the pipes of a process: requests out, lines in, messages aside. One loop serves
// all three with `poll`, so neither side can block the other, whatever it writes first.
import Glibc

/// What came back from a process.
enum ReceivedLine {
  /// A line, without its end.
  case line([UInt8])
  /// A line that is longer than it may be.
  case tooLong
  /// The end of its output.
  case closed
  /// Nothing, until the time was over.
  case timedOut
}

/// All that a process wrote.
enum ReceivedText {
  /// Everything up to the end of its output.
  case whole([UInt8])
  /// More than it may be.
  case tooLong
  /// Something without an end, until the time was over.
  case timedOut
}

/// The bytes on their way to and from one process.
struct ProcessStreams: ~Copyable {
  private let process: ChildProcess
  private var outgoing: [UInt8] = []
  private var written = 0
  private var incoming: [UInt8] = []
  private var scanned = 0
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  /// The end of what the process wrote to standard error.
  private(set) var messages = TextTail()

  /// The streams of a process that was just started.
  init(_ process: ChildProcess) { self.process = process }

  /// Puts bytes on their way; they leave while lines are waited for.
  mutating func send(_ bytes: [UInt8]) {
    if written == outgoing.count {
      outgoing = bytes
      written = 0
    } else {
      outgoing += bytes
    }
  }

  /// Waits for the next line that is not blank.
  ///
  /// At most `limit` bytes and one buffer are held, however much the process writes.
  mutating func nextLine(limit: Int, deadline: UInt64) -> ReceivedLine {
    // Every pass makes progress with some pipe or ends at the deadline.
    while true {
      if let line = takeLine() { return line.count > limit ? .tooLong : .line(line) }
      if incoming.count > limit { return .tooLong }
      if process.output == nil { return .closed }
      writeSome()
      let now = monotonicNanoseconds()
      guard now < deadline else { return .timedOut }
      exchange(milliseconds: Int32(clamping: (deadline - now + 999_999) / 1_000_000))
    }
  }

  /// Sends bytes and the end of the input, and waits for all that the process writes.
  ///
  /// At most `limit` bytes and one buffer are held, however much the process writes.
  mutating func exchangeWhole(_ bytes: [UInt8], limit: Int, deadline: UInt64) -> ReceivedText {
    send(bytes)
    // Every pass makes progress with some pipe or ends at the deadline.
    while true {
      if incoming.count > limit { return .tooLong }
      if process.output == nil { return .whole(incoming) }
      writeSome()
      if written == outgoing.count { process.closeInput() }
      let now = monotonicNanoseconds()
      guard now < deadline else { return .timedOut }
      exchange(milliseconds: Int32(clamping: (deadline - now + 999_999) / 1_000_000))
    }
  }

  /// Reads what the process has written since, without waiting.
  mutating func lookForMore() { exchange(milliseconds: 0) }

  /// What came after the last line that was taken, its beginning made printable; nil if nothing.
  var rest: String? {
    let rest = incoming.drop(while: isBlank)
    return rest.isEmpty ? nil : TextTail.printable(rest.prefix(Self.quotedBytes))
  }

  /// Reads the messages that are still in the pipe of a process that has ended.
  mutating func readLastMessages() {
    // What a pipe holds is bounded; a process that still writes is cut off.
    for _ in 0..<32 where process.errors != nil { exchange(milliseconds: 0) }
  }

  /// The number of bytes of a stranger's line that a sentence quotes.
  static let quotedBytes = 80

  private mutating func takeLine() -> [UInt8]? {
    var line: [UInt8]?
    var start = 0
    // Every pass moves past the end of a line.
    while line == nil, let end = incoming[max(start, scanned)...].firstIndex(of: 0x0A) {
      if !incoming[start..<end].allSatisfy(isBlank) { line = Array(incoming[start..<end]) }
      start = end + 1
    }
    incoming.removeFirst(start)
    scanned = line == nil ? incoming.count : 0
    return line
  }

  private mutating func writeSome() {
    guard let input = process.input else { return }
    // Every pass writes at least one byte or ends the loop.
    while written < outgoing.count {
      let count = outgoing[written...].withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count > 0 {
        written += count
      } else if errno != EINTR {
        // A process that reads no more may have answered all the same, or its end tells why.
        if errno != EAGAIN { process.closeInput() }
        return
      }
    }
  }

  /// Waits until some pipe is ready, at most for a while, and reads what is there.
  private mutating func exchange(milliseconds: Int32) {
    let isWriting = written < outgoing.count
    // A negative descriptor is left out.
    var ends = [
      pollfd(fd: process.output ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: process.errors ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isWriting ? process.input ?? -1 : -1, events: Int16(POLLOUT), revents: 0),
    ]
    guard poll(&ends, nfds_t(ends.count), milliseconds) > 0 else { return }
    if ends[0].revents != 0, let output = process.output {
      switch readSome(output) {
      case .some(let count) where count > 0: incoming += buffer[..<count]
      case .some: process.closeOutput()
      case nil: break
      }
    }
    if ends[1].revents != 0, let errors = process.errors {
      switch readSome(errors) {
      case .some(let count) where count > 0: messages.append(buffer[..<count])
      case .some: process.closeErrors()
      case nil: break
      }
    }
  }

  /// Reads into the buffer: the number of bytes, 0 at the end, nil if there is nothing now.
  private mutating func readSome(_ descriptor: Int32) -> Int? {
    let count = read(descriptor, &buffer, buffer.count)
    if count >= 0 { return count }
    return errno == EINTR || errno == EAGAIN ? nil : 0
  }
}

/// Whether a byte is white space.
private func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0D || byte == 0x09 || byte == 0x0A
}

/// A clock for durations and deadlines, which never goes back.
package func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
