/// Everything that a key can ask for. Keys, labels and reasons are in `Bindings`; what happens is in `AppModel`.
public enum Command: String, Sendable, Hashable, CaseIterable {
  // Everywhere
  case help, redraw, suspend, back, quit
  case openTransfers = "open-transfers"
  case openProfiles = "open-profiles"
  case choosePatient = "choose-patient"
  // Lists and long texts
  case up, down, pageUp = "page-up", pageDown = "page-down", first, last
  case scrollLeft = "scroll-left", scrollRight = "scroll-right"
  // Browse
  case open, parent, filter, goToPath = "go-to-path", toggleHidden = "toggle-hidden", home, previousFolder = "previous-folder", reload
  case acceptPrompt = "accept-prompt", completePath = "complete-path", leavePrompt = "leave-prompt", continueDraft = "continue-draft"
  case order, places, toggleBookmark = "toggle-bookmark", inbox, takePick = "take-pick"
  case mark, markAll = "mark-all", invertMarks = "invert-marks"
  // Patient
  case takePatient = "take-patient", toggleMask = "toggle-mask", typePatient = "type-patient"
  // Message
  case kindFHIR = "kind-fhir", kindMedia = "kind-media", kindNotes = "kind-notes", kindResults = "kind-results", nextKind = "next-kind"
  case previousValue = "previous-value", nextValue = "next-value", editField = "edit-field", documentType = "document-type"
  case acceptEdit = "accept-edit", leaveEdit = "leave-edit", earlierEntry = "earlier-entry", laterEntry = "later-entry", takeChoice =
    "take-choice"
  case preview, review
  // Preview
  case toggleFold = "toggle-fold", toggleAllFolds = "toggle-all-folds", nextMatch = "next-match", previousMatch = "previous-match"
  case nextProblem = "next-problem", previousProblem = "previous-problem", save
  case nextDocument = "next-document", previousDocument = "previous-document", leaveOut = "leave-out"
  // Review
  case send, cancelReview = "cancel-review", nextEntry = "next-entry"
  // Transfers
  case cancelTransfer = "cancel-transfer", retryTransfer = "retry-transfer", showDetails = "show-details"
  case filterTransfers = "filter-transfers", narrowTransfers = "narrow-transfers", pauseTransfer = "pause-transfer", decide, correct
  // Profiles
  case takeProfile = "take-profile"
  // Themes
  case openThemes = "open-themes", takeTheme = "take-theme"
  // Set-up
  case goOn = "go-on"
  // Questions
  case yes, no
}

/// Where a key is pressed. Each place has its own set of keys; none of them has a key twice.
public enum KeyContext: String, Sendable, Hashable, CaseIterable {
  case browse, browsePrompt = "browse-prompt", patient, patientForm = "patient-form"
  case message, fieldEditor = "field-editor", picker, preview, previewPrompt = "preview-prompt", review
  case retype, transfers, transfersPrompt = "transfers-prompt", transferDetails = "transfer-details", profiles, themes, pick, help,
    question, leftOut = "left-out"
  case welcome, setupForm = "setup-form", setupKey = "setup-key"

  /// Characters are typed into a field here, so that no command may be a plain character.
  public var takesText: Bool {
    switch self {
    case .browsePrompt, .transfersPrompt, .patient, .patientForm, .fieldEditor, .picker, .previewPrompt, .retype, .help, .setupForm: true
    case .browse, .message, .preview, .review, .transfers, .transferDetails, .profiles, .themes, .pick, .question, .leftOut, .welcome,
      .setupKey:
      false
    }
  }
}
