/// `Note.ContentType` of Redox's Data Models.
public enum NoteContentType: String, Sendable, Hashable, CaseIterable {
  case plainText = "Plain Text"
  case richText = "Rich Text"
  case base64 = "Base64 Encoded"
}

/// `Note.Status` of Redox's Data Models.
public enum NoteStatus: String, Sendable, Hashable, CaseIterable {
  case authenticated = "Authenticated"
  case inProgress = "In progress"
}

/// `Orders[].Results[].Status` and, as far as it is used, `Orders[].ResultsStatus` of Redox's Data Models.
public enum ResultStatus: String, Sendable, Hashable, CaseIterable {
  case final = "Final"
  case preliminary = "Preliminary"
}
