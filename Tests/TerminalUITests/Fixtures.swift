import ClinicalMessages
import SafeText
import TransferEngine
import ViewModels

@testable import TerminalUI

/// States that screens are drawn from, made up; with the awkward names that real folders and rosters have.
enum Fixtures {
  static let staging = ProfileSummary(
    name: "main", environment: .staging, isProduction: false, destinationName: "Redox EMR", host: "api.redoxengine.com", isSandbox: false)
  static let production = ProfileSummary(
    name: "ward", environment: .production, isProduction: true, destinationName: "St. Elsewhere", host: "api.redoxengine.com",
    isSandbox: false)
  static let sandbox = ProfileSummary(
    name: "sandbox", environment: .development, isProduction: false, destinationName: "Stand-in", host: "127.0.0.1:4431", isSandbox: true)

  static let banner = PatientBanner(
    name: Redacted("SMITH, Ann Mary"), born: Redacted("Born 24-Jul-1982 (44)"), gender: "Female",
    number: Redacted("MR 0000000002 (urn:oid:1.2.36.146)"))

  static let browseHints = hints([
    ("Enter", "Open"), ("p", "Patient"), ("h", "Up a folder"), ("/", "Filter"), (":", "Go to"), ("w", "Transfers"), ("o", "Profile"),
    ("?", "Help"), ("q", "Quit"),
  ])
  static let transfersSummary = TransfersSummary(
    running: 2, accepted: 3, needAttention: 1, fraction: 0.64, text: "2 running, 64%, 1.2 MB/s, 7 s left · 3 accepted · 1 needs attention")

  static func hints(_ pairs: [(DisplayText, DisplayText)]) -> [Hint] { pairs.map { Hint(key: $0.0, label: $0.1) } }

  static let document = DocumentSummary(
    name: Redacted("consent to treatment, signed.pdf"), type: "PDF document", size: "152 KB", modified: "22-Nov-2026 14:03",
    fingerprint: "9f86d081", verdict: .allowed)
  static let renamed = DocumentSummary(
    name: Redacted("scan.pdf"), linkTarget: Redacted("/srv/scans/2026/scan-0001.png"), type: "PNG image", size: "1.4 MB",
    modified: "22-Nov-2026 14:03", fingerprint: "9f86d081",
    verdict: .warning("The name says PDF, the content is a PNG image. It is sent as what it is."))

  // MARK: Screens

  static func browse(
    _ window: (inout ListWindow) -> Void = { _ in }, inspection: BrowseState.Inspection = .ready(document), marked: Set<Int> = [],
    summary: WorkbenchSummary = summary
  ) -> (Int) -> AppState {
    let names: [(BrowseState.Row.Kind, DisplayText, DisplayText, DisplayText, DisplayText)] =
      [
        (.directory, "archive", "", "3 days", "Folder"), (.directory, "letters", "", "2 h", "Folder"),
        (.file, "consent to treatment, signed.pdf", "152 KB", "3 min", "PDF"), (.link, "latest.pdf", "", "", "PDF"),
        (.file, "レントゲン写真.png", "1.4 MB", "5 h", "PNG"),
        (.file, DisplayText(escaping: "e\u{301}tude cardiaque.txt"), "2 KB", "1 day", "Text"),
        (.file, DisplayText(escaping: "\u{1B}]0;owned\u{7}evil.pdf"), "9 KB", "1 day", "PDF"),
        (.file, DisplayText(escaping: "\u{202E}fdp.exe"), "66 KB", "12 min", "EXE"),
        (.file, DisplayText(escapingBytes: [0x61, 0xFF, 0x62, 0x0A, 0x63]), "1 B", "now", ""),
        (.file, DisplayText(escaping: String(repeating: "long name ", count: 25) + ".dcm"), "30.0 MB", "2 years", "DICOM"),
        (.other, "pipe", "", "", "FIFO"), (.file, "👩‍⚕️ ward round.rtf", "12 KB", "7 days", "RTF"),
      ] + (1...28).map { (.file, "scan-\($0).pdf", "\($0 * 17) KB", "\($0) days", "PDF") }
    var all = ListWindow(count: names.count, cursor: 2, rows: 1000)
    window(&all)
    return { rows in
      var window = ListWindow(count: all.count, cursor: all.cursor, rows: rows)
      window.move(to: all.cursor)
      let shown = window.visible.map { index in
        let (kind, name, size, age, type) = names[index]
        return BrowseState.Row(
          kind: kind, name: name, size: size, age: age, type: type, isUnderCursor: index == window.cursor, isChosen: index == 2,
          isMarked: marked.contains(index), verdict: [2: .allowed, 6: .refused, 7: .refused, 8: .warning][index],
          wasSent: index == 2 || index == 11)
      }
      return AppState(
        profile: staging, banner: banner,
        screen: .browse(
          BrowseState(
            directory: "/home/ann/inbox/2026/november", phase: .ready, rows: shown, window: window, total: 2345, inspection: inspection,
            summary: summary)),
        hints: browseHints, transfers: transfersSummary)
    }
  }

  static let summary = WorkbenchSummary(
    subject: .read(document), kind: "Clinical document (FHIR DocumentReference)",
    method: MethodLine(method: "inside the message", reason: "The file is small.", size: "204 KB as sent, at most 40 MB"),
    problems: [
      ProblemLine(isError: false, field: "Provider", reason: "Nobody is named.", remedy: "Name one, if the destination asks for it.")
    ],
    earlier: "Sent to this patient 3 d ago.", advice: "Enter takes it. Nothing is sent yet.")
  static let markedSummary = WorkbenchSummary(
    subject: .seen(name: "レントゲン写真.png", type: "PNG image", size: "1.4 MB"), marked: "3 files marked, 1.5 MB", markedKinds: "2 PDF, 1 PNG",
    advice: "Enter goes on with them. Esc unmarks.")

  static func places(_ rows: Int) -> AppState {
    var state = browse()(20)
    let all: [(DisplayText, DisplayText)] = [
      ("Inbox", "/home/ann/inbox"), ("Home", "/home/ann"), ("Bookmark", "/srv/scans/2026"),
      ("Lately", DisplayText(escaping: "/media/usb/" + String(repeating: "deep/", count: 20) + "end")),
    ]
    let window = ListWindow(count: all.count, cursor: 1, rows: rows)
    state.dialog = .pick(
      PickState(
        title: "Go to",
        rows: window.visible.map { .init(label: all[$0].0, detail: all[$0].1, isCurrent: $0 == 0, isUnderCursor: $0 == window.cursor) },
        window: window, hasPaths: true))
    return state
  }

  static func order(_ rows: Int) -> AppState {
    var state = browse()(20)
    let all: [DisplayText] = ["name", "name, backwards", "newest first", "oldest first", "largest first", "smallest first", "kind"]
    let window = ListWindow(count: all.count, cursor: 2, rows: rows)
    state.dialog = .pick(
      PickState(
        title: "Sort by", rows: window.visible.map { .init(label: all[$0], isCurrent: $0 == 0, isUnderCursor: $0 == window.cursor) },
        window: window))
    return state
  }

  static func patients(_ rows: Int) -> AppState {
    let names: [DisplayText] = [
      "SMITH, Ann Mary", "SMITH, Anne", "SMITHERS, Waylon", "ØSTERGÅRD-NIELSEN, Søren Kierkegaard", "山田, 太郎", "SMALL, Baby Boy",
    ]
    let window = ListWindow(count: names.count, cursor: 1, rows: rows)
    let shown = window.visible.map { index in
      PatientState.Row(
        name: Redacted(names[index]), born: Redacted("0\(index + 1)-Jul-1982 (44y)"), number: Redacted("MR 000000000\(index)"),
        gender: index == 5 ? "Male" : "Female", isDeceased: index == 2, hasNamesake: index < 2, isUnderCursor: index == window.cursor)
    }
    return AppState(
      profile: staging,
      screen: .patient(
        PatientState(
          phase: .ready, search: TextField("sm"), rows: shown, window: window, total: 41,
          warning: "1 other patient has nearly the same name: SMITH, Ann Mary.")),
      hints: hints([("Enter", "Choose"), ("^T", "Mask"), ("^R", "Reload"), ("Esc", "Back"), ("F1", "Help")]))
  }

  static func message(_: Int) -> AppState {
    func row(
      _ field: FormField, _ label: DisplayText, _ value: DisplayText, _ input: MessageState.FormRow.Input = .text,
      placeholder: DisplayText = "",
      focused: Bool = false, remark: DisplayText? = nil
    ) -> MessageState.FormRow {
      MessageState.FormRow(
        field: field, label: label, value: Redacted(value), placeholder: placeholder, input: input, isFocused: focused, remark: remark)
    }
    let labels: [DisplayText] = ["Document (FHIR)", "Media", "Note", "Result"]
    let kinds = zip([.fhir, .media, .notes, .results], labels).enumerated().map { index, pair in
      MessageState.KindChoice(kind: pair.0, key: "\(index + 1)", label: pair.1, isChosen: index == 2)
    }
    return AppState(
      profile: staging, banner: banner,
      screen: .message(
        MessageState(
          document: document, kind: .notes, kinds: kinds,
          fields: [
            row(.kind, "Kind", "Note", .choice), row(.documentType, "Document type", "Consent Document (59284-0)", .picker, focused: true),
            row(.title, "Title", "", placeholder: "the file's name"),
            row(.provider, "Provider", "GRANITE, Pat MD (NPI 1234567893)", .picker),
            row(.visitNumber, "Visit number", "", placeholder: "none"),
            row(.serviceDate, "Date of care", "2026-11-2", remark: "Not a date. Write it like 2026-11-22."),
            row(.completion, "Status", "final", .choice), row(.method, "Method", "automatic: inside the message", .choice),
            row(.proceed, "", "Go on to the preview", .proceed),
          ],
          problems: [
            ProblemLine(isError: true, field: "Date of care", reason: "This is not a date.", remedy: "Write it like 2026-11-22."),
            ProblemLine(
              isError: false, field: "Visit number", reason: "Some destinations need one.", remedy: "Leave it empty if there is none."),
          ],
          method: MethodLine(
            method: "inside the message", reason: "The file is small, up to 200 KB.",
            size: "204 KB, at most 40 MB"))),
      hints: hints([
        ("Enter", "Change"), ("p", "Patient"), ("v", "Preview"), ("S", "Send…"), ("t", "Kind"), ("w", "Transfers"), ("q", "Back"),
        ("?", "Help"),
      ]))
  }

  static func preview(_ prompt: PreviewState.Prompt = .none, isFolded: Bool = false) -> (Int) -> AppState {
    func line(_ number: Int) -> PreviewLine {
      let tokens: [PreviewLine.Token] =
        switch number {
        case 1: [.init(.punctuation, "{")]
        case 2:
          [.init(.key, "  \"Meta\""), .init(.punctuation, ": {")]
            + (isFolded ? [.init(.hole, " ⟨12 lines⟩ "), .init(.punctuation, "},")] : [])
        case 3 where isFolded: [.init(.key, "  \""), .init(.key, "Pat", isMatch: true), .init(.key, "ient\""), .init(.punctuation, ": {")]
        case 5: [.init(.key, "    \"Test\""), .init(.punctuation, ": "), .init(.literal, "true"), .init(.punctuation, ",")]
        case 9:
          [.init(.key, "      \"FileContents\""), .init(.punctuation, ": "), .init(.hole, "⟨base64, 152,344 bytes of consent.pdf⟩")]
        default:
          [
            .init(.key, "    \"Field\(number)\""), .init(.punctuation, ": "),
            .init(.string, "\"a value that is written out on line \(number)\""),
            .init(.punctuation, ","),
          ]
        }
      return PreviewLine(
        number: number, tokens: tokens, isUnderCursor: number == 3, isFolded: number == 2 && isFolded, isFoldable: number <= 2)
    }
    return { rows in
      let window = ListWindow(count: 64, cursor: 0, rows: rows)
      return AppState(
        profile: staging, banner: banner,
        screen: .preview(
          PreviewState(
            kind: "Note, as Redox Notes New",
            method: MethodLine(method: "inside the message", reason: "The file is small.", size: "204 KB, at most 40 MB"),
            problems: [
              ProblemLine(
                isError: false, field: "Visit number", reason: "Some destinations need one.", remedy: "Leave it empty if there is none.")
            ],
            lines: window.visible.map { line($0 + 1) }, lineCount: 64, window: window, prompt: prompt)),
        hints: hints([("Enter", "Fold"), ("p", "Patient"), ("S", "Send…"), ("/", "Find"), ("W", "Save"), ("q", "Back"), ("?", "Help")]))
    }
  }

  static func review(_ confirmation: ReviewState.Confirmation = .oneKey, isProduction: Bool = false, warnings: Int = 1) -> (Int) -> AppState
  {
    let profile = isProduction ? production : staging
    let all = [
      ProblemLine(
        isError: false, field: "Patient", reason: "2 other patients are named SMITH, Ann. 1 other patient has a name like this.",
        remedy: "Compare birth date and number."),
      ProblemLine(
        isError: false, field: "Patient", reason: "You chose this patient 22 min ago.", remedy: "Make sure that it is still the right one."),
      ProblemLine(
        isError: false, field: "Document", reason: "The file's name has the name or number of another patient in it.",
        remedy: "Make sure that the document belongs to this patient."),
      ProblemLine(
        isError: false, field: "Document", reason: "Already sent for this patient 3 d ago (19-Nov-2026 11:00).",
        remedy: "Send it again only if the chart does not have it."),
    ]
    return { _ in
      AppState(
        profile: profile, banner: banner,
        screen: .review(
          ReviewState(
            patient: banner, documents: [.init(renamed)], environment: "Staging",
            place: [
              LabelledValue("To", profile.destinationName), LabelledValue("Server", profile.host),
              LabelledValue("Profile", DisplayText(escaping: profile.name)),
              LabelledValue("Sent by", "ann"),
            ],
            message: [
              LabelledValue("Message", "Note, as Redox Notes New"), LabelledValue("Document type", "Consent Document (59284-0)"),
              LabelledValue("Title", "Consent to the operation"),
              LabelledValue("Method", "Uploaded first. Redox advises this for files over 200 KB."),
              LabelledValue("Size as sent", "1.4 MB upload, at most 30 MB; message 2 KB"),
              LabelledValue("Provider", "GRANITE, Pat MD (NPI 1234567893)"),
              LabelledValue("Visit number", "V-17"), LabelledValue("Service date", "21-Nov-2026 12:00"), LabelledValue("Status", "final"),
              LabelledValue("Afterwards", "Redox queues it; it cannot be taken back from here."),
            ],
            warnings: Array(all.prefix(warnings)), confirmation: confirmation, isProduction: isProduction)),
        hints: hints([("y", "Send"), ("Enter", "Cancel")]))
    }
  }

  static func profiles(_: Int) -> AppState {
    func row(_ profile: ProfileSummary, current: Bool = false, cursor: Bool = false) -> ProfilesState.Row {
      ProfilesState.Row(
        name: DisplayText(escaping: profile.name), environment: profile.environment, isProduction: profile.isProduction,
        destination: profile.destinationName, isSandbox: profile.isSandbox, isCurrent: current, isUnderCursor: cursor)
    }
    return AppState(
      profile: staging,
      screen: .profiles(
        ProfilesState(
          rows: [row(staging, current: true), row(production, cursor: true), row(sandbox)],
          window: ListWindow(count: 3, cursor: 1, rows: 20))),
      hints: hints([("Enter", "Use it"), ("q", "Back"), ("?", "Help")]))
  }

  // MARK: Dialogs

  static func help(_ rows: Int) -> AppState {
    var state = browse()(20)
    let all: [HelpState.Row] = [
      .init(keys: "Enter l →", label: "Open", tooltip: "Opens the folder, or reads the file and goes on with it. Sends nothing."),
      .init(keys: "h ← Backspace", label: "Up a folder", tooltip: "Goes to the folder above."),
      .init(keys: "/ F7", label: "Filter", tooltip: "Shows only names that contain what you type."),
      .init(keys: "c", label: "Continue", tooltip: "Goes on with the document that was chosen last.", reason: "No document is chosen yet."),
      .init(keys: "q F10 ^C", label: "Quit", tooltip: "Leaves the program; asks first when transfers run."),
    ]
    let window = ListWindow(count: all.count, rows: rows)
    state.dialog = .help(HelpState(title: "Files", search: TextField("op"), rows: all, window: window))
    return state
  }

  static func themes(_ rows: Int) -> AppState {
    var state = browse()(20)
    let all: [(DisplayText, DisplayText)] = [
      ("colour-blind", "blue and orange in place of green and red"), ("dark", "the terminal's own colours, for a dark background"),
      ("hc-dark", "high contrast, bright letters on black"), ("mono", "no colours: bold, underlined and reversed letters only"),
    ]
    let window = ListWindow(count: all.count, cursor: 2, rows: rows)
    state.dialog = .themes(
      ThemesState(
        rows: window.visible.map { .init(name: all[$0].0, about: all[$0].1, isCurrent: $0 == 1, isUnderCursor: $0 == window.cursor) },
        window: window))
    state.hints = hints([("Enter", "Keep"), ("Esc", "Back")])
    return state
  }

  static func refusal(_ rows: Int) -> AppState {
    var state = browse()(rows)
    state.notice = Notice(
      .error,
      "report-final-version-signed.docm cannot be sent. It is a Word document with macros, which run when it is opened. Save it as a plain document such as PDF, and choose that."
    )
    return state
  }

  static func documentTypes(_ rows: Int) -> AppState {
    var state = message(20)
    let all: [(DisplayText, DisplayText)] = [
      ("59284-0", "Consent Document"), ("11488-4", "Consult note"), ("18842-5", "Discharge summary"),
      ("28655-1", "Physician attending Discharge summary"),
    ]
    let window = ListWindow(count: all.count, cursor: 1, rows: rows)
    state.dialog = .picker(
      PickerState(
        title: "Document type", search: TextField("con"),
        rows: window.visible.map { .init(code: all[$0].0, name: all[$0].1, note: "Clinical notes", isUnderCursor: $0 == window.cursor) },
        window: window, remark: nil))
    return state
  }

  static func providers(_ remark: DisplayText? = nil) -> (Int) -> AppState {
    { rows in
      var state = message(20)
      let all: [(DisplayText, DisplayText, DisplayText)] =
        remark == nil
        ? [
          ("1234567893", "GRANITE, Pat MD", "me"), ("1000000004", "CHALK, Sharon", "NPI"),
          ("1000000012", "ØSTERGÅRD-NIELSEN VON UND ZU HOHENLOHE-SCHILLINGSFÜRST, Søren Kierkegaard MD, PhD", "NPI"),
          ("", "No provider", ""),
        ] : []
      let window = ListWindow(count: all.count, cursor: 0, rows: rows)
      state.dialog = .picker(
        PickerState(
          title: "Provider", search: TextField(remark == nil ? "" : "1234567890"),
          rows: window.visible.map { .init(code: all[$0].0, name: all[$0].1, note: all[$0].2, isUnderCursor: $0 == window.cursor) },
          window: window, remark: remark))
      return state
    }
  }

  /// Every screen and dialog by name; the number is how many rows its list may have.
  static var all: [(name: String, state: (Int) -> AppState)] {
    [
      ("browse", browse()), ("patient", patients), ("message", message), ("preview", preview()),
      ("preview-search", preview(.search(TextField("pat"), found: "3 lines"), isFolded: true)),
      ("preview-save", preview(.save(TextField("media-message.json"), remark: nil))),
      (
        "preview-save-refused",
        preview(
          .save(TextField("media-message.json"), remark: "media-message.json exists already and was left as it is. Type another name."))
      ),
      ("review-full", review(warnings: 4)), ("review-checking", review(.checking)),
      ("review-closed", review(.closed("The file was changed or replaced after you chose it. Go back to the files and choose it again."))),
      ("review", review()),
      ("review-unseen", review(.unseen("Scroll down to see all of it first."), warnings: 4)),
      (
        "review-production",
        review(
          .retype(
            .init(
              focus: .birthYear, initials: TextField("AM"),
              remark: "Initials and birth year do not both fit this patient. 2 tries are left.")), isProduction: true)
      ),
      ("transfers", transfers), ("profiles", profiles), ("places", places), ("order", order),
      ("browse-marked", browse(inspection: .none, marked: [2, 4, 9], summary: markedSummary)), ("help", help), ("question", question),
      ("details", details),
      ("document-type", documentTypes), ("provider", providers()),
      ("provider-mistyped", providers("1234567890 is mistyped: its check digit is wrong. Compare it with its source.")),
      ("themes", themes), ("transfers-none", noTransfers),
      ("together-reading", reading), ("together-left-out", leftOut), ("together-message", messageTogether),
      ("together-preview", previewTogether), ("together-review", reviewTogether()), ("together-review-end", reviewTogether(isAtEnd: true)),
      ("setup-welcome", setupWelcome), ("setup-form", setupForm), ("patient-form", patientForm), ("refusal", refusal),
      ("review-retraction", reviewRetraction),
      ("decision", decision), ("transfers-find", transfersFind), ("setup-key", setupKey),
      ("transfers-corrected", transfersCorrected), ("transfers-only", narrowing), ("details-replaced", detailsReplaced),
    ]
  }

  /// Draws as the terminal does: first asks how much scrolls, then draws.
  static func draw(_ state: (Int) -> AppState, size: Size, glyphs: Glyphs = Glyphs()) -> Canvas {
    var rows = 20
    for _ in 0..<3 { rows = Screen.viewport(of: state(rows), size: size).rows }
    return Screen.draw(state(rows), size: size, glyphs: glyphs)
  }
}
