public import SafeText

/// What is about to be sent, beside the list of files. It follows the cursor when that has rested for a moment.
public struct WorkbenchSummary: Sendable, Hashable {
  /// What the cursor rests on.
  public enum Subject: Sendable, Hashable {
    case nothing
    case folder(DisplayText)
    /// Known by its name and its beginning only.
    case seen(name: DisplayText, type: DisplayText, size: DisplayText)
    /// Read as a whole.
    case read(DocumentSummary)
  }

  public var subject: Subject
  /// `Clinical document (FHIR DocumentReference)`; nil when nothing can be sent here.
  public var kind: DisplayText?
  /// Nil until document and patient are known.
  public var method: MethodLine?
  public var problems: [ProblemLine]
  /// `Sent to this patient 3 days ago.`
  public var earlier: DisplayText?
  /// `3 files marked, 1.2 MB`
  public var marked: DisplayText?
  /// `2 PDF, 1 PNG`
  public var markedKinds: DisplayText?
  /// What the next step is, or which document waits to be gone on with.
  public var advice: DisplayText?

  public init(
    subject: Subject = .nothing, kind: DisplayText? = nil, method: MethodLine? = nil, problems: [ProblemLine] = [],
    earlier: DisplayText? = nil, marked: DisplayText? = nil, markedKinds: DisplayText? = nil, advice: DisplayText? = nil
  ) {
    self.subject = subject
    self.kind = kind
    self.method = method
    self.problems = problems
    self.earlier = earlier
    self.marked = marked
    self.markedKinds = markedKinds
    self.advice = advice
  }
}
