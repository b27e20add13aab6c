// A child process with three pipes, started with `posix_spawn`: it leads a process group of its
// own, so that whatever it starts can be killed with it, and it inherits no descriptor but the
// three.
import Glibc
import Synchronization

/// A running process, the leader of its group; it is killed and waited for when it is released.
final class ChildProcess {
  /// Why a process could not be started, in the words of the system.
  struct StartFailure: Error {
    let reason: String
  }

  /// Our ends of the pipes, none of which blocks; nil once closed.
  private(set) var input: Int32?
  private(set) var output: Int32?
  private(set) var errors: Int32?
  /// The number of the process and of its group.
  private let group: pid_t
  private var ending: ProcessEnding?

  /// Starts a program with arguments, the first of which is its path.
  init(_ arguments: [String]) throws(StartFailure) {
    ignoreBrokenPipes
    // One start at a time: a child would inherit pipes that are not marked yet.
    let (pipes, result) = try oneStart.withLock { _ throws(StartFailure) in
      let pipes = try Pipes()
      return (pipes, spawn(arguments, pipes))
    }
    defer { pipes.closeFarEnds() }
    guard result.code == 0 else {
      pipes.closeNearEnds()
      throw StartFailure(reason: systemWords(result.code))
    }
    group = result.process
    (input, output, errors) = (pipes.input.write, pipes.output.read, pipes.errors.read)
    for end in [pipes.input.write, pipes.output.read, pipes.errors.read] {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
    }
    RunningSolvers.insert(group)
  }

  deinit {
    _ = end(graceMilliseconds: 0)
    closeInput()
    closeOutput()
    closeErrors()
  }

  /// Closes the pipe that the process reads from.
  func closeInput() { closeOnce(&input) }
  /// Closes the pipe that the process writes answers to.
  func closeOutput() { closeOnce(&output) }
  /// Closes the pipe that the process writes messages to.
  func closeErrors() { closeOnce(&errors) }

  /// Waits a while for the process to end by itself, then kills its whole group.
  ///
  /// - Returns: how it ended; the same again when asked again.
  func end(graceMilliseconds: Int) -> ProcessEnding {
    if let ending { return ending }
    let hasEnded = hasEnded(withinMilliseconds: graceMilliseconds)
    RunningSolvers.remove(group)
    // The leader has not been waited for, so the number of the group is still its own.
    kill(-group, SIGKILL)
    var status: Int32 = 0
    // Ends when the system has delivered the signal, or at once if there is nothing to wait for.
    while waitpid(group, &status, 0) < 0 && errno == EINTR {}
    let ending: ProcessEnding = hasEnded ? .init(waitStatus: status) : .killed
    self.ending = ending
    return ending
  }

  /// Whether the process ends within some time; it stays to be waited for.
  private func hasEnded(withinMilliseconds limit: Int) -> Bool {
    for elapsed in 0...max(0, limit) {
      var information = siginfo_t()
      information.si_signo = 0
      let result = waitid(P_PID, id_t(group), &information, WEXITED | WNOHANG | WNOWAIT)
      if result == 0 && information.si_signo == SIGCHLD { return true }
      if elapsed < limit { usleep(1_000) }
    }
    return false
  }

  private func closeOnce(_ descriptor: inout Int32?) {
    if let open = descriptor { close(open) }
    descriptor = nil
  }
}

/// A write to a process that is gone is an error to handle, not the end of this program.
private let ignoreBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

private let oneStart = Mutex(())

/// Three pipes, none inherited by other children.
private struct Pipes {
  let input: (read: Int32, write: Int32)
  let output: (read: Int32, write: Int32)
  let errors: (read: Int32, write: Int32)

  init() throws(ChildProcess.StartFailure) {
    var made: [(read: Int32, write: Int32)] = []
    for _ in 0..<3 {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else {
        let code = errno
        for pipe in made { for end in [pipe.read, pipe.write] { close(end) } }
        throw .init(reason: systemWords(code))
      }
      ends = ends.map(Self.lifted)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      made.append((ends[0], ends[1]))
    }
    (input, output, errors) = (made[0], made[1], made[2])
  }

  /// The same pipe end under a number above those of the standard streams, which may be closed.
  private static func lifted(_ end: Int32) -> Int32 {
    guard end <= STDERR_FILENO else { return end }
    let higher = fcntl(end, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
    guard higher >= 0 else { return end }
    close(end)
    return higher
  }

  func closeFarEnds() { for end in [input.read, output.write, errors.write] { close(end) } }
  func closeNearEnds() { for end in [input.write, output.read, errors.read] { close(end) } }
}

/// Starts a process in a group of its own, with default signals, on the far ends of the pipes.
private func spawn(_ arguments: [String], _ pipes: Pipes) -> (code: Int32, process: pid_t) {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  let ends = [pipes.input.read, pipes.output.write, pipes.errors.write]
  for (end, standard) in zip(ends, [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]) {
    posix_spawn_file_actions_adddup2(&actions, end, standard)
  }
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
  posix_spawnattr_setflags(&attributes, Int16(flags))
  posix_spawnattr_setpgroup(&attributes, 0)
  var signals = sigset_t()
  sigemptyset(&signals)
  posix_spawnattr_setsigmask(&attributes, &signals)
  // An ignored signal stays ignored in a child unless it is told otherwise.
  sigaddset(&signals, SIGPIPE)
  posix_spawnattr_setsigdefault(&attributes, &signals)

  var words = arguments.map { strdup($0) }
  defer { for word in words { free(word) } }
  words.append(nil)
  var process: pid_t = 0
  let code = posix_spawn(&process, arguments[0], &actions, &attributes, words, environ)
  return (code, process)
}
