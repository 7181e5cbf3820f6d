import SafeText

/// Redox Data Model `Media.New` and `Media.Replace`: photographs, recordings, scans and other files.
enum MediaMessage {
  static func compose(_ draft: MessageDraft) -> JSONValue {
    .message([
      "Meta": DataModelParts.meta(draft, dataModel: "Media", eventType: DataModelParts.eventType(draft)),
      "Patient": DataModelParts.patient(draft.patient),
      "Visit": DataModelParts.visit(draft),
      "Orders": DataModelParts.orders(draft),
      "Media": media(draft),
    ])
  }

  private static func media(_ draft: MessageDraft) -> JSONValue {
    let (document, fields) = (draft.document, draft.fields)
    let authenticator = DataModelParts.authenticator(draft)
    return .message([
      "FileType": .text(document.fileType),
      "FileName": .text(document.fileName.reveal()),
      "FileContents": .hole,
      "DocumentType": .text(fields.documentType.display),
      "OriginalDocumentID": DataModelParts.originalDocumentID(draft),
      "DocumentID": .text(draft.identity.documentID),
      "DocumentDescription": .text(fields.title),
      "CreationDateTime": .instant(document.lastModified),
      "ServiceDateTime": .instant(fields.serviceDate),
      "Provider": DataModelParts.provider(fields.provider),
      "Authenticated": authenticator == nil ? "False" : "True",
      "Authenticator": authenticator,
      "Availability": "Available",
    ])
  }
}
