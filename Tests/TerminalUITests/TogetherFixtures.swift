import SafeText
import ViewModels

@testable import TerminalUI

/// Several documents that are sent together.
extension Fixtures {
  private static let names: [DisplayText] = [
    "consent to treatment, signed.pdf", "レントゲン写真.png", DisplayText(escaping: "\u{202E}fdp.exe"), "scan-1.pdf", "scan-2.pdf",
    DisplayText(escaping: String(repeating: "long name ", count: 25) + ".dcm"),
  ]

  static let together = DocumentsSummary(total: "6 documents, 12.4 MB", names: names.map { Redacted($0) })

  static func reading(_ rows: Int) -> AppState {
    browse(inspection: .reading(name: names[1], place: "3 of 7"), marked: [2, 4, 9], summary: markedSummary)(rows)
  }

  static func leftOut(_ rows: Int) -> AppState {
    var state = browse(inspection: .together(together), marked: [2, 4, 9], summary: markedSummary)(20)
    let all: [LeftOutState.Row] = [
      .init(name: Redacted("image-viewer"), reason: "Programs may not be sent."),
      .init(name: Redacted("latest.pdf"), reason: "It is gone. Press ^R to read the folder again."),
      .init(name: Redacted(names[5]), reason: "It changed while it was read. Wait until it is complete, then try again."),
    ]
    state.dialog = .leftOut(
      LeftOutState(
        title: "3 of 7 files cannot be sent", rows: all, window: ListWindow(count: all.count, rows: rows),
        choices: [.init(key: "Enter", label: "Back"), .init(key: "y", label: "Go on with 4")]))
    state.hints = hints([("Enter", "No"), ("y", "Yes")])
    return state
  }

  static func messageTogether(_ rows: Int) -> AppState {
    var state = message(rows)
    guard case .message(var form) = state.screen else { return state }
    form.together = together
    form.fields.removeAll { $0.field == .method }
    for index in form.fields.indices where form.fields[index].field == .documentType {
      form.fields[index].value = Redacted(
        "by file: 4 × Note, 1 × Photographic image Unspecified body region Document, 1 × Diagnostic imaging study")
    }
    for index in form.fields.indices where form.fields[index].field == .title { form.fields[index].placeholder = "each file's own name" }
    form.method = MethodLine(
      method: "4 inside the message, 2 uploaded first", reason: "Each file goes the way that its size asks for.", size: "13.1 MB in all")
    form.problems[1].document = Redacted("scan-1.pdf")
    state.screen = .message(form)
    return state
  }

  static func previewTogether(_ rows: Int) -> AppState {
    var state = preview()(rows)
    guard case .preview(var shown) = state.screen else { return state }
    shown.place = .init(number: "2 of 6", name: Redacted(names[1]))
    shown.problems[0].document = Redacted(names[1])
    state.screen = .preview(shown)
    return state
  }

  static func reviewTogether(isAtEnd: Bool = false) -> (Int) -> AppState {
    { rows in
      var state = review(isAtEnd ? .oneKey : .unseen("Scroll down to see all of it first."))(rows)
      guard case .review(var shown) = state.screen else { return state }
      let types: [DisplayText] = ["PDF document", "PNG image", "plain text", "PDF document", "PDF document", "DICOM image"]
      shown.documents = zip(names, types).enumerated().map { index, pair in
        .init(
          DocumentSummary(
            name: Redacted(pair.0), type: pair.1, size: "\(index * 31 + 12) KB", modified: "22-Nov-2026 14:03",
            fingerprint: "9f86d08\(index)",
            verdict: index == 2 ? .warning("The name says EXE, the content is plain text. It is sent as what it is.") : .allowed),
          facts: ["Note (34109-9)", "inside the message, \(index * 41 + 17) KB as sent"],
          warnings: index == 3
            ? [
              ProblemLine(
                isError: false, field: "Document", reason: "Already sent for this patient 3 d ago (19-Nov-2026 11:00).",
                remedy: "Send it again only if the chart does not have it.")
            ] : [])
      }
      shown.message = [
        LabelledValue("Documents", "6, 12.4 MB in all"), LabelledValue("Message", "Note, as Redox Notes New"),
        LabelledValue("Method", "4 inside the message, 2 uploaded first"), LabelledValue("Size as sent", "13.1 MB in all"),
        LabelledValue("Provider", "GRANITE, Pat MD (NPI 1234567893)"), LabelledValue("Status", "final"),
        LabelledValue("Afterwards", "Redox queues it; it cannot be taken back from here."),
      ]
      if isAtEnd { shown.window = ListWindow(count: 1000, cursor: 999, top: 999, rows: 1) }
      state.screen = .review(shown)
      return state
    }
  }
}
