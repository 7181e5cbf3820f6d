import SystemPackage
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import Documents

@Suite struct DocumentReaderTests {
  private func readAll(_ reader: DocumentReader, step: Int) throws(DocumentContentError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let got = try next(reader, step)
      if got.isEmpty { return bytes }
      bytes += got
    }
  }

  private func next(_ reader: DocumentReader, _ step: Int) throws(DocumentContentError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: step, alignment: 1)
    defer { buffer.deallocate() }
    return Array(buffer[..<(try reader.read(into: buffer))])
  }

  private func document(_ folder: TemporaryFolder, _ count: Int = 100_000) throws -> (Document, [UInt8]) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 0x20 + $0 % 90) }
    let file = try folder.write(bytes, to: Array("file.txt".utf8))
    return (try DocumentOpener.open(file) { false }, bytes)
  }

  @Test(arguments: [1, 4096, 99_999, 100_000, 100_001])
  func everyByteIsDeliveredOnceHoweverItIsAsked(step: Int) throws {
    let folder = try TemporaryFolder()
    let (document, bytes) = try document(folder, step == 1 ? 1000 : 100_000)
    let content = DocumentContent(document)
    #expect(content.byteCount == bytes.count)
    for _ in 0..<2 { #expect(try readAll(content.makeReader(), step: step) == bytes) }
  }

  @Test(arguments: [-20_000_000_000, 20_000_000_000, Int.max / 2])
  func aTimeThatNanosecondsCannotHoldIsTheNearestOne(seconds: Int) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("text", to: "old.txt")
    var times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
    // File systems differ in what they keep; whatever it is must be readable.
    guard utimensat(AT_FDCWD, file.string, &times, 0) == 0 else { return }
    let document = try DocumentOpener.open(file) { false }
    #expect(try readAll(DocumentContent(document).makeReader(), step: 10) == Array("text".utf8))
  }

  @Test func anEmptyFileEndsAtOnce() throws {
    let folder = try TemporaryFolder()
    let (document, _) = try document(folder, 0)
    #expect(try readAll(DocumentContent(document).makeReader(), step: 10) == [])
  }

  @Test func aFileThatChangedSinceItWasInspectedIsNotOpened() throws {
    let folder = try TemporaryFolder()
    let changes: [(FilePath) throws -> Void] = [
      { try folder.append("x", to: $0) },
      { truncate($0.string, 5) },
      { TemporaryFolder.setModified($0, nanoseconds: 5) },
      { file in
        // The same name, size and time, but another file.
        let time = try FileStatus.of(file, followingLinks: false).get().modifiedNanoseconds
        let other = try folder.write([UInt8](repeating: 0x20, count: 100_000), to: Array("other".utf8))
        rename(other.string, file.string)
        TemporaryFolder.setModified(file, nanoseconds: time)
      },
      { file in
        unlink(file.string)
        mkfifo(file.string, 0o600)
      },
      { file in
        rename(file.string, file.string + ".moved")
        symlink(file.string + ".moved", file.string)
      },
    ]
    for change in changes {
      let (document, _) = try document(folder)
      try change(document.path)
      #expect(throws: DocumentContentError.changed) { try DocumentContent(document).makeReader() }
      unlink(document.path.string)
    }
  }

  @Test func aFileThatIsGoneIsNamed() throws {
    let folder = try TemporaryFolder()
    let (document, _) = try document(folder)
    unlink(document.path.string)
    #expect(throws: DocumentContentError.gone) { try DocumentContent(document).makeReader() }
  }

  @Test func aFileThatShrinksOnTheWayIsNotDelivered() throws {
    let folder = try TemporaryFolder()
    let (document, _) = try document(folder)
    let reader = try DocumentContent(document).makeReader()
    _ = try next(reader, 60_000)
    truncate(document.path.string, 70_000)
    #expect(throws: DocumentContentError.changed) { try next(reader, 60_000) }
  }

  /// The last bytes stay back, so that a request which promised the file's length cannot complete with another content.
  @Test func aFileRewrittenUnderTheSameSizeAndTimeNeverGetsItsLastBytesOut() throws {
    let folder = try TemporaryFolder()
    let (document, bytes) = try document(folder)
    let reader = try DocumentContent(document).makeReader()
    #expect(try next(reader, 60_000) == Array(bytes[..<60_000]))
    let descriptor = try FileDescriptor.open(document.path, .writeOnly)
    try descriptor.closeAfter { _ = try descriptor.writeAll(toAbsoluteOffset: 70_000, [0x58]) }
    TemporaryFolder.setModified(document.path, nanoseconds: document.identity.modifiedNanoseconds)
    #expect(throws: DocumentContentError.changed) { try next(reader, 60_000) }
  }

  @Test func aFileReplacedWhileItIsReadIsDeliveredAsItWas() throws {
    let folder = try TemporaryFolder()
    let (document, bytes) = try document(folder)
    let reader = try DocumentContent(document).makeReader()
    unlink(document.path.string)
    #expect(try readAll(reader, step: 30_000) == bytes)
  }
}
