/// Makes the message of a draft. Pure: the same draft gives the same bytes.
///
/// It composes whatever it is given, without gaps and without empty values; whether the result may be sent is what
/// `MessageValidator` says.
public enum MessageComposer {
  public static func compose(_ draft: MessageDraft, method: DeliveryMethod) -> ClinicalMessage {
    let json =
      switch draft.kind {
      case .fhir: DocumentReferenceMessage.compose(draft, method: method)
      case .media: MediaMessage.compose(draft)
      case .notes: NotesMessage.compose(draft, method: method)
      case .results: ResultsMessage.compose(draft)
      }
    return ClinicalMessage(kind: draft.kind, method: method, json: json)
  }
}
