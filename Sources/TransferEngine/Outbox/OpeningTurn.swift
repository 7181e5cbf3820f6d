internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Lets one process at a time open the outbox: SQLite waits for nobody while the journal is set up, and a new database gets its tables then.
enum OpeningTurn {
  /// Seconds between two tries, and until nobody is waited for any more: a process that was stopped while it opened must not keep the
  /// others out.
  private static let (pause, patience) = (0.005, 10.0)

  /// - Parameter folder: whose lock it is; a folder's own, so that there is no file to be swept away.
  static func take<Value>(_ folder: FilePath, _ seams: EngineSeams, _ body: () throws -> Value) throws -> Value {
    let turn = try? FileDescriptor.open(folder, .readOnly, options: [.directory, .closeOnExec])
    // Closing it lets the next one in.
    defer { try? turn?.close() }
    if let turn {
      let begin = seams.uptime()
      while flock(turn.rawValue, LOCK_EX | LOCK_NB) != 0, seams.uptime() - begin < patience { seams.block(pause) }
    }
    return try body()
  }
}
