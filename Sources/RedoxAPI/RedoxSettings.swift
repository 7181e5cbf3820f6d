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
  /// The whole URL of `…/DocumentReference/_search`, where a destination is asked for a document; nil stands for the search beside
  /// `fhirURL`, where Redox documents it. Whether a destination answers there is its own affair.
  public var fhirSearchURL: String?
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
    self.fhirSearchURL = fhirSearchURL
    self.sourceIDHeader = sourceIDHeader
    self.sourceID = sourceID
    self.credentials = credentials
    self.extraCertificates = extraCertificates
    self.proxy = proxy
    self.connectTimeout = connectTimeout
    self.idleTimeout = idleTimeout
  }

  /// Where a destination is asked for a document; nil when nobody can be asked. `…/DocumentReference/$operation` has its search at
  /// `…/DocumentReference/_search`; a URL that names no such operation has none.
  public var searchURL: String? {
    if let fhirSearchURL { return fhirSearchURL }
    guard let slash = fhirURL.lastIndex(of: "/"), fhirURL[..<slash].hasSuffix("/DocumentReference") else { return nil }
    return fhirURL[...slash] + "_search"
  }
}
