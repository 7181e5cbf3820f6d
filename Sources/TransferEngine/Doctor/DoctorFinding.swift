public import SafeText

/// One thing that `chartdrop doctor` has looked at.
public struct DoctorFinding: Sendable, Hashable {
  public enum Verdict: String, Sendable, Hashable, CaseIterable { case ok, warn, fail }

  /// A stable word for scripts: `configuration`, `key` …
  public var name: String
  public var verdict: Verdict
  /// What was found, in a plain sentence.
  public var sentence: DisplayText
  /// What to do; nil when all is well.
  public var remedy: DisplayText?

  public init(_ name: String, _ verdict: Verdict, _ sentence: DisplayText, remedy: DisplayText? = nil) {
    self.name = name
    self.verdict = verdict
    self.sentence = sentence
    self.remedy = remedy
  }
}
