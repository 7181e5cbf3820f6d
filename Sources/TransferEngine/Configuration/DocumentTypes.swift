public import ClinicalMessages
internal import Documents

/// The document type that the form begins with.
public enum DocumentTypes {
  /// LOINC's general "Note".
  public static let note = CodedValue(code: "34109-9", display: "Note")
  public static let photograph = CodedValue(code: "72170-4", display: "Photographic image")
  public static let imagingReport = CodedValue(code: "18748-4", display: "Diagnostic imaging study")
  public static let laboratoryReport = CodedValue(code: "11502-2", display: "Laboratory report")

  /// A code with its usual name, as far as the program knows it.
  static func coded(_ code: String, display: String?) -> CodedValue {
    let known = [note, photograph, imagingReport, laboratoryReport].first { $0.code == code }
    return CodedValue(code: code, display: display ?? known?.display ?? code)
  }

  /// What a document of this media type most likely is, when it is sent as `kind`.
  static func usual(for kind: MessageKind, mediaType: String) -> CodedValue {
    let isPicture = mediaType.hasPrefix("image/") || mediaType == "application/dicom"
    switch kind {
    case .fhir, .notes: return note
    case .media: return mediaType.hasPrefix("image/") ? photograph : note
    case .results: return isPicture ? imagingReport : laboratoryReport
    }
  }
}
