public import SafeText

/// Where and how one profile talks to Redox. All of it is configuration; the defaults are what Redox documents.
public struct RedoxSettings: Sendable, Hashable {
  public enum Credentials: Sendable, Hashable {
    /// OAuth API key: a signed client assertion. `keyPEMOrJWK` is the private key's text (PEM or JWK; RS384 or ES384 by its kind).
    case clientAssertion(clientID: String, keyID: String, key: Redacted<String>, scope: String?)
    /// Legacy API key, Data Model messages only.
    case legacy(apiKey: String, secret: Redacted<String>)
  }

  /// `https://api.redoxengine.com/v2/auth/token`
  public var tokenURL: String
  /// Value of the assertion's `aud`; the token URL unless configured.
  public var audience: String
  /// `https://api.redoxengine.com/auth/authenticate`
  public var legacyAuthenticateURL: String
  /// `https://blob.redoxengine.com/upload`
  public var uploadURL: String
  /// `file`
  public var uploadPartName: String
  /// `https://api.redoxengine.com/endpoint`
  public var endpointURL: String
  /// The whole URL of `…/DocumentReference/$documentreference-create`, with destination and environment filled in.
  public var fhirURL: String
  /// The whole URL of `…/DocumentReference/_search`, where a destination is asked for a document. Redox documents it beside the
  /// operation of `fhirURL`; whether a destination answers there is its own affair. Empty means that nobody can be asked.
  public var fhirSearchURL: String
  /// Header that names the source on FHIR requests; nil leaves it out.
  public var sourceIDHeader: String?
  public var sourceID: String?
  public var credentials: Credentials
  /// PEM text of further certificate authorities to trust; verification itself is never off.
  public var extraCertificates: String?
  /// `http://host:port` of a proxy for all remote hosts; nil takes what the destination's `ProxyEnvironment` names for each URL.
  public var proxy: String?
  /// Seconds.
  public var connectTimeout: Double
  /// Seconds without any progress, while sending and while waiting for the answer. Redox gives itself 120 s.
  public var idleTimeout: Double

  public init(
    tokenURL: String, audience: String? = nil, legacyAuthenticateURL: String, uploadURL: String, uploadPartName: String = "file",
    endpointURL: String, fhirURL: String, fhirSearchURL: String? = nil, sourceIDHeader: String? = nil, sourceID: String? = nil,
    credentials: Credentials,
    extraCertificates: String? = nil, proxy: String? = nil, connectTimeout: Double = 10, idleTimeout: Double = 130
  ) {
    self.tokenURL = tokenURL
    self.audience = audience ?? tokenURL
    self.legacyAuthenticateURL = legacyAuthenticateURL
    self.uploadURL = uploadURL
    self.uploadPartName = uploadPartName
    self.endpointURL = endpointURL
    self.fhirURL = fhirURL
    self.fhirSearchURL = fhirSearchURL ?? Self.searchURL(besideOperation: fhirURL)
    self.sourceIDHeader = sourceIDHeader
    self.sourceID = sourceID
    self.credentials = credentials
    self.extraCertificates = extraCertificates
    self.proxy = proxy
    self.connectTimeout = connectTimeout
    self.idleTimeout = idleTimeout
  }

  /// The search of the resource that an operation's URL names: `…/DocumentReference/$operation` becomes `…/DocumentReference/_search`.
  /// Empty when the URL names no operation of DocumentReference.
  static func searchURL(besideOperation url: String) -> String {
    guard let slash = url.lastIndex(of: "/"), url[..<slash].hasSuffix("/DocumentReference") else { return "" }
    return url[...slash] + "_search"
  }
}
