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
  /// Milliseconds between two tries, and how many there are: a process that was stopped while it opened must not keep the others out.
  private static let (pause, tries): (UInt32, Int) = (5, 2_000)

  /// - Parameter folder: whose lock it is; a folder's own, so that there is no file to be swept away.
  static func take<Value>(_ folder: FilePath, _ body: () throws -> Value) throws -> Value {
    let turn = try? FileDescriptor.open(folder, .readOnly, options: [.directory, .closeOnExec])
    // Closing it lets the next one in.
    defer { try? turn?.close() }
    if let turn {
      for _ in 0..<tries {
        if flock(turn.rawValue, LOCK_EX | LOCK_NB) == 0 { break }
        usleep(pause * 1_000)
      }
    }
    return try body()
  }
}
