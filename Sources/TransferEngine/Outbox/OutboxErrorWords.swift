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
    case .damaged: "Move the outbox away or bring it back from a backup; the program does not touch it."
    case .fromTheFuture: "Use that version; this one does not touch the outbox."
    }
  }
}
