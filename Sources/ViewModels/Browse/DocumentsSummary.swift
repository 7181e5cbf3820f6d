internal import Documents
public import SafeText
internal import SystemPackage

/// Several documents that are sent together, in a few words.
public struct DocumentsSummary: Sendable, Hashable {
  /// `7 documents, 12.3 MB`
  public var total: DisplayText
  /// In the order in which they are sent.
  public var names: [Redacted<DisplayText>]

  public init(total: DisplayText, names: [Redacted<DisplayText>]) {
    self.total = total
    self.names = names
  }
}

extension DocumentsSummary {
  init(_ documents: [Document]) {
    self.init(
      total: Words.Together.total(documents.count, bytes: documents.reduce(0) { $0 + $1.identity.byteCount }),
      names: documents.map { Redacted($0.chosenName) })
  }
}

extension Document {
  /// The name of what a person chose: a link's own, where it was one.
  var chosenName: DisplayText {
    let chosen = chosenPath ?? path
    return DisplayText(escapingBytes: chosen.lastComponent?.bytes ?? chosen.bytes)
  }
}
