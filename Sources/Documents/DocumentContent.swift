internal import Crypto
internal import Synchronization
public import SystemPackage

/// The bytes of a document, to be sent: the same file that was inspected, or an error.
public struct DocumentContent: Sendable {
  public let path: FilePath
  public let identity: FileIdentity

  public init(path: FilePath, identity: FileIdentity) {
    self.path = path
    self.identity = identity
  }

  public init(_ document: Document) { self.init(path: document.path, identity: document.identity) }

  /// What every reader delivers, no more and no less.
  public var byteCount: Int { identity.byteCount }

  /// Opens the file anew and makes sure that it is still the one that was inspected. May block on the disk.
  public func makeReader() throws(DocumentContentError) -> DocumentReader {
    try DocumentReader(path: path, identity: identity)
  }
}

/// Why a document's bytes could not be delivered.
public enum DocumentContentError: Error, Sendable, Hashable {
  /// Size, modification time, inode or hash differ from when the file was inspected.
  case changed
  case gone
  /// errno of the failed call.
  case unreadable(Int32)

  init(_ error: Errno) {
    self =
      switch error {
      case .noSuchFileOrDirectory, .notDirectory, .staleNFSFileHandle: .gone
      case .tooManySymbolicLinkLevels: .changed
      default: .unreadable(error.rawValue)
      }
  }
}

/// Delivers a document's bytes in order; closed when released.
///
/// The last bytes are handed out only after the file's status and the SHA-256 of everything read were compared with the inspection:
/// whoever promised `byteCount` bytes cannot send a changed file whole.
public final class DocumentReader: Sendable {
  private struct State {
    var offset = 0
    var hash = SHA256()
    var isVerified = false
  }

  private let file: OpenFile
  private let identity: FileIdentity
  private let state = Mutex(State())

  init(path: FilePath, identity: FileIdentity) throws(DocumentContentError) {
    self.identity = identity
    do throws(Errno) {
      // What is no regular file any more is not opened: opening a device may do something.
      guard identity.describes(try FileStatus.of(path, followingLinks: false).get()) else { throw Errno.tooManySymbolicLinkLevels }
      file = try OpenFile(path)
    } catch {
      throw DocumentContentError(error)
    }
    try verifyStatus()
  }

  /// Reads up to `buffer.count` bytes; the buffer must not be empty. Returns 0 at the end. May block on the disk.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(DocumentContentError) -> Int {
    try state.withLock { state throws(DocumentContentError) in
      let wanted = min(buffer.count, identity.byteCount - state.offset)
      let got: Int
      do throws(Errno) {
        got = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), at: state.offset)
      } catch {
        throw DocumentContentError(error)
      }
      guard got == wanted else { throw .changed }
      state.hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<got]))
      state.offset += got
      if state.offset == identity.byteCount, !state.isVerified {
        try verifyStatus()
        guard Array(state.hash.finalize()) == identity.sha256 else { throw .changed }
        state.isVerified = true
      }
      return got
    }
  }

  private func verifyStatus() throws(DocumentContentError) {
    let status: FileStatus
    do throws(Errno) { status = try file.status() } catch { throw DocumentContentError(error) }
    guard identity.describes(status) else { throw .changed }
  }
}

extension FileIdentity {
  func describes(_ status: FileStatus) -> Bool {
    status.kind == .regular && status.device == device && status.inode == inode && status.byteCount == byteCount
      && status.modifiedNanoseconds == modifiedNanoseconds
  }
}
