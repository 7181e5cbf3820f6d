public import SafeText

/// What would be sent, to whom and where, before it is confirmed: everything that a person answers for.
public struct ReviewState: Sendable, Hashable {
  public var patient: PatientBanner
  public var documents: [Reviewed]
  /// Environment, destination, host: `Staging`, `Redox EMR`, `api.redoxengine.com`.
  public var environment: DisplayText
  public var place: [LabelledValue]
  /// Kind, document type, title, method, size as sent, who sends; of several documents what they have in common, and their totals.
  public var message: [LabelledValue]
  /// What a person should have seen, errors first; of several documents what is true of all.
  public var warnings: [ProblemLine]
  public var confirmation: Confirmation
  /// Which lines are on the screen, where not all fit.
  public var window: ListWindow
  /// The profile asks for initials and birth year.
  public var isProduction: Bool

  /// One of the documents. What is said of it alone is empty when it is the only one: it stands in `message` and `warnings` then.
  public struct Reviewed: Sendable, Hashable {
    public var document: DocumentSummary
    /// Document type, method, size as sent.
    public var facts: [DisplayText]
    public var warnings: [ProblemLine]

    public init(_ document: DocumentSummary, facts: [DisplayText] = [], warnings: [ProblemLine] = []) {
      self.document = document
      self.facts = facts
      self.warnings = warnings
    }
  }

  public enum Confirmation: Sendable, Hashable {
    /// Something forbids sending; it says what.
    case closed(DisplayText)
    /// The key `y` sends; Cancel has the focus.
    case oneKey
    /// Initials and birth year are typed again; only when both fit does the key `y` send.
    case retype(Challenge)
    /// Something was not on the screen yet; it says how to see it.
    case unseen(DisplayText)
    /// The file is being looked at once more.
    case checking
    /// Being recorded.
    case submitting
  }

  public struct Challenge: Sendable, Hashable {
    public enum Field: Sendable, Hashable { case initials, birthYear, confirm }
    public var focus: Field
    public var initials: TextField
    public var birthYear: TextField
    /// How often the entry may still be wrong.
    public var triesLeft: Int
    /// What was wrong with the last try.
    public var remark: DisplayText?

    public init(
      focus: Field = .initials, initials: TextField = TextField(), birthYear: TextField = TextField(), triesLeft: Int = 3,
      remark: DisplayText? = nil
    ) {
      self.focus = focus
      self.initials = initials
      self.birthYear = birthYear
      self.triesLeft = triesLeft
      self.remark = remark
    }
  }

  public init(
    patient: PatientBanner, documents: [Reviewed], environment: DisplayText, place: [LabelledValue], message: [LabelledValue],
    warnings: [ProblemLine] = [], confirmation: Confirmation = .oneKey, window: ListWindow = ListWindow(), isProduction: Bool = false
  ) {
    self.patient = patient
    self.documents = documents
    self.environment = environment
    self.place = place
    self.message = message
    self.warnings = warnings
    self.confirmation = confirmation
    self.window = window
    self.isProduction = isProduction
  }
}

/// A value with its name before it; an empty name goes on with the one above. The value may identify a patient.
public struct LabelledValue: Sendable, Hashable {
  public var label: DisplayText
  public var value: Redacted<DisplayText>

  public init(_ label: DisplayText, _ value: DisplayText) {
    self.label = label
    self.value = Redacted(value)
  }
}
