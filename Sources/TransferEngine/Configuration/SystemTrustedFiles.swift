public import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The disk. A file is opened first and judged through its descriptor, so that it cannot be exchanged in between.
public struct SystemTrustedFiles: TrustedFiles {
  static let maximumBytes = 1_000_000

  public init() {}

  public func read(_ path: FilePath, isSecret: Bool) throws(TrustedFileError) -> String {
    let descriptor: FileDescriptor
    do {
      // A FIFO must not make the program wait for a writer.
      descriptor = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
    } catch let error as Errno {
      throw error == .noSuchFileOrDirectory || error == .notDirectory ? .notFound : .unreadable(error.rawValue)
    } catch {
      throw .unreadable(EIO)
    }
    defer { try? descriptor.close() }

    try Self.judge(descriptor, isSecret: isSecret)
    return try Self.text(of: descriptor)
  }

  /// Whether an open file may be trusted.
  static func judge(_ file: FileDescriptor, isSecret: Bool) throws(TrustedFileError) {
    var status = stat()
    guard fstat(file.rawValue, &status) == 0 else { throw .unreadable(errno) }
    try judge(mode: UInt32(status.st_mode), owner: status.st_uid, user: geteuid(), isSecret: isSecret)
  }

  /// The rule by itself.
  ///
  /// A secret that root owns may be readable by its group: that is how a site shares one key with its staff's accounts.
  static func judge(mode: UInt32, owner: UInt32, user: UInt32, isSecret: Bool) throws(TrustedFileError) {
    guard mode & UInt32(S_IFMT) == UInt32(S_IFREG) else { throw .notRegular }
    guard owner == user || owner == 0 else { throw .foreignOwner }
    guard mode & 0o022 == 0 else { throw .writableByOthers }
    let forbidden: UInt32 = owner == 0 && user != 0 ? 0o007 : 0o077
    guard !isSecret || mode & forbidden == 0 else { throw .readableByOthers }
  }

  private static func text(of descriptor: FileDescriptor) throws(TrustedFileError) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count: Int
      do {
        count = try buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }
      } catch let error as Errno {
        throw .unreadable(error.rawValue)
      } catch {
        throw .unreadable(EIO)
      }
      if count == 0 { break }
      bytes += buffer[..<count]
      guard bytes.count <= maximumBytes else { throw .tooLarge }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText }
    return text
  }
}
