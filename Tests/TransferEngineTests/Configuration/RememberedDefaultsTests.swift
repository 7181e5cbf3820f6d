import ClinicalMessages
import Foundation
import SystemPackage
import Testing
import TestSupport

@testable import TransferEngine

@Suite final class RememberedDefaultsTests {
  private let folder = FilePath(FileManager.default.temporaryDirectory.path + "/chartdrop-defaults-\(UInt64.random(in: 0...UInt64.max))")
  private var places: Places { Places(configuration: folder.appending("config.toml"), state: folder) }
  private var file: FilePath { folder.appending("defaults.json") }

  init() throws { try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: folder.string) }

  private func noted(_ kind: MessageKind = .media) -> RememberedDefaults {
    var defaults = RememberedDefaults()
    defaults.note(kind, Samples.draft(kind: kind).fields)
    return defaults
  }

  @Test func eachProfileHasItsOwnAndTheFileIsPrivate() async throws {
    let memory = DefaultsMemory.file(of: places)
    #expect(memory.load("main") == RememberedDefaults())
    await memory.save("main", noted(.media))
    await memory.save("ward", noted(.notes))
    let again = DefaultsMemory.file(of: places)
    #expect(again.load("main") == noted(.media))
    #expect(again.load("ward") == noted(.notes))
    #expect(again.load("other") == RememberedDefaults())
    let mode = try FileManager.default.attributesOfItem(atPath: file.string)[.posixPermissions] as? NSNumber
    #expect(mode?.int16Value == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.string) == ["defaults.json"])
  }

  @Test func nothingOfThePatientOrTheDocumentIsWritten() async throws {
    await DefaultsMemory.file(of: places).save("main", noted())
    let text = try String(contentsOfFile: file.string, encoding: .utf8)
    let fields = Samples.draft().fields
    for secret in [fields.title, "\"1234\"", fields.orderNumber, "Bixby", "0000000001", "2008", "2026", "consent.pdf"] {
      #expect(!text.contains(try #require(secret)), "\(secret ?? "")")
    }
    #expect(text.contains("59284-0"))
  }

  @Test(arguments: [
    "", "not JSON", "[]", "{\"main\": 7}", #"{"main": {"kind": "fax", "documentTypes": {"fhir": {"code": "53243-8", "display": "x"}}}}"#,
  ])
  func whatCannotBeReadIsAsGoodAsNone(text: String) async throws {
    #expect(FileManager.default.createFile(atPath: file.string, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]))
    let memory = DefaultsMemory.file(of: places)
    #expect(memory.load("main") == RememberedDefaults())
    await memory.save("main", noted())
    #expect(memory.load("main") == noted())
  }

  @Test func whatOthersCouldHaveWrittenIsNotRead() async throws {
    let memory = DefaultsMemory.file(of: places)
    await memory.save("main", noted())
    try FileManager.default.setAttributes([.posixPermissions: 0o660], ofItemAtPath: file.string)
    #expect(memory.load("main") == RememberedDefaults())
  }

  @Test func aLinkIsNotFollowedAndNotWrittenThrough() async throws {
    let elsewhere = folder.appending("elsewhere")
    try "mine".write(toFile: elsewhere.string, atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(atPath: file.string, withDestinationPath: elsewhere.string)
    await DefaultsMemory.file(of: places).save("main", noted())
    #expect(try String(contentsOfFile: elsewhere.string, encoding: .utf8) == "mine")
    #expect(DefaultsMemory.file(of: places).load("main") == noted())
  }

  @Test func aFolderThatCannotBeWrittenStopsNobody() async {
    let nowhere = Places(configuration: "/nonexistent/config.toml", state: "/nonexistent/state")
    await DefaultsMemory.file(of: nowhere).save("main", noted())
    #expect(DefaultsMemory.file(of: nowhere).load("main") == RememberedDefaults())
  }

  // MARK: Saving beside it

  @Test func savingNeverReplacesAndLeavesNothingHalf() async throws {
    let path = folder.appending("message.json")
    try await saveToDisk(path, Array("one".utf8))
    await #expect(throws: SaveError.exists) { try await saveToDisk(path, Array("two".utf8)) }
    #expect(try String(contentsOfFile: path.string, encoding: .utf8) == "one")
    await #expect(throws: SaveError.noFolder) { try await saveToDisk(self.folder.appending("no/where.json"), []) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.string) == ["message.json"])
  }
}
