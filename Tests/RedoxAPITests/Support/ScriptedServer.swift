import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A server on loopback that does to each connection exactly what a test says, below the level of HTTP where it wants to.
///
/// Requests for tokens are answered by `tokens`; everything else goes to `script`. It serves until the test process ends.
final class ScriptedServer: Sendable {
  struct Request: Sendable {
    var method = ""
    var path = ""
    var headers: [String: String] = [:]
    var body: [UInt8] = []
    /// As it came over the wire.
    var head = ""

    var contentLength: Int { Int(headers["content-length"] ?? "") ?? -1 }
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  /// One accepted connection. All calls block.
  final class Connection: Sendable {
    let descriptor: Int32
    private let isReset = Mutex(false)

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Up to and without the body; nil when the client closed.
    func readHead() -> Request? {
      var bytes: [UInt8] = []
      while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]) {
        guard let next = read(upTo: 1).first else { return nil }
        bytes.append(next)
      }
      var request = Request()
      request.head = String(decoding: bytes, as: UTF8.self)
      let lines = request.head.components(separatedBy: "\r\n")
      let words = lines[0].split(separator: " ")
      (request.method, request.path) = (String(words[0]), String(words[1]))
      for line in lines.dropFirst() {
        guard let colon = line.firstIndex(of: ":") else { continue }
        request.headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      }
      return request
    }

    /// A whole request; nil when the client closed before it was whole.
    func readRequest() -> Request? {
      guard var request = readHead() else { return nil }
      guard let body = readBody(request.contentLength) else { return nil }
      request.body = body
      return request
    }

    func readBody(_ count: Int) -> [UInt8]? {
      var bytes: [UInt8] = []
      while bytes.count < count {
        let piece = read(upTo: min(65_536, count - bytes.count))
        if piece.isEmpty { return nil }
        bytes += piece
      }
      return bytes
    }

    func read(upTo count: Int) -> [UInt8] {
      [UInt8](unsafeUninitializedCapacity: count) { space, filled in
        filled = max(0, recv(descriptor, space.baseAddress, count, 0))
      }
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) {
      var sent = 0
      while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { return }
        sent += count
      }
    }

    func reply(_ status: String, _ body: String = "", type: String = "application/json", headers: String = "") {
      // Said in words, so that no request meets a connection that is about to end.
      let close = headers.contains("Connection:") ? "" : "Connection: close\r\n"
      write("HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\(close)\(headers)\r\n\(body)")
    }

    var isOver: Bool { isReset.withLock { $0 } }

    /// Serves no more requests and closes so that the client sees a reset.
    func reset() {
      isReset.withLock { $0 = true }
      var lingering = linger(l_onoff: 1, l_linger: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
    }

    /// Reads nothing, and waits until the client has given up.
    func waitForReset() {
      var state = pollfd(fd: descriptor, events: 0, revents: 0)
      while poll(&state, 1, -1) < 0 {}
    }

    /// Reads on until the client has closed its side.
    func waitForClose() { while !read(upTo: 65_536).isEmpty {} }
  }

  typealias Script = @Sendable (Connection, Request) -> Void

  let port: UInt16
  private let listener: Int32
  private let log = Recorder<Request>()

  /// - Parameters:
  ///   - tokens: answers a whole request for a token; the number counts them from 1.
  ///   - script: gets a connection whose request's head was read; afterwards the connection is closed.
  init(
    tokens: @escaping @Sendable (Connection, Int) -> Void = { connection, _ in connection.reply("200 OK", ScriptedServer.token) },
    script: @escaping Script
  ) {
    (listener, port) = boundSocket()
    listen(listener, 64)
    let counter = Counter()
    Thread.detachNewThread { [listener, log] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        Thread.detachNewThread {
          let connection = Connection(descriptor)
          while !connection.isOver, let head = connection.readHead() {
            guard head.path.hasPrefix("/token") || head.path.hasPrefix("/auth") else {
              log.add(head)
              script(connection, head)
              break
            }
            var whole = head
            whole.body = connection.readBody(head.contentLength) ?? []
            log.add(whole)
            tokens(connection, counter.next())
          }
          close(descriptor)
        }
      }
    }
  }

  /// Heads (and bodies, for tokens) of all requests so far.
  var requests: [Request] { log.all }

  static let token = #"{"access_token":"token-1","token_type":"Bearer","expires_in":300}"#
  static let created = #"{"URI":"https://blob.redoxengine.com/14652615"}"#
  static let accepted = #"{"Meta":{"DataModel":"Media","EventType":"New","Logs":[{"ID":"log-1","AttemptID":"attempt-1"}]}}"#
}

final class Counter: Sendable {
  private let value = Mutex(0)

  func next() -> Int {
    value.withLock { value in
      value += 1
      return value
    }
  }

  var count: Int { value.withLock { $0 } }
}
