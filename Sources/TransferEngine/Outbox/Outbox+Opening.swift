internal import Documents
internal import GRDB
internal import SafeText
internal import Synchronization
internal import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// How the database is opened, or refused.
extension Outbox {
  /// A database up to this size is read through before it is used; a larger one meanwhile, see `examine`.
  static let quickCheckLimit = 16_000_000

  /// SQLite does not wait for a process that is just leaving either, which puts the journal away: that takes a moment.
  /// - Parameter open: is tried again while SQLite says that somebody else is busy, for a few seconds.
  static func patiently<Value>(_ seams: EngineSeams, _ open: () throws -> Value) throws -> Value {
    let begin = seams.uptime()
    while true {
      do {
        return try open()
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && seams.uptime() - begin < 5 {
        seams.block(0.02)
      }
    }
  }

  static func open(_ path: FilePath, byteCount: Int, sealer: Sealer) throws -> DatabaseQueue {
    let migrator = OutboxSchema.migrator(sealer)
    if byteCount > 0 {
      // By a connection that cannot write: what cannot be used stays what it is, to the byte.
      try OutboxKeeper.openForReading(path).read { db in
        if byteCount <= quickCheckLimit { try check(db, path) }
        guard try !migrator.hasBeenSuperseded(db) else { throw OutboxError.fromTheFuture }
        try check(sealer, db)
      }
    }
    var configuration = GRDB.Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(10)
    configuration.label = "outbox"
    configuration.prepareDatabase { $0.add(function: OutboxSchema.writersMark) }
    // Values are patient data: they must not turn up in an error's text.
    configuration.publicStatementArguments = false
    let queue = try DatabaseQueue(path: path.string, configuration: configuration)
    try queue.writeWithoutTransaction { db in
      // A commit must be on the disk before anything is sent on the strength of it.
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try db.execute(sql: "PRAGMA secure_delete = ON")
    }
    try migrate(queue, migrator)
    try queue.write { db in
      guard try Data.fetchOne(db, sql: "SELECT probe FROM seal") == nil else { return }
      try db.execute(sql: "INSERT INTO seal (probe) VALUES (?)", arguments: [try sealer.seal(["chartdrop"], at: Cell.probe)])
    }
    return queue
  }

  /// Several processes may start with a new or an older outbox at once; who comes second finds the work done.
  private static func migrate(_ queue: DatabaseQueue, _ migrator: DatabaseMigrator) throws {
    var known = try queue.read { try migrator.appliedIdentifiers($0).count }
    while true {
      do {
        return try migrator.migrate(queue)
      } catch {
        let present = try queue.read { try migrator.appliedIdentifiers($0).count }
        guard present > known else { throw error }
        known = present
      }
    }
  }

  private static func check(_ db: Database, _ path: FilePath) throws {
    guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
      throw OutboxError.damaged("The outbox \(DisplayText(path)) is damaged.")
    }
  }

  /// Reads a database through that was too large for that on opening. From the moment that damage is found nothing more is written, and so
  /// nothing more is sent; what is read before is checked page by page, and every encrypted cell by itself.
  func examine() async throws(OutboxError) {
    guard isLarge else { return }
    do {
      // A connection of its own: nobody who reads or writes waits for it.
      let path = places.outbox
      try await OutboxKeeper.openForReading(path).read { try Self.check($0, path) }
    } catch {
      let error = Self.outboxError(error)
      if case .damaged = error { damage.withLock { $0 = error } }
      throw error
    }
  }

  private static func check(_ sealer: Sealer, _ db: Database) throws {
    guard try db.tableExists("seal"), let probe = try Data.fetchOne(db, sql: "SELECT probe FROM seal") else { return }
    guard (try? sealer.open(probe, as: [String].self, at: Cell.probe)) != nil else {
      throw OutboxError.damaged(
        "The outbox was written with another key than the one in its keys folder. Put the right key back from a backup.")
    }
  }
}
