import SafeText

/// Redox Data Model `Notes.New` and `Notes.Replace`: clinical notes as files.
enum NotesMessage {
  static func compose(_ draft: MessageDraft, method: DeliveryMethod) -> JSONValue {
    .message([
      "Meta": DataModelParts.meta(draft, dataModel: "Notes", eventType: DataModelParts.eventType(draft)),
      "Patient": DataModelParts.patient(draft.patient),
      "Visit": DataModelParts.visit(draft),
      "Orders": DataModelParts.orders(draft),
      "Note": note(draft, method: method),
    ])
  }

  private static func note(_ draft: MessageDraft, method: DeliveryMethod) -> JSONValue {
    let (document, fields) = (draft.document, draft.fields)
    let authenticator = DataModelParts.authenticator(draft)
    return .message([
      "ContentType": .text(method == .embed ? NoteContentType.base64.rawValue : draft.routing.referencedNoteContentType),
      "FileName": .text(document.fileName.reveal()),
      "FileType": .text(document.fileType),
      "FileContents": .hole,
      "DocumentType": .text(fields.documentType.display),
      "OriginalDocumentID": DataModelParts.originalDocumentID(draft),
      "DocumentID": .text(draft.identity.documentID),
      "DocumentDescription": .text(fields.title),
      "ServiceDateTime": .instant(fields.serviceDate),
      "DocumentationDateTime": .instant(document.lastModified),
      "Status": .string((authenticator == nil ? NoteStatus.inProgress : .authenticated).rawValue),
      "Availability": "Available",
      "Provider": DataModelParts.provider(fields.provider),
      "Authenticator": authenticator,
    ])
  }
}
