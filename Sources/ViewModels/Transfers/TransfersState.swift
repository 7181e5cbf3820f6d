public import SafeText

/// The list of transfers of one profile, newest first, as far as it is narrowed to.
public struct TransfersState: Sendable, Hashable {
  /// Rows on the screen only.
  public var rows: [TransferRow]
  public var window: ListWindow
  /// What may be shown, each with its number; one is chosen.
  public var filters: [Filter]
  /// Why there are no rows; empty when there are.
  public var emptiness: DisplayText
  /// Acknowledged part of everything that runs; nil when nothing does.
  public var total: Double?
  /// What is looked for, while it is being typed.
  public var search: TextField?
  /// `SMITH, Ann · 24-Jul-1982 · 25-Nov-2026`: what the list is narrowed to; nil when it is not.
  public var narrowing: DisplayText?
  /// `3 of 8`: how many are shown then.
  public var place: DisplayText

  public struct Filter: Sendable, Hashable {
    /// `Running 2`
    public var label: DisplayText
    public var isChosen: Bool

    public init(label: DisplayText, isChosen: Bool = false) {
      self.label = label
      self.isChosen = isChosen
    }
  }

  public init(
    rows: [TransferRow] = [], window: ListWindow = ListWindow(), filters: [Filter] = [], emptiness: DisplayText = "", total: Double? = nil,
    search: TextField? = nil, narrowing: DisplayText? = nil, place: DisplayText = ""
  ) {
    self.rows = rows
    self.window = window
    self.filters = filters
    self.emptiness = emptiness
    self.total = total
    self.search = search
    self.narrowing = narrowing
    self.place = place
  }
}

/// A sign for a state; the theme has the character for it. The word always stands beside it.
public enum TransferGlyph: Sendable, Hashable, CaseIterable {
  case queued, running, finalizing, accepted, waiting, paused, refused, failed, cancelled, uncertain
  /// Known to have arrived, though Redox did not say so.
  case arrived
  /// Accepted once, and another document has taken its place, may have, or is about to.
  case replaced
  case takenBack
}

/// One transfer in two lines. Masked rows hold no name, day or file that identifies a patient.
public struct TransferRow: Sendable, Hashable {
  public var glyph: TransferGlyph
  /// `uploading`, `accepted by Redox`, `replaced`
  public var state: DisplayText
  public var file: Redacted<DisplayText>
  /// `SMITH, Ann`, masked `A.S.`
  public var patient: Redacted<DisplayText>
  /// `24-Jul-1982`, masked `1982`; the number where the birth date is not known.
  public var identity: Redacted<DisplayText>
  /// `Media`, `Replaces: Media`
  public var kind: DisplayText
  /// When it was recorded: `14:03`, or `25-Nov-2026` for another day.
  public var when: DisplayText
  /// 0...1 for the bar; 1 only when accepted; nil where a bar says nothing (failed, cancelled).
  public var fraction: Double?
  /// `64%`; `100%` only when accepted; empty without a bar.
  public var percent: DisplayText
  /// `4.1 MB of 12 MB`
  public var bytes: DisplayText
  /// `1.2 MB/s`, or empty
  public var rate: DisplayText
  /// `7 s left`, or empty
  public var timeLeft: DisplayText
  /// What went wrong, or why it waits; one line.
  public var remark: DisplayText?
  public var isUnderCursor: Bool
  /// A command acts on it together with others.
  public var isMarked: Bool

  public init(
    glyph: TransferGlyph, state: DisplayText, file: Redacted<DisplayText>, patient: Redacted<DisplayText>,
    identity: Redacted<DisplayText> = Redacted(""), kind: DisplayText = "", when: DisplayText = "", fraction: Double? = nil,
    percent: DisplayText = "", bytes: DisplayText = "", rate: DisplayText = "", timeLeft: DisplayText = "", remark: DisplayText? = nil,
    isUnderCursor: Bool = false, isMarked: Bool = false
  ) {
    self.glyph = glyph
    self.state = state
    self.file = file
    self.patient = patient
    self.identity = identity
    self.kind = kind
    self.when = when
    self.fraction = fraction
    self.percent = percent
    self.bytes = bytes
    self.rate = rate
    self.timeLeft = timeLeft
    self.remark = remark
    self.isUnderCursor = isUnderCursor
    self.isMarked = isMarked
  }
}

/// All transfers in one line, at the foot of every screen.
public struct TransfersSummary: Sendable, Hashable {
  public var running: Int
  public var accepted: Int
  /// Failed, refused or uncertain: a person has to look.
  public var needAttention: Int
  /// Acknowledged part of everything that runs; nil when nothing does.
  public var fraction: Double?
  /// `2 running, 64%, 1.2 MB/s, 7 s left · 3 accepted · 1 needs attention`; empty when there was none yet.
  public var text: DisplayText

  public init(running: Int = 0, accepted: Int = 0, needAttention: Int = 0, fraction: Double? = nil, text: DisplayText = "") {
    self.running = running
    self.accepted = accepted
    self.needAttention = needAttention
    self.fraction = fraction
    self.text = text
  }
}

/// Everything about one transfer: what an operator looks up in Redox's dashboard.
public struct TransferDetails: Sendable, Hashable {
  public var title: DisplayText
  public var glyph: TransferGlyph
  public var state: DisplayText
  /// What happened, what it means, what to do; one sentence or two each.
  public var explanation: [DisplayText]
  public var values: [LabelledValue]
  /// The server's own words.
  public var words: [DisplayText]
  /// `Redox dashboard → Logs → Staging, around 14:32 on 22-Nov-2026, log id …`
  public var whereToLook: DisplayText?
  /// First line on the screen when it is longer than the screen.
  public var window: ListWindow

  public init(
    title: DisplayText, glyph: TransferGlyph, state: DisplayText, explanation: [DisplayText] = [], values: [LabelledValue] = [],
    words: [DisplayText] = [], whereToLook: DisplayText? = nil, window: ListWindow = ListWindow()
  ) {
    self.title = title
    self.glyph = glyph
    self.state = state
    self.explanation = explanation
    self.values = values
    self.words = words
    self.whereToLook = whereToLook
    self.window = window
  }
}
