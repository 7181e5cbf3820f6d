import AsyncHTTPClient
import Crypto
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import RedoxSandbox

/// A clock that tests set.
final class TestClock: Sendable {
  private let seconds: Mutex<Double>

  init(_ seconds: Double = 1_790_000_000) { self.seconds = Mutex(seconds) }

  var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
  func advance(by amount: Double) { seconds.withLock { $0 += amount } }
}

/// A server in a folder of its own, with a client in staging, one more source there, and one in development.
struct Bench: Sendable {
  let server: SandboxServer
  let clock: TestClock
  let directory: String

  static let key = P384.Signing.PrivateKey()
  static let staging = client(1, .staging)
  static let neighbour = client(2, .staging)
  static let development = client(3, .development)
  static let legacy: SandboxClient = {
    var client = Bench.client(4, .staging)
    client.legacyKey = SandboxClient.LegacyKey(apiKey: "legacy-key", secret: "legacy-secret")
    return client
  }()

  private static func client(_ number: Int, _ environment: SandboxEnvironment) -> SandboxClient {
    SandboxClient(
      clientID: "client-\(number)", sourceID: "00000000-0000-4000-8000-00000000000\(number)", sourceName: "Source \(number)",
      environment: environment,
      keys: [SandboxPublicKey(keyID: "key-\(number)", algorithm: .es384, pem: key.publicKey.pemRepresentation)])
  }

  static func run(
    _ configure: (inout SandboxOptions) -> Void = { _ in }, in folder: String? = nil, _ body: (Bench) async throws -> Void
  ) async throws {
    let directory = folder ?? temporaryFolder()
    defer { if folder == nil { try? FileManager.default.removeItem(atPath: directory) } }
    let clock = TestClock()
    var options = SandboxOptions(directory: directory, clients: [staging, neighbour, development, legacy])
    options.now = { clock.now }
    options.knownPatients = ["0000000001"]
    configure(&options)
    let server = try await SandboxServer.start(options)
    do {
      try await body(Bench(server: server, clock: clock, directory: directory))
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  static func temporaryFolder() -> String {
    FileManager.default.temporaryDirectory.path + "/sandbox-test-" + UUID().uuidString
  }

  var received: [ReceivedRecord] {
    get throws { try ReceivedStore.received(in: directory) }
  }

  func token(_ client: SandboxClient = Bench.staging) async throws -> String {
    let reply = try await requestToken(Assertion(client: client, bench: self).signed())
    return try #require(reply.json["access_token"]?.string)
  }

  func requestToken(_ assertion: String) async throws -> Answer {
    let form =
      "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion="
      + assertion
    return try await post("/v2/auth/token", type: "application/x-www-form-urlencoded", body: Array(form.utf8))
  }

  func post(
    _ path: String, type: String? = nil, token: String? = nil, body: [UInt8], by client: HTTPClient = .shared
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: server.baseURL + path)
    request.method = .POST
    if let type { request.headers.add(name: "content-type", value: type) }
    if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
    request.body = .bytes(ByteBuffer(bytes: body))
    let response = try await client.execute(request, timeout: .seconds(300))
    let bytes = try await response.body.collect(upTo: 1 << 20)
    return Answer(
      status: Int(response.status.code), headers: Dictionary(response.headers.map { ($0.name, $0.value) }) { a, _ in a },
      body: Array(bytes.readableBytesView))
  }

  func upload(_ content: [UInt8], token: String, name: String = "file", fileName: String = "a.bin") async throws -> Answer {
    try await post(
      "/upload", type: "multipart/form-data; boundary=XyZ", token: token, body: Self.form(content, name: name, fileName: fileName))
  }

  static func form(_ content: [UInt8], name: String = "file", fileName: String = "a.bin") -> [UInt8] {
    Array(
      "--XyZ\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        .utf8)
      + content + Array("\r\n--XyZ--\r\n".utf8)
  }
}

struct Answer: Sendable {
  var status: Int
  var headers: [String: String]
  var body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }
  var json: JSON { (try? JSON(parsing: body)) ?? .null }
  var errors: [String] { (json["Meta"]?["Errors"]?.array ?? []).compactMap { $0["Text"]?.string } }
  var issues: [String] { (json["issue"]?.array ?? []).compactMap { $0["details"]?["text"]?.string } }
}

/// A client assertion, signed by swift-crypto alone; every part can be made wrong.
struct Assertion {
  var header: [String: JSON]
  var claims: [String: JSON]
  var key = Bench.key

  init(client: SandboxClient, bench: Bench) {
    let now = Int(bench.clock.now.timeIntervalSince1970)
    header = ["alg": "ES384", "typ": "JWT", "kid": .string(client.keys.first?.keyID ?? "")]
    claims = [
      "iss": .string(client.clientID), "sub": .string(client.clientID), "aud": .string(bench.server.baseURL + "/v2/auth/token"),
      "iat": .integer(now), "exp": .integer(now + 300), "jti": .string(UUID().uuidString),
    ]
  }

  func signed() throws -> String {
    let input = Self.base64URL(Data(JSON.object(header).text.utf8)) + "." + Self.base64URL(Data(JSON.object(claims).text.utf8))
    return input + "." + Self.base64URL(try key.signature(for: Data(input.utf8)).rawRepresentation)
  }

  static func base64URL(_ data: Data) -> String {
    data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}

extension JSON {
  /// A copy with the field at a path such as `Orders.0.Code` set, or removed when `value` is nil.
  func setting(_ path: String, to value: JSON?) -> JSON {
    var steps = path.split(separator: ".")[...]
    guard let step = steps.popFirst() else { return value ?? .null }
    let rest = steps.joined(separator: ".")
    switch self {
    case .object(var members):
      members[String(step)] = rest.isEmpty ? value : members[String(step)]?.setting(rest, to: value)
      return .object(members)
    case .array(var elements):
      guard let index = Int(step), elements.indices.contains(index) else { return self }
      if rest.isEmpty {
        if let value { elements[index] = value } else { elements.remove(at: index) }
      } else {
        elements[index] = elements[index].setting(rest, to: value)
      }
      return .array(elements)
    default: return self
    }
  }
}

func sha256(_ bytes: [UInt8]) -> String { SHA256.hash(data: bytes).hexadecimal }

/// Bytes that repeat nowhere near, the same in every run.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 56)
  }
}
