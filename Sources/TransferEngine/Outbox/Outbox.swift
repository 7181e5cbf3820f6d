internal import Crypto
internal import Documents
internal import GRDB
internal import SafeText
internal import SystemPackage

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
  private let sealer: Sealer
  private let lock: OwnerLock
  private let places: Places
  /// What dead processes had on the wire, as it was found on opening.
  let settledUncertain: Set<TransferSnapshot.ID>

  /// Opens the outbox, makes it if there is none, and settles what dead processes have left behind: what had not begun to leave is
  /// queued again without an owner, what may have left whole becomes uncertain.
  ///
  /// - Parameters:
  ///   - owner: a name for this process, never used before, such as a UUID.
  ///   - now: when it is settled.
  /// - Throws: `OutboxError`; then nothing was changed and nothing may be sent. A file that cannot be used is left as it is.
  init(places: Places, owner: String, now: Date) throws(OutboxError) {
    try places.prepare()
    let isEmpty = try Self.makeFile(places.outbox)
    let key = try OutboxKey.load(places.outboxKey, mayCreate: isEmpty)
    let sealer = Sealer(master: key)
    let database = try Self.mapping { try Self.open(places.outbox, sealer: sealer) }
    let lock = try OwnerLock(folder: places.locks, name: owner)
    settledUncertain = try Self.mapping {
      let (uncertain, owners) = try database.write { db in
        let uncertain = try Self.settle(db, sealer, locks: places.locks, now: now)
        return (uncertain, try String.fetchSet(db, sql: "SELECT owner FROM transfer WHERE owner IS NOT NULL"))
      }
      OwnerLock.sweep(places.locks, sparing: owners)
      return uncertain
    }
    (self.database, self.sealer, self.lock, self.places) = (database, sealer, lock, places)
  }

  /// This process's name in `StoredTransfer.owner`.
  var owner: String { lock.name }

  // MARK: Writing

  /// Records a new transfer, owned by this process.
  func insert(_ transfer: StoredTransfer) async throws(OutboxError) { try await insert([transfer]) }

  /// Records new transfers, owned by this process: all of them, or none.
  func insert(_ transfers: [StoredTransfer]) async throws(OutboxError) {
    let sealer = sealer
    try await write { db in
      for transfer in transfers { try Self.insert(transfer, sealer, db) }
    }
  }

  private static func insert(_ transfer: StoredTransfer, _ sealer: Sealer, _ db: Database) throws {
    let id = transfer.id.rawValue
    let state = StoredState(transfer.state)
    try db.execute(
      sql: """
        INSERT INTO transfer (id, profile, bound, state, detail, ordered, receipt, content, failures, owner, queued_ms, changed_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, transfer.profile, try sealer.lookup(transfer.order.binding), state.word, try sealer.seal(state.detail, at: Cell.detail(id)),
        try sealer.seal(transfer.order, at: Cell.ordered(id)),
        try sealer.seal(transfer.receipt, at: Cell.receipt(id)),
        Self.content(sealer, sha256: Array(transfer.order.file.sha256), patient: transfer.order.patientID), transfer.failures,
        transfer.owner,
        transfer.queuedAt.milliseconds, transfer.changedAt.milliseconds,
      ])
  }

  /// What another process wants of the owner.
  enum Request: String, Sendable { case cancel }

  /// Records where a transfer of this process stands, and the attempt that has just ended.
  /// - Returns: what another process has asked for meanwhile.
  @discardableResult
  func record(
    _ id: TransferSnapshot.ID, state: TransferState, receipt: TransferReceipt, failures: Int, changedAt: Date, attempt: TransferAttempt?
  ) async throws(OutboxError) -> Request? {
    let (sealer, owner) = (sealer, lock.name)
    return try await write { db in
      let key = id.rawValue
      let stored = StoredState(state)
      try db.execute(
        sql: "UPDATE transfer SET state = ?, detail = ?, receipt = ?, failures = ?, owner = ?, changed_ms = ?, ended_ms = ? WHERE id = ?",
        arguments: [
          stored.word, try sealer.seal(stored.detail, at: Cell.detail(key)), try sealer.seal(receipt, at: Cell.receipt(key)), failures,
          state.isEnded ? nil : owner, changedAt.milliseconds, state.isEnded ? changedAt.milliseconds : nil, key,
        ])
      // Nothing may be sent on the strength of a state that stands nowhere.
      guard db.changesCount == 1 else { throw OutboxError.damaged("The outbox has lost a transfer that is under way.") }
      if let attempt { try Self.insert(attempt, of: key, sealer, db) }
      guard let request = try String.fetchOne(db, sql: "SELECT request FROM transfer WHERE id = ?", arguments: [key]) else { return nil }
      try db.execute(sql: "UPDATE transfer SET request = NULL WHERE id = ?", arguments: [key])
      return Request(rawValue: request)
    }
  }

  /// Asks whoever works on a transfer to cancel it, and does so itself when nobody works on it any more.
  func request(_ request: Request, of id: TransferSnapshot.ID, now: Date) async throws(OutboxError) {
    let (sealer, locks) = (sealer, places.locks)
    try await write { db in
      try db.execute(sql: "UPDATE transfer SET request = ? WHERE id = ? AND ended_ms IS NULL", arguments: [request.rawValue, id.rawValue])
      try Self.settle(db, sealer, locks: locks, now: now)
      let isNobodys = try Bool.fetchOne(
        db, sql: "SELECT owner IS NULL AND ended_ms IS NULL FROM transfer WHERE id = ?", arguments: [id.rawValue])
      if isNobodys == true { try Self.end(id.rawValue, .cancelled, sealer, now: now, db) }
    }
  }

  /// Takes over the profile's transfers that nobody works on.
  /// - Parameters:
  ///   - binding: what the profile means now; transfers that end here are listed under it, where a person sees them.
  ///   - objection: why a transfer may not go on; it ends as failed then.
  /// - Returns: those that go on, the oldest first, and those that have ended.
  func adopt(
    profile: String, binding: TransferBinding, now: Date, objection: @escaping @Sendable (TransferOrder) -> TransferFailure?
  ) async throws(OutboxError) -> (goingOn: [StoredTransfer], ended: [TransferSnapshot.ID]) {
    let (sealer, owner) = (sealer, lock.name)
    return try await write { db in
      let ids = try String.fetchAll(
        db, sql: "SELECT id FROM transfer WHERE profile = ? AND owner IS NULL AND state = 'queued' ORDER BY queued_ms, rowid",
        arguments: [profile])
      var goingOn: [StoredTransfer] = []
      var ended: [TransferSnapshot.ID] = []
      for id in ids {
        guard var transfer = try Self.transfer(id, sealer, db) else { continue }
        if let failure = objection(transfer.order) {
          try Self.end(id, .failed(failure), sealer, now: now, db)
          try db.execute(sql: "UPDATE transfer SET bound = ? WHERE id = ?", arguments: [try sealer.lookup(binding), id])
          ended.append(transfer.id)
        } else {
          try db.execute(sql: "UPDATE transfer SET owner = ? WHERE id = ?", arguments: [owner, id])
          transfer.owner = owner
          goingOn.append(transfer)
        }
      }
      return (goingOn, ended)
    }
  }

  /// Takes a transfer over, to try it again: one that this process owns, or one that has ended without acceptance or doubt.
  /// - Returns: nil when it is neither, such as when another process was quicker.
  func claim(_ id: TransferSnapshot.ID) async throws(OutboxError) -> StoredTransfer? {
    let (sealer, owner) = (sealer, lock.name)
    return try await write { db in
      try db.execute(
        sql: """
          UPDATE transfer SET owner = ?1
          WHERE id = ?2 AND (owner = ?1 OR (owner IS NULL AND state IN ('failed', 'refused', 'cancelled')))
          """, arguments: [owner, id.rawValue])
      return db.changesCount == 1 ? try Self.transfer(id.rawValue, sealer, db) : nil
    }
  }

  /// One transfer as it stands now.
  func transfer(_ id: TransferSnapshot.ID) async throws(OutboxError) -> StoredTransfer? {
    let sealer = sealer
    return try await read { db in try Self.transfer(id.rawValue, sealer, db) }
  }

  // MARK: Reading

  /// The profile's transfers, newest first: all that have not ended, and the newest `limit` altogether.
  /// - Parameter binding: what the name means; nil for whatever it meant.
  func transfers(profile: String, binding: TransferBinding? = nil, limit: Int) async throws(OutboxError) -> [StoredTransfer] {
    let sealer = sealer
    return try await read { db in
      try Self.listing("id", profile, binding, limit, sealer, db).compactMap { try Self.transfer($0["id"], sealer, db) }
    }
  }

  /// Where the same transfers stand, without decrypting anything.
  func marks(profile: String, binding: TransferBinding, limit: Int) async throws(OutboxError) -> [TransferMark] {
    let sealer = sealer
    return try await read { db in
      try Self.listing("id, state, owner, changed_ms", profile, binding, limit, sealer, db).map { row in
        TransferMark(
          id: TransferSnapshot.ID(row["id"]), word: row["state"], owner: row["owner"], changedAt: Date(milliseconds: row["changed_ms"]))
      }
    }
  }

  private static func listing(
    _ columns: String, _ profile: String, _ binding: TransferBinding?, _ limit: Int, _ sealer: Sealer, _ db: Database
  ) throws -> [Row] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT \(columns) FROM transfer WHERE profile = ?1 AND (?2 IS NULL OR bound = ?2) AND (ended_ms IS NULL OR id IN
          (SELECT id FROM transfer WHERE profile = ?1 AND (?2 IS NULL OR bound = ?2) ORDER BY queued_ms DESC, rowid DESC LIMIT ?3))
        ORDER BY queued_ms DESC, rowid DESC
        """, arguments: [profile, try binding.map { try sealer.lookup($0) }, limit])
  }

  // MARK: Other processes

  /// One element whenever somebody has written to the outbox.
  func writes() -> AsyncStream<Void> {
    // SQLite writes there first; the file stays for as long as the database is open.
    OutboxWatch.writes(to: FilePath(places.outbox.string + "-wal"))
  }

  /// What other processes have done since `version`, and which of this process's transfers they want cancelled. Each wish is told once.
  func news(profile: String, since version: Int?) async throws(OutboxError) -> (version: Int, cancelled: [TransferSnapshot.ID]) {
    let owner = lock.name
    return try await write { db in
      // The write lock: whoever is in the middle of a commit has finished by now, so that no change is missed.
      let present = try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0
      guard present != version else { return (present, []) }
      let condition = "profile = ? AND owner = ? AND request = 'cancel'"
      let ids = try String.fetchAll(db, sql: "SELECT id FROM transfer WHERE \(condition)", arguments: [profile, owner])
      if !ids.isEmpty { try db.execute(sql: "UPDATE transfer SET request = NULL WHERE \(condition)", arguments: [profile, owner]) }
      return (present, ids.map { TransferSnapshot.ID($0) })
    }
  }

  /// Every try of a transfer, in order.
  func attempts(of id: TransferSnapshot.ID) async throws(OutboxError) -> [TransferAttempt] {
    let sealer = sealer
    return try await read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM attempt WHERE transfer = ? ORDER BY id", arguments: [id.rawValue]).map { row in
        let said = try sealer.open(row["said"], as: Said.self, at: Cell.said(id.rawValue))
        return TransferAttempt(
          step: TransferAttempt.Step(rawValue: row["step"]) ?? .message, startedAt: Date(milliseconds: row["started_ms"]),
          endedAt: Date(milliseconds: row["ended_ms"]), status: row["status"], acknowledgedBytes: row["bytes"], outcome: row["outcome"],
          words: said.words, logIDs: said.logIDs)
      }
    }
  }

  /// When a file of this content was queued for this patient before, newest first; whatever became of it but a refusal, failure or cancellation.
  func earlierSends(sha256: [UInt8], patient: String) async throws(OutboxError) -> [Date] {
    let content = Self.content(sealer, sha256: sha256, patient: patient)
    return try await read { db in
      try Int64.fetchAll(
        db,
        sql: "SELECT queued_ms FROM transfer WHERE content = ? AND state NOT IN ('refused', 'failed', 'cancelled') ORDER BY queued_ms DESC",
        arguments: [content]
      ).map { Date(milliseconds: $0) }
    }
  }

  // MARK: Opening

  /// Makes the file, 0600, or refuses one that others can read; SQLite gives its companions the same mode.
  /// - Returns: true when there is nothing in it yet.
  private static func makeFile(_ path: FilePath) throws(OutboxError) -> Bool {
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

  private static func open(_ path: FilePath, sealer: Sealer) throws -> DatabaseQueue {
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
    let migrator = OutboxSchema.migrator
    guard try !queue.read({ try migrator.hasBeenSuperseded($0) }) else { throw OutboxError.fromTheFuture }
    try migrator.migrate(queue)
    try queue.write { db in
      guard let probe = try Data.fetchOne(db, sql: "SELECT probe FROM seal") else {
        try db.execute(sql: "INSERT INTO seal (probe) VALUES (?)", arguments: [try sealer.seal(["chartdrop"], at: Cell.probe)])
        return
      }
      guard (try? sealer.open(probe, as: [String].self, at: Cell.probe)) != nil else {
        throw OutboxError.damaged(
          "The outbox was written with another key than the one in its keys folder. Put the right key back from a backup.")
      }
    }
    return queue
  }

  /// - Returns: what has become uncertain.
  @discardableResult
  private static func settle(_ db: Database, _ sealer: Sealer, locks: FilePath, now: Date) throws -> Set<TransferSnapshot.ID> {
    var uncertain: Set<TransferSnapshot.ID> = []
    let owners = try String.fetchAll(db, sql: "SELECT DISTINCT owner FROM transfer WHERE owner IS NOT NULL")
    for owner in owners where !OwnerLock.isAlive(owner, folder: locks) {
      for id in try String.fetchAll(
        db, sql: "SELECT id FROM transfer WHERE owner = ? AND state IN ('sending', 'finalizing')", arguments: [owner])
      {
        guard let transfer = try transfer(id, sealer, db) else { continue }
        try end(id, .uncertain(FailureWords.uncertainAfterCrash(documentID: transfer.order.documentID)), sealer, now: now, db)
        uncertain.insert(transfer.id)
      }
      let unsent = "owner = ? AND state IN ('queued', 'preparing', 'uploading', 'waiting')"
      // Asked to stop, it died before it could: nothing of the message had left.
      for id in try String.fetchAll(db, sql: "SELECT id FROM transfer WHERE request = 'cancel' AND \(unsent)", arguments: [owner]) {
        try end(id, .cancelled, sealer, now: now, db)
      }
      try db.execute(sql: "UPDATE transfer SET state = 'queued', owner = NULL WHERE \(unsent)", arguments: [owner])
      try db.execute(sql: "UPDATE transfer SET owner = NULL WHERE owner = ?", arguments: [owner])
    }
    return uncertain
  }

  private static func end(_ id: String, _ state: TransferState, _ sealer: Sealer, now: Date, _ db: Database) throws {
    let stored = StoredState(state)
    try db.execute(
      sql: "UPDATE transfer SET state = ?, detail = ?, owner = NULL, request = NULL, changed_ms = ?, ended_ms = ? WHERE id = ?",
      arguments: [stored.word, try sealer.seal(stored.detail, at: Cell.detail(id)), now.milliseconds, now.milliseconds, id])
  }

  // MARK: Rows

  /// Where an encrypted cell belongs.
  private enum Cell {
    static let probe = "seal.probe"
    static func detail(_ id: String) -> String { "transfer.detail.\(id)" }
    static func ordered(_ id: String) -> String { "transfer.ordered.\(id)" }
    static func receipt(_ id: String) -> String { "transfer.receipt.\(id)" }
    static func said(_ id: String) -> String { "attempt.said.\(id)" }
  }

  private struct Said: Codable {
    var words: [String]
    var logIDs: [String]
  }

  private static func insert(_ attempt: TransferAttempt, of id: String, _ sealer: Sealer, _ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO attempt (transfer, step, started_ms, ended_ms, status, bytes, outcome, said) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        id, attempt.step.rawValue, attempt.startedAt.milliseconds, attempt.endedAt.milliseconds, attempt.status, attempt.acknowledgedBytes,
        attempt.outcome, try sealer.seal(Said(words: attempt.words, logIDs: attempt.logIDs), at: Cell.said(id)),
      ])
  }

  private static func transfer(_ id: String, _ sealer: Sealer, _ db: Database) throws -> StoredTransfer? {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM transfer WHERE id = ?", arguments: [id]) else { return nil }
    let detail = try sealer.open(row["detail"], as: StoredState.Detail.self, at: Cell.detail(id))
    guard let state = StoredState.state(word: row["state"], detail: detail) else { return nil }
    return StoredTransfer(
      id: TransferSnapshot.ID(id), profile: row["profile"],
      order: try sealer.open(row["ordered"], as: TransferOrder.self, at: Cell.ordered(id)),
      state: state, receipt: try sealer.open(row["receipt"], as: TransferReceipt.self, at: Cell.receipt(id)), failures: row["failures"],
      owner: row["owner"], queuedAt: Date(milliseconds: row["queued_ms"]), changedAt: Date(milliseconds: row["changed_ms"]))
  }

  private static func content(_ sealer: Sealer, sha256: [UInt8], patient: String) -> Data { sealer.lookup(sha256, Array(patient.utf8)) }

  // MARK: Errors

  private func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(OutboxError) -> Value {
    // In a task of its own: a transfer that is called off runs in a cancelled one, and just then its end must reach the disk.
    do { return try await Task { [database] in try await database.write(body) }.value } catch { throw Self.outboxError(error) }
  }

  private func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(OutboxError) -> Value {
    do { return try await database.read(body) } catch { throw Self.outboxError(error) }
  }

  private static func mapping<Value>(_ body: () throws -> Value) throws(OutboxError) -> Value {
    do { return try body() } catch { throw outboxError(error) }
  }

  static func outboxError(_ error: any Error) -> OutboxError {
    if let error = error as? OutboxError { return error }
    if error is Sealer.Failure { return .damaged("Something in the outbox cannot be decrypted.") }
    guard let error = error as? DatabaseError else { return .notWritable("The outbox cannot be used.") }
    switch error.resultCode {
    case .SQLITE_FULL: return .diskFull
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged("The outbox is not a database, or damaged.")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: return .notWritable("The outbox's folder cannot be written to.")
    case .SQLITE_BUSY: return .notWritable("Another process has kept the outbox busy for too long.")
    case .SQLITE_IOERR: return .notWritable("The disk does not take the outbox's data.")
    default: return .notWritable("The outbox cannot be used (SQLite \(error.resultCode.rawValue)).")
    }
  }
}

extension Date {
  /// Milliseconds since 1970: what the outbox counts in.
  fileprivate var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

  fileprivate init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
