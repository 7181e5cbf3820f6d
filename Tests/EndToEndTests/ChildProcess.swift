import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A program that a test has started, with pipes of its own. Nothing of it leaks into other children that start at the same moment,
/// so the end of its output is the end of it; every wait has a deadline that only ends a test which would hang.
final class ChildProcess {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  struct Ending: Equatable {
    /// As a shell tells it: 128 + the number of the signal that ended it.
    let status: Int32
    let output: [UInt8]

    var text: String { String(decoding: output, as: UTF8.self) }
  }

  static let patience: TimeInterval = 100

  let identifier: pid_t
  private let input: FileHandle
  private let output: FileHandle
  private var pending: [UInt8] = []
  private var read: [UInt8] = []
  private var status: Int32?

  /// - Parameters:
  ///   - arguments: raw bytes each, so that names that are not UTF-8 arrive as they are.
  ///   - errors: the file that standard error is appended to; nil joins it to the output.
  init(_ executable: String, _ arguments: [[UInt8]], environment: [String: String], errors: String?) throws {
    Self.ignoreClosedPipes
    Self.spawning.lock()
    defer { Self.spawning.unlock() }
    let (childInput, ours) = try Self.pipe()
    let (theirs, childOutput) = try Self.pipe()
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
    #else
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // The threads of a dispatch queue block signals, and a child would inherit that.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    posix_spawn_file_actions_adddup2(&actions, childInput, 0)
    posix_spawn_file_actions_adddup2(&actions, childOutput, 1)
    if let errors {
      posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    } else {
      posix_spawn_file_actions_adddup2(&actions, childOutput, 2)
    }
    let variables = environment.map { Array("\($0)=\($1)".utf8) }
    var child: pid_t = 0
    let failure = Self.withCStrings([Array(executable.utf8)] + arguments) { argv in
      Self.withCStrings(variables) { envp in posix_spawnp(&child, executable, &actions, &attributes, argv, envp) }
    }
    close(childInput)
    close(childOutput)
    input = FileHandle(fileDescriptor: ours, closeOnDealloc: true)
    output = FileHandle(fileDescriptor: theirs, closeOnDealloc: true)
    identifier = child
    guard failure == 0 else { throw Failure(description: "\(executable) does not start: \(String(cString: strerror(failure)))") }
  }

  deinit {
    if status == nil {
      signal(SIGKILL)
      reap()
    }
  }

  func signal(_ number: Int32) { kill(identifier, number) }

  func write(_ bytes: some Sequence<UInt8>) throws {
    try input.write(contentsOf: Data(bytes))
  }

  func endInput() throws { try input.close() }

  /// The next line of output without its end; nil when there is none any more.
  func nextLine(until deadline: Date = Date(timeIntervalSinceNow: patience)) throws -> String? {
    while true {
      if let newline = pending.firstIndex(of: 0x0A) {
        defer { pending.removeFirst(newline + 1) }
        return String(decoding: pending[..<newline], as: UTF8.self)
      }
      guard try readMore(until: deadline) else { return nil }
    }
  }

  /// Waits for the end.
  func finish() throws -> Ending {
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    while try readMore(until: deadline) {}
    reap()
    return Ending(status: status ?? -1, output: read)
  }

  /// Waits for output, or for its end. False when neither came in time.
  func hasOutput(until deadline: Date) -> Bool {
    if !pending.isEmpty { return true }
    var descriptor = pollfd(fd: output.fileDescriptor, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, Int32(max(0, min(deadline.timeIntervalSinceNow * 1000, 1e9)))) > 0
  }

  /// False at the end of the output.
  private func readMore(until deadline: Date) throws -> Bool {
    var descriptor = pollfd(fd: output.fileDescriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, Int32(max(0, min(deadline.timeIntervalSinceNow * 1000, 1e9)))) > 0 else {
      throw Failure(description: "it says no more and does not end; so far:\n\(String(decoding: read, as: UTF8.self))")
    }
    let data = output.availableData
    pending.append(contentsOf: data)
    read.append(contentsOf: data)
    return !data.isEmpty
  }

  private func reap() {
    var word: Int32 = 0
    while waitpid(identifier, &word, 0) < 0 && errno == EINTR {}
    let signalNumber = word & 0x7F
    status = signalNumber == 0 ? (word >> 8) & 0xFF : 128 + signalNumber
  }

  /// Held while a pipe exists that is not yet marked to be closed in other children.
  private static let spawning = NSLock()

  /// A child that ends without reading what it is given is no reason for the tests to end.
  private static let ignoreClosedPipes: Void = { _ = Foundation.signal(SIGPIPE, SIG_IGN) }()

  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Foundation.pipe(&ends) == 0 else { throw Failure(description: "no pipe: \(String(cString: strerror(errno)))") }
    ends.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func withCStrings<R>(_ strings: [[UInt8]], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
    let copies = strings.map { string -> UnsafeMutablePointer<CChar>? in
      (string + [0]).withUnsafeBufferPointer { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in characters.baseAddress.flatMap { strdup($0) } }
      }
    }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
  }
}
