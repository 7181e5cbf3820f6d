/// A public key that a client registered, by key id.
public struct SandboxPublicKey: Sendable, Equatable {
  public enum Algorithm: String, Sendable, Codable {
    case es384 = "ES384"
    case rs384 = "RS384"
  }

  public var keyID: String
  public var algorithm: Algorithm
  /// SubjectPublicKeyInfo as PEM.
  public var pem: String

  public init(keyID: String, algorithm: Algorithm, pem: String) {
    self.keyID = keyID
    self.algorithm = algorithm
    self.pem = pem
  }
}

/// A registered sender: one source in one environment, with an OAuth key, a legacy key, or both.
public struct SandboxClient: Sendable, Equatable {
  public struct LegacyKey: Sendable, Equatable {
    public var apiKey: String
    public var secret: String

    public init(apiKey: String, secret: String) {
      self.apiKey = apiKey
      self.secret = secret
    }
  }

  public var clientID: String
  public var sourceID: String
  public var sourceName: String
  public var environment: SandboxEnvironment
  public var scope: String
  public var keys: [SandboxPublicKey]
  public var legacyKey: LegacyKey?

  public init(
    clientID: String, sourceID: String, sourceName: String, environment: SandboxEnvironment, keys: [SandboxPublicKey] = [],
    legacyKey: LegacyKey? = nil
  ) {
    self.clientID = clientID
    self.sourceID = sourceID
    self.sourceName = sourceName
    self.environment = environment
    self.scope = "fhir:\(environment.rawValue.lowercased())"
    self.keys = keys
    self.legacyKey = legacyKey
  }
}
