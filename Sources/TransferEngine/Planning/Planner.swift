internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import SystemPackage

/// Turns a draft into a plan. Pure: the same draft gives the same plan, byte for byte.
struct Planner: Sendable {
  /// Composes a message, and tells what is wrong with a draft; injected so that planning can be tested by itself.
  struct Messages: Sendable {
    var compose: @Sendable (MessageDraft, DeliveryMethod) -> ClinicalMessage
    var problems: @Sendable (MessageDraft, DeliveryMethod) -> [Problem]
  }

  let profile: Profile
  let policy: MethodPolicy
  let messages: Messages

  init(profile: Profile, limits: Limits, messages: Messages) {
    self.profile = profile
    self.policy = MethodPolicy(limits: limits, environment: profile.summary.environment)
    self.messages = messages
  }

  func plan(_ draft: Draft) -> Plan {
    let message = messageDraft(draft)
    let byteCount = draft.document.identity.byteCount
    let embedded = messages.compose(message, .embed)
    let embeddedBytes = embedded.embeddedLength(fileByteCount: byteCount)
    let decision = policy.decide(byteCount: byteCount, embeddedRequestBytes: embeddedBytes, forced: draft.forcedMethod)
    let composed = decision.method == .embed ? embedded : messages.compose(message, .upload)

    let found =
      messages.problems(message, decision.method) + correctionProblems(draft) + profileProblems(draft) + methodProblems(decision, draft)
      + inspectionProblems(draft.document)
    return Plan(
      draft: draft, profile: profile.summary.name, method: decision, message: composed,
      requestByteCount: decision.method == .embed ? embeddedBytes : composed.prefix.count + composed.suffix.count,
      problems: found.filter { $0.severity == .error } + found.filter { $0.severity == .warning })
  }

  private func messageDraft(_ draft: Draft) -> MessageDraft {
    let purpose: MessagePurpose =
      switch draft.purpose {
      case .new: .new
      case .replace(let original): .replace(documentID: original.documentID)
      }
    return MessageDraft(
      kind: draft.kind, patient: draft.patient, document: DocumentDescription(draft.document), fields: draft.fields,
      routing: profile.routing,
      identity: draft.identity, purpose: purpose)
  }

  private func profileProblems(_ draft: Draft) -> [Problem] {
    if draft.kind == .fhir {
      if profile.urls.fhir == nil {
        return [
          Problem(
            .error, field: "Message", reason: "This profile has no destination_slug, which FHIR messages need.",
            remedy: "Choose another kind of message, or have the slug set in the configuration.")
        ]
      }
      if case .legacy = profile.credentials {
        return [
          Problem(
            .error, field: "Message", reason: "This profile's legacy API key cannot send FHIR messages.",
            remedy: "Choose another kind of message, or have an OAuth API key set in the configuration.")
        ]
      }
    } else if profile.routing.destinationID.isEmpty {
      return [
        Problem(
          .error, field: "Message", reason: "This profile has no destination_id, which Media, Notes and Results need.",
          remedy: "Choose FHIR, or have the destination's UUID set in the configuration.")
      ]
    }
    return []
  }

  private func methodProblems(_ decision: MethodDecision, _ draft: Draft) -> [Problem] {
    let other: DeliveryMethod = decision.method == .embed ? .upload : .embed
    if let why = decision.closed[decision.method] {
      guard let whyNotOther = decision.closed[other] else {
        let remedy: DisplayText = other == .embed ? "Send it inside the message instead." : "Upload it first instead."
        return [Problem(.error, field: "Method", reason: why, remedy: remedy)]
      }
      return [
        Problem(
          .error, field: "Method", reason: why + " " + whyNotOther,
          remedy: "Make the file smaller, or split it; if Redox allows you more, raise the limit in the configuration.")
      ]
    }
    if draft.forcedMethod == .embed, draft.document.identity.byteCount > policy.limits.advisedEmbedBytes, decision.closed[.upload] == nil {
      return [
        Problem(
          .warning, field: "Method", reason: "Redox advises at most \(ByteText.size(policy.limits.advisedEmbedBytes)) inside a message.",
          remedy: "Upload it first, unless the destination cannot fetch uploads.")
      ]
    }
    return []
  }

  private func inspectionProblems(_ document: Document) -> [Problem] {
    switch document.inspection.verdict {
    case .allow: []
    case .warn(let reason): [Problem(.warning, field: "Document", reason: reason, remedy: "Look at it before you send it.")]
    case .refuse(let reason):
      [Problem(.error, field: "Document", reason: reason, remedy: "Choose another file, or save this one as a plain document such as PDF.")]
    }
  }
}

extension Document {
  /// The chosen name; a link's own, since that is what the person picked.
  var displayName: DisplayText { DisplayText(nameOf: chosenPath ?? path) }
}
