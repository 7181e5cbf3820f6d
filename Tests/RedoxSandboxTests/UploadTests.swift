import Foundation
import NIOCore
import Testing

@testable import RedoxSandbox

@Suite struct UploadTests {
  @Test func whatIsUploadedIsKeptByteForByte() async throws {
    try await Bench.run { bench in
      let content = noise(300_000)
      let reply = try await bench.upload(content, token: try await bench.token(), fileName: "scan é.pdf")
      #expect(reply.status == 201)
      let uri = try #require(reply.json["URI"]?.string)
      let record = try #require(try bench.received.first)
      #expect(record.uploadURI == uri)
      #expect(record.referenced == false)
      #expect(record.fileName == "scan é.pdf")
      #expect(record.byteCount == content.count)
      #expect(record.sha256 == sha256(content))
      let kept = try Data(contentsOf: URL(fileURLWithPath: bench.directory + "/" + (record.file ?? "")))
      #expect(Array(kept) == content)
    }
  }

  @Test func theLimitIsTheFilesAndExact() async throws {
    try await Bench.run({ $0.limits.uploadBytes = 1000 }) { bench in
      let token = try await bench.token()
      #expect(try await bench.upload(noise(1000), token: token).status == 201)
      #expect(try await bench.upload(noise(1001), token: token).status == 413)
      #expect(try await bench.upload([], token: token).status == 201)
    }
  }

  @Test func aTooLongContentLengthIsRefusedBeforeTheBody() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      try await RawConnection.open(bench.server) { connection in
        try await connection.send(
          "POST /upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            + "Content-Length: 30100000\r\n\r\n")
        let reply = try await connection.read(until: "\r\n\r\n")
        #expect(reply.hasPrefix("HTTP/1.1 413 "))
        #expect(reply.contains("connection: close"))
      }
    }
  }

  @Test func developmentMayNotUpload() async throws {
    try await Bench.run { bench in
      let reply = try await bench.upload([1], token: try await bench.token(Bench.development))
      #expect(reply.status == 403)
      #expect(try bench.received.isEmpty)
    }
  }

  @Test func aTokenIsNeeded() async throws {
    try await Bench.run { bench in
      let type = "multipart/form-data; boundary=XyZ"
      let without = try await bench.post("/upload", type: type, body: Bench.form([1]))
      #expect(without.status == 401)
      #expect(try await bench.upload([1], token: "wrong").status == 401)
    }
  }

  @Test func theFormMustHoldOneFileNamedFile() async throws {
    try await Bench.run { bench in
      let token = try await bench.token()
      #expect(try await bench.upload([1], token: token, name: "upload").status == 400)
      #expect(try await bench.upload([1], token: token, fileName: "").status == 400)
      let type = "multipart/form-data; boundary=XyZ"
      let two = Bench.form([1]).dropLast("--\r\n".utf8.count) + Array("\r\n".utf8) + Bench.form([2]).dropFirst("--XyZ\r\n".utf8.count)
      #expect(try await bench.post("/upload", type: type, token: token, body: Array(two)).status == 400)
      #expect(try await bench.post("/upload", type: type, token: token, body: Bench.form([1]).dropLast(6)).status == 400)
      #expect(try await bench.post("/upload", type: type, token: token, body: Array("--XyZ--\r\n".utf8)).status == 400)
      #expect(try await bench.post("/upload", type: "application/pdf", token: token, body: [1]).status == 400)
      #expect(try bench.received.isEmpty)
      #expect(try leftovers(bench) == [])
    }
  }

  @Test func anUploadOutlivesTheServer() async throws {
    let folder = Bench.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var uri: JSON?
    try await Bench.run(in: folder) { uri = try await $0.upload([1, 2, 3], token: try await $0.token()).json["URI"] }
    let known = try #require(uri?.string)
    try await Bench.run(in: folder) { bench in
      #expect(try await bench.send(Samples.message("Media", file: known), token: try await bench.token()).status == 200)
      let records = try bench.received
      #expect(records.count == 1)
      #expect(records.first?.referenced == true)
      #expect(records.first?.sha256 == sha256([1, 2, 3]))
    }
  }
}

@Suite struct MultipartReaderTests {
  /// Content with everything that looks like a boundary without being one.
  static let content = Array("\r\n--bound\r\n--boundar\r\r\n\r\n--boundarX".utf8) + noise(200) + Array("\r\n--".utf8)
  static let form =
    Array("preamble\r\n--boundary\r\nContent-Disposition: form-data; name=file; filename=\"a \\\"b\\\".pdf\"\r\n\r\n".utf8).closed(
      around: content)

  @Test func anySplitReadsTheSame() throws {
    for size in 1...Self.form.count {
      var reader = MultipartReader(boundary: "boundary")
      var read: [UInt8] = []
      var names: [String?] = []
      for start in stride(from: 0, to: Self.form.count, by: size) {
        try reader.feed(ByteBuffer(bytes: Self.form[start..<min(start + size, Self.form.count)])) { event in
          switch event {
          case .partBegins(let name, let fileName, _): names += [name, fileName]
          case .content(let bytes): read += bytes
          case .partEnds: names.append("end")
          }
        }
      }
      #expect(reader.isComplete)
      #expect(read == Self.content, "split at \(size)")
      #expect(names == ["file", "a \"b\".pdf", "end"])
    }
  }

  @Test(arguments: ["form-data; name=\"a", "form-data; name=a; name=b", "form-data; name", "form-data; =a"])
  func malformedParametersAreRefused(value: String) {
    #expect(HeaderValue(value) == nil)
  }
}

extension [UInt8] {
  fileprivate func closed(around content: [UInt8]) -> [UInt8] { self + content + Array("\r\n--boundary--\r\nepilogue".utf8) }
}

/// Files of requests that are over; there should be none.
func leftovers(_ bench: Bench) throws -> [String] {
  let incoming = bench.directory + "/incoming"
  return try FileManager.default.subpathsOfDirectory(atPath: incoming).filter { $0.contains("/") }
}
