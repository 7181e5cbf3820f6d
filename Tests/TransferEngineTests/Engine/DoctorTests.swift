import Foundation
import RedoxAPI
import SafeText
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

@Suite("The doctor")
struct DoctorTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func doctor(
    user: String?, key: Result<String, TrustedFileError>? = nil, answer: DestinationError? = nil, skew: Double? = 0,
    environment: [String: String] = [:], reach: @escaping @Sendable (String, Int) async -> ConnectionTrial.Result = { _, _ in .connected }
  ) -> Doctor {
    var places = Configurations.places
    places.state = folder.path.appending("state")
    var files: [FilePath: Result<String, TrustedFileError>] = [:]
    if let user { files[places.configuration] = .success(user) }
    if let key { files["/home/ann/.config/chartdrop/key.pem"] = key }
    return Doctor(
      places: places, loader: ConfigurationLoader(places: places, files: MemoryFiles(files)), environment: environment,
      destination: { _ throws(DestinationError) in TokenOnly(error: answer, skew: skew) }, connect: reach)
  }

  @Test("Without a configuration it says so, and still looks at the state folder")
  func missing() async {
    let findings = await doctor(user: nil).examine()
    #expect(findings.first { $0.name == "state" }?.verdict == .ok)
    #expect(findings.last?.name == "configuration")
    #expect(findings.last?.verdict == .fail)
    #expect(findings.last?.remedy?.string.contains("chartdrop config init") == true)
  }

  @Test("The outbox is looked through: none yet, whole, and without its key")
  func outbox() async throws {
    #expect(await doctor(user: nil).examine().first { $0.name == "outbox" }?.sentence == "There is no outbox yet.")
    var places = Configurations.places
    places.state = folder.path.appending("state")
    _ = try Outbox(places: places, owner: "a", now: Date(timeIntervalSince1970: 1_800_000_000))
    #expect(await doctor(user: nil).examine().first { $0.name == "outbox" }?.verdict == .ok)
    try FileManager.default.removeItem(atPath: places.outboxKey.string)
    let finding = await doctor(user: nil).examine().first { $0.name == "outbox" }
    #expect(finding?.verdict == .fail)
    #expect(finding?.remedy?.string.contains("chartdrop outbox set-aside") == true)
  }

  @Test("A key that is none ends the examination before anything is asked of Redox")
  func badKey() async {
    let findings = await doctor(user: Configurations.minimal, key: .success("no key")).examine()
    #expect(findings.first { $0.name == "key" }?.verdict == .fail)
    #expect(!findings.contains { $0.name == "token" })
    #expect(findings.first { $0.name == "roster" }?.verdict == .warn)
  }

  @Test("Each host is tried once, by the proxy where there is one")
  func hosts() async {
    let findings = await doctor(
      user: Configurations.minimal, environment: ["https_proxy": "http://proxy.example.org:3128", "no_proxy": "blob.redoxengine.com"],
      reach: { host, _ in host == "proxy.example.org" ? .failed("no route to host") : .connected }
    ).examine().filter { $0.name == "host" }
    #expect(
      findings.map(\.sentence) == [
        "api.redoxengine.com, by the proxy proxy.example.org:3128, cannot be reached: no route to host.",
        "blob.redoxengine.com can be reached.",
      ])
  }

  @Test("The clock", arguments: [(0, .ok), (30, .ok), (-31, .warn), (121, .fail)] as [(Double, DoctorFinding.Verdict)])
  func clock(_ skew: Double, _ verdict: DoctorFinding.Verdict) async {
    let findings = await doctor(user: Self.legacy, key: .success("secret"), skew: skew).examine()
    #expect(findings.first { $0.name == "clock" }?.verdict == verdict)
  }

  @Test("The folder that accepted documents are moved to: missing, no folder, in order", arguments: ["nowhere", "file", "sent"])
  func afterFolder(name: String) async throws {
    try FileManager.default.createDirectory(atPath: folder.path.appending("sent").string, withIntermediateDirectories: true)
    try Data("a".utf8).write(to: URL(fileURLWithPath: folder.path.appending("file").string))
    let path = folder.path.appending(name)
    let text = Configurations.minimal + "\n[profiles.main.after]\naccepted = \"move\"\nfolder = \"\(path)\"\n"
    let finding = await doctor(user: text).examine().first { $0.name == "after" }
    #expect(finding?.verdict == (name == "sent" ? .ok : .fail))
    #expect((finding?.remedy == nil) == (name == "sent"))
    #expect(finding?.sentence.string.contains(path.string) == true)
    #expect(!FileManager.default.fileExists(atPath: folder.path.appending("nowhere").string), "It is only looked at")
    #expect(await doctor(user: Configurations.minimal).examine().allSatisfy { $0.name != "after" })

    var places = Configurations.places
    places.state = folder.path.appending("state")
    let loader = ConfigurationLoader(places: places, files: MemoryFiles([places.configuration: .success(text)]))
    let told = ConfigurationCheck(loader: loader).run().problems.contains { $0.sentence.string.contains("profiles.main.after.folder") }
    #expect(told == (name != "sent"))
  }

  @Test("A folder that may not be written to will not do for accepted documents")
  func readOnlyAfterFolder() {
    #expect(AfterFolder.problem(of: .move(folder.path)) { _ in true } == nil)
    #expect(AfterFolder.problem(of: .move(folder.path)) { _ in false }?.reason.string.contains("cannot be written to") == true)
    #expect(AfterFolder.problem(of: .delete) { _ in false } == nil)
  }

  @Test("A key that Redox refuses: its own words and where to look")
  func refusedKey() async {
    let error = DestinationError(
      .unauthorized, handover: .whole, reply: ServerReply(status: 400, words: ["JWT header kid property is required"]))
    let finding = await doctor(user: Self.legacy, key: .success("secret"), answer: error).examine().last
    #expect(finding?.name == "token")
    #expect(finding?.verdict == .fail)
    #expect(finding?.sentence.string.hasSuffix("It said: JWT header kid property is required") == true)
  }

  @Test("A real connection to a port of this machine")
  func connection() async throws {
    let closed = await ConnectionTrial.run(host: "127.0.0.1", port: 1)
    #expect(closed != .connected)
  }

  static let legacy = Configurations.minimal.replacing(
    "kind = \"client_assertion\"", with: "kind = \"legacy\"\napi_key = \"k\"\nsecret_file = \"key.pem\"")
}

struct TokenOnly: Destination {
  let error: DestinationError?
  let skew: Double?

  func authenticate() async throws(DestinationError) -> AuthenticationReceipt {
    if let error { throw error }
    return AuthenticationReceipt(expires: .distantFuture, clockSkew: skew)
  }

  func upload(_ file: UploadRequest, progress: @escaping ProgressHandler) async throws(DestinationError) -> UploadReceipt {
    throw DestinationError(.refused)
  }

  func send(
    _ request: MessageRequest, progress: @escaping ProgressHandler, release: @escaping ReleaseHandler
  ) async throws(DestinationError) -> MessageReceipt {
    throw DestinationError(.refused)
  }

  func find(_ query: DocumentQuery) async throws(DestinationError) -> DocumentFinding { throw DestinationError(.refused) }
}
