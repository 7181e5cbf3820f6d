internal import Documents
internal import SafeText
internal import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Says which process works on a transfer: a kernel lock on a file of the process's own.
///
/// A process that died has lost its lock; one that was merely stopped has not. No clock is asked.
final class OwnerLock: Sendable {
  /// The owner's name in the outbox.
  let name: String
  private let path: FilePath
  private let file: FileDescriptor

  /// - Parameter name: never used before, such as a fresh UUID.
  init(folder: FilePath, name: String) throws(OutboxError) {
    self.name = name
    path = Self.path(folder, name)
    while true {
      let file: FileDescriptor
      do {
        // Not inherited: a child would keep the lock of a dead parent.
        file = try FileDescriptor.open(
          path, .writeOnly, options: [.create, .closeOnExec, .noFollow], permissions: [.ownerRead, .ownerWrite])
      } catch let error as Errno {
        throw error == .noSpace ? .diskFull : .notWritable("\(DisplayText(path)): \(error.description).")
      } catch {
        throw .notWritable(DisplayText(path))
      }
      var status = stat()
      let isLocked = flock(file.rawValue, LOCK_EX | LOCK_NB) == 0
      let failure = Errno(rawValue: errno)
      // A sweep may have removed the file between opening and locking; then the lock would be on nothing.
      if isLocked, fstat(file.rawValue, &status) == 0, status.st_nlink > 0 {
        self.file = file
        return
      }
      try? file.close()
      // Somebody looks just now whether this owner lives; any other refusal, such as a file system without locks, would not pass.
      guard isLocked || failure == .wouldBlock || failure == .interrupted else {
        throw .notWritable("\(DisplayText(path)) cannot be locked: \(failure.description).")
      }
    }
  }

  deinit {
    unlink(path.string)
    try? file.close()
  }

  /// Whether a process holds this owner's lock. Removes the file of one that has died.
  static func isAlive(_ name: String, folder: FilePath) -> Bool {
    let path = path(folder, name)
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .noFollow])
    } catch {
      // What cannot be looked at may be alive: better to leave a transfer alone than to send it twice.
      return (error as? Errno) != .noSuchFileOrDirectory
    }
    defer { try? file.close() }
    guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else { return true }
    unlink(path.string)
    return false
  }

  /// Removes what processes have left behind that died without a transfer in hand.
  /// - Parameter owners: those that transfers name; they are settled first.
  static func sweep(_ folder: FilePath, sparing owners: Set<String>) {
    // A folder that cannot be listed is left as it is; the files are small and harm nobody.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
    for name in names where name.hasSuffix(".lock") {
      let owner = String(name.dropLast(".lock".count))
      if !owners.contains(owner) { _ = isAlive(owner, folder: folder) }
    }
  }

  private static func path(_ folder: FilePath, _ name: String) -> FilePath { folder.appending("\(name).lock") }
}
