internal import Documents
internal import GRDB
public import SafeText
internal import SystemPackage

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What was set aside, and what of it is in the new outbox.
public struct SetAside: Sendable, Hashable {
  /// Where the old outbox is now, with its key.
  public var folder: DisplayText
  /// Receipts that the new outbox has.
  public var receipts: Int
  /// Transfers that were not sent, and will not be.
  public var unsent: Int
  /// Why the receipts are not complete; nil when they are.
  public var problem: DisplayText?
}

/// Beginning anew, with nothing overwritten and nothing deleted.
extension OutboxKeeper {
  static let lockName = "set-aside"

  /// Moves the outbox with its journal and its key into a folder of their own, begins a new one, and copies the receipts that can be read
  /// without a key. What was not sent stays behind; what was on its way is uncertain in the new one too.
  /// - Throws: `OutboxError` while a process works with the outbox; then nothing was changed.
  public func setAside(now: Date, owner: String) throws(OutboxError) -> SetAside {
    try places.prepare()
    let folder: FilePath
    do {
      let lock = try OwnerLock(folder: places.locks, name: Self.lockName)
      defer { withExtendedLifetime(lock) {} }
      try refuseWhileInUse()
      mergeJournal()
      folder = try move(now)
    }
    var result = SetAside(folder: DisplayText(folder), receipts: 0, unsent: 0)
    let new = try Outbox(places: places, owner: owner, now: now)
    do {
      let old = try Self.openForReading(folder.appending("outbox.sqlite"))
      (result.receipts, result.unsent) = try old.read { old in
        try new.database.write { try OutboxReceipts(sealer: new.sealer, now: now).copy(from: old, to: $0) }
      }
    } catch {
      result.problem = Outbox.outboxError(error).sentence
    }
    return result
  }

  private func refuseWhileInUse() throws(OutboxError) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: places.locks.string)) ?? []
    let owners = names.filter { $0.hasSuffix(".lock") }.map { String($0.dropLast(".lock".count)) }
    guard !owners.contains(where: { $0 != Self.lockName && OwnerLock.isAlive($0, folder: places.locks) }) else {
      throw .notWritable("Another chartdrop is running and works with the outbox. Nothing was changed. Leave it first.")
    }
  }

  /// Puts the journal into the database while they are still together, in case this is interrupted between their moves. What is damaged is
  /// left exactly as it is.
  private func mergeJournal() {
    guard status().health != .damaged, let database = try? DatabaseQueue(path: places.outbox.string) else { return }
    try? database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
  }

  private func move(_ now: Date) throws(OutboxError) -> FilePath {
    let time = now.formatted(.iso8601).replacing("-", with: "").replacing(":", with: "")
    let folder = places.aside.appending(time)
    do throws(PrivateFile.Failure) {
      try PrivateFile.makeFolder(places.aside)
      guard !FileManager.default.fileExists(atPath: folder.string) else { throw .exists }
      try PrivateFile.makeFolder(folder)
    } catch {
      switch error {
      case .exists: throw .notWritable("\(DisplayText(folder)) is there already. Nothing was changed. Try again in a second.")
      case .failed(let number) where Errno(rawValue: number) == .noSpace: throw .diskFull
      case .failed(let number): throw .notWritable("\(DisplayText(folder)) cannot be made: \(Errno(rawValue: number).description).")
      }
    }
    // The key last: with the database still in its place and no key, a start would be refused; never the other way round.
    for file in files + [places.outboxKey] where FileManager.default.fileExists(atPath: file.string) {
      guard let name = file.lastComponent else { continue }
      do throws(PrivateFile.Failure) { try PrivateFile.move(file, to: folder.appending(name)) } catch {
        throw .notWritable("\(DisplayText(file)) cannot be moved to \(DisplayText(folder)).")
      }
    }
    return folder
  }
}
