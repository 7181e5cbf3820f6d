import ClinicalMessages
import Foundation
import NIOCore
import TestSupport
import Testing

@testable import RedoxAPI

@Suite(.timeLimit(.minutes(1))) struct BodyTests {
  @Test(arguments: [
    ("consent.pdf", "consent.pdf"), ("Überweisung ☂.pdf", "Überweisung ☂.pdf"), (#"a"b\c.pdf"#, "a%22b%5Cc.pdf"),
    ("a\r\nX-Evil: 1", "a%0D%0AX-Evil: 1"),
    ("a\u{0}\u{7F}\t", "a%00%7F%09"), ("100%.pdf", "100%.pdf"),
  ])
  func quotesFileNames(_ name: String, _ quoted: String) {
    let form = MultipartForm(partName: "file", fileName: name, mediaType: "application/pdf", boundary: "B")
    let expected = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(quoted)\"\r\nContent-Type: application/pdf\r\n\r\n"
    #expect(String(decoding: form.prefix, as: UTF8.self) == expected)
    #expect(String(decoding: form.suffix, as: UTF8.self) == "\r\n--B--\r\n")
    #expect(form.contentType == "multipart/form-data; boundary=B")
  }

  @Test func neitherMediaTypeNorPartNameCanAddAHeader() {
    let form = MultipartForm(partName: "f\"\r\n", fileName: "", mediaType: "a/b\r\nX: 1", boundary: "B")
    #expect(
      String(decoding: form.prefix, as: UTF8.self)
        == "--B\r\nContent-Disposition: form-data; name=\"f%22%0D%0A\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    )
  }

  private func read(_ file: RequestBody.File) throws(ContentError) -> [UInt8] {
    var reader = try ChunkReader(file)
    var all: [UInt8] = []
    var buffer = ByteBuffer()
    while try reader.read(into: &buffer) {
      #expect(buffer.readableBytes <= ChunkReader.chunkBytes)
      all += buffer.readableBytesView
      buffer.clear()
    }
    return all
  }

  @Test(arguments: [0, 1, 2, 3, 196_607, 196_608, 196_609, 262_143, 262_144, 262_145, 786_432])
  func deliversExactlyTheFile(_ size: Int) throws {
    let content = TestContent(byteCount: size)
    #expect(try read(RequestBody.File(content: content, encoding: .raw)) == content.bytes)
    let encoded = try read(RequestBody.File(content: content, encoding: .base64))
    #expect(encoded.count == RequestBody.File(content: content, encoding: .base64).encodedLength)
    #expect(encoded == [UInt8](Data(content.bytes).base64EncodedData()))
  }

  @Test(arguments: [RequestBody.Encoding.raw, .base64], [0, 1, 300_000, 262_144])
  func holdsBackTheLastPieceOfAFileThatChanged(_ encoding: RequestBody.Encoding, _ size: Int) throws {
    for fault in [TestContent.Fault.changedAtEnd, .goesOn] {
      let file = RequestBody.File(content: TestContent(byteCount: size, fault: fault), encoding: encoding)
      var delivered = 0
      #expect(throws: ContentError.changed) {
        var reader = try ChunkReader(file)
        var buffer = ByteBuffer()
        while try reader.read(into: &buffer) {
          delivered += buffer.readableBytes
          buffer.clear()
        }
      }
      #expect(delivered < max(1, file.encodedLength))
    }
  }

  @Test func passesOnWhyAFileCannotBeRead() {
    #expect(throws: ContentError.changed) {
      try self.read(RequestBody.File(content: TestContent(byteCount: 10, fault: .endsAfter(9)), encoding: .raw))
    }
    #expect(throws: ContentError.gone) {
      try self.read(RequestBody.File(content: TestContent(byteCount: 10, fault: .missing), encoding: .raw))
    }
    #expect(throws: ContentError.unreadable(5)) {
      try self.read(RequestBody.File(content: TestContent(byteCount: 300_000, fault: .unreadable(5, after: 200_000)), encoding: .base64))
    }
  }

  @Test func countsFileBytesInsideTheBody() {
    let content = TestContent(byteCount: 10)
    let raw = RequestBody(prefix: [1, 2, 3], file: RequestBody.File(content: content, encoding: .raw), suffix: [4])
    #expect([0, 3, 4, 13, 14, 99].map(raw.fileBytes) == [0, 0, 1, 10, 10, 10])
    #expect(raw.length == 14)
    let base64 = RequestBody(prefix: [1, 2, 3], file: RequestBody.File(content: content, encoding: .base64), suffix: [4])
    #expect([3, 6, 7, 15, 18, 19, 20].map(base64.fileBytes) == [0, 0, 3, 9, 9, 10, 10])
    #expect(base64.length == 20)
  }

  private func waitForWaiter(_ meter: RequestMeter) async {
    while !meter.hasWaiter, !Task.isCancelled { await Task.yield() }
  }

  @Test func readerWaitsForTheSocketAndIsLetGoAtTheEnd() async {
    let meter = RequestMeter(body: RequestBody(prefix: []), reporter: ProgressReporter(totalBytes: 0) { _ in })
    #expect(await meter.waitForRoom())
    meter.pulled(RequestMeter.windowBytes)
    let room = Task { await meter.waitForRoom() }
    await waitForWaiter(meter)
    meter.accepted(1)
    #expect(await room.value)
    meter.pulled(RequestMeter.windowBytes)
    let refused = Task { await meter.waitForRoom() }
    await waitForWaiter(meter)
    meter.finish()
    #expect(await refused.value == false)
    #expect(await meter.waitForRoom() == false)
  }

  @Test func leaveForTheLastPartIsAskedForWhenTheKernelHasAllBeforeIt() async {
    let asked = Counter()
    let body = RequestBody(prefix: [1, 2], suffix: [3])
    let meter = RequestMeter(body: body, reporter: ProgressReporter(totalBytes: 0) { _ in }) {
      _ = asked.next()
      return true
    }
    #expect(await meter.mayLeave(2) && asked.count == 0)
    meter.pulled(2)
    // The request ends while the kernel still has to take what was read: nobody is asked.
    let last = Task { await meter.mayLeave(1) }
    await waitForWaiter(meter)
    meter.accepted(1)
    meter.finish()
    #expect(await last.value == false && asked.count == 0)
  }

  @Test func theLastPartLeavesOnceTheKernelHasAllBeforeIt() async {
    let acceptedWhenAsked = Recorder<Int>()
    let meters = Recorder<RequestMeter>()
    let body = RequestBody(prefix: [1, 2], suffix: [3])
    let meter = RequestMeter(body: body, reporter: ProgressReporter(totalBytes: 0) { _ in }) {
      acceptedWhenAsked.add(meters.all.first?.acceptedBytes ?? -1)
      return true
    }
    meters.add(meter)
    meter.pulled(2)
    let last = Task { await meter.mayLeave(1) }
    await waitForWaiter(meter)
    #expect(acceptedWhenAsked.all.isEmpty)
    meter.accepted(2)
    #expect(await last.value)
    #expect(acceptedWhenAsked.all == [2])
  }

  @Test func handoverFollowsTheKernel() {
    let body = RequestBody(prefix: [1, 2], file: RequestBody.File(content: TestContent(byteCount: 3), encoding: .raw), suffix: [3])
    let meter = RequestMeter(body: body, reporter: ProgressReporter(totalBytes: 3) { _ in })
    #expect(meter.handover == .nothing)
    meter.headWritten()
    #expect(meter.handover == .part)
    meter.accepted(5)
    #expect(meter.handover == .part)
    meter.accepted(1)
    #expect(meter.handover == .whole)
  }

  @Test func whatTheClientHasTakenOverMayStillLeaveAfterACancel() {
    let body = RequestBody(prefix: [1, 2], suffix: [3])
    let meter = RequestMeter(body: body, reporter: ProgressReporter(totalBytes: 0) { _ in })
    #expect(meter.handoverWhenAbandoned == .nothing)
    meter.headWritten()
    meter.pulled(2)
    #expect(meter.handoverWhenAbandoned == .part)
    meter.pulled(1)
    #expect(meter.handover == .part && meter.handoverWhenAbandoned == .whole)
  }

  @Test func progressNeverFallsNorEndsEarly() {
    let seen = Recorder<DeliveryProgress>()
    let reporter = ProgressReporter(totalBytes: 10) { seen.add($0) }
    reporter.report(.connecting, acknowledgedBytes: 0)
    reporter.report(.transmitting, acknowledgedBytes: 7)
    reporter.report(.transmitting, acknowledgedBytes: 3)
    reporter.report(.finalizing, acknowledgedBytes: 10)
    reporter.report(.finalizing, acknowledgedBytes: 10)
    reporter.close(accepted: true)
    reporter.report(.finalizing, acknowledgedBytes: 10)
    reporter.close(accepted: true)
    #expect(seen.all.map(\.acknowledgedBytes) == [0, 7, 9, 10])
    #expect(seen.all.map(\.phase) == [.connecting, .transmitting, .finalizing, .finalizing])
  }
}
