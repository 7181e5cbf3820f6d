internal import Documents
internal import GRDB
internal import SafeText
internal import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Looks at an outbox from outside, whatever is wrong with it, and can set it aside.
public struct OutboxKeeper: Sendable {
  let places: Places

  public init(places: Places) { self.places = places }

  /// How the outbox is. Reads all of the database; changes nothing.
  public func status() -> OutboxStatus {
    var status = OutboxStatus(health: .ok)
    guard FileManager.default.fileExists(atPath: places.outbox.string) else {
      status.health = .missing
      return status
    }
    // The journal's index is no data, and whoever looks makes it.
    status.byteCount = files.filter { $0.extension != "sqlite-shm" }.reduce(0) { $0 + Self.size($1) }
    if status.byteCount == 0 {
      status.health = .missing
      return status
    }
    do throws(OutboxError) {
      try places.prepare()
      try OutboxFiles.judge(places.outbox)
    } catch {
      (status.health, status.reason) = (.unusable, error.sentence)
      return status
    }
    do {
      try Self.openForReading(places.outbox).read { db in
        try Self.look(db, &status)
        if status.health == .ok { try judgeKey(db, &status) }
      }
    } catch {
      let error = Outbox.outboxError(error)
      status.health = .unusable
      if case .damaged = error { status.health = .damaged }
      status.reason = error.sentence
    }
    return status
  }

  private static func look(_ db: Database, _ status: inout OutboxStatus) throws {
    if try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") != "ok" {
      (status.health, status.reason) = (.damaged, "The outbox is damaged.")
    }
    guard try db.tableExists("transfer") else { return }
    status.versions = try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
    status.counts = try Row.fetchAll(db, sql: "SELECT state, COUNT(*) AS count FROM transfer GROUP BY state")
      .reduce(into: [:]) { $0[$1["state"] as String] = $1["count"] as Int }
    status.oldest = try Int64.fetchOne(db, sql: "SELECT MIN(queued_ms) FROM transfer").map { Date(milliseconds: $0) }
    if try db.columns(in: "transfer").contains(where: { $0.name == "purged_ms" }) {
      status.purgedCount = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM transfer WHERE purged_ms IS NOT NULL") ?? 0
    }
    if status.health == .ok, !OutboxSchema.versions.isSuperset(of: status.versions) {
      (status.health, status.reason) = (.fromTheFuture, OutboxError.fromTheFuture.sentence)
    }
  }

  private func judgeKey(_ db: Database, _ status: inout OutboxStatus) throws {
    guard try db.tableExists("seal"), let probe = try Data.fetchOne(db, sql: "SELECT probe FROM seal") else { return }
    guard FileManager.default.fileExists(atPath: places.outboxKey.string) else {
      (status.health, status.reason) = (.keyMissing, "The outbox's key \(DisplayText(places.outboxKey)) is missing.")
      return
    }
    do throws(OutboxError) {
      let sealer = Sealer(master: try OutboxKey.load(places.outboxKey, mayCreate: false))
      guard (try? sealer.open(probe, as: [String].self, at: Outbox.Cell.probe)) == nil else { return }
      (status.health, status.reason) = (.keyWrong, "The outbox was written with another key than \(DisplayText(places.outboxKey)).")
    } catch {
      (status.health, status.reason) = (.keyWrong, error.sentence)
    }
  }

  var files: [FilePath] { [places.outbox] + OutboxFiles.companions(of: places.outbox) }

  static func size(_ path: FilePath) -> Int {
    ((try? FileManager.default.attributesOfItem(atPath: path.string))?[.size] as? Int) ?? 0
  }

  static func openForReading(_ path: FilePath) throws -> DatabaseQueue {
    var configuration = GRDB.Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    configuration.label = "outbox reader"
    configuration.publicStatementArguments = false
    return try DatabaseQueue(path: path.string, configuration: configuration)
  }
}
