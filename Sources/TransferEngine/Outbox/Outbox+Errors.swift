internal import GRDB
internal import SafeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What SQLite complains about, in words of our own.
extension Outbox {
  static func mapping<Value>(_ body: () throws -> Value) throws(OutboxError) -> Value {
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
