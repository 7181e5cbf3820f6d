import ClinicalMessages
import Documents
import Foundation
import SafeText
import SystemPackage
import TestSupport
import Testing
import TransferEngine
@testable import ViewModels

@MainActor
@Suite("The preview", .timeLimit(.minutes(2)))
struct PreviewTests {
  private func robot(_ problems: [Problem] = []) async throws -> RobotUser {
    let user = try await RobotUser()
    user.service.script { $0.problems = problems }
    await user.goToForm()
    await user.press(.character("v"))
    user.app.setViewport(Viewport(rows: 200, columns: 80))
    return user
  }

  private func text(_ line: PreviewLine?) -> String {
    (line?.tokens ?? []).map { $0.text.reveal().string }.joined().trimmingSpaces
  }

  private func texts(_ user: RobotUser) -> [String] { (user.preview?.lines ?? []).map(text) }
  private func underCursor(_ user: RobotUser) -> String { text(user.preview?.lines.first { $0.isUnderCursor }) }

  @Test("A block folds into its first line and unfolds again; nothing else is lost")
  func folding() async throws {
    let user = try await robot()
    let all = texts(user)
    // As much is folded as lets the rest be seen at once.
    user.app.setViewport(Viewport(rows: 30, columns: 80))
    await user.press(.character("z"))
    let folded = texts(user)
    #expect(user.preview?.window.count == folded.count)
    #expect(folded.contains { $0.contains("{ ⟨DocumentReference, ") && $0.contains(" lines⟩ }") }, "\(folded)")
    #expect(user.preview?.lineCount == all.count)
    await user.press(.character("z"))
    user.app.setViewport(Viewport(rows: 200, columns: 80))
    #expect(texts(user) == all)

    // On a line inside a block Enter folds the block around it, and the cursor stays on that.
    let inside = try #require(all.firstIndex { $0.hasPrefix("\"family\": \"Bixby\"") })
    for _ in 0..<inside { await user.press(.down) }
    await user.press(.enter)
    #expect(underCursor(user).hasPrefix("{ ⟨"), "The name's own object")
    #expect(!texts(user).contains { $0.hasPrefix("\"family\": \"Bixby\"") })
    await user.press(.enter)
    #expect(texts(user) == all)
  }

  @Test("Folding hides what lies between the brackets and no more, whatever is folded")
  func foldingKeepsOrder() {
    var folding = JSONFolding(JSONPreview(of: Samples.message(), document: Samples.document).lines)
    for line in folding.lines.indices {
      _ = folding.toggle(line)
      #expect(folding.shown == folding.shown.sorted())
      let hidden = Set(folding.lines.indices).subtracting(folding.shown)
      let expected = Set(folding.folded.flatMap { ($0 + 1)...(folding.lines[$0].closingLine ?? $0) })
      #expect(hidden == expected)
      folding.reveal(line)
      #expect(folding.shown.contains(line))
      #expect(folding.shown[folding.row(of: line)] == line)
    }
  }

  @Test("Finding goes there while typing, whatever the case, also into folded blocks; n and N go on around the end")
  func searching() async throws {
    let user = try await robot()
    await user.press(.character("z"), .character("/"))
    await user.type("birthd")
    #expect(underCursor(user).hasPrefix("\"birthDate\""))
    guard case .search(let field, let found) = user.preview?.prompt else {
      Issue.record("The search should be open")
      return
    }
    #expect(field.text == "birthd")
    #expect(found == "1 line")
    await user.press(.enter)
    #expect(user.preview?.prompt == PreviewState.Prompt.none)
    let match = user.preview?.lines.first { $0.isUnderCursor }?.tokens.first { $0.isMatch }
    #expect(match?.text.reveal() == "birthD")
    #expect(match?.kind == .key)

    await user.press(.character("/"))
    await user.type("urn:uuid:")
    await user.press(.enter)
    var places: [Int] = []
    for _ in 0..<40 {
      places.append(user.preview?.lines.first { $0.isUnderCursor }?.number ?? 0)
      await user.press(.character("n"))
    }
    let distinct = Set(places)
    #expect(distinct.count > 3 && distinct.count < 40, "It came around")
    await user.press(.character("N"))
    #expect(distinct.contains(user.preview?.lines.first { $0.isUnderCursor }?.number ?? 0))
  }

  @Test("Escape goes back to where the search began and looks for nothing any more")
  func leavingSearch() async throws {
    let user = try await robot()
    await user.press(.down, .down)
    let before = user.preview?.window.cursor
    await user.press(.character("/"))
    await user.type("birthDate")
    await user.press(.escape)
    #expect(user.preview?.window.cursor == before)
    await user.press(.character("n"))
    #expect(user.notice == "Nothing is looked for. Press / and type a word.")
    await user.press(.character("/"))
    await user.type("zzz")
    await user.press(.enter)
    #expect(user.notice == "It is nowhere in this message.")
    #expect(user.preview?.window.cursor == before)
  }

  @Test("Each problem is gone to in turn: to its line in the JSON, or to its field in the form")
  func problems() async throws {
    let user = try await robot([
      Problem(.error, field: "Provider", reason: "The provider has no number.", remedy: "Type it."),
      Problem(.warning, field: "Patient's birth date", reason: "It looks odd.", remedy: "Check it."),
      Problem(.warning, field: "Visit number", reason: "Some destinations need one.", remedy: "Type it."),
    ])
    await user.press(.character("e"))
    #expect(user.notice == "Problem 1 of 3 · Provider: The provider has no number.")
    #expect(user.preview != nil)
    await user.press(.character("e"))
    #expect(underCursor(user) == "\"birthDate\": \"1982-07-24\"" || underCursor(user) == "\"birthDate\": \"1982-07-24\",")
    #expect(user.preview?.problems.first?.field == "Patient's birth date", "The one that was gone to is shown first")
    // The visit is not in the message, since there is none: so the form.
    await user.press(.character("e"))
    #expect(user.field(.visitNumber)?.isFocused == true)
    #expect(user.notice == "Problem 3 of 3 · Visit number: Some destinations need one.")
    await user.press(.character("e"))
    #expect(user.message != nil)
    #expect(user.notice?.hasPrefix("Problem 1 of 3") == true)
    await user.press(.character("E"))
    #expect(user.field(.visitNumber)?.isFocused == true)
  }

  @Test("Without a problem the key says so")
  func noProblem() async throws {
    let user = try await robot()
    await user.press(.character("e"))
    #expect(user.notice == "There is no problem.")
  }

  @Test(
    "A field is found in every kind of message that has it", arguments: MessageKind.allCases,
    [DeliveryMethod.embed, .upload])
  func locating(kind: MessageKind, method: DeliveryMethod) throws {
    let preview = JSONPreview(of: Samples.message(kind: kind, method: method), document: Samples.document)
    let locator = FieldLocator(lines: preview.lines, kind: kind)
    func line(_ field: DisplayText) throws -> String {
      preview.lines[try #require(locator.line(of: field), "\(field) in \(kind)")].text.string
    }
    #expect(try line("Title").contains(kind == .results ? "Notes" : "Consent to the operation"))
    #expect(try line("Document type").contains(kind == .fhir ? "\"type\"" : kind == .results ? "59284-0" : "Patient Consent"))
    #expect(try line("Visit number").contains(kind == .fhir ? "{" : "1234"))
    #expect(try line("Patient's birth date").contains("2008-01-06"))
    #expect(try line("Service date").contains(kind == .fhir ? "period" : "DateTime"))
    #expect(try line("Order number").contains(kind == .fhir ? "related" : "157968300"))
    _ = try line("Provider")
    _ = try line("Document")
    #expect(locator.line(of: "Confidentiality") == nil)
    #expect(locator.line(of: "Nothing of ours") == nil)
  }

  // MARK: Saving

  @Test("It is saved under the name that was typed, with the file left out, and the screen says what it holds")
  func saving() async throws {
    let user = try await robot()
    await user.press(.character("W"))
    guard case .save(let field, nil) = user.preview?.prompt else {
      Issue.record("The name should be asked for")
      return
    }
    #expect(field.text == "~/fhir-message.json")
    await user.press(.enter)
    #expect(user.preview?.prompt == PreviewState.Prompt.none)
    #expect(user.notice?.contains("It holds patient data") == true)
    let path = user.folder.path.string + "/fhir-message.json"
    let saved = try Data(contentsOf: URL(fileURLWithPath: path))
    let object = try #require(try JSONSerialization.jsonObject(with: saved) as? [String: Any])
    #expect(object["resourceType"] as? String == "Bundle")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
    #expect(mode?.int16Value == 0o600)
    #expect(String(decoding: saved, as: UTF8.self).contains("⟨base64, 150,000 bytes of consent.pdf⟩"))
  }

  @Test("A file that is there is never overwritten; the name can be corrected")
  func noOverwriting() async throws {
    let user = try await robot()
    try user.folder.add("mine.json")
    await user.press(.character("W"), .control("u"))
    await user.type("mine.json")
    await user.press(.enter)
    guard case .save(let field, let remark?) = user.preview?.prompt else {
      Issue.record("The name should be asked for again")
      return
    }
    #expect(field.text == "mine.json")
    #expect(remark.string.contains("/mine.json exists already"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: user.folder.path.string + "/mine.json")).isEmpty)
    await user.press(.control("u"))
    await user.type("nowhere/x.json")
    await user.press(.enter)
    guard case .save(_, let second?) = user.preview?.prompt else {
      Issue.record("The name should be asked for once more")
      return
    }
    #expect(second == "There is no such folder. Type another name.")
    await user.press(.escape)
    #expect(user.preview?.prompt == PreviewState.Prompt.none)
  }
}

extension String {
  fileprivate var trimmingSpaces: String { String(drop { $0 == " " }) }
}
