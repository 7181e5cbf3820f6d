public import SafeText

extension OutboxError {
  /// What happened, for a person.
  public var sentence: DisplayText {
    switch self {
    case .diskFull: "The disk is full."
    case .notWritable(let reason), .damaged(let reason): reason
    case .fromTheFuture: "The outbox belongs to a newer version of the program."
    }
  }

  /// What to do.
  public var remedy: DisplayText {
    switch self {
    case .diskFull: "Make room on the disk that holds the state folder."
    case .notWritable: "Correct that and start the program again."
    case .damaged:
      "Bring it back from a backup, or begin a new one: chartdrop outbox set-aside (the old one is kept). `chartdrop outbox status` tells more."
    case .fromTheFuture: "Use that version, or begin a new outbox: chartdrop outbox set-aside (the old one is kept)."
    }
  }
}
