/// Takes back a document that was accepted, by a message made of nothing but the one that was accepted.
///
/// What was sent is the only sure word on how the destination knows the document, so it is repeated: the same number, patient, provider
/// and type. Left out is the number of a document that the original itself replaced.
public enum Retraction {
  /// The message that retracts what `original` brought; nil when its kind has no such message or it is not one that brings a document.
  ///
  /// - Media and Notes: a Delete, without the file.
  /// - FHIR: the same DocumentReference as `entered-in-error`, by the same operation. FHIR provides for it; that Redox takes it there no
  ///   source says. FHIR wants the content of such a document too, so only one that was uploaded can be retracted: by its URI.
  ///
  /// - Parameters:
  ///   - uploadURI: of the original's upload, if it had one.
  ///   - identity: when, and for FHIR the ids of the new Bundle. The document's number stays the original's.
  public static func message(of original: ClinicalMessage, uploadURI: String?, identity: MessageIdentity) -> ClinicalMessage? {
    guard original.hasHole else { return nil }
    switch original.kind {
    case .media: return deletion(of: original, body: "Media", identity)
    case .notes: return deletion(of: original, body: "Note", identity)
    case .fhir:
      guard original.method == .upload, let uploadURI else { return nil }
      return DocumentReferenceRetraction.message(of: original, uploadURI: uploadURI, identity)
    case .results: return nil
    }
  }

  private static func deletion(of original: ClinicalMessage, body: String, _ identity: MessageIdentity) -> ClinicalMessage? {
    guard original.json["Meta"]?["EventType"] != nil, original.json[body]?["DocumentID"] != nil else { return nil }
    let json = original.json
      .changing("Meta") {
        $0.setting("EventType", to: "Delete").setting("EventDateTime", to: .string(Timestamp.iso(identity.createdAt)))
      }
      .changing(body) { $0.without(["FileContents", "OriginalDocumentID"]) }
    return ClinicalMessage(withoutFile: original.kind, json: json)
  }
}
