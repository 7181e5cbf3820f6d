import Crypto
import NIOCore
import NIOHTTP1

/// One client's connection: its requests one after the other, kept alive or closed as HTTP says.
struct Connection: Sendable {
  typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

  let desk: Desk

  /// Returns when the connection is over, whatever ended it.
  func serve(_ channel: Channel) async {
    // A client that breaks off or breaks the protocol ends its own connection and nothing else.
    try? await channel.executeThenClose { inbound, outbound in
      let reader = RequestReader(parts: inbound.makeAsyncIterator(), outbound: outbound)
      while let head = try await reader.head() {
        let reply = try await desk.answer(head, reader)
        if reader.isWorthFinishing { try await reader.drain() }
        let isKept = head.isKeepAlive && reader.isAtEnd
        try await send(reply, to: head, isKept: isKept, by: outbound)
        guard isKept else { return try await reader.drain(upTo: desk.options.limits.requestBytes) }
      }
    }
  }

  private func send(_ reply: Reply, to request: HTTPRequestHead, isKept: Bool, by outbound: RequestReader.Outbound) async throws {
    let body = ByteBuffer(string: reply.body)
    var headers = HTTPHeaders(Self.recorded)
    for (name, value) in reply.headers { headers.add(name: name, value: value) }
    headers.add(name: "content-type", value: reply.contentType)
    headers.add(name: "content-length", value: String(body.readableBytes))
    headers.add(name: "etag", value: "W/\"\(Insecure.SHA1.hash(data: Array(reply.body.utf8)).hexadecimal.prefix(20))\"")
    if !isKept {
      headers.add(name: "connection", value: "close")
    } else if request.version != .http1_1 {
      headers.add(name: "connection", value: "keep-alive")
    }
    let head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: reply.status), headers: headers)
    let isBodyWanted = request.method != .HEAD
    try await outbound.write(contentsOf: [.head(head)] + (isBodyWanted ? [.body(.byteBuffer(body))] : []) + [.end(nil)])
  }

  /// Headers that Redox's recorded replies carry.
  private static let recorded: [(String, String)] = [
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("content-security-policy", "default-src 'none'"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "deny"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "private, no-cache, no-store, must-revalidate"),
    ("expires", "-1"),
    ("pragma", "no-cache"),
    ("vary", "Accept-Encoding"),
  ]
}
