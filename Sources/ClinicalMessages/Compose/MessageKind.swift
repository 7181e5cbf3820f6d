/// The four messages that can carry a document.
public enum MessageKind: String, Sendable, Hashable, CaseIterable {
  /// FHIR R4 `DocumentReference` in a message Bundle.
  case fhir
  /// Redox Data Model Media: `New`, `Replace` or `Delete`.
  case media
  /// Redox Data Model Notes: `New`, `Replace` or `Delete`.
  case notes
  /// Redox Data Model `Results.New`, or `Results.NewUnsolicited` without an order number.
  case results
}

/// How the file travels.
public enum DeliveryMethod: String, Sendable, Hashable, CaseIterable {
  /// As base64 inside the message.
  case embed
  /// Uploaded first; the message carries the URI of the upload.
  case upload
}
