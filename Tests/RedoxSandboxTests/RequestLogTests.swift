import Foundation
import Testing

@testable import RedoxSandbox

@Suite struct RequestLogTests {
  @Test func aRequestIsLoggedWithItsDocumentAndItsTimes() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let began = RequestRecord.milliseconds(bench.clock.now)
      #expect(try await bench.send(Samples.message("Media"), token: token).status == 200)
      #expect(try await bench.send(bundle: Samples.bundle(), token: token).status == 200)
      #expect(try await bench.send(Samples.message("Notes").setting("Note.Provider", to: nil), token: token).status == 400)
      try await eventually("every answer is known to have left") { try bench.requests.allSatisfy { $0.answered == true } }
      let records = try bench.requests
      #expect(records.map(\.number) == [1, 2, 3, 4])
      #expect(records.map(\.endpoint) == [.token, .dataModel, .fhir, .dataModel])
      #expect(records.map(\.documentID) == [nil, "doc-1", "doc-1", "doc-1"])
      #expect(records.map(\.event) == [nil, "New", "create", "New"])
      #expect(records.map(\.status) == [200, 200, 200, 400])
      #expect(records.map(\.kept) == [false, true, true, false])
      #expect(records.allSatisfy { $0.bodyWhole && $0.fault == nil && $0.began == began && $0.bodyEnded == began && $0.time == began })
      #expect(records[1].bodyBytes == Samples.message("Media").text.utf8.count)
      #expect(try bench.received.map(\.request) == [2, 3])
      #expect(try bench.received.map(\.run) == [records[0].run, records[0].run])
    }
  }

  /// Every length short of the whole: the log says that the body was not whole, and nothing is kept.
  @Test func aBodyCutShortIsLoggedAsSuch() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      let message = Samples.message("Media")
      let size = message.text.utf8.count
      for count in [0, 1, size / 2, size - 1] {
        let body = Array(message.text.utf8.prefix(count))
        try await RawConnection.open(bench.server) { connection in
          try await connection.send(
            Array(
              "POST /endpoint HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nContent-Type: application/json\r\nContent-Length: \(size)\r\n\r\n"
                .utf8) + body)
        }
        try await eventually("the request is in the log") { try bench.requests.last?.bodyBytes == count && bench.requests.count > 1 }
        let record = try bench.last(.dataModel)
        #expect(record.bodyLength == size)
        #expect(!record.bodyWhole && record.bodyEnded == nil && !record.kept && record.answered == false && record.status == nil)
      }
      #expect(try bench.requests.count == 5)
      #expect(try bench.received.isEmpty)
    }
  }

  /// The line is in the file before the answer's first byte can be seen.
  @Test func theLogIsWrittenBeforeTheAnswerLeaves() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      for count in 1...20 {
        let reply = try await bench.send(Samples.message("Media"), token: token)
        #expect(reply.status == 200)
        #expect(try bench.requests.filter { $0.endpoint == .dataModel && $0.status == 200 && $0.kept }.count == count)
      }
    }
  }

  @Test func aCutOffLineIsLeftOutAndAMissingLogIsEmpty() throws {
    let folder = Bench.temporaryFolder()
    #expect(try RequestLog.requests(in: folder).isEmpty)
    try PrivateFiles.makeDirectory(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let line =
      #"{"began":1,"bodyBytes":0,"bodyWhole":true,"endpoint":"upload","kept":false,"number":1,"run":"a","status":201,"time":2}"# + "\n"
    let ending = #"{"answered":true,"number":1,"run":"a","time":3}"# + "\n"
    try PrivateFiles.write(line + line.replacing("\"a\"", with: "\"b\"") + ending + line.prefix(50), to: folder + "/requests.ndjson")
    let records = try RequestLog.requests(in: folder)
    #expect(records.map(\.run) == ["a", "b"])
    #expect(records.map(\.answered) == [true, nil])
    #expect(records.map(\.answeredAt) == [3, nil])
    #expect(try ReceivedStore.listRequests(folder).contains("\"endpoint\" : \"upload\""))
  }

  @Test func whatIsAskedNothingWritesNothing() async throws {
    try await Bench.run { bench in
      #expect(!FileManager.default.fileExists(atPath: bench.directory + "/requests.ndjson"))
      #expect(!FileManager.default.fileExists(atPath: bench.directory + "/index.ndjson"))
    }
  }
}
