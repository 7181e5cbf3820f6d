import ClinicalMessages
import Documents
import SafeText
import Synchronization
import TestSupport
import Testing
import TransferEngine
@testable import ViewModels

@MainActor
@Suite("Whom, which number, and what was used last", .timeLimit(.minutes(2)))
struct MessageFieldTests {
  private func picker(_ user: RobotUser) -> PickerState? {
    if case .picker(let state) = user.app.state.dialog { state } else { nil }
  }

  private func provider(_ user: RobotUser) -> Provider? { user.app.message?.plan.draft.fields.provider }

  private func openProviders(_ user: RobotUser) async {
    await user.goToForm()
    await user.focus(.provider)
    await user.press(.enter)
  }

  // MARK: Provider

  @Test("The sender comes first, then the site's list, then nobody where nobody is needed")
  func providers() async throws {
    let user = try await RobotUser()
    await openProviders(user)
    #expect(picker(user)?.rows.map(\.name.string) == ["GRANITE, Pat MD, PhD", "CHALK, Sharon", "No provider"])
    #expect(picker(user)?.rows.first?.note == "me")
    await user.press(.down, .enter)
    #expect(provider(user) == Samples.otherProvider)
    #expect(user.field(.provider)?.value.reveal() == "CHALK, Sharon (NPI 1000000004)")
    #expect(user.field(.providerFamily) == nil, "Whose name is known, is not typed")
    await user.press(.enter)
    #expect(picker(user)?.rows.first { $0.isUnderCursor }?.name == "CHALK, Sharon", "The cursor is on the one in force")
    await user.type("me")
    await user.press(.enter)
    #expect(provider(user) == Samples.provider)
    await user.press(.enter, .control("u"), .down, .down, .enter)
    #expect(provider(user) == nil)
  }

  @Test("Media and Notes cannot do without a provider, so nobody is not offered")
  func required() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.press(.character("2"))
    await user.focus(.provider)
    await user.press(.enter)
    #expect(picker(user)?.rows.count == 2)
  }

  @Test("A typed NPI is taken only when its check digit is right; then a name can be given")
  func typedNumber() async throws {
    let user = try await RobotUser()
    user.service.script { $0.providers = [Samples.provider] }
    await openProviders(user)
    await user.type("1000000005")
    await user.press(.enter)
    #expect(user.notice?.contains("check digit is wrong") == true)
    #expect(provider(user) == Samples.provider)
    await user.press(.control("u"))
    await user.type("123")
    #expect(picker(user)?.rows.count == 1, "It is part of a number that is known")
    await user.press(.control("u"))
    await user.type("999")
    #expect(picker(user)?.remark?.string.contains("ten digits") == true)
    await user.press(.control("u"))
    await user.type("1000000004")
    await user.press(.enter)
    #expect(provider(user) == Provider(id: "1000000004"))
    await user.focus(.providerFamily)
    await user.press(.enter)
    await user.type("Chalk")
    await user.press(.enter)
    #expect(provider(user)?.family == "Chalk")
    #expect(user.field(.provider)?.value.reveal() == "CHALK (NPI 1000000004)")
  }

  @Test("Where providers have the site's own numbers, such a number is taken as it is")
  func ownNumbers() {
    let own = Provider(id: "D-77", idType: "EHRID", family: "Chalk")
    var picker = FieldPicker.provider([own], own: own, current: own, isRequired: true)
    for character in "E-99" { _ = picker.type(.character(character)) }
    #expect(picker.choice == .provider(Provider(id: "E-99", idType: "EHRID")))
    _ = picker.type(.control("u"))
    for character in "nobody" { _ = picker.type(.character(character)) }
    #expect(picker.choice == nil)
  }

  // MARK: Document type

  @Test("Every row says which group it belongs to, and a group is found by its name")
  func groups() {
    var picker = FieldPicker.documentType(current: CodedValue(code: "34109-9", display: "Our own word"))
    #expect(picker.choice == .documentType(CodedValue(code: "34109-9", display: "Note")), "Found by its code")
    for character in "consent and legal" { _ = picker.type(.character(character)) }
    picker.setRows(100)
    let group = DocumentTypeCatalog.groups.first { $0.name == "Consent and legal" }
    #expect(picker.state.rows.map(\.code.string) == group?.types.map(\.code))
    #expect(picker.state.rows.allSatisfy { $0.note == "Consent and legal" })
  }

  // MARK: Numbers

  private func send(_ user: RobotUser, visit: String) async {
    await user.focus(.visitNumber)
    await user.press(.enter)
    await user.type(visit)
    await user.press(.enter, .character("S"), .character("y"))
  }

  @Test("A visit number is offered again for the same patient, and for nobody else")
  func recentNumbers() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await send(user, visit: "V-1")
    await user.press(.character("q"), .down, .enter)
    await send(user, visit: "V-2")
    await user.press(.character("q"), .down, .enter)
    #expect(user.field(.visitNumber)?.value.reveal() == "", "It is offered and not filled in")
    await user.focus(.visitNumber)
    await user.press(.enter)
    #expect(user.notice == "Sent for this patient before: V-2, V-1. ↓ takes one.")
    await user.press(.down)
    #expect(user.field(.visitNumber)?.editor?.text == "V-2")
    await user.press(.down, .down)
    #expect(user.field(.visitNumber)?.editor?.text == "V-1")
    await user.press(.up, .enter)
    #expect(user.app.message?.plan.draft.fields.visitNumber == "V-2")

    await user.press(.character("p"))
    await user.type("carthwright")
    await user.press(.enter)
    await user.focus(.visitNumber)
    await user.press(.enter, .down)
    #expect(user.field(.visitNumber)?.editor?.text == "")
    #expect(user.notice == "No such number was sent for this patient since the program was started.")
  }

  @Test("Whatever can be in a message is in its form and on the review: nothing travels unseen", arguments: MessageKind.allCases)
  func nothingUnseen(kind: MessageKind) async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.press(.character("4"))
    await user.focus(.orderNumber)
    await user.press(.enter)
    await user.type("O-9")
    await user.press(.enter)
    await user.focus(.completion)
    await user.press(.right)
    await user.focus(.proceed)
    await user.press(.character(["1", "2", "3", "4"][MessageKind.allCases.firstIndex(of: kind) ?? 0]))
    #expect(user.message?.kind == kind)
    #expect(user.field(.orderNumber)?.value.reveal() == "O-9")
    #expect(user.field(.completion)?.value.reveal() == "preliminary")
    await user.press(.character("S"))
    let values = (user.review?.message ?? []).map { $0.value.reveal().string }
    #expect(values.contains("O-9"))
    #expect(values.contains("preliminary"))
  }

  // MARK: What was used last

  @Test("Kind, type, provider and completion are kept for the next form; nothing about the patient or the document is")
  func remembering() {
    var defaults = RememberedDefaults()
    var fields = Samples.draft(kind: .notes).fields
    fields.completion = .preliminary
    fields.confidentiality = .veryRestricted
    defaults.note(.notes, fields)
    #expect(defaults.kind == .notes)
    let next = MessageFields(documentType: CodedValue(code: "34109-9", display: "Note")).remembering(defaults, for: .notes)
    #expect(next == MessageFields(documentType: fields.documentType, provider: Samples.provider, completion: .preliminary))
    let other = MessageFields(documentType: CodedValue(code: "34109-9", display: "Note")).remembering(defaults, for: .fhir)
    #expect(other.documentType.code == "34109-9", "The type belongs to the kind")
  }

  @Test("What was sent is remembered once; cancelling remembers nothing; the next start begins there")
  func memory() async throws {
    let kept = KeptDefaults()
    let user = try await RobotUser(memory: kept.memory)
    await user.goToForm()
    await user.press(.character("3"), .character("S"), .enter)
    #expect(kept.saved.isEmpty)
    await user.press(.character("S"), .character("y"))
    #expect(kept.saved.map(\.kind) == [.notes])
    let next = try await RobotUser(memory: kept.memory)
    await next.goToForm()
    #expect(next.message?.kind == .notes)
    await next.press(.character("S"), .character("y"))
    #expect(kept.saved.count == 1, "Nothing new, nothing written")
  }

  @Test("A type that the file asked for is not the next file's; one that was chosen is")
  func typeOfFile() async throws {
    let user = try await RobotUser()
    let before = CodedValue(code: "18748-4", display: "Diagnostic imaging study")
    user.service.script { $0.documentTypes["application/pdf"] = before }
    await user.goToReview()
    #expect(user.review?.message.contains { $0.value.reveal().string.contains("18748-4") } == true)
    await user.press(.character("y"))
    #expect(user.app.session.remembered.documentTypes.isEmpty)
    await user.press(.character("q"), .down, .enter, .character("d"))
    await user.type("59284-0")
    await user.press(.enter, .character("S"), .character("y"))
    #expect(user.app.session.remembered.documentTypes.values.map(\.code) == ["59284-0"])
  }
}

/// Keeps defaults as the file does.
private final class KeptDefaults: Sendable {
  private let all = Mutex<[RememberedDefaults]>([])

  var saved: [RememberedDefaults] { all.withLock { $0 } }

  var memory: DefaultsMemory {
    DefaultsMemory(
      load: { _ in self.saved.last ?? RememberedDefaults() },
      save: { _, defaults in self.all.withLock { $0.append(defaults) } })
  }
}
