import ClinicalMessages
import Documents
import Foundation
import Logging
import Patients
import RedoxAPI
import RedoxSandbox
import SafeText
import SystemPackage
import Testing

@testable import TransferEngine

/// From a configuration file on the disk to the stand-in for Redox, with nothing in between that is not real.
@Suite("From the file to Redox", .timeLimit(.minutes(1)))
struct EngineFactoryTests {
  private func withFactory(_ body: (EngineFactory, Places, SandboxServer) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    let home = try SandboxHome.prepare(at: folder.path.appending("home").string)
    let server = try await SandboxServer.start(home.serverOptions)
    do {
      let places = Places(
        configuration: FilePath(try home.writeConfiguration(for: server)), siteConfiguration: folder.path.appending("none"),
        state: folder.path.appending("state"), isSandbox: true)
      let loader = ConfigurationLoader(places: places)
      let factory = try EngineFactory(
        configuration: try loader.load(), loader: loader, places: places, environment: [:],
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
      try await body(factory, places, server)
      await server.stop()
    } catch {
      await server.stop()
      throw error
    }
  }

  private func file(_ byteCount: Int, in folder: FilePath) throws -> FilePath {
    let path = folder.appending("letter-\(byteCount).txt")
    let text = String(repeating: "The patient was seen today.\n", count: byteCount / 28 + 1).prefix(byteCount)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path.string))
    return path
  }

  @Test("Each kind by each way: what the stand-in holds is what the file holds", arguments: MessageKind.allCases, [1500, 250_000])
  func arrives(_ kind: MessageKind, _ byteCount: Int) async throws {
    try await withFactory { factory, places, server in
      let engine = try await factory.engine(profile: "staging")
      let document = try await engine.inspect(try file(byteCount, in: places.state))
      let patient = try #require(try await engine.roster().patients.first)
      let plan = engine.plan(
        Draft(
          document: document, patient: patient, kind: kind, fields: engine.defaultFields(for: kind, document: document),
          identity: engine.makeIdentity()))
      #expect(plan.problems.filter { $0.severity == .error }.isEmpty, "\(plan.problems.map(\.reason))")
      #expect(plan.method.method == (byteCount > 200_000 ? .upload : .embed))
      let id = try await engine.submit(plan)
      await engine.drain()

      var last: [TransferSnapshot] = []
      for await snapshots in engine.snapshots() {
        last = snapshots
        break
      }
      let snapshot = try #require(last.first { $0.id == id })
      #expect(snapshot.state == .accepted, "\(snapshot.state) \(snapshot.receipt.words)")
      let record = try #require(try ReceivedStore.received(in: server.options.directory).last)
      #expect(record.byteCount == byteCount)
      #expect(record.sha256 == document.identity.sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
      #expect(try await engine.earlierSends(of: document, to: patient).count == 1)
    }
  }

  @Test("A file that changes after it was looked at does not leave")
  func changed() async throws {
    try await withFactory { factory, places, server in
      let engine = try await factory.engine(profile: "staging")
      let path = try file(1500, in: places.state)
      let document = try await engine.inspect(path)
      let patient = try #require(try await engine.roster().patients.first)
      try Data(repeating: 0x41, count: 1500).write(to: URL(fileURLWithPath: path.string))
      let id = try await engine.submit(
        engine.plan(
          Draft(
            document: document, patient: patient, kind: .media, fields: engine.defaultFields(for: .media, document: document),
            identity: engine.makeIdentity())))
      await engine.drain()
      let attempt = try #require(try await engine.record(of: id)?.attempts.first)
      #expect(attempt.outcome == "document")
      #expect(try ReceivedStore.received(in: server.options.directory).isEmpty)
    }
  }

  @Test("The doctor finds the stand-in in good health")
  func doctor() async throws {
    try await withFactory { _, places, _ in
      let findings = await Doctor(
        places: places, loader: ConfigurationLoader(places: places), environment: [:],
        destination: { settings throws(DestinationError) in
          try RedoxDestination(settings: settings, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        }
      ).examine(profile: "staging")
      #expect(findings.filter { $0.verdict == .fail } == [])
      #expect(Set(findings.map(\.name)).isSuperset(of: ["state", "configuration", "roster", "host", "key", "token", "clock"]))
    }
  }
}
