import ClinicalMessages
import CryptoExtras
import Foundation
import RedoxAPI
import RedoxSandbox
import SafeText
import TestSupport
import Testing

/// The client against the stand-in: the contract, over http and TLS, with each kind of key.
@Suite struct SandboxTests {
  enum Key: CaseIterable, Sendable {
    case es384, rs384, legacy
  }

  /// Runs `body` with a stand-in and what a client of it is configured with.
  private func withSandbox(
    tls: Bool, key: Key = .es384, environment: SandboxEnvironment = .staging, _ body: (SandboxServer, RedoxSettings) async throws -> Void
  ) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let rsa = try key == .rs384 ? PrivateKeyTests.rsa.get() : nil
    let publicKey =
      rsa.map { SandboxPublicKey(keyID: "kid-1", algorithm: .rs384, pem: $0.publicKey.pemRepresentation) }
      ?? SandboxPublicKey(keyID: "kid-1", algorithm: .es384, pem: Fixtures.publicKey)
    let client = SandboxClient(
      clientID: "client-1", sourceID: Samples.routing.sourceID ?? "", sourceName: "chartdrop", environment: environment, keys: [publicKey],
      legacyKey: SandboxClient.LegacyKey(apiKey: "key-1", secret: "secret-1"))
    var options = SandboxOptions(directory: directory, clients: [client])
    options.usesTLS = tls
    let server = try await SandboxServer.start(options)
    var settings = Fixtures.settings(port: UInt16(server.port), scheme: tls ? "https" : "http", legacy: key == .legacy)
    settings.tokenURL = server.baseURL + "/v2/auth/token"
    settings.audience = settings.tokenURL
    settings.fhirURL = server.baseURL + "/fhir/R4/redox-emr/\(environment.rawValue)/DocumentReference/$documentreference-create"
    settings.sourceID = client.sourceID
    settings.extraCertificates = server.certificateAuthorityPEM
    if key != .legacy {
      settings.credentials = .clientAssertion(
        clientID: "client-1", keyID: "kid-1", key: Redacted(rsa?.pemRepresentation ?? Fixtures.sec1), scope: nil)
    }
    do {
      try await body(server, settings)
      await server.stop()
    } catch {
      await server.stop()
      throw error
    }
  }

  private func accepted(by server: SandboxServer) throws -> [DestinationContract.Subject.Document] {
    try ReceivedStore.received(in: server.options.directory).compactMap { record in
      // A retraction brings none.
      guard let file = record.file else { return nil }
      let bytes = try Data(contentsOf: URL(fileURLWithPath: server.options.directory + "/" + file))
      return DestinationContract.Subject.Document(bytes: [UInt8](bytes), isMessage: record.endpoint != .upload)
    }
  }

  @Test(arguments: DestinationContract.allCases, [false, true])
  func theClientKeepsTheContract(_ clause: DestinationContract, _ tls: Bool) async throws {
    try await withSandbox(tls: tls) { server, settings in
      let subject = DestinationContract.Subject(
        destination: try Fixtures.destination(settings), accepted: { try accepted(by: server) })
      try await clause.check(subject)
    }
  }

  @Test(arguments: Key.allCases)
  func everyKindOfKeyOpensTheDoor(_ key: Key) async throws {
    try await withSandbox(tls: false, key: key) { server, settings in
      let destination = try Fixtures.destination(settings)
      _ = try await destination.authenticate()
      let file = TestContent(byteCount: 1_000)
      let uri = try await destination.upload(.test(file), progress: noProgress).uri
      let receipt = try await destination.send(
        MessageRequest(message: Samples.message(kind: .notes, method: .upload), hole: .uploadURI(uri)), progress: noProgress)
      #expect(!receipt.logIDs.isEmpty)
      #expect(try accepted(by: server).last?.bytes == file.bytes)
    }
  }

  @Test func aWrongKeyIsRefusedInTheServersWords() async throws {
    try await withSandbox(tls: false) { _, settings in
      var settings = settings
      settings.credentials = .clientAssertion(
        clientID: "client-1", keyID: "kid-1", key: Redacted(try PrivateKeyTests.rsa.get().pemRepresentation), scope: nil)
      let destination = try Fixtures.destination(settings)
      let error = await failure { try await destination.authenticate() }
      #expect(error?.cause == .unauthorized && error?.handover == .nothing && error?.reply?.words.isEmpty == false)
    }
  }

  @Test func developmentForbidsUploads() async throws {
    try await withSandbox(tls: false, environment: .development) { _, settings in
      let destination = try Fixtures.destination(settings)
      let error = await failure { try await destination.upload(.test(TestContent(byteCount: 10)), progress: noProgress) }
      #expect(error?.cause == .forbidden && error?.reply?.words.isEmpty == false)
    }
  }

  @Test func aFileOverTheLimitIsTooLarge() async throws {
    try await withSandbox(tls: false) { _, settings in
      let destination = try Fixtures.destination(settings)
      let error = await failure { try await destination.upload(.test(TestContent(byteCount: 30_000_001)), progress: noProgress) }
      #expect(error?.cause == .tooLarge)
    }
  }

  @Test func anUnknownAuthorityIsNotTrusted() async throws {
    try await withSandbox(tls: true) { _, settings in
      var settings = settings
      settings.extraCertificates = nil
      let destination = try Fixtures.destination(settings)
      let error = await failure { try await destination.authenticate() }
      guard case .tls(let sentence)? = error?.cause else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(error?.handover == .nothing && sentence.string.contains("not trusted") && sentence.string.contains("127.0.0.1"))
    }
  }
}
