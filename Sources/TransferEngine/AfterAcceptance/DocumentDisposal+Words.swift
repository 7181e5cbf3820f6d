internal import Documents
public import SafeText

extension DocumentDisposal {
  /// What the review says; nil when the file stays where it is.
  public var reviewSentence: DisplayText? {
    switch self {
    case .keep: nil
    case .move(let folder): "Once accepted, the file is moved to \(DisplayText(folder))."
    case .delete: "Once accepted, the file is deleted."
    }
  }
}
