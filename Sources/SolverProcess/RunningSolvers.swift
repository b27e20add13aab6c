import Glibc
import Synchronization

/// The process groups of the solvers that run, so that none has to outlive this program.
public enum RunningSolvers {
  private struct Slots: ~Copyable, Sendable {
    let groups = InlineArray<1_024, Atomic<pid_t>> { _ in Atomic(0) }
  }

  /// One slot a process; 0 is a free one. Processes beyond the table are not in it.
  private static let slots = Slots()

  /// Kills every process group of a solver, at once.
  ///
  /// Takes no lock and no memory, so a signal handler may call it before it ends the program.
  public static func killAll() {
    for index in slots.groups.indices {
      let group = slots.groups[index].load(ordering: .relaxed)
      if group > 0 { kill(-group, SIGKILL) }
    }
  }

  /// Remembers a process group.
  static func insert(_ group: pid_t) {
    for index in slots.groups.indices
    where slots.groups[index].compareExchange(
      expected: 0, desired: group, ordering: .relaxed
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
