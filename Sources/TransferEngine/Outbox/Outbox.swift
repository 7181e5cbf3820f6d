internal import Documents
internal import GRDB
internal import SafeText
internal import Synchronization

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What was sent, is being sent and is to be sent: a database that survives a pulled plug.
///
/// Every write is on the disk when the call returns (WAL with full synchronisation). What identifies a patient is encrypted; see
/// `OutboxSchema` for the columns. One value serves all profiles of a process; several processes may share the file.
final class Outbox: Sendable {
  let database: DatabaseQueue
  let sealer: Sealer
  let lock: OwnerLock
  let places: Places
  /// What was found on opening to have come to an end with the process that worked on it.
  let settled: [Settled]
  let isLarge: Bool
  /// What was found broken while the outbox was in use.
  let damage = Mutex<OutboxError?>(nil)

  /// Opens the outbox, makes it if there is none, and settles what dead processes have left behind: what had not begun to leave is
  /// queued again without an owner, what may have left whole becomes uncertain.
  ///
  /// - Parameters:
  ///   - owner: a name for this process, never used before, such as a UUID.
  ///   - now: when it is settled.
  ///   - seams: by which others that open it are waited for.
  /// - Throws: `OutboxError`; then nothing was changed and nothing may be sent. A file that cannot be used is left as it is.
  init(places: Places, owner: String, now: Date, seams: EngineSeams = .system) throws(OutboxError) {
    try places.prepare()
    // Before the file is touched, so that nobody sets it aside meanwhile.
    let lock = try OwnerLock(folder: places.locks, name: owner)
    guard !OwnerLock.isAlive(OutboxKeeper.lockName, folder: places.locks) else {
      throw .notWritable("The outbox is just being set aside.")
    }
    let (database, sealer, isLarge) = try Self.mapping {
      try OpeningTurn.take(places.locks, seams) {
        let byteCount = try OutboxFiles.make(places.outbox)
        let sealer = Sealer(master: try OutboxKey.load(places.outboxKey, mayCreate: byteCount == 0))
        let database = try Self.patiently(seams) { try Self.open(places.outbox, byteCount: byteCount, sealer: sealer) }
        return (database, sealer, byteCount > Self.quickCheckLimit)
      }
    }
    settled = try Self.mapping {
      let (settled, owners) = try database.write { db in
        let settled = try Self.settle(db, sealer, locks: places.locks, now: now)
        return (settled, try Self.owners(db))
      }
      OwnerLock.sweep(places.locks, sparing: owners)
      return settled
    }
    self.isLarge = isLarge
    (self.database, self.sealer, self.lock, self.places) = (database, sealer, lock, places)
  }

  /// This process's name in `StoredTransfer.owner`.
  var owner: String { lock.name }

  // MARK: The database

  func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(OutboxError) -> Value {
    if let error = damage.withLock({ $0 }) { throw error }
    // In a task of its own: a transfer that is called off runs in a cancelled one, and just then its end must reach the disk.
    do { return try await Task { [database] in try await database.write(body) }.value } catch { throw Self.outboxError(error) }
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(OutboxError) -> Value {
    do { return try await database.read(body) } catch { throw Self.outboxError(error) }
  }
}
