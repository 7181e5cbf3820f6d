internal import Crypto
internal import SafeText
public import SystemPackage

/// Opens a file that a person chose, reads it once and says what it is.
///
/// - A link is followed first; the document carries both paths.
/// - Only regular files are read. A FIFO, socket, device or directory is its own error, is not opened, and never blocks.
/// - The file is read from beginning to end in pieces of 256 KiB: memory does not grow with it. Its size, time and inode are compared
///   before and after.
/// - The reading happens on a thread of its own and ends soon after the task is cancelled, also when the file system hangs.
public struct DocumentOpener: Sendable {
  static let pieceByteCount = 256 * 1024

  public init() {}

  public func open(_ path: FilePath) async throws(DocumentError) -> Document {
    try await BlockingQueue(label: "document.open").run(cancelled: .cancelled) { flag throws(DocumentError) in
      try Self.open(path) { flag.isRaised }
    }
  }

  /// The same on the calling thread. `isCancelled` is asked between pieces.
  static func open(_ chosen: FilePath, isCancelled: () -> Bool) throws(DocumentError) -> Document {
    let resolved = try ResolvedPath.resolving(chosen)
    let file = try regularFile(at: resolved.path)
    let before = try status(of: file)
    let linkName = resolved.wasLink ? chosen.lastComponent?.utf8Bytes : nil

    var inspector = try Inspector(
      fileName: resolved.path.lastComponent?.utf8Bytes ?? [], linkName: linkName, source: FileSource(file: file, count: before.byteCount))
    var sha256 = SHA256()
    var sha1 = Insecure.SHA1()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceByteCount, alignment: 16)
    defer { buffer.deallocate() }
    var offset = 0
    while true {
      if isCancelled() { throw .cancelled }
      let got: Int
      do throws(Errno) { got = try file.read(into: buffer, at: offset) } catch { throw DocumentError(error) }
      if got == 0 { break }
      let piece = UnsafeRawBufferPointer(rebasing: buffer[..<got])
      sha256.update(bufferPointer: piece)
      sha1.update(bufferPointer: piece)
      inspector.consume(piece)
      offset += got
      // A file that grows while it is read might never end.
      if offset > before.byteCount { throw .changedWhileReading }
    }
    let inspection = try inspector.finish()
    guard offset == before.byteCount, try status(of: file) == before else { throw .changedWhileReading }

    let identity = FileIdentity(
      device: before.device, inode: before.inode, byteCount: before.byteCount, modifiedNanoseconds: before.modifiedNanoseconds,
      sha256: Array(sha256.finalize()), sha1: Array(sha1.finalize()))
    return Document(path: resolved.path, chosenPath: resolved.wasLink ? chosen : nil, identity: identity, inspection: inspection)
  }

  /// Looks before it opens, because opening some devices already does something, and again at what it has opened.
  static func regularFile(at path: FilePath) throws(DocumentError) -> OpenFile {
    switch FileStatus.of(path, followingLinks: false) {
    case .success(let status): try requireRegular(status)
    case .failure(let error): throw DocumentError(error)
    }
    let file: OpenFile
    do throws(Errno) { file = try OpenFile(path) } catch {
      // A link that appeared since the path was resolved.
      if error == .tooManySymbolicLinkLevels { throw .changedWhileReading }
      throw DocumentError(error)
    }
    try requireRegular(try status(of: file))
    return file
  }

  static func status(of file: OpenFile) throws(DocumentError) -> FileStatus {
    do throws(Errno) { return try file.status() } catch { throw DocumentError(error) }
  }

  private static func requireRegular(_ status: FileStatus) throws(DocumentError) {
    switch status.kind {
    case .regular: return
    case .directory: throw .isDirectory
    case .link: throw .changedWhileReading
    case .fifo: throw .notRegular("named pipe")
    case .socket: throw .notRegular("socket")
    case .characterDevice, .blockDevice: throw .notRegular("device")
    case .other: throw .notRegular("special file")
    }
  }
}

/// Random access to the open file for what inspects its structure. Keeps a page, since pictures and recordings are walked in small steps,
/// and a call to the system for each would take longer than all the rest.
final class FileSource: ByteSource {
  private static let pageByteCount = 4096

  let count: Int
  private let file: OpenFile
  private var page: [UInt8] = []
  private var pageStart = 0

  init(file: OpenFile, count: Int) {
    self.file = file
    self.count = count
  }

  func bytes(at offset: Int, count wanted: Int) throws(DocumentError) -> [UInt8] {
    guard offset >= 0, offset < count, wanted > 0 else { return [] }
    let size = min(wanted, count - offset)
    if size >= Self.pageByteCount { return try read(size, at: offset) }
    if offset < pageStart || offset + size > pageStart + page.count {
      page = try read(min(Self.pageByteCount, count - offset), at: offset)
      pageStart = offset
    }
    return Array(page[(offset - pageStart)...].prefix(size))
  }

  private func read(_ size: Int, at offset: Int) throws(DocumentError) -> [UInt8] {
    var failure: Errno?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      do throws(Errno) { filled = try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset) } catch { failure = error }
    }
    if let failure { throw DocumentError(failure) }
    return bytes
  }
}
