import SafeText
import Testing

@testable import RedoxAPI

@Suite struct AddressTests {
  @Test(arguments: [
    "http://127.0.0.1:8080/upload", "http://127.9.8.7/", "http://[::1]:80/x", "http://LOCALHOST:1/x", "https://blob.redoxengine.com/upload",
  ])
  func takesHTTPSAndThisMachine(_ url: String) throws { _ = try WebAddress.checked(url, for: "the upload") }

  @Test(arguments: [
    "http://blob.redoxengine.com/upload", "http://localhost.example.com/", "http://127.0.0.1.example.com/", "http://127.0.0/",
    "http://10.0.0.1/", "http://[::2]/",
    "ftp://127.0.0.1/", "127.0.0.1", "", "https:///x", "https://user:pw@host/", "https://host/x#part", "https://host/a b",
    "http://0.0.0.0/", "http://127.0.0.1@evil.example/",
  ])
  func refusesEverythingElse(_ url: String) {
    let error = #expect(throws: DestinationError.self) { try WebAddress.checked(url, for: "the upload") }
    guard case .configuration(let sentence)? = error?.cause else {
      Issue.record("\(String(describing: error)) is no configuration error")
      return
    }
    #expect(sentence.string.contains("the upload") && error?.handover == .nothing)
  }

  @Test(arguments: [
    ("https://api.redoxengine.com/endpoint", "api.redoxengine.com", 443), ("http://127.0.0.1:8080/x", "127.0.0.1", 8080),
    ("https://[::1]:444?q", "::1", 444), ("HTTPS://Host", "host", 443),
  ])
  func tellsHostAndPort(_ text: String, _ host: String, _ port: Int) {
    let address = WebAddress(text)
    #expect(address?.host == host && address?.port == port)
  }

  @Test func aConfiguredProxyGoesBeforeTheEnvironmentsAndNeverForThisMachine() {
    let proxies = ProxyEnvironment(["https_proxy": "http://other.example:1"])
    #expect(proxies.proxy(for: "https://x.example/", configured: "http://mine.example:2") == "http://mine.example:2")
    #expect(proxies.proxy(for: "https://x.example/", configured: nil) == "http://other.example:1")
    #expect(proxies.proxy(for: "https://127.0.0.1/", configured: "http://mine.example:2") == nil)
  }

  @Test func aRefusedURLIsShownWithoutItsQuery() {
    let error = #expect(throws: DestinationError.self) { try WebAddress.checked("http://example.com/x?token=1", for: "the upload") }
    guard case .configuration(let sentence)? = error?.cause else { return }
    #expect(sentence.string.contains("http://example.com/x") && !sentence.string.contains("token=1"))
  }

  private static let both = [
    "https_proxy": "http://secure.example:1", "http_proxy": "plain.example:2",
    "no_proxy": "a.example, .b.example,10.0.0.0/8,c.example:8443",
  ]

  @Test(
    arguments: [
      ("https://x.example/", "http://secure.example:1"), ("http://x.example/", "http://plain.example:2"), ("https://a.example/", nil),
      ("https://sub.a.example/", nil),
      ("https://nota.example/", "http://secure.example:1"), ("https://b.example/", nil), ("https://s.b.example/", nil),
      ("https://10.9.9.9/", nil),
      ("https://11.0.0.1/", "http://secure.example:1"), ("https://c.example/", "http://secure.example:1"), ("https://c.example:8443/", nil),
      ("https://127.0.0.1/", nil), ("https://localhost:9/", nil), ("https://[::1]/", nil), ("nonsense", nil),
    ] as [(String, String?)])
  func choosesTheProxy(_ url: String, _ expected: String?) { #expect(ProxyEnvironment(Self.both).proxy(for: url) == expected) }

  @Test func knowsTheVariablesAndTheirOrder() {
    func proxy(_ variables: [String: String], _ url: String = "https://x.example/") -> String? {
      ProxyEnvironment(variables).proxy(for: url)
    }
    #expect(proxy([:]) == nil)
    #expect(proxy(["HTTPS_PROXY": "http://big:1"]) == "http://big:1")
    #expect(proxy(["HTTPS_PROXY": "http://big:1", "https_proxy": "http://small:1"]) == "http://small:1")
    #expect(proxy(["https_proxy": "", "HTTPS_PROXY": "http://big:1"]) == "http://big:1")
    #expect(proxy(["ALL_PROXY": "http://all:1"]) == "http://all:1")
    #expect(proxy(["http_proxy": "http://plain:1"]) == nil)
    #expect(proxy(["HTTP_PROXY": "http://plain:1"], "http://x.example/") == "http://plain:1")
    #expect(proxy(["HTTP_PROXY": "http://plain:1", "REQUEST_METHOD": "GET"], "http://x.example/") == nil)
    #expect(proxy(["https_proxy": "http://p:1", "NO_PROXY": "*"]) == nil)
    #expect(proxy(["https_proxy": "http://p:1", "no_proxy": "*.x.example"]) == nil)
    #expect(proxy(["https_proxy": "http://p:1", "no_proxy": "X.EXAMPLE"]) == nil)
  }
}
