public import SafeText

/// Document types for a picker, and what each kind of message begins with.
public enum DocumentTypeCatalog {
  public struct Group: Sendable, Hashable {
    public let name: DisplayText
    public let types: [CodedValue]
  }

  public static let groups = [
    Group(name: "Clinical notes", types: OfferedDocumentTypes.clinicalNotes),
    Group(name: "Results and images", types: OfferedDocumentTypes.resultsAndImages),
    Group(name: "Consent and legal", types: OfferedDocumentTypes.consentAndLegal),
    Group(name: "Administrative", types: OfferedDocumentTypes.administrative),
    Group(name: "Summaries", types: OfferedDocumentTypes.summaries),
  ]

  /// Every type that is offered, group after group.
  public static let all = groups.flatMap(\.types)

  /// The offered type with this code; nil for a code that may be right and is not offered.
  public static func type(code: String) -> CodedValue? { all.first { $0.code == code } }

  /// The types whose name or code contains every word of `text`, in any order and case; all of them for a blank text.
  public static func types(matching text: String) -> [CodedValue] {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
    return all.filter { type in
      let name = type.display.lowercased()
      return words.allSatisfy { name.contains($0) || type.code.contains($0) }
    }
  }

  /// What a document of this media type most likely is in a message of this kind: a beginning that a person may change.
  public static func defaultDocumentType(for kind: MessageKind, mediaType: String) -> CodedValue {
    let mediaType = mediaType.prefix { $0 != ";" }.lowercased()
    switch kind {
    case .notes: return progressNote
    case .results: return mediaType == "application/dicom" ? imagingStudy : studyReport
    case .fhir, .media:
      switch mediaType {
      case "application/dicom": return imagingStudy
      case "application/cda+xml", "text/xml", "application/xml": return episodeSummary
      case _ where mediaType.hasPrefix("image/"): return photograph
      default: return note
      }
    }
  }

  private static let note = CodedValue(code: "34109-9", display: "Note")
  private static let progressNote = CodedValue(code: "11506-3", display: "Progress note")
  private static let studyReport = CodedValue(code: "47045-0", display: "Study report")
  private static let imagingStudy = CodedValue(code: "18748-4", display: "Diagnostic imaging study")
  private static let episodeSummary = CodedValue(code: "34133-9", display: "Summary of episode note")
  private static let photograph = CodedValue(code: "72170-4", display: "Photographic image Unspecified body region Document")
}
