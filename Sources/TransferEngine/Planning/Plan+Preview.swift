public import ClinicalMessages
internal import Documents
internal import SafeText

extension Plan {
  /// The exact JSON for a person to read, with the file elided.
  public var preview: JSONPreview { JSONPreview(of: message, document: DocumentDescription(draft.document)) }

  /// The message as it would be sent, but for the file, in whose place stands what was left out. Holds patient data.
  public var elidedBody: [UInt8] { message.elidedBody(DocumentDescription(draft.document)) }
}

extension DocumentDescription {
  /// What a message says about a document.
  init(_ document: Document) {
    let type = document.inspection.type
    self.init(
      fileName: document.displayName.string, mediaType: type.mediaType, fileType: type.fileType, byteCount: document.identity.byteCount,
      sha1: document.identity.sha1, lastModified: document.identity.lastModified)
  }
}
