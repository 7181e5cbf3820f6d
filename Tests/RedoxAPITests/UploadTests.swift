import ClinicalMessages
import Foundation
import Logging
import RedoxAPI
import SafeText
import Synchronization
import TestSupport
import Testing

/// What goes over the wire when all is well.
@Suite struct UploadTests {
  @Test func anUploadIsOneFormPartWithAKnownLength() async throws {
    let bodies = Recorder<ScriptedServer.Request>()
    let server = ScriptedServer { connection, head in
      var request = head
      request.body = connection.readBody(head.contentLength) ?? []
      bodies.add(request)
      connection.reply("201 Created", ScriptedServer.created)
    }
    let destination = try Fixtures.destination(server)
    let file = TestContent(byteCount: 700_001)
    let receipt = try await destination.upload(.test(file, fileName: "Überweisung \"1\".pdf"), progress: noProgress)
    #expect(receipt == UploadReceipt(uri: "https://blob.redoxengine.com/14652615", status: 201))

    let request = try #require(bodies.all.first)
    #expect(request.method == "POST" && request.path == "/upload")
    #expect(request.contentLength == request.body.count)
    #expect(request.headers["transfer-encoding"] == nil && request.headers["expect"] == nil)
    #expect(request.headers["authorization"] == "Bearer token-1")
    #expect(!request.head.lowercased().contains("x-chartdrop"), "what serves this process alone must not leave it")
    let type = try #require(request.headers["content-type"])
    let boundary = try #require(type.components(separatedBy: "boundary=").last)
    let prefix = Array(
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Überweisung %221%22.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
        .utf8)
    #expect(request.body == prefix + file.bytes + Array("\r\n--\(boundary)--\r\n".utf8))
    #expect(boundary.utf8.count >= 32)
  }

  @Test func messagesGoWhereTheirKindBelongs() async throws {
    let seen = Recorder<ScriptedServer.Request>()
    let server = ScriptedServer { connection, head in
      var request = head
      request.body = connection.readBody(head.contentLength) ?? []
      seen.add(request)
      connection.reply("200 OK", ScriptedServer.accepted)
    }
    let destination = try Fixtures.destination(server)
    let file = TestContent(byteCount: 400_000)
    for kind in [MessageKind.media, .fhir] {
      let receipt = try await destination.send(Fixtures.request(file, kind: kind), progress: noProgress)
      #expect(receipt.status == 200 && receipt.logIDs == ["log-1", "attempt-1"])
    }
    let message = Samples.message(kind: .notes, method: .upload)
    _ = try await destination.send(MessageRequest(message: message, hole: .uploadURI("https://b.example/\"1")), progress: noProgress)

    let (media, fhir, notes) = (seen.all[0], seen.all[1], seen.all[2])
    #expect(media.path == "/endpoint" && media.headers["content-type"] == "application/json" && media.headers["redox-source-id"] == nil)
    #expect(fhir.path == "/fhir/R4/redox-emr/Development/DocumentReference/$documentreference-create")
    #expect(fhir.headers["content-type"] == "application/fhir+json")
    #expect(fhir.headers["redox-source-id"] == "11111111-2222-4333-8444-555555555555")
    #expect(seen.all.allSatisfy { $0.contentLength == $0.body.count && $0.headers["transfer-encoding"] == nil })
    let sent = Samples.message(kind: .media, method: .embed)
    #expect(media.body == sent.prefix + [UInt8](Data(file.bytes).base64EncodedData()) + sent.suffix)
    #expect(notes.body == message.body(withUploadURI: "https://b.example/\"1"))
    #expect(try JSONSerialization.jsonObject(with: Data(notes.body)) is [String: Any])
  }

  @Test func aMessageWithoutAFileIsSentAsItStands() async throws {
    let bodies = Recorder<[UInt8]>()
    let server = ScriptedServer { connection, head in
      bodies.add(connection.readBody(head.contentLength) ?? [])
      connection.reply("200 OK", ScriptedServer.accepted)
    }
    let message = try #require(Retraction.message(of: Samples.message(kind: .notes), uploadURI: nil, identity: Samples.laterIdentity))
    let seen = Recorder<DeliveryProgress>()
    let receipt = try await Fixtures.destination(server).send(MessageRequest(message: message, hole: .absent)) { seen.add($0) }
    #expect(receipt.logIDs == ["log-1", "attempt-1"] && bodies.all == [message.prefix])
    #expect(server.requests.last?.path == "/endpoint" && seen.all.last?.phase == .finalizing)
    #expect(seen.all.allSatisfy { $0.totalBytes == 0 && $0.acknowledgedBytes == 0 })
  }

  @Test func aMessageIsNeverSentWithoutTheFileItSpeaksOf() async throws {
    let server = ScriptedServer { connection, _ in connection.reply("200 OK", ScriptedServer.accepted) }
    let destination = try Fixtures.destination(server)
    let retraction = try #require(Retraction.message(of: Samples.message(kind: .media), uploadURI: nil, identity: Samples.laterIdentity))
    for request in [
      MessageRequest(message: Samples.message(kind: .media), hole: .absent),
      MessageRequest(message: retraction, hole: .base64(TestContent(byteCount: 10))),
      MessageRequest(message: retraction, hole: .uploadURI("https://blob.example/1")),
    ] {
      let error = await failure { try await destination.send(request, progress: noProgress) }
      guard case .configuration? = error?.cause else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    #expect(server.requests.isEmpty)
  }

  @Test func oneTokenServesManyRequests() async throws {
    let server = ScriptedServer { connection, head in
      _ = connection.readBody(head.contentLength)
      connection.reply("201 Created", ScriptedServer.created)
    }
    let destination = try Fixtures.destination(server)
    try await withThrowingTaskGroup { group in
      for _ in 0..<6 { group.addTask { _ = try await destination.upload(.test(TestContent(byteCount: 100)), progress: noProgress) } }
      try await group.waitForAll()
    }
    #expect(server.requests.filter { $0.path == "/token" }.count == 1)
    #expect(server.requests.filter { $0.path == "/upload" }.count == 6)
  }

  @Test func progressIsWhatThePeerHasAcknowledged() async throws {
    // The peer takes nothing after the head until the first progress was reported, so the figures must lag behind what was read.
    let file = TestContent(byteCount: 40_000_000)
    let reported = DispatchSemaphore(value: 0)
    let server = ScriptedServer { connection, head in
      reported.wait()
      _ = connection.readBody(head.contentLength)
      connection.reply("201 Created", ScriptedServer.created)
    }
    let destination = try Fixtures.destination(server)
    let seen = Recorder<DeliveryProgress>()
    _ = try await destination.upload(.test(file)) { progress in
      seen.add(progress)
      if progress.phase == .transmitting { reported.signal() }
    }
    let first = try #require(seen.all.first { $0.phase == .transmitting })
    #expect(first.acknowledgedBytes < 20_000_000)
    #expect(seen.all.last == DeliveryProgress(phase: .finalizing, acknowledgedBytes: 40_000_000, totalBytes: 40_000_000))
  }

  @Test func waitingForTheReplyIsFinalizingWithoutTheLastByte() async throws {
    let finalizing = DispatchSemaphore(value: 0)
    let server = ScriptedServer { connection, head in
      _ = connection.readBody(head.contentLength)
      finalizing.wait()
      connection.reply("201 Created", ScriptedServer.created)
    }
    let destination = try Fixtures.destination(server)
    let seen = Recorder<DeliveryProgress>()
    _ = try await destination.upload(.test(TestContent(byteCount: 5_000))) { progress in
      seen.add(progress)
      if progress.phase == .finalizing { finalizing.signal() }
    }
    #expect(seen.all.first { $0.phase == .finalizing }?.acknowledgedBytes == 4_999)
  }

  @Test func theReaderStaysCloseToTheSocket() async throws {
    let furthest = Mutex(0)
    let file = TestContent(byteCount: 400_000_000) { position in furthest.withLock { $0 = max($0, position) } }
    let silence = Silence()
    let server = ScriptedServer { connection, _ in
      silence.begin()
      connection.waitForReset()
    }
    let destination = try Fixtures.destination(server, silence: silence)
    let error = await failure { try await destination.upload(.test(file), progress: noProgress) }
    #expect(error?.cause == .timedOut && error?.handover == .part)
    // What both kernels hold for one connection, and the window.
    #expect(furthest.withLock { $0 } < 40_000_000)
  }

  @Test func logsHoldNoNamesURLsOrContent() async throws {
    let server = ScriptedServer { connection, head in
      _ = connection.readBody(head.contentLength)
      connection.reply("400 Bad Request", #"{"message":"Timothy Bixby is unknown"}"#)
    }
    let lines = Recorder<String>()
    var logger = Logger(label: "test") { _ in RecordingHandler(lines: lines) }
    logger.logLevel = .trace
    let destination = try Fixtures.destination(Fixtures.settings(port: server.port), logger: logger)
    _ = await failure {
      try await destination.upload(.test(TestContent(byteCount: 10), fileName: "bixby-timothy.pdf"), progress: noProgress)
    }
    let text = lines.all.joined(separator: "\n")
    #expect(text.contains("refused") && text.contains("400") && text.contains("whole"))
    for secret in ["bixby", "Bixby", "127.0.0.1", "/upload", "token-1", "client-1"] {
      #expect(!text.contains(secret), "\(secret) in \(text)")
    }
  }
}

private struct RecordingHandler: LogHandler {
  let lines: Recorder<String>
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.trace
  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    lines.add("\(event.message) \(metadata) \(event.metadata ?? [:])")
  }
}
