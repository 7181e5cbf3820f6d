import ClinicalMessages
import Documents
import Patients
import SafeText
import TestSupport
import Testing
import TransferEngine
@testable import ViewModels
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@MainActor
@Suite("The form", .timeLimit(.minutes(2)))
struct MessageTests {
  @Test("The kind changes by digit, by letter and by arrow; what was typed stays")
  func kinds() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.focus(.title)
    await user.press(.enter)
    await user.type("Consent")
    await user.press(.enter)
    await user.focus(.proceed)
    await user.press(.character("4"))
    #expect(user.message?.kind == .results)
    #expect(user.field(.title)?.value.reveal() == "Consent")
    await user.press(.character("t"))
    #expect(user.message?.kind == .fhir)
    await user.focus(.kind)
    await user.press(.right)
    #expect(user.message?.kind == .media)
    #expect(user.message?.kinds.filter(\.isChosen).map(\.kind) == [.media])
    #expect(user.app.message?.plan.draft.fields.title == "Consent")
  }

  @Test("A digit on a text field changes no kind")
  func digitOnText() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.focus(.visitNumber)
    await user.press(.character("4"))
    #expect(user.message?.kind == .fhir)
    #expect(user.notice == "Press Enter to type into this field.")
  }

  @Test("Escape leaves a field as it was; letters in it are text and no commands")
  func escape() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.focus(.title)
    await user.press(.enter)
    await user.type("qSvwp")
    #expect(user.field(.title)?.editor?.text == "qSvwp")
    await user.press(.escape)
    #expect(user.field(.title)?.value.reveal() == "")
    #expect(user.message != nil)
  }

  @Test("A pasted title is one line of text")
  func paste() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.focus(.title)
    await user.press(.enter, .paste("Consent\nto\tthe operation\r\n"), .enter)
    #expect(user.app.message?.plan.draft.fields.title == "Consent to the operation")
  }

  @Test("A date is read as local time, and a wrong one keeps the field open")
  func dates() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.focus(.serviceDate)
    await user.press(.enter)
    await user.type("2026-02-30")
    await user.press(.enter)
    #expect(user.field(.serviceDate)?.editor != nil)
    #expect(user.field(.serviceDate)?.remark?.string.hasPrefix("Not a date") == true)
    await user.press(.control("u"))
    await user.type("2026-01-02 00:30")
    await user.press(.enter)
    #expect(user.app.message?.plan.draft.fields.serviceDate?.timeIntervalSince1970 == 1_767_310_200, "23:30 UTC on the day before")
    #expect(user.field(.serviceDate)?.value.reveal() == "2026-01-02 00:30")
  }

  @Test("The document type is found by word; a typed code is taken only when its check digit is right")
  func documentTypes() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.press(.character("d"))
    await user.type("discharge summ")
    await user.press(.enter)
    #expect(user.app.message?.plan.draft.fields.documentType.code == "18842-5")
    await user.press(.character("d"))
    await user.type("53243-8")
    await user.press(.enter)
    #expect(user.notice?.contains("check digit is wrong") == true)
    #expect(user.app.message?.plan.draft.fields.documentType.code == "18842-5")
    await user.press(.control("u"))
    await user.type("53243-2")
    await user.press(.enter)
    #expect(user.app.message?.plan.draft.fields.documentType.code == "53243-2")
    #expect(user.app.state.dialog == nil)
  }

  @Test("Either way can be forced, and a closed one says why")
  func method() async throws {
    let user = try await RobotUser()
    user.service.script { $0.closed = [.upload: "Redox takes no uploads from a Development environment."] }
    await user.goToForm()
    await user.focus(.method)
    #expect(user.field(.method)?.remark == "Not by upload: Redox takes no uploads from a Development environment.")
    await user.press(.right)
    #expect(user.app.message?.plan.draft.forcedMethod == .embed)
    await user.press(.right)
    #expect(user.app.message?.plan.draft.forcedMethod == .upload)
    await user.press(.right)
    #expect(user.app.message?.plan.draft.forcedMethod == nil)
  }

  @Test("Going back to the files and on again keeps what was typed; another file does not inherit it")
  func keeping() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.focus(.title)
    await user.press(.enter)
    await user.type("Mine")
    await user.press(.enter, .escape)
    #expect(user.browse?.rows.first?.isChosen == true)
    await user.press(.character("c"))
    #expect(user.field(.title)?.value.reveal() == "Mine")
    await user.press(.escape, .down, .enter)
    #expect(user.field(.title)?.value.reveal() == "")
  }

  @Test("The preview scrolls both ways and stays inside its text")
  func preview() async throws {
    let user = try await RobotUser()
    await user.goToForm()
    await user.press(.character("v"))
    user.app.setViewport(Viewport(rows: 10, columns: 40))
    let count = try #require(user.preview?.window.count)
    #expect(user.preview?.lines.map(\.number) == Array(1...10))
    await user.press(.end)
    #expect(user.preview?.lines.last?.number == count)
    for _ in 0..<5 { await user.press(.down) }
    #expect(user.preview?.lines.last?.number == count)
    await user.press(.left)
    #expect(user.preview?.leftColumn == 0)
    await user.press(.right, .right)
    #expect(user.preview?.leftColumn == 16)
    let text = user.app.message.map {
      PreviewPane($0.plan, viewport: Viewport(rows: 10_000, columns: 80)).state($0).lines.map {
        $0.tokens.map { $0.text.reveal().string }.joined()
      }
    }
    #expect(text?.contains { $0.contains("⟨base64, 150,000 bytes of consent.pdf⟩") } == true)
    #expect(text?.first == "{")
  }
}

extension RobotUser {
  /// Moves to a field with the arrow keys.
  func focus(_ field: FormField) async {
    await press(.home)
    for _ in 0..<20 where self.field(field)?.isFocused != true { await press(.down) }
  }
}
