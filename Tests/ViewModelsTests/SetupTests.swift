import SafeText
import Synchronization
import SystemPackage
import Testing
import TransferEngine
@testable import ViewModels

@MainActor
@Suite("The first start", .timeLimit(.minutes(2)))
struct SetupTests {
  private final class Service: SetupService {
    struct Script: Sendable {
      var rosterComplaint: DisplayText?
      var keyError: SetupError?
      var accepts = true
      var writeError: SetupError?
      var examined: [ProfileDraft] = []
      var written: [ProfileDraft] = []
    }
    let script = Mutex(Script())

    func complaint(aboutRoster path: String) async -> DisplayText? { script.withLock { $0.rosterComplaint } }

    func prepareKey(for draft: ProfileDraft) async throws(SetupError) -> SetupKey {
      if let error = script.withLock({ $0.keyError }) { throw error }
      return SetupKey(
        id: "thumbprint", file: "/home/ann/.config/chartdrop/main-key.pem", publicSet: #"{"keys":[{"kty":"EC"}]}"#,
        publicFile: "/home/ann/.config/chartdrop/main-jwks.json")
    }

    func examine(_ draft: ProfileDraft, key: SetupKey) async -> [DoctorFinding] {
      script.withLock {
        $0.examined.append(draft)
        return [
          $0.accepts
            ? DoctorFinding("token", .ok, "Redox accepts the key.")
            : DoctorFinding("token", .fail, "Redox does not know the key.", remedy: "Wait.")
        ]
      }
    }

    func write(_ draft: ProfileDraft, key: SetupKey) async throws(SetupError) {
      if let error = script.withLock({ $0.writeError }) { throw error }
      script.withLock { $0.written.append(draft) }
    }
  }

  @MainActor private struct User {
    let service = Service()
    let model: SetupModel

    init() { model = SetupModel(service: service) { $0.hasPrefix("/") || $0.hasPrefix("~/") ? $0 : "/srv/" + $0 } }

    func press(_ keys: Key...) async {
      for key in keys {
        model.handle([key])
        await model.idle()
      }
    }

    func type(_ text: String) async { for character in text { await press(.character(character)) } }

    var step: SetupState.Step? { if case .setup(let state) = model.state.screen { state.step } else { nil } }
    var form: EntryFormState? { if case .form(let form) = step { form } else { nil } }
    var page: SetupState.Page? { if case .key(let page) = step { page } else { nil } }
    var notice: String? { model.state.notice?.text.string }
    func value(_ label: DisplayText) -> String? {
      guard let input = form?.rows.first(where: { $0.label == label })?.input else { return nil }
      return switch input {
      case .text(let field): field.text
      case .choice(let value): value.string
      case .button: nil
      }
    }

    func fill() async {
      await press(.down, .enter)
      await press(.enter)
      await type("St. Elsewhere")
      await press(.enter)
      await type("af394f14-b34a-464f-8d24-895f370af4c9")
      await press(.enter, .enter, .enter)
      await type("client")
      await press(.enter)
      await type("patients.csv")
      await press(.enter, .enter)
    }
  }

  @Test("Enter tries the stand-in; q leaves with nothing chosen and nothing written")
  func welcome() async {
    let user = User()
    #expect(user.model.state.hints.first?.key == "Enter")
    await user.press(.enter)
    #expect(user.model.exit == .now)
    #expect(user.model.outcome == .sandbox)
    let other = User()
    await other.press(.character("q"))
    #expect(other.model.exit == .now)
    #expect(other.model.outcome == nil)
  }

  @Test("From nothing to a configuration: fields, key, test, done")
  func wholeWay() async {
    let user = User()
    await user.fill()
    await user.press(.enter)
    let text = user.page?.lines.map(\.text.string).joined(separator: "\n") ?? ""
    #expect(text.contains(#"{"keys":[{"kty":"EC"}]}"#))
    #expect(text.contains("main-jwks.json"))
    #expect(user.service.script.withLock { $0.written }.isEmpty)
    await user.press(.enter)
    #expect(user.notice == "Redox accepts the key. Enter saves the configuration and starts.")
    #expect(user.model.exit == nil)
    await user.press(.enter)
    #expect(user.model.outcome == .configured)
    let written = user.service.script.withLock { $0.written }
    #expect(written.map(\.clientID) == ["client"])
    #expect(written.map(\.destinationName) == ["St. Elsewhere"])
    #expect(written.map(\.roster) == ["/srv/patients.csv"], "A relative path is meant from where the program was started")
  }

  @Test("What is missing is marked, and the cursor goes there")
  func missing() async {
    let user = User()
    await user.press(.down, .enter)
    for _ in 0..<8 { await user.press(.enter) }
    await user.press(.enter)
    #expect(user.form?.rows.filter(\.isWrong).map(\.label) == ["Destination ID", "Client ID"])
    #expect(user.form?.rows.first { $0.isUnderCursor }?.label == "Destination ID")
    #expect(user.form?.remark != nil)
    await user.type("a")
    #expect(user.form?.remark == nil, "A field that is being mended is not scolded")
  }

  @Test("A patient list that cannot be read is said before anything is written")
  func roster() async {
    let user = User()
    user.service.script.withLock { $0.rosterComplaint = "Not there." }
    await user.fill()
    await user.press(.enter)
    #expect(user.form?.remark == "Not there.")
  }

  @Test("While Redox does not know the key one can test again, or finish all the same")
  func refused() async {
    let user = User()
    user.service.script.withLock { $0.accepts = false }
    await user.fill()
    await user.press(.enter, .enter, .enter)
    #expect(user.service.script.withLock { $0.examined.count } == 2)
    #expect(user.model.exit == nil)
    #expect(user.page?.lines.contains { $0.tone == .error && $0.text == "Redox does not know the key." } == true)
    await user.press(.character("W"))
    #expect(user.model.outcome == .configured)
  }

  @Test("What cannot be written is said, and nothing is lost")
  func unwritable() async {
    let user = User()
    user.service.script.withLock { $0.writeError = SetupError(reason: "The disk is full.") }
    await user.fill()
    await user.press(.enter, .character("W"))
    #expect(user.notice == "The disk is full.")
    #expect(user.model.exit == nil)
    await user.press(.escape)
    #expect(user.value("Client ID") == "client")
    user.service.script.withLock { $0.keyError = SetupError(reason: "No room.") }
    for _ in 0..<9 { await user.press(.enter) }
    #expect(user.notice == "No room.")
  }

  @Test("The environment is chosen with the arrows, and on top of every later screen")
  func environment() async {
    let user = User()
    await user.press(.down, .enter)
    #expect(user.model.state.profile.environment == .staging)
    await user.press(.right)
    #expect(user.value("Environment") == "Production")
    #expect(user.model.state.profile.isProduction)
    await user.press(.right)
    #expect(user.value("Environment") == "Development")
    await user.press(.left, .down)
    await user.type("ab")
    await user.press(.left)
    await user.type("x")
    #expect(user.value("Destination") == "axb", "In a text the arrows move the cursor")
  }

  @Test("Help shows the keys of each step, and Esc closes it")
  func help() async {
    let user = User()
    await user.press(.character("?"))
    guard case .help(let help) = user.model.state.dialog else {
      Issue.record("No help")
      return
    }
    #expect(help.title == "First start")
    await user.press(.escape)
    #expect(user.model.state.dialog == nil)
    await user.press(.down, .enter, .function(1), .escape)
    #expect(user.form != nil)
    user.model.hangUp()
    #expect(user.model.exit == .hungUp)
    #expect(user.model.outcome == nil)
  }
}
