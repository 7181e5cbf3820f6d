internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

/// What is reviewed that needs no document: it was sent before, and the outbox has its message.
enum StoredSubject {
  case retract(RetractionPlan)
  /// An uncertain transfer once more, as it was.
  case sendAgain(TransferSnapshot)

  var problems: [Problem] {
    switch self {
    case .retract(let plan): plan.problems
    case .sendAgain: []
    }
  }

  /// What the review says about it, beside patient and place.
  var values: [LabelledValue] {
    switch self {
    case .retract(let plan):
      [
        LabelledValue(Words.Corrections.action, Words.Corrections.retracts), LabelledValue(Words.Transfers.file, plan.fileName.reveal()),
        LabelledValue(Words.Review.kind, Words.Message.longKind(plan.original.kind, .retract)),
        LabelledValue(Words.Corrections.number, DisplayText(escaping: plan.original.documentID)),
        LabelledValue(Words.Review.after, Words.Corrections.retractAfter),
      ]
    case .sendAgain(let transfer):
      [
        LabelledValue(Words.Corrections.action, Words.Corrections.sendsAgain(transfer.purpose)),
        LabelledValue(Words.Transfers.file, transfer.fileName.reveal()),
        LabelledValue(Words.Review.kind, Words.Message.longKind(transfer.kind, transfer.purpose)),
        LabelledValue(Words.Corrections.number, DisplayText(escaping: transfer.documentID)),
        LabelledValue(Words.Review.after, Words.Corrections.sendAgainAfter(transfer.purpose)),
      ]
    }
  }
}
