/// Redox Data Model `Results.New`, a file as the result of a placed order, or `Results.NewUnsolicited` when there is no order.
enum ResultsMessage {
  static func compose(_ draft: MessageDraft) -> JSONValue {
    let orderNumber = JSONValue.text(draft.fields.orderNumber)
    return .message([
      "Meta": DataModelParts.meta(draft, dataModel: "Results", eventType: orderNumber == nil ? "NewUnsolicited" : "New"),
      "Patient": DataModelParts.patient(draft.patient),
      "Visit": DataModelParts.visit(draft),
      "Orders": .list(order(draft, number: orderNumber)),
    ])
  }

  private static func order(_ draft: MessageDraft, number: JSONValue?) -> JSONValue {
    .message([
      "ID": number,
      // The sender's own number: the only place of this model for what identifies the document across repeats.
      "ApplicationOrderID": .text(draft.identity.documentID),
      "TransactionDateTime": .instant(draft.identity.createdAt),
      "CompletionDateTime": .instant(draft.fields.serviceDate),
      "ResultsStatus": .string(status(draft).rawValue),
      "Procedure": coded(draft.fields.documentType),
      "Status": "Resulted",
      "Results": .list(result(draft)),
    ])
  }

  private static func result(_ draft: MessageDraft) -> JSONValue {
    let (document, fields) = (draft.document, draft.fields)
    return .message([
      "Code": .text(fields.documentType.code),
      "Codeset": "LOINC",
      "Description": .text(fields.documentType.display),
      "Value": .hole,
      "ValueType": "Encapsulated Data",
      "CompletionDateTime": .instant(fields.serviceDate),
      "FileType": .text(document.fileType),
      // The model has no place for a title.
      "Notes": .list(.text(fields.title)),
      "Status": .string(status(draft).rawValue),
      "PrimaryResultsInterpreter": DataModelParts.provider(fields.provider),
    ])
  }

  private static func status(_ draft: MessageDraft) -> ResultStatus {
    draft.fields.completion == .final ? .final : .preliminary
  }

  private static func coded(_ type: CodedValue) -> JSONValue {
    .message(["Code": .text(type.code), "Codeset": "LOINC", "Description": .text(type.display)])
  }
}
