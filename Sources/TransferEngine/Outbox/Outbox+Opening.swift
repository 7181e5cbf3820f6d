internal import Documents
internal import GRDB
internal import SafeText
internal import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// How the file is made and opened, or refused.
extension Outbox {
  /// Makes the file, 0600, or refuses one that others can read; SQLite gives its companions the same mode.
  /// - Returns: true when there is nothing in it yet.
  static func makeFile(_ path: FilePath) throws(OutboxError) -> Bool {
    do {
      let file = try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec, .noFollow], permissions: [.ownerRead, .ownerWrite])
      defer { try? file.close() }
      try SystemTrustedFiles.judge(file, isSecret: true)
      return try file.seek(offset: 0, from: .end) == 0
    } catch let error as TrustedFileError {
      let words = error.words(for: path)
      throw .notWritable(words.reason + " " + words.remedy)
    } catch let error as Errno {
      throw error == .noSpace ? .diskFull : .notWritable("\(DisplayText(path)): \(error.description).")
    } catch {
      throw .notWritable(DisplayText(path))
    }
  }

  static func open(_ path: FilePath, sealer: Sealer) throws -> DatabaseQueue {
    var configuration = GRDB.Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(10)
    configuration.label = "outbox"
    // Values are patient data: they must not turn up in an error's text.
    configuration.publicStatementArguments = false
    let queue = try DatabaseQueue(path: path.string, configuration: configuration)
    try queue.writeWithoutTransaction { db in
      // A commit must be on the disk before anything is sent on the strength of it.
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try db.execute(sql: "PRAGMA secure_delete = ON")
      guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
        throw OutboxError.damaged("The outbox \(DisplayText(path)) is damaged.")
      }
    }
    let migrator = OutboxSchema.migrator(sealer)
    guard try !queue.read({ try migrator.hasBeenSuperseded($0) }) else { throw OutboxError.fromTheFuture }
    // Before anything is changed: with another key nothing of it could be read again.
    try queue.read { try check(sealer, $0) }
    try migrator.migrate(queue)
    try queue.write { db in
      guard try Data.fetchOne(db, sql: "SELECT probe FROM seal") == nil else { return }
      try db.execute(sql: "INSERT INTO seal (probe) VALUES (?)", arguments: [try sealer.seal(["chartdrop"], at: Cell.probe)])
    }
    return queue
  }

  private static func check(_ sealer: Sealer, _ db: Database) throws {
    guard try db.tableExists("seal"), let probe = try Data.fetchOne(db, sql: "SELECT probe FROM seal") else { return }
    guard (try? sealer.open(probe, as: [String].self, at: Cell.probe)) != nil else {
      throw OutboxError.damaged(
        "The outbox was written with another key than the one in its keys folder. Put the right key back from a backup.")
    }
  }
}
