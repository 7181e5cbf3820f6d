import SafeText

extension ClinicalMessage {
  /// The body with the words that a preview has where the file goes: still JSON, and byte for byte what is sent around the hole.
  public func elidedBody(_ document: DocumentDescription) -> [UInt8] {
    guard hasHole else { return prefix }
    return prefix + JSONWriter.escaped(JSONPreview.elision(method: method, document: document).string) + suffix
  }
}
