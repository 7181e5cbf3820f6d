internal import SafeText
internal import TransferEngine

/// The fields of a first profile and what was typed into them. A value.
struct SetupForm {
  private static let environments = ProfileSummary.Environment.allCases

  var entry = EntryForm(
    ProfileDraft.Field.allCases, texts: [.name: ProfileDraft().name],
    choices: [.environment: environments.map { DisplayText(escaping: $0.rawValue) }],
    chosen: [.environment: environments.firstIndex(of: ProfileDraft().environment) ?? 0])

  var environment: ProfileSummary.Environment { Self.environments[entry.choice(.environment)] }

  var draft: ProfileDraft {
    var draft = ProfileDraft()
    draft.environment = environment
    draft.name = entry.text(.name)
    draft.destinationName = entry.text(.destinationName)
    draft.destinationID = entry.text(.destinationID)
    draft.destinationSlug = entry.text(.destinationSlug)
    draft.sourceID = entry.text(.sourceID)
    draft.clientID = entry.text(.clientID)
    draft.roster = entry.text(.roster)
    return draft
  }

  var state: EntryFormState {
    entry.state(label: Words.Setup.label, about: { Words.Setup.about($0, environment) })
  }
}
