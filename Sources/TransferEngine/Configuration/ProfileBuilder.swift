internal import ClinicalMessages
internal import Patients
internal import RedoxAPI
internal import SafeText
internal import SystemPackage

/// Makes values of the checked layers; complains about what is missing.
struct ProfileBuilder {
  let layers: ConfigurationLayers
  let home: String?
  private(set) var problems: [ConfigurationProblem] = []

  init(layers: ConfigurationLayers, home: String?) {
    self.layers = layers
    self.home = home
  }

  mutating func profile(_ name: String, isSandbox: Bool) -> Profile? {
    let path = ["profiles", name]
    guard let word = required(path + ["environment"], "Which of Redox's environments it is for."),
      let environment = ProfileSummary.Environment(rawValue: word), let credentials = credentials(path + ["credentials"])
    else { return nil }
    let slug = text(path + ["destination_slug"])
    let destinationID = text(path + ["destination_id"])
    if slug == nil && destinationID == nil {
      complain(
        path + ["destination_id"], "The profile names no destination.",
        "Set destination_id (for Media, Notes and Results), destination_slug (for FHIR) or both, as Redox's dashboard shows them.")
      return nil
    }
    let urls = urls(path + ["urls"], slug: slug, environment: environment)
    let host = WebAddress(destinationID == nil ? urls.fhir ?? urls.endpoint : urls.endpoint)?.host ?? ""
    let summary = ProfileSummary(
      name: name, environment: environment, isProduction: flag(path + ["production"]) ?? (environment == .production),
      destinationName: DisplayText(escaping: text(path + ["destination_name"]) ?? slug ?? destinationID ?? ""),
      host: DisplayText(escaping: host),
      isSandbox: isSandbox, takesTypedPatients: flag(path + ["typed_patients"]) ?? true)
    return Profile(
      summary: summary, routing: routing(path, destinationID: destinationID, isTest: environment != .production), credentials: credentials,
      urls: urls,
      uploadPartName: text(path + ["wire", "upload_part_name"]) ?? "file", sourceIDHeader: text(path + ["wire", "source_id_header"]),
      roster: file(path + ["roster"]), rosterColumns: rosterColumns(path + ["roster_columns"]), inbox: file(path + ["inbox"]),
      defaults: defaults(path + ["defaults"]), providers: providers(path + ["providers"]),
      retractsFHIR: flag(path + ["wire", "fhir_retract"]) ?? false, after: disposal(path + ["after"]))
  }

  /// Those that every profile offers.
  mutating func providers() -> [Provider] { providers(["providers"]) }

  func maskedLists() -> MaskedLists { text(["mask_lists"]).flatMap { MaskedLists(rawValue: $0) } ?? .production }

  func limits() -> Limits {
    var limits = Limits()
    if let number = integer(["limits", "advised_embed_bytes"]) { limits.advisedEmbedBytes = number }
    if let number = integer(["limits", "embed_bytes"]) { limits.embedBytes = number }
    if let number = integer(["limits", "request_bytes"]) { limits.requestBytes = number }
    if let number = integer(["limits", "upload_bytes"]) { limits.uploadBytes = number }
    if case .list(let list)? = layers.values[["limits", "upload_environments"]]?.value {
      limits.uploadEnvironments = Set(
        list.compactMap { if case .text(let word) = $0 { ProfileSummary.Environment(rawValue: word) } else { nil } })
    }
    return limits
  }

  func sending() -> SendingSettings {
    var sending = SendingSettings()
    if let number = seconds(["sending", "hold_seconds"]) { sending.holdSeconds = number }
    return sending
  }

  func network() -> NetworkSettings {
    var network = NetworkSettings(proxy: text(["network", "proxy"]), certificateFile: file(["network", "ca_file"]))
    if let number = seconds(["network", "connect_timeout"]) { network.connectTimeout = number }
    if let number = seconds(["network", "idle_timeout"]) { network.idleTimeout = number }
    if let number = integer(["network", "simultaneous_transfers"]) { network.simultaneousTransfers = number }
    return network
  }

  func history() -> HistorySettings {
    var history = HistorySettings()
    if let days = integer(["history", "keep_patient_days"]) { history.keepPatientDays = days }
    if let days = integer(["history", "keep_receipts_days"]) { history.keepReceiptsDays = days }
    return history
  }

  var allowsNetworkState: Bool { flag(["state", "allow_network_folder"]) ?? false }

  // MARK: Parts of a profile

  private mutating func credentials(_ path: [String]) -> CredentialSource? {
    guard let kind = required(path + ["kind"], "Write \"client_assertion\" for an OAuth API key or \"legacy\" for a legacy one.") else {
      return nil
    }
    if kind == "legacy" {
      guard let key = required(path + ["api_key"], "The legacy API key of the source."),
        let file = requiredFile(path + ["secret_file"], "The file that holds the key's secret.")
      else { return nil }
      return .legacy(apiKey: key, secretFile: file)
    }
    guard let client = required(path + ["client_id"], "The client ID that Redox's dashboard shows for the API key."),
      let key = required(path + ["key_id"], "The `kid` of the public key in Redox's dashboard."),
      let file = requiredFile(path + ["key_file"], "The file that holds the private key, PEM or JWK.")
    else { return nil }
    return .clientAssertion(clientID: client, keyID: key, keyFile: file, scope: text(path + ["scope"]))
  }

  private func urls(_ path: [String], slug: String?, environment: ProfileSummary.Environment) -> ServiceURLs {
    func filled(_ url: String) -> String {
      url.replacing("{destination}", with: slug ?? "").replacing("{environment}", with: environment.rawValue)
    }
    let fhir = text(path + ["fhir"]) ?? ServiceURLs.defaultFHIR
    let needsSlug = fhir.contains("{destination}")
    return ServiceURLs(
      token: filled(text(path + ["token"]) ?? ServiceURLs.defaultToken), audience: text(path + ["audience"]),
      legacyAuthenticate: filled(text(path + ["legacy_authenticate"]) ?? ServiceURLs.defaultLegacyAuthenticate),
      upload: filled(text(path + ["upload"]) ?? ServiceURLs.defaultUpload),
      endpoint: filled(text(path + ["endpoint"]) ?? ServiceURLs.defaultEndpoint), fhir: needsSlug && slug == nil ? nil : filled(fhir),
      fhirSearch: text(path + ["fhir_search"]).map(filled))
  }

  private func routing(_ path: [String], destinationID: String?, isTest: Bool) -> Routing {
    var routing = Routing(
      destinationID: destinationID ?? "", destinationName: text(path + ["destination_name"]), sourceID: text(path + ["source_id"]),
      sourceName: text(path + ["source_name"]) ?? "chartdrop", isTest: isTest, organizationName: text(path + ["organization"]),
      identifierSystems: texts(path + ["wire", "identifier_systems"]))
    if let uri = text(path + ["wire", "fhir_event_uri"]) { routing.fhirEventURI = uri }
    if let system = text(path + ["wire", "document_identifier_system"]) { routing.documentIdentifierSystem = system }
    if let type = text(path + ["wire", "referenced_note_content_type"]) { routing.referencedNoteContentType = type }
    return routing
  }

  private func defaults(_ path: [String]) -> FieldDefaults {
    var defaults = FieldDefaults()
    if let id = text(path + ["provider_id"]) {
      defaults.provider = Provider(
        id: id, idType: text(path + ["provider_id_type"]) ?? "NPI", family: text(path + ["provider_family"]),
        given: text(path + ["provider_given"]),
        credentials: text(path + ["provider_credentials"]))
    }
    for kind in MessageKind.allCases {
      // `11506-3 Progress note`: the code, then how a person calls it.
      guard let parts = text(path + ["\(kind.rawValue)_type"])?.split(separator: " ", maxSplits: 1), let code = parts.first else {
        continue
      }
      let display = parts.count > 1 ? String(parts[1]) : DocumentTypeCatalog.type(code: String(code))?.display
      defaults.documentTypes[kind] = CodedValue(code: String(code), display: display ?? String(code))
    }
    return defaults
  }

  private mutating func disposal(_ path: [String]) -> DocumentDisposal {
    switch text(path + ["accepted"]) {
    case "move":
      guard let folder = requiredFile(path + ["folder"], "The folder that accepted documents are moved to.") else { return .keep }
      return .move(folder)
    case "delete": return .delete
    default: return .keep
    }
  }

  private mutating func providers(_ path: [String]) -> [Provider] {
    var providers: [Provider] = []
    for name in layers.names(under: path).sorted(by: { (Int($0) ?? 0, $0) < (Int($1) ?? 0, $1) }) {
      let entry = path + [name]
      guard let id = required(entry + ["id"], "The provider's number, such as the NPI.") else { continue }
      providers.append(
        Provider(
          id: id, idType: text(entry + ["id_type"]) ?? "NPI", family: text(entry + ["family"]), given: text(entry + ["given"]),
          credentials: text(entry + ["credentials"])))
    }
    return providers
  }

  private func rosterColumns(_ path: [String]) -> RosterColumns {
    let named = texts(path).compactMap { key, column in RosterColumns.Field(rawValue: key).map { ($0, column) } }
    return RosterColumns(Dictionary(uniqueKeysWithValues: named))
  }

  // MARK: Values

  private func text(_ key: [String]) -> String? {
    if case .text(let text)? = layers.values[key]?.value { text } else { nil }
  }

  private func flag(_ key: [String]) -> Bool? {
    if case .flag(let flag)? = layers.values[key]?.value { flag } else { nil }
  }

  private func integer(_ key: [String]) -> Int? {
    if case .integer(let number)? = layers.values[key]?.value { number } else { nil }
  }

  private func seconds(_ key: [String]) -> Double? {
    switch layers.values[key]?.value {
    case .integer(let number)?: Double(number)
    case .real(let number)?: number
    default: nil
    }
  }

  private func texts(_ path: [String]) -> [String: String] {
    layers.names(under: path).reduce(into: [:]) { $0[$1] = text(path + [$1]) }
  }

  /// A path as it is meant: `~/` is the home, a relative one begins at the folder of the file that it stands in.
  private func file(_ key: [String]) -> FilePath? {
    guard let text = text(key), let source = layers.values[key]?.source else { return nil }
    if text == "~" || text.hasPrefix("~/"), let home { return FilePath(home).appending(FilePath(String(text.dropFirst(2))).components) }
    let path = FilePath(text)
    return path.isAbsolute ? path : source.path.removingLastComponent().pushing(path).lexicallyNormalized()
  }

  private mutating func required(_ key: [String], _ remedy: DisplayText) -> String? {
    if let text = text(key) { return text }
    // A value that is there but wrong has been complained about already.
    if !layers.problems.contains(where: { $0.key?.string == ConfigurationSchema.dotted(key) }) { complain(key, "It is missing.", remedy) }
    return nil
  }

  private mutating func requiredFile(_ key: [String], _ remedy: DisplayText) -> FilePath? {
    required(key, remedy) == nil ? nil : file(key)
  }

  private mutating func complain(_ key: [String], _ reason: DisplayText, _ remedy: DisplayText) {
    // The file that speaks of this profile is the one to correct.
    let nearest = layers.values.filter { $0.key.starts(with: key.prefix(2)) }.min { $0.key.lexicographicallyPrecedes($1.key) }?.value.source
    if let source = nearest {
      problems.append(ConfigurationProblem(source, key: key, reason: reason, remedy: remedy))
    } else {
      problems.append(ConfigurationProblem(key: DisplayText(escaping: ConfigurationSchema.dotted(key)), reason: reason, remedy: remedy))
    }
  }
}
