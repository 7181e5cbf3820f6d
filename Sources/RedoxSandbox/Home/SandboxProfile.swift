/// One profile of the sandbox's configuration, and the client that it is to the server. Identifiers are fixed, so that notes stay true.
struct SandboxProfile: Sendable {
  enum Credential: Sendable {
    case key(id: String, form: SandboxKeys.Form, file: String)
    case legacy(apiKey: String, file: String)
  }

  var name: String
  var environment: SandboxEnvironment
  var clientID: String
  var sourceID: String
  var credential: Credential

  static let all = [
    SandboxProfile(
      name: "development", environment: .development, clientID: "5c6f3c62-4b1d-4e5a-9a51-0d0d00000001",
      sourceID: "8a3f0d7e-6f0b-4a57-8b61-0d0d00000001",
      credential: .key(id: "sandbox-development", form: .es384PEM, file: "keys/development.pem")),
    SandboxProfile(
      name: "staging", environment: .staging, clientID: "5c6f3c62-4b1d-4e5a-9a51-0d0d00000002",
      sourceID: "8a3f0d7e-6f0b-4a57-8b61-0d0d00000002",
      credential: .key(id: "sandbox-staging", form: .rs384PEM, file: "keys/staging.pem")),
    SandboxProfile(
      name: "production-like", environment: .production, clientID: "5c6f3c62-4b1d-4e5a-9a51-0d0d00000003",
      sourceID: "8a3f0d7e-6f0b-4a57-8b61-0d0d00000003",
      credential: .key(id: "sandbox-production-like", form: .es384JWK, file: "keys/production-like.jwk")),
    SandboxProfile(
      name: "legacy", environment: .staging, clientID: "5c6f3c62-4b1d-4e5a-9a51-0d0d00000004",
      sourceID: "8a3f0d7e-6f0b-4a57-8b61-0d0d00000004",
      credential: .legacy(apiKey: "7d1f7a0e-3c55-4c0e-9a2f-0d0d00000004", file: "keys/legacy.secret")),
  ]

  /// The profile as the server knows it; its key or secret is made in the home when it is missing.
  func client(in home: String) throws -> SandboxClient {
    var client = SandboxClient(clientID: clientID, sourceID: sourceID, sourceName: "chartdrop sandbox (\(name))", environment: environment)
    switch credential {
    case .key(let id, let form, let file):
      client.keys = [try SandboxKeys.publicKey(id: id, form: form, at: home + "/" + file)]
    case .legacy(let apiKey, let file):
      client.legacyKey = SandboxClient.LegacyKey(apiKey: apiKey, secret: try SandboxKeys.secret(at: home + "/" + file))
    }
    return client
  }

  /// The profile's part of `config.toml`. Nothing in it needs escaping: identifiers, fixed names and URLs.
  func configuration(baseURL: String, destination: SandboxDestination) -> String {
    """
    [profiles.\(name)]
    environment = "\(environment.rawValue)"
    production = \(environment == .production)
    destination_id = "\(destination.id)"
    destination_name = "\(destination.name)"
    destination_slug = "\(destination.slug)"
    source_id = "\(sourceID)"
    source_name = "chartdrop sandbox (\(name))"
    organization = "Example Clinic"
    roster = "patients.csv"
    inbox = "documents"

    [profiles.\(name).credentials]
    \(credentialLines)

    [profiles.\(name).urls]
    token = "\(baseURL)/v2/auth/token"
    audience = "\(baseURL)/v2/auth/token"
    legacy_authenticate = "\(baseURL)/auth/authenticate"
    upload = "\(baseURL)/upload"
    endpoint = "\(baseURL)/endpoint"
    fhir = "\(baseURL)/fhir/R4/{destination}/{environment}/DocumentReference/$documentreference-create"

    [profiles.\(name).wire]
    identifier_systems = { MR = "\(SampleRoster.identifierSystem)" }

    [profiles.\(name).defaults]
    provider_id = "1234567893"
    provider_id_type = "NPI"
    provider_family = "Granite"
    provider_given = "Pat"

    [[profiles.\(name).providers]]
    id = "1000000004"
    family = "Chalk"
    given = "Sharon"

    [[profiles.\(name).providers]]
    id = "1000000012"
    family = "Mica"
    given = "Jim"

    """
  }

  private var credentialLines: String {
    switch credential {
    case .key(let id, _, let file):
      """
      kind = "client_assertion"
      client_id = "\(clientID)"
      key_id = "\(id)"
      key_file = "\(file)"
      """
    case .legacy(let apiKey, let file):
      """
      kind = "legacy"
      api_key = "\(apiKey)"
      secret_file = "\(file)"
      """
    }
  }
}
