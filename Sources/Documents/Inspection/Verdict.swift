public import SafeText

/// Whether a file may be sent, decided by its content first and its name second.
public enum Verdict: Sendable, Hashable {
  case allow
  /// May be sent; a person should have seen the reason.
  case warn(DisplayText)
  /// May not be sent. Overridden only by the site's configuration, never by a key press.
  case refuse(DisplayText)
}

/// What a file is, by its content.
public struct DocumentType: Sendable, Hashable {
  /// What a person calls it: `PDF document`.
  public var name: DisplayText
  /// MIME type, with a charset for text; `application/octet-stream` when unknown.
  public var mediaType: String
  /// Redox's `FileType`: `PDF`.
  public var fileType: String

  public init(name: DisplayText, mediaType: String, fileType: String) {
    self.name = name
    self.mediaType = mediaType
    self.fileType = fileType
  }
}

/// What an inspection found.
public struct Inspection: Sendable, Hashable {
  public var type: DocumentType
  public var verdict: Verdict

  public init(type: DocumentType, verdict: Verdict) {
    self.type = type
    self.verdict = verdict
  }
}
