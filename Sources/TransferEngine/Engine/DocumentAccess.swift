internal import Documents
internal import RedoxAPI
internal import SystemPackage

/// How the engine reaches documents: looking into them before, reading them while they are sent.
struct DocumentAccess: Sendable {
  var inspect: @Sendable (FilePath) async throws(DocumentError) -> Document
  /// Makes sure, without reading it, that the file is still the one that was inspected.
  var recheck: @Sendable (Document) async throws(DocumentContentError) -> Void
  /// The bytes of the file that was inspected; an error when it is another by now.
  var content: @Sendable (FilePath, FileIdentity) -> any ContentSource

  init(
    inspect: @escaping @Sendable (FilePath) async throws(DocumentError) -> Document,
    recheck: @escaping @Sendable (Document) async throws(DocumentContentError) -> Void,
    content: @escaping @Sendable (FilePath, FileIdentity) -> any ContentSource
  ) {
    self.inspect = inspect
    self.recheck = recheck
    self.content = content
  }

  /// The disk.
  static let system = DocumentAccess(
    inspect: { path async throws(DocumentError) in try await DocumentOpener().open(path) },
    recheck: { document async throws(DocumentContentError) in try await DocumentOpener().recheck(document) },
    content: { path, identity in FileContent(document: DocumentContent(path: path, identity: identity)) })
}

/// A document as the wire reads it.
private struct FileContent: ContentSource {
  let document: DocumentContent

  var byteCount: Int { document.byteCount }

  func makeReader() throws(ContentError) -> any ContentReader {
    do throws(DocumentContentError) {
      return FileContentReader(reader: try document.makeReader())
    } catch {
      throw ContentError(error)
    }
  }
}

private struct FileContentReader: ContentReader {
  let reader: DocumentReader

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ContentError) -> Int {
    do throws(DocumentContentError) {
      return try reader.read(into: buffer)
    } catch {
      throw ContentError(error)
    }
  }
}

extension ContentError {
  fileprivate init(_ error: DocumentContentError) {
    self =
      switch error {
      case .changed: .changed
      case .gone: .gone
      case .unreadable(let number): .unreadable(number)
      }
  }
}
