import Glibc
import Synchronization

/// The process groups of the solvers that run, so that none has to outlive this program.
public enum RunningSolvers {
  private struct Slots: ~Copyable, Sendable {
    let groups = InlineArray<1_024, Atomic<pid_t>> { _ in Atomic(0) }
  }

  /// One slot a process; 0 is a free one. Processes beyond the table are not in it.
  private static let slots = Slots()
  /// Whether none may run any more.
  private static let isEnding = Atomic<Bool>(false)

  /// Kills every process group of a solver, at once, and each that is started from now on.
  ///
  /// Takes no lock and no memory, so a signal handler may call it. Whoever waits for a solver then
  /// sees the end of its process, and no other outlives the program that was about to start it.
  public static func killAll() {
    isEnding.store(true, ordering: .sequentiallyConsistent)
    for index in slots.groups.indices {
      let group = slots.groups[index].load(ordering: .sequentiallyConsistent)
      if group > 0 { kill(-group, SIGKILL) }
    }
  }

  /// Remembers a process group.
  static func insert(_ group: pid_t) {
    defer { if isEnding.load(ordering: .sequentiallyConsistent) { kill(-group, SIGKILL) } }
    for index in slots.groups.indices
    where slots.groups[index].compareExchange(
      expected: 0, desired: group, ordering: .sequentiallyConsistent
    ).exchanged {
      return
    }
  }

  /// Forgets a process group; call it before its leader is waited for, while the number is its own.
  static func remove(_ group: pid_t) {
    for index in slots.groups.indices
    where slots.groups[index].compareExchange(
      expected: group, desired: 0, ordering: .relaxed
    ).exchanged {
      return
    }
  }
}
