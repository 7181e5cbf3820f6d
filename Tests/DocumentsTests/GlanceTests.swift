import SafeText
import Testing

@testable import Documents

@Suite struct GlanceTests {
  @Test func smallFilesAreReadAsAWhole() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Samples.pdf, to: Array("letter.pdf".utf8))
    guard case .whole(let document) = try await DocumentOpener().glance(at: file) else {
      Issue.record("A file of one piece is read")
      return
    }
    #expect(document == (try await DocumentOpener().open(file)))
  }

  /// What lies behind the beginning is not read, so that it can decide nothing.
  @Test func ofLargeFilesOnlyTheBeginningIsRead() async throws {
    let folder = try TemporaryFolder()
    let image: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Samples.big(13, 4) + Samples.text("IHDR") + Samples.zeros(17)
    let size = DocumentOpener.glanceByteCount + 1
    let file = try folder.write(image + Samples.zeros(size - image.count), to: Array("scan.pdf".utf8))
    guard case .head(let type, let byteCount) = try await DocumentOpener().glance(at: file) else {
      Issue.record("A larger file is not read to its end")
      return
    }
    #expect(type.mediaType == "image/png")
    #expect(byteCount == size)
  }

  @Test func whatMightHangIsNotOpened() async throws {
    let folder = try TemporaryFolder()
    let pipe = try folder.fifo("pipe")
    await #expect(throws: DocumentError.notRegular("named pipe")) { try await DocumentOpener().glance(at: pipe) }
    await #expect(throws: DocumentError.isDirectory) { try await DocumentOpener().glance(at: folder.path) }
    await #expect(throws: DocumentError.notFound) { try await DocumentOpener().glance(at: folder.path("missing")) }
    let file = try folder.write("text", to: "file")
    #expect(throws: DocumentError.cancelled) { try DocumentOpener.glance(at: file) { true } }
  }
}
