import ClinicalMessages
import SafeText
import TransferEngine
import ViewModels

@testable import TerminalUI

/// The list of transfers and what lies over it.
extension Fixtures {
  static func transfers(_ rows: Int) -> AppState {
    func row(
      _ glyph: TransferGlyph, _ state: DisplayText, _ file: DisplayText, fraction: Double? = nil, percent: DisplayText = "",
      bytes: DisplayText,
      rate: DisplayText = "", left: DisplayText = "", remark: DisplayText? = nil
    ) -> TransferRow {
      TransferRow(
        glyph: glyph, state: state, file: Redacted(file), patient: Redacted("SMITH, Ann Mary"),
        identity: Redacted("24-Jul-1982"), kind: "Media", when: "14:03", fraction: fraction, percent: percent, bytes: bytes, rate: rate,
        timeLeft: left, remark: remark)
    }
    var all = [
      row(.running, "uploading", "echo.dcm", fraction: 0.64, percent: "64%", bytes: "7.7 MB of 12 MB", rate: "1.2 MB/s", left: "4 s left"),
      row(.finalizing, "waiting for Redox's answer", "letter.pdf", fraction: 0.999, percent: "99%", bytes: "152 KB of 152 KB"),
      row(.accepted, "accepted by Redox", "consent to treatment, signed.pdf", fraction: 1, percent: "100%", bytes: "152 KB"),
      row(.waiting, "waiting to try again", "scan.png", bytes: "", remark: "Tries again at 14:32:10. The server is busy."),
      row(.refused, "refused", "notes.txt", bytes: "", remark: "Redox said: Patient.Identifiers[0].ID is required."),
      row(
        .uncertain, "uncertain", "レントゲン.png", bytes: "",
        remark: "Everything was handed over, and no clear answer came. It may be in the chart."),
      row(.queued, "queued", "later.pdf", fraction: 0, percent: "0%", bytes: "0 B of 1 MB"),
      row(.cancelled, "cancelled", "wrong.pdf", bytes: "1 MB"),
    ]
    let window = ListWindow(count: all.count, cursor: 1, rows: rows)
    all[window.cursor].isUnderCursor = true
    (all[2].isMarked, all[3].isMarked) = (true, true)
    return AppState(
      profile: staging,
      screen: .transfers(
        TransfersState(
          rows: Array(all[window.visible]), window: window,
          filters: [
            .init(label: "All 8", isChosen: true), .init(label: "Unfinished 4"), .init(label: "To look at 2"), .init(label: "Accepted 1"),
          ], total: 0.64)),
      hints: hints([("Enter", "Details"), ("x", "Cancel"), ("r", "Retry"), ("q", "Back"), ("?", "Help")]), transfers: transfersSummary)
  }

  static func noTransfers(_ rows: Int) -> AppState {
    var state = transfers(rows)
    state.screen = .transfers(
      TransfersState(
        window: ListWindow(rows: rows),
        filters: [
          .init(label: "All 8"), .init(label: "Unfinished 0", isChosen: true), .init(label: "To look at 2"), .init(label: "Accepted 1"),
        ],
        emptiness: "Nothing is unfinished. f shows the others."))
    return state
  }

  static func transfersFind(_ rows: Int) -> AppState {
    var state = transfers(rows)
    guard case .transfers(var transfers) = state.screen else { return state }
    transfers.search = TextField("smith 25-nov")
    state.screen = .transfers(transfers)
    return state
  }

  /// What was replaced and taken back, and what has done so.
  static func transfersCorrected(_ rows: Int) -> AppState {
    func row(_ glyph: TransferGlyph, _ state: DisplayText, _ file: DisplayText, _ kind: DisplayText, _ bytes: DisplayText) -> TransferRow {
      TransferRow(
        glyph: glyph, state: state, file: Redacted(file), patient: Redacted("SMITH, Ann Mary"), identity: Redacted("24-Jul-1982"),
        kind: kind, when: "25-Nov", bytes: bytes)
    }
    var all = [
      row(.queued, "queued", "letter.pdf", "takes back", ""),
      row(.accepted, "accepted by Redox", "consent, page 2.pdf", "replaces", "152 KB"),
      row(.arrived, "found at the destination", "echo.dcm", "Media", "12 MB"),
      row(.takenBack, "being taken back", "letter.pdf", "Media", "80 KB"),
      row(.replaced, "perhaps replaced", "scan.png", "Note", "1.4 MB"), row(.replaced, "replaced", "consent.pdf", "Media", "76 KB"),
    ]
    let window = ListWindow(count: all.count, cursor: 5, rows: rows)
    all[window.cursor].isUnderCursor = true
    var state = transfers(rows)
    state.screen = .transfers(
      TransfersState(
        rows: Array(all[window.visible]), window: window, narrowing: "SMITH, Ann Mary · 24-Jul-1982 · 25-Nov-2026", place: "6 of 8"))
    return state
  }

  static func narrowing(_ rows: Int) -> AppState {
    var state = transfers(rows)
    state.dialog = .pick(
      PickState(
        title: "Show only",
        rows: [
          .init(label: "This patient", detail: "SMITH, Ann Mary · 24-Jul-1982", isCurrent: true, isUnderCursor: true),
          .init(label: "This day", detail: "25-Nov-2026"), .init(label: "This state", detail: "waiting for Redox's answer"),
          .init(label: "All again"), .init(label: "Another profile", detail: "now main"),
        ], window: ListWindow(count: 5, rows: 5)))
    return state
  }

  static func detailsReplaced(_ rows: Int) -> AppState {
    var state = transfers(8)
    state.dialog = .transferDetails(
      TransferDetails(
        title: "consent.pdf", glyph: .replaced, state: "accepted by Redox, replaced",
        explanation: [
          "Replaced by consent, page 2.pdf, 25-Nov-2026 14:05: accepted by Redox.",
          "Redox has queued it. That is not yet proof that it is in the chart.",
        ],
        values: [
          LabelledValue("Document", "consent.pdf"), LabelledValue("Patient", "SMITH, Ann Mary · 24-Jul-1982 · MR 0000000002"),
          LabelledValue("Attempts", "25-Nov-2026 14:03, message: Redox is busy (503)"),
          LabelledValue("", "25-Nov-2026 14:04, message: done (200), 76 KB sent"),
        ], window: ListWindow(count: 7, rows: rows)))
    return state
  }

  static func decision(_ rows: Int) -> AppState {
    var state = transfers(rows)
    state.dialog = .pick(
      PickState(
        title: "It may be in the chart, or not. What now?",
        rows: [
          .init(label: "Ask the destination", detail: "by its document number; changes nothing", isUnderCursor: true),
          .init(label: "It has arrived", detail: "I have seen it in the chart"),
          .init(label: "Send it again", detail: "with the same document number"),
          .init(label: "Give it up", detail: "it is not sent again"),
        ], window: ListWindow(count: 4, rows: 4)))
    return state
  }

  static func details(_ rows: Int) -> AppState {
    var state = transfers(8)
    state.dialog = .transferDetails(
      TransferDetails(
        title: "notes.txt", glyph: .refused, state: "refused",
        explanation: ["Redox understood the message and said no.", "Correct the field that it names, and send the document again."],
        values: [
          LabelledValue("Document", "notes.txt"), LabelledValue("Patient", "SMITH, Ann Mary"),
          LabelledValue("Message", "Note, as Redox Notes New"),
          LabelledValue("Number", "af394f14-b34a-464f-8d24-895f370af4c9"), LabelledValue("HTTP status", "400"),
        ],
        words: ["Patient.Identifiers[0].ID is required.", "Your message has been rejected by the destination's validation."],
        whereToLook: "Redox dashboard → Logs → Staging, around 14:32 on 22-Nov-2026, search for 5b1f",
        window: ListWindow(count: 11, rows: rows)))
    return state
  }

  static func reviewRetraction(_ rows: Int) -> AppState {
    var state = review()(rows)
    guard case .review(var review) = state.screen else { return state }
    review.documents = []
    review.warnings = []
    review.message = [
      LabelledValue("Action", "Takes the document back"), LabelledValue("Document", "consent to treatment, signed.pdf"),
      LabelledValue("Message", "Media, as Redox Media New"), LabelledValue("Number", "af394f14-b34a-464f-8d24-895f370af4c9"),
      LabelledValue("Afterwards", "Redox queues the wish; whether the destination heeds it is its own affair."),
    ]
    state.screen = .review(review)
    return state
  }

  static func question(_: Int) -> AppState {
    var state = browse()(20)
    state.dialog = .confirm(
      ConfirmState(
        title: "Transfers are running",
        lines: ["2 transfers are not finished.", "If you leave now, the screen closes and they are finished first."],
        choices: [.init(key: "Enter", label: "Stay"), .init(key: "y", label: "Leave, finish them")]))
    return state
  }
}
