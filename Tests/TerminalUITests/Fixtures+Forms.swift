import ClinicalMessages
import SafeText
import TransferEngine
import ViewModels

@testable import TerminalUI

/// Screens with lines to fill in, before there is a configuration and for a patient who is typed in.
extension Fixtures {
  static func setupWelcome(_: Int) -> AppState {
    AppState(
      profile: staging,
      screen: .setup(
        SetupState(
          step: .welcome([
            .init(
              label: "Try it out",
              about:
                "With invented patients and sample documents, on a stand-in for Redox inside the program. Nothing leaves this machine.",
              isUnderCursor: true),
            .init(
              label: "Set up the connection to Redox", about: "You need your organisation's access to Redox's dashboard.",
              isUnderCursor: false),
          ]))),
      hints: hints([("Enter", "Choose"), ("q", "Quit"), ("?", "Help")]))
  }

  static func setupForm(_ rows: Int) -> AppState {
    let all: [EntryFormState.Row] = [
      .init(label: "Environment", input: .choice("Staging")), .init(label: "Destination", input: .text(TextField("St. Elsewhere"))),
      .init(label: "Destination ID", input: .text(TextField("af394f14-b34a-464f-8d24")), isUnderCursor: true, isWrong: true),
      .init(label: "Short name", input: .text(TextField())), .init(label: "Source ID", input: .text(TextField())),
      .init(label: "Client ID", input: .text(TextField())), .init(label: "Patient list", input: .text(TextField("~/patients.csv"))),
      .init(label: "Profile's name", input: .text(TextField("main"))), .init(label: "Go on: make a key pair", input: .button),
    ]
    let window = ListWindow(count: all.count, cursor: 2, rows: rows)
    return AppState(
      profile: staging,
      screen: .setup(
        SetupState(
          step: .form(
            .init(
              rows: Array(all[window.visible]), window: window, about: "Redox's dashboard shows it with the destination.",
              remark: "This does not look like an ID of Redox: 8-4-4-4-12 digits and letters a to f.")))),
      hints: hints([("Enter", "Next"), ("Esc", "Back"), ("F1", "Help")]))
  }

  static func setupKey(_ rows: Int) -> AppState {
    let all: [SetupState.Page.Line] = [
      .init("1. Give Redox the public key (Staging)", .strong), .init("Add the text below as its public key."),
      .init(#"{"keys":[{"alg":"ES384","crv":"P-384","#, .code), .init(#""kid":"abc"}]}"#, .code),
      .init("The same text is in the file ~/.config/chartdrop/main-jwks.json", .dim), .init(""), .init("2. Test the connection", .strong),
      .init("The state folder is private and can be written to.", .good), .init("The profile has no roster.", .warning),
      .init("Redox does not know the key.", .error), .init("Wait until it is saved."),
    ]
    let window = ListWindow(count: all.count, cursor: 0, rows: rows)
    return AppState(
      profile: staging, screen: .setup(SetupState(step: .key(.init(lines: Array(all[window.visible]), window: window)))),
      hints: hints([("Enter", "Test"), ("W", "Finish"), ("q", "Back"), ("?", "Help")]))
  }

  static func patientForm(_ rows: Int) -> AppState {
    let all: [EntryFormState.Row] = [
      .init(label: "Family name", input: .text(TextField("Okafor"))), .init(label: "Given names", input: .text(TextField("Ngozi Ada"))),
      .init(label: "Birth date", input: .text(TextField("1990-03-05"))), .init(label: "Gender", input: .choice("female")),
      .init(label: "Number", input: .text(TextField("9901"))),
      .init(label: "Number, again", input: .text(TextField("9910")), isUnderCursor: true, isWrong: true),
      .init(label: "Kind of number", input: .text(TextField("MR"))), .init(label: "Issuer", input: .text(TextField())),
      .init(label: "Take this patient", input: .button),
    ]
    let window = ListWindow(count: all.count, cursor: 5, rows: rows)
    return AppState(
      profile: staging,
      screen: .patient(
        PatientState(
          phase: .ready, total: 60,
          form: EntryFormState(
            rows: Array(all[window.visible]), window: window,
            about: "Once more, read anew from its source: one wrong digit is another patient.",
            remark: "The two numbers differ. Compare both with their source."))),
      notice: Notice(.warning, "Something is missing or does not fit; it is marked."),
      hints: hints([("Enter", "Next"), ("Esc", "Back"), ("F1", "Help")]), transfers: transfersSummary)
  }
}
