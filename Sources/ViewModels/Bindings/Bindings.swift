internal import SafeText

/// The one table of keys.
public enum Bindings {
  public static let all: [Binding] =
    everywhere + movement + browse + patient + message + preview + review + transfers + profiles + themes + questions + setup

  public static func bindings(in context: KeyContext) -> [Binding] { byContext[context] ?? [] }

  /// The key that shows which keys are valid here.
  static func helpKey(in context: KeyContext) -> DisplayText? {
    bindings(in: context).first { $0.command == .help }?.keys.first.map { DisplayText(escaping: $0.name) }
  }

  /// Those that hints show come first, in the hints' order.
  static func mostUsefulFirst(in context: KeyContext) -> [Binding] {
    let all = bindings(in: context)
    return all.filter { $0.hint != nil }.sorted { ($0.hint ?? 0) < ($1.hint ?? 0) } + all.filter { $0.hint == nil }
  }

  public static func command(for key: Key, in context: KeyContext) -> Command? { byKey[Place(context: context, key: key)] }

  private struct Place: Hashable {
    let context: KeyContext
    let key: Key
  }

  private static let byContext: [KeyContext: [Binding]] = Dictionary(
    uniqueKeysWithValues: KeyContext.allCases.map { context in (context, all.filter { $0.contexts.contains(context) }) })

  private static let byKey: [Place: Command] = Dictionary(
    all.flatMap { binding in
      binding.contexts.flatMap { context in binding.keys.map { (Place(context: context, key: $0), binding.command) } }
    }, uniquingKeysWith: { first, _ in first })

  private static let everywhere: [Binding] = [
    Binding(
      .help, [.character("?"), .function(1)],
      in: [.browse, .message, .preview, .review, .transfers, .transferDetails, .profiles, .welcome, .setupKey],
      "Help",
      "Shows the keys that are valid here.", hint: 18),
    Binding(
      .help, [.function(1), .control("g")],
      in: [.patient, .patientForm, .fieldEditor, .picker, .browsePrompt, .transfersPrompt, .previewPrompt, .retype, .setupForm], "Help",
      "Shows the keys that are valid here.", hint: 90),
    Binding(.redraw, [.control("l")], in: KeyContext.allCases, "Redraw", "Draws the screen again, when something has written over it."),
    Binding(.suspend, [.control("z")], in: KeyContext.allCases, "Suspend", "Puts the program aside; typing fg brings it back."),
    Binding(
      .quit, [.character("q"), .function(10), .control("c")], in: [.browse], "Quit", "Leaves the program; asks first when transfers run.",
      hint: 15),
    Binding(
      .back, [.character("q"), .escape, .function(10), .control("c")],
      in: [.message, .preview, .transfers, .transferDetails, .profiles, .pick],
      "Back",
      "Goes back one screen. Nothing is lost.", hint: 15),
    Binding(
      .back, [.escape, .function(10), .control("c")], in: [.patient, .help, .picker], "Back", "Goes back without a change.", hint: 15),
    Binding(
      .openTransfers, [.character("w"), .function(6)], in: [.browse, .message, .preview, .profiles], "Transfers",
      "Shows what is being sent and what was sent.", hint: 60),
    Binding(
      .openProfiles, [.character("o"), .function(9)], in: [.browse, .message, .preview, .transfers], "Profile",
      "Chooses another profile. That clears the patient and what was filled in.", hint: 70),
    Binding(
      .choosePatient, [.character("p"), .function(2)], in: [.browse, .message, .preview], "Patient", "Chooses the patient, or another one.",
      hint: 22),
    Binding(
      .openThemes, [.character("T")], in: [.browse, .message, .preview, .transfers, .profiles], "Colours",
      "Chooses other colours; each is shown as you move to it.", hint: 80),
  ]

  private static let lists: [KeyContext] = [
    .browse, .message, .preview, .review, .transfers, .transferDetails, .profiles, .themes, .pick, .leftOut, .welcome, .setupKey,
  ]

  private static let movement: [Binding] = [
    Binding(.down, [.character("j"), .down], in: lists, "Down", "One row down."),
    Binding(.up, [.character("k"), .up], in: lists, "Up", "One row up."),
    Binding(.pageDown, [.pageDown, .control("d")], in: lists, "Page down", "One screen down."),
    Binding(.pageUp, [.pageUp, .control("u")], in: lists, "Page up", "One screen up."),
    Binding(.first, [.character("g"), .home], in: lists, "First", "To the first row."),
    Binding(.last, [.character("G"), .end], in: lists, "Last", "To the last row."),
    Binding(
      .down, [.down, .control("n")], in: [.browsePrompt, .transfersPrompt, .patient, .patientForm, .picker, .help, .setupForm], "Down",
      "One row down."),
    Binding(
      .up, [.up, .control("p")], in: [.browsePrompt, .transfersPrompt, .patient, .patientForm, .picker, .help, .setupForm], "Up",
      "One row up."),
    Binding(.pageDown, [.pageDown], in: [.browsePrompt, .patient, .picker, .help, .retype], "Page down", "One screen down."),
    Binding(.pageUp, [.pageUp], in: [.browsePrompt, .patient, .picker, .help, .retype], "Page up", "One screen up."),
  ]

  private static let browse: [Binding] = [
    Binding(
      .open, [.enter, .character("l"), .right], in: [.browse], "Open",
      "Opens the folder, or reads the file, or the marked ones, and goes on with it. Sends nothing.",
      hint: 10),
    Binding(.parent, [.character("h"), .left, .backspace], in: [.browse], "Up a folder", "Goes to the folder above.", hint: 30),
    Binding(
      .mark, [.character(" ")], in: [.browse], "Mark", "Marks a file to be sent with others, or unmarks it, and steps down.", hint: 27),
    Binding(.markAll, [.character("a")], in: [.browse], "Mark all", "Marks all files in view, at most \(AppModel.markLimit).", hint: 57),
    Binding(
      .invertMarks, [.character("A")], in: [.browse], "Invert",
      "Marks the files in view that are not marked, and unmarks those that are."),
    Binding(.filter, [.character("/"), .function(7)], in: [.browse], "Filter", "Shows only names that contain what you type.", hint: 40),
    Binding(.goToPath, [.character(":")], in: [.browse], "Go to", "Goes to a path that you type; ~ is your home folder.", hint: 50),
    Binding(.toggleHidden, [.character(".")], in: [.browse], "Hidden", "Shows or hides names that begin with a dot."),
    Binding(.home, [.character("~")], in: [.browse], "Home", "Goes to your home folder."),
    Binding(.previousFolder, [.character("-")], in: [.browse], "Last folder", "Goes back to the folder that was open before."),
    Binding(.reload, [.control("r")], in: [.browse], "Reload", "Reads the folder again."),
    Binding(.continueDraft, [.character("c")], in: [.browse], "Continue", "Goes on with the document that was chosen last.", hint: 35),
    Binding(.order, [.character("s")], in: [.browse], "Sort", "Sorts by name, time, size or kind.", hint: 55),
    Binding(.places, [.character("b")], in: [.browse], "Places", "Goes to the inbox, a bookmark, or a folder used lately.", hint: 52),
    Binding(.toggleBookmark, [.character("B")], in: [.browse], "Bookmark", "Bookmarks this folder, or takes its bookmark away."),
    Binding(.inbox, [.character("i")], in: [.browse], "Inbox", "Goes to the folder where scans arrive for this profile."),
    Binding(.leavePrompt, [.escape], in: [.browse], "Stop", "Stops reading; else clears the filter; else clears the marks."),
    Binding(.takePick, [.enter, .character("l"), .right], in: [.pick], "Choose", "Takes what the cursor is on.", hint: 10),
    Binding(.acceptPrompt, [.enter], in: [.browsePrompt], "Open", "Opens what the cursor is on, or goes to the path.", hint: 10),
    Binding(
      .completePath, [.tab], in: [.browsePrompt], "Complete",
      "Completes a path as far as it is the only one; keeps a filter and goes to the list.", hint: 20),
    Binding(.leavePrompt, [.escape, .function(10), .control("c")], in: [.browsePrompt], "Clear", "Clears what was typed.", hint: 15),
  ]

  private static let patient: [Binding] = [
    Binding(.takePatient, [.enter], in: [.patient], "Choose", "Chooses the patient under the cursor.", hint: 10),
    Binding(
      .toggleMask, [.control("t")], in: [.patient, .transfers], "Mask", "Shows initials, birth years and the ends of numbers only.",
      hint: 40),
    Binding(
      .typePatient, [.control("o")], in: [.patient], "By hand", "Types in a patient who is not in the list. Nothing is written down.",
      hint: 45),
    Binding(.goOn, [.enter, .tab], in: [.patientForm], "Next", "To the next field; on the last line takes the patient.", hint: 10),
    Binding(
      .back, [.escape, .function(10), .control("c")], in: [.patientForm], "Back", "Goes back to the list. What you typed stays.", hint: 15),
    Binding(.reload, [.control("r")], in: [.patient], "Reload", "Reads the patient list again.", hint: 50),
  ]

  private static let message: [Binding] = [
    Binding(.editField, [.enter], in: [.message], "Change", "Edits the field, or goes on to the preview. Sends nothing.", hint: 10),
    Binding(.preview, [.character("v"), .function(3)], in: [.message], "Preview", "Shows the message as it would be sent.", hint: 30),
    Binding(
      .review, [.character("S"), .function(5)], in: [.message, .preview], "Send…",
      "Opens the review. Nothing is sent before you confirm there.",
      hint: 35),
    Binding(.kindFHIR, [.character("1")], in: [.message], "FHIR", "Sends it as a FHIR DocumentReference."),
    Binding(.kindMedia, [.character("2")], in: [.message], "Media", "Sends it as Redox Media."),
    Binding(.kindNotes, [.character("3")], in: [.message], "Notes", "Sends it as Redox Notes."),
    Binding(.kindResults, [.character("4")], in: [.message], "Results", "Sends it as Redox Results."),
    Binding(.nextKind, [.character("t"), .function(4)], in: [.message], "Kind", "Changes to the next kind of message.", hint: 40),
    Binding(.documentType, [.character("d")], in: [.message], "Type", "Chooses the document type from a list.", hint: 45),
    Binding(.previousValue, [.character("h"), .left], in: [.message], "Previous", "The choice before this one."),
    Binding(.nextValue, [.character("l"), .right], in: [.message], "Next", "The next choice."),
    Binding(.down, [.tab], in: [.message], "Next field", "To the next field."),
    Binding(.up, [.backTab], in: [.message], "Field before", "To the field before."),
    Binding(.acceptEdit, [.enter, .tab], in: [.fieldEditor], "Keep", "Keeps what you typed.", hint: 10),
    Binding(.leaveEdit, [.escape, .function(10), .control("c")], in: [.fieldEditor], "Undo", "Leaves the field as it was.", hint: 15),
    Binding(.earlierEntry, [.down], in: [.fieldEditor], "Recent", "Takes a number that was sent for this patient before."),
    Binding(.laterEntry, [.up], in: [.fieldEditor], "Newer", "Takes the number after it."),
    Binding(.takeChoice, [.enter], in: [.picker], "Choose", "Takes the row under the cursor, or the number that you typed.", hint: 10),
  ]

  private static let preview: [Binding] = [
    Binding(.toggleFold, [.enter], in: [.preview], "Fold", "Folds or unfolds the block that the cursor is on.", hint: 10),
    Binding(.toggleAllFolds, [.character("z")], in: [.preview], "Fold all", "Folds every block, or unfolds all."),
    Binding(.filter, [.character("/"), .function(7)], in: [.preview], "Find", "Finds what you type in the message.", hint: 40),
    Binding(.nextMatch, [.character("n")], in: [.preview], "Next", "To the next place of what is looked for."),
    Binding(.previousMatch, [.character("N")], in: [.preview], "Before", "To the place before."),
    Binding(
      .nextProblem, [.character("e")], in: [.message, .preview], "Problem", "To the next problem: its line here, or its field in the form.",
      hint: 65),
    Binding(.previousProblem, [.character("E")], in: [.message, .preview], "Problem before", "To the problem before."),
    Binding(
      .save, [.character("W")], in: [.preview], "Save", "Saves the message without the file's content. That file holds patient data.",
      hint: 50),
    Binding(.acceptPrompt, [.enter], in: [.previewPrompt], "Go on", "Keeps what is looked for, or saves under the name.", hint: 10),
    Binding(
      .leavePrompt, [.escape, .function(10), .control("c")], in: [.previewPrompt], "Clear", "Goes back to where you were.", hint: 15),
    Binding(
      .nextDocument, [.tab, .character(">")], in: [.preview], "Next document",
      "To the message of the next document, when several go together.",
      hint: 66),
    Binding(
      .leaveOut, [.character("X")], in: [.preview], "Leave out", "Takes this document out of those that go together; the file stays.",
      hint: 67),
    Binding(.previousDocument, [.backTab, .character("<")], in: [.preview], "Document before", "To the message of the document before."),
    Binding(.scrollLeft, [.character("h"), .left], in: [.preview], "Left", "Scrolls to the left."),
    Binding(.scrollRight, [.character("l"), .right], in: [.preview], "Right", "Scrolls to the right."),
  ]

  private static let review: [Binding] = [
    Binding(.send, [.character("y")], in: [.review], "Send", "Sends what is shown. What has left cannot be undone.", hint: 10),
    Binding(
      .cancelReview, [.enter, .escape, .character("q"), .character("n"), .function(10), .control("c")], in: [.review], "Cancel",
      "Goes back. Nothing is sent.", hint: 22),
    Binding(
      .nextEntry, [.enter, .tab, .backTab, .up, .down], in: [.retype], "Next", "To the next entry; after the last one both are compared.",
      hint: 10),
    Binding(.cancelReview, [.escape, .function(10), .control("c")], in: [.retype], "Cancel", "Goes back. Nothing is sent.", hint: 22),
  ]

  private static let transfers: [Binding] = [
    Binding(.showDetails, [.enter], in: [.transfers], "Details", "Shows the receipt, the server's words and where to look.", hint: 10),
    Binding(
      .cancelTransfer, [.character("x"), .function(8)], in: [.transfers, .transferDetails], "Cancel",
      "Stops transfers that have not ended; asks first. What is held back is undone at once.",
      hint: 30),
    Binding(
      .retryTransfer, [.character("r")], in: [.transfers, .transferDetails], "Retry",
      "Tries failed transfers again, with the same document numbers; asks first.", hint: 40),
    Binding(
      .pauseTransfer, [.character("P")], in: [.transfers, .transferDetails], "Pause",
      "Pauses a transfer before its message is on its way, or goes on with it.", hint: 42),
    Binding(
      .decide, [.character("D")], in: [.transfers, .transferDetails], "Decide",
      "What becomes of an uncertain one: ask the destination, send again, arrived, give up.", hint: 35),
    Binding(
      .correct, [.character("C")], in: [.transfers, .transferDetails], "Correct",
      "Replaces an accepted document by another one, or takes it back; reviewed like a send.", hint: 37),
    Binding(
      .mark, [.character(" ")], in: [.transfers], "Mark", "Marks a transfer, so that keys act on all marked ones, and steps down.", hint: 55
    ),
    Binding(.markAll, [.character("a")], in: [.transfers], "Mark all", "Marks all transfers that are shown, or unmarks all."),
    Binding(
      .filter, [.character("/"), .function(7)], in: [.transfers], "Find",
      "Shows only those with what you type: document, patient, day (25-Nov), number, kind, state.", hint: 44),
    Binding(.acceptPrompt, [.enter, .tab], in: [.transfersPrompt], "Keep", "Keeps what is looked for, and goes to the list.", hint: 10),
    Binding(.leavePrompt, [.escape, .function(10), .control("c")], in: [.transfersPrompt], "All", "Shows all again.", hint: 15),
    Binding(
      .filterTransfers, [.character("f")], in: [.transfers], "Show",
      "Shows all, only what is unfinished, what needs you, or what was accepted.",
      hint: 45),
    Binding(
      .narrowTransfers, [.character("F")], in: [.transfers], "Only",
      "Shows only this patient, day or state, or several of these; or another profile.", hint: 46),
    Binding(
      .nextProblem, [.character("e")], in: [.transfers, .transferDetails], "Next failure",
      "To the next one shown that failed or is uncertain.",
      hint: 50),
    Binding(
      .previousProblem, [.character("E")], in: [.transfers, .transferDetails], "Failure before",
      "To the one before, of those shown, that failed or is uncertain."),
  ]

  private static let profiles: [Binding] = [
    Binding(
      .takeProfile, [.enter], in: [.profiles], "Choose", "Changes to this profile; clears the patient and what was filled in.", hint: 10)
  ]

  private static let themes: [Binding] = [
    Binding(.takeTheme, [.enter], in: [.themes], "Keep", "Keeps the colours, also for the next time.", hint: 10),
    Binding(
      .back, [.escape, .character("q"), .function(10), .control("c")], in: [.themes], "Back", "Goes back to the colours as they were.",
      hint: 15),
  ]

  private static let questions: [Binding] = [
    Binding(.yes, [.character("y")], in: [.question, .leftOut], "Yes", "Does what is asked.", hint: 22),
    Binding(
      .no, [.enter, .escape, .character("n"), .character("q"), .function(10), .control("c")], in: [.question, .leftOut], "No",
      "Changes nothing.", hint: 10),
  ]

  private static let setup: [Binding] = [
    Binding(.goOn, [.enter, .character("l"), .right], in: [.welcome], "Choose", "Begins with what the cursor is on.", hint: 10),
    Binding(
      .quit, [.character("q"), .escape, .function(10), .control("c")], in: [.welcome], "Quit", "Leaves the program. Nothing is written.",
      hint: 15),
    Binding(.goOn, [.enter, .tab], in: [.setupForm], "Next", "To the next field; on the last line makes the key pair.", hint: 10),
    Binding(.up, [.backTab], in: [.patientForm, .setupForm], "Field before", "To the field before."),
    Binding(
      .previousValue, [.left], in: [.patientForm, .setupForm], "Previous", "The choice before this one, or a character to the left."),
    Binding(.nextValue, [.right], in: [.patientForm, .setupForm], "Following", "The next choice, or a character to the right."),
    Binding(.back, [.escape, .function(10), .control("c")], in: [.setupForm], "Back", "Goes back. What you typed stays.", hint: 15),
    Binding(
      .goOn, [.enter], in: [.setupKey], "Test",
      "Tests the connection; when it works, writes the configuration and begins.",
      hint: 10),
    Binding(.save, [.character("W")], in: [.setupKey], "Finish", "Writes the configuration without waiting for Redox.", hint: 20),
    Binding(
      .back, [.character("q"), .escape, .function(10), .control("c")], in: [.setupKey], "Back",
      "Goes back to the fields. The key pair stays.", hint: 15),
  ]
}
