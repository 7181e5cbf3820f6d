/// Says what stands against sending a draft, in words for the person who filled it in.
public enum MessageValidator {
  /// Every problem of the draft as a message sent by `method`: errors first, and each group in the order of the form.
  ///
  /// "Now" is the draft's own `identity.createdAt`, so that the same draft always has the same problems.
  public static func problems(in draft: MessageDraft, method: DeliveryMethod) -> [Problem] {
    var list = ProblemList()
    PatientChecks.run(on: draft, into: &list)
    DocumentChecks.run(on: draft, into: &list)
    FieldChecks.run(on: draft, into: &list)
    RoutingChecks.run(on: draft, method: method, into: &list)
    PurposeChecks.run(on: draft, into: &list)
    return list.errors + list.warnings
  }
}
