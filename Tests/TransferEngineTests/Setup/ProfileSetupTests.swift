import ClinicalMessages
import Foundation
import RedoxAPI
import SafeText
import SystemPackage
import TestSupport
import Testing
import TransferEngine

@Suite("Setting up a first profile")
struct ProfileSetupTests {
  private let folder: TemporaryFolder
  private let places: Places

  init() throws {
    folder = try TemporaryFolder()
    places = Places(
      configuration: folder.path.appending("config/config.toml"), siteConfiguration: folder.path.appending("no-site"),
      state: folder.path.appending("state"), home: folder.path)
  }

  private func setup(answer: DestinationError? = nil) -> ProfileSetup {
    ProfileSetup(
      places: places, environment: [:], destination: { _ throws(DestinationError) in TokenOnly(error: answer, skew: 0) },
      connect: { _, _ in .connected })
  }

  private var draft: ProfileDraft {
    var draft = ProfileDraft()
    draft.destinationID = "af394f14-b34a-464f-8d24-895f370af4c9"
    draft.destinationSlug = "redox-emr"
    draft.destinationName = #"St. "Else" \ where"#
    draft.clientID = "client"
    draft.roster = "~/patients.csv"
    return draft
  }

  private func mode(_ path: FilePath) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path.string)[.posixPermissions] as? Int
  }

  private func text(_ path: FilePath) throws -> String { try String(contentsOfFile: path.string, encoding: .utf8) }

  @Test("What is written is a configuration that loads, with the very values and a key that signs")
  func writes() async throws {
    let setup = setup()
    let key = try await setup.prepareKey(for: draft)
    try await setup.write(draft, key: key)
    let loader = ConfigurationLoader(places: places)
    let configuration = try loader.load()
    let profile = try configuration.profile(nil)
    #expect(profile.summary.name == "main")
    #expect(profile.summary.environment == .staging)
    #expect(profile.summary.destinationName.string == #"St. "Else" \ where"#)
    #expect(profile.routing.destinationID == draft.destinationID)
    #expect(profile.urls.fhir?.contains("/redox-emr/Staging/") == true)
    #expect(profile.roster == folder.path.appending("patients.csv"))
    let settings = try loader.redoxSettings(for: profile, of: configuration)
    guard case .clientAssertion(let client, let keyID, let secret, _) = settings.credentials else {
      Issue.record("No client assertion")
      return
    }
    #expect(client == "client")
    #expect(keyID == key.id)
    #expect(try PrivateKey(parsing: secret).thumbprint() == key.id)
    #expect(try mode(places.configuration) == 0o600)
    #expect(try mode(key.file) == 0o600)
  }

  @Test("The public half holds nothing of the private one, and stands in a file as it stands on the screen")
  func publicHalf() async throws {
    let key = try await setup().prepareKey(for: draft)
    #expect(try text(key.publicFile) == key.publicSet + "\n")
    let set = try #require(try JSONSerialization.jsonObject(with: Data(key.publicSet.utf8)) as? [String: [[String: String]]])
    let jwk = try #require(set["keys"]?.first)
    #expect(jwk.keys.sorted() == ["alg", "crv", "kid", "kty", "use", "x", "y"])
    #expect(jwk["alg"] == "ES384" && jwk["kid"] == key.id)
  }

  @Test("A second attempt takes the key of the first, which Redox may know by now")
  func keyStays() async throws {
    let first = try await setup().prepareKey(for: draft)
    let second = try await setup().prepareKey(for: draft)
    #expect(first == second)
    var other = draft
    other.name = "other"
    #expect(try await setup().prepareKey(for: other).id != first.id)
  }

  @Test("A key file that others can read is not used, and says what to do")
  func exposedKey() async throws {
    let key = try await setup().prepareKey(for: draft)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key.file.string)
    await #expect(throws: SetupError.self) { try await setup().prepareKey(for: draft) }
  }

  @Test("A configuration that exists is never overwritten")
  func neverOverwrites() async throws {
    let key = try await setup().prepareKey(for: draft)
    try "mine\n".write(toFile: places.configuration.string, atomically: true, encoding: .utf8)
    await #expect(throws: SetupError.self) { try await setup().write(draft, key: key) }
    #expect(try text(places.configuration) == "mine\n")
  }

  @Test("The test reaches Redox with what is filled in, and writes no configuration")
  func examines() async throws {
    let key = try await setup().prepareKey(for: draft)
    let good = await setup().examine(draft, key: key)
    #expect(good.contains { $0.name == "token" && $0.verdict == .ok })
    #expect(good.contains { $0.name == "roster" && $0.verdict == .fail }, "There is no such patient list")
    #expect(!FileManager.default.fileExists(atPath: places.configuration.string))
  }

  @Test("A patient list is looked at before it is written down")
  func roster() async throws {
    let setup = setup()
    #expect(await setup.complaint(aboutRoster: "") == nil)
    #expect(await setup.complaint(aboutRoster: "~/none.csv") == "This file cannot be read. Is the path right?")
    let file = folder.path.appending("patients.csv")
    try "id,mrn,family,given,birth_date\np1,1,Bixby,Barbara,1982-07-24\n".write(toFile: file.string, atomically: true, encoding: .utf8)
    #expect(await setup.complaint(aboutRoster: "~/patients.csv") == nil)
    #expect(await setup.complaint(aboutRoster: file.string) == nil)
  }

  @Test("What does not fit is named by field")
  func problems() {
    #expect(draft.problems.isEmpty)
    #expect(Set(ProfileDraft().problems.keys) == [.destinationID, .clientID])
    var wrong = draft
    wrong.name = "my ward"
    wrong.destinationID = "redox-emr"
    wrong.destinationSlug = "a/b"
    wrong.sourceID = "7"
    #expect(Set(wrong.problems.keys) == [.name, .destinationID, .destinationSlug, .sourceID])
    var slugOnly = draft
    slugOnly.destinationID = ""
    #expect(slugOnly.problems.isEmpty)
    for name in ["", "é", "a.b", "a\nb", String(repeating: "a", count: 41)] {
      wrong = draft
      wrong.name = name
      #expect(wrong.problems.keys.contains(.name), "\(name)")
    }
  }

  @Test("Whatever is typed stays text of its own key", arguments: ["a\"]\n[profiles.x]", "tab\there", "\\u0041", "é 日", "#no comment"])
  func quoting(text: String) throws {
    var draft = draft
    draft.destinationName = text
    draft.clientID = text
    let toml = draft.configuration(keyID: "kid", keyFile: "key.pem")
    let configuration = try Configurations.load(user: toml)
    #expect(configuration.profiles.count == 1)
    #expect(configuration.profiles[0].routing.destinationName == text)
    guard case .clientAssertion(let client, _, _, _) = configuration.profiles[0].credentials else {
      Issue.record("No client assertion")
      return
    }
    #expect(client == text)
  }
}
