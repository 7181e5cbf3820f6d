public import ClinicalMessages
public import Patients
internal import SafeText
public import SystemPackage

/// What the configuration files say, checked. Secrets are not part of it: they are read when a profile is used.
public struct Configuration: Sendable {
  /// In the order of their names.
  public var profiles: [Profile]
  /// The profile that is used unless another is asked for; always one of `profiles`.
  public var defaultProfile: String
  /// The theme's name; nil leaves the choice to the program.
  public var theme: String?
  /// Where lists of patients are masked.
  public var maskedLists: MaskedLists
  public var limits: Limits
  public var network: NetworkSettings
  public var history: HistorySettings
  /// The state folder may lie on a network file system.
  public var allowsNetworkState: Bool
  public var sending: SendingSettings
  /// The files that were read, the site's first.
  public var files: [FilePath]
  /// Dotted keys that the site has locked.
  public var locked: [String]

  public init(
    profiles: [Profile], defaultProfile: String, theme: String? = nil, maskedLists: MaskedLists = .production, limits: Limits = Limits(),
    network: NetworkSettings = NetworkSettings(), sending: SendingSettings = SendingSettings(),
    history: HistorySettings = HistorySettings(), allowsNetworkState: Bool = false,
    files: [FilePath] = [], locked: [String] = []
  ) {
    self.profiles = profiles
    self.defaultProfile = defaultProfile
    self.theme = theme
    self.maskedLists = maskedLists
    self.limits = limits
    self.network = network
    self.history = history
    self.allowsNetworkState = allowsNetworkState
    self.sending = sending
    self.files = files
    self.locked = locked
  }

  /// The profile of this name; the default one for nil.
  public func profile(_ name: String?) throws(ConfigurationError) -> Profile {
    let wanted = name ?? defaultProfile
    if let profile = profiles.first(where: { $0.summary.name == wanted }) { return profile }
    let names = profiles.map { DisplayText(escaping: $0.summary.name) }.joined(separator: ", ")
    let near = NearMiss.of(wanted, among: profiles.map(\.summary.name)).map { DisplayText(" Did you mean \($0)?") } ?? ""
    throw ConfigurationError(
      ConfigurationProblem(reason: "There is no profile named \"\(wanted)\".", remedy: "There are: \(names)." + near))
  }
}

/// Which profiles' lists show initials, birth years and the ends of numbers only.
public enum MaskedLists: String, Sendable, Hashable, CaseIterable {
  case production, always, never

  public func applies(to profile: ProfileSummary) -> Bool {
    switch self {
    case .production: profile.isProduction
    case .always: true
    case .never: false
    }
  }
}

/// One way to a chart: environment, destination, credentials and whatever is particular to them.
public struct Profile: Sendable, Hashable {
  public var summary: ProfileSummary
  public var routing: Routing
  public var credentials: CredentialSource
  public var urls: ServiceURLs
  /// The multipart part's name.
  public var uploadPartName: String
  /// Header that names the source on FHIR requests.
  public var sourceIDHeader: String?
  /// FHIR documents may be retracted, by a way that Redox does not document.
  public var retractsFHIR: Bool
  public var roster: FilePath?
  public var rosterColumns: RosterColumns
  /// The folder that browsing begins in.
  public var inbox: FilePath?
  public var defaults: FieldDefaults
  /// Whom the form offers as the provider, besides the one of `defaults`.
  public var providers: [Provider]
  /// What becomes of a document's file once Redox has accepted it.
  public var after: DocumentDisposal

  public init(
    summary: ProfileSummary, routing: Routing, credentials: CredentialSource, urls: ServiceURLs, uploadPartName: String = "file",
    sourceIDHeader: String? = nil, roster: FilePath? = nil, rosterColumns: RosterColumns = RosterColumns(), inbox: FilePath? = nil,
    defaults: FieldDefaults = FieldDefaults(), providers: [Provider] = [], retractsFHIR: Bool = false, after: DocumentDisposal = .keep
  ) {
    self.summary = summary
    self.routing = routing
    self.credentials = credentials
    self.urls = urls
    self.uploadPartName = uploadPartName
    self.sourceIDHeader = sourceIDHeader
    self.roster = roster
    self.rosterColumns = rosterColumns
    self.inbox = inbox
    self.defaults = defaults
    self.providers = providers
    self.retractsFHIR = retractsFHIR
    self.after = after
  }
}

/// Where the credentials are; the secret itself stays in its file.
public enum CredentialSource: Sendable, Hashable {
  case clientAssertion(clientID: String, keyID: String, keyFile: FilePath, scope: String?)
  case legacy(apiKey: String, secretFile: FilePath)

  public var secretFile: FilePath {
    switch self {
    case .clientAssertion(_, _, let file, _), .legacy(_, let file): file
    }
  }
}

/// Redox's addresses, with destination and environment filled in.
public struct ServiceURLs: Sendable, Hashable {
  public var token: String
  public var audience: String?
  public var legacyAuthenticate: String
  public var upload: String
  public var endpoint: String
  /// Nil when no destination slug is configured; then FHIR messages cannot be sent.
  public var fhir: String?
  /// Where the destination is asked for a document; nil stands for the search beside `fhir`.
  public var fhirSearch: String?

  public init(
    token: String = Self.defaultToken, audience: String? = nil, legacyAuthenticate: String = Self.defaultLegacyAuthenticate,
    upload: String = Self.defaultUpload, endpoint: String = Self.defaultEndpoint, fhir: String?,
    fhirSearch: String? = nil
  ) {
    self.token = token
    self.audience = audience
    self.legacyAuthenticate = legacyAuthenticate
    self.upload = upload
    self.endpoint = endpoint
    self.fhir = fhir
    self.fhirSearch = fhirSearch
  }

  public static let defaultToken = "https://api.redoxengine.com/v2/auth/token"
  public static let defaultLegacyAuthenticate = "https://api.redoxengine.com/auth/authenticate"
  public static let defaultUpload = "https://blob.redoxengine.com/upload"
  public static let defaultEndpoint = "https://api.redoxengine.com/endpoint"
  public static let defaultFHIR =
    "https://api.redoxengine.com/fhir/R4/{destination}/{environment}/DocumentReference/$documentreference-create"
}

/// How connections are made, for all profiles alike.
public struct NetworkSettings: Sendable, Hashable {
  /// `http://host:port`; nil heeds the environment's variables.
  public var proxy: String?
  /// PEM file of further authorities to trust.
  public var certificateFile: FilePath?
  /// Seconds until a connection must have come about.
  public var connectTimeout: Double
  /// Seconds without any progress. Redox gives itself 120 s to answer, hence a little more.
  public var idleTimeout: Double
  /// How many transfers of a profile may be under way at once.
  public var simultaneousTransfers: Int

  public init(
    proxy: String? = nil, certificateFile: FilePath? = nil, connectTimeout: Double = 10, idleTimeout: Double = 130,
    simultaneousTransfers: Int = 3
  ) {
    self.proxy = proxy
    self.certificateFile = certificateFile
    self.connectTimeout = connectTimeout
    self.idleTimeout = idleTimeout
    self.simultaneousTransfers = simultaneousTransfers
  }
}

/// How long the history keeps what.
public struct HistorySettings: Sendable, Hashable {
  /// Days after its end until what identifies the patient is removed from a transfer; 0 removes it at once.
  public var keepPatientDays: Int
  /// Days after its end until nothing of a transfer is left; 0 keeps receipts for ever.
  public var keepReceiptsDays: Int

  public init(keepPatientDays: Int = 30, keepReceiptsDays: Int = 0) {
    self.keepPatientDays = keepPatientDays
    self.keepReceiptsDays = keepReceiptsDays
  }
}

/// What becomes of a document's file once Redox has accepted it.
public enum DocumentDisposal: Sendable, Hashable {
  case keep
  /// Into this folder, which must exist.
  case move(FilePath)
  case delete
}

/// How the interactive program sends.
public struct SendingSettings: Sendable, Hashable {
  /// Seconds between a person's confirmation and the first byte that leaves: time for an undo. Commands do not wait.
  public var holdSeconds: Double

  public init(holdSeconds: Double = 3) { self.holdSeconds = holdSeconds }
}

/// What the form is filled with before a person touches it.
public struct FieldDefaults: Sendable, Hashable {
  public var provider: Provider?
  /// LOINC document types; a kind that is absent here gets the program's own default.
  public var documentTypes: [MessageKind: CodedValue]

  public init(provider: Provider? = nil, documentTypes: [MessageKind: CodedValue] = [:]) {
    self.provider = provider
    self.documentTypes = documentTypes
  }
}
