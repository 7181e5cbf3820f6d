internal import ClinicalMessages
internal import TransferEngine

extension MessageFields {
  /// With what the sender used last for this kind of message.
  func remembering(_ defaults: RememberedDefaults, for kind: MessageKind) -> MessageFields {
    var fields = self
    if let type = defaults.documentTypes[kind] { fields.documentType = type }
    if let provider = defaults.provider { fields.provider = provider }
    if let completion = defaults.completion { fields.completion = completion }
    return fields
  }
}
