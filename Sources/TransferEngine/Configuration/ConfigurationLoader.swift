internal import ClinicalMessages
internal import Documents
public import RedoxAPI
internal import SafeText
public import SystemPackage

/// Reads the configuration: the site's file, and the user's over it.
public struct ConfigurationLoader: Sendable {
  private let places: Places
  private let files: any TrustedFiles

  public init(places: Places, files: any TrustedFiles = SystemTrustedFiles()) {
    self.places = places
    self.files = files
  }

  /// - Parameter path: a file to read in place of the user's; then it must exist.
  /// - Throws: everything that is wrong, with file, line and key.
  public func load(_ path: FilePath? = nil) throws(ConfigurationError) -> Configuration {
    var problems: [ConfigurationProblem] = []
    let site = source(places.siteConfiguration, mustExist: false, &problems)
    let user = source(path ?? places.configuration, mustExist: path != nil, &problems)
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    guard site != nil || user != nil else { throw missing() }

    let layers = ConfigurationLayers(site: site, user: user)
    var builder = ProfileBuilder(layers: layers, home: places.home?.string)
    let names = layers.names(under: ["profiles"])
    let everywhere = builder.providers()
    let profiles = names.compactMap { builder.profile($0, isSandbox: places.isSandbox) }.map { profile in
      var profile = profile
      profile.providers += everywhere
      return profile
    }
    problems = layers.problems + builder.problems
    let last = user ?? site
    if names.isEmpty, problems.isEmpty, let last {
      problems.append(
        ConfigurationProblem(last, key: ["profiles"], reason: "There is no profile.", remedy: "Add a table [profiles.main]."))
    }
    let defaultProfile = defaultProfile(layers, names: names, &problems)
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    var theme: String?
    if case .text(let name)? = layers.values[["theme"]]?.value { theme = name }
    return Configuration(
      profiles: profiles, defaultProfile: defaultProfile, theme: theme, maskedLists: builder.maskedLists(), limits: builder.limits(),
      network: builder.network(), sending: builder.sending(), history: builder.history(), allowsNetworkState: builder.allowsNetworkState,
      files: [site, user].compactMap { $0?.path }, locked: layers.locked.map(ConfigurationSchema.dotted))
  }

  /// Everything that the wire needs for a profile; reads the key or secret, and the certificates.
  public func redoxSettings(for profile: Profile, of configuration: Configuration) throws(ConfigurationError) -> RedoxSettings {
    let table = ["profiles", profile.summary.name, "credentials"]
    let secretKey: [String]
    switch profile.credentials {
    case .clientAssertion: secretKey = table + ["key_file"]
    case .legacy: secretKey = table + ["secret_file"]
    }
    let secret = try contents(of: profile.credentials.secretFile, isSecret: true, key: secretKey, configuration)
    if case .clientAssertion(_, let keyID, _, _) = profile.credentials {
      do throws(PrivateKey.Problem) {
        _ = try PrivateKey(parsing: Redacted(secret), keyID: keyID)
      } catch {
        throw ConfigurationError(
          problem(secretKey, configuration, reason: "\(DisplayText(profile.credentials.secretFile)): \(error.sentence)"))
      }
    }
    let credentials: RedoxSettings.Credentials =
      switch profile.credentials {
      case .clientAssertion(let client, let key, _, let scope):
        .clientAssertion(clientID: client, keyID: key, key: Redacted(secret), scope: scope)
      // Editors end a file with a newline; a secret does not.
      case .legacy(let apiKey, _): .legacy(apiKey: apiKey, secret: Redacted(secret.trimmingEnd()))
      }
    let network = configuration.network
    var certificates: String?
    if let file = network.certificateFile {
      certificates = try contents(of: file, isSecret: false, key: ["network", "ca_file"], configuration)
    }
    return RedoxSettings(
      tokenURL: profile.urls.token, audience: profile.urls.audience, legacyAuthenticateURL: profile.urls.legacyAuthenticate,
      uploadURL: profile.urls.upload, uploadPartName: profile.uploadPartName, endpointURL: profile.urls.endpoint,
      fhirURL: profile.urls.fhir ?? "", fhirSearchURL: profile.urls.fhirSearch,
      sourceIDHeader: profile.sourceIDHeader, sourceID: profile.routing.sourceID, credentials: credentials, extraCertificates: certificates,
      proxy: network.proxy, connectTimeout: network.connectTimeout, idleTimeout: network.idleTimeout)
  }

  private func source(_ path: FilePath, mustExist: Bool, _ problems: inout [ConfigurationProblem]) -> TOMLSource? {
    do {
      return try TOMLSource(try files.read(path, isSecret: false), path: path)
    } catch let error as TrustedFileError {
      if error == .notFound && !mustExist { return nil }
      let words = error.words(for: path)
      problems.append(ConfigurationProblem(file: DisplayText(path), reason: words.reason, remedy: words.remedy))
    } catch let error as TOMLSource.SyntaxError {
      problems.append(
        ConfigurationProblem(
          file: DisplayText(path), line: error.line, column: error.column, reason: "This is not TOML: \(error.reason)",
          remedy: "Correct the line; `chartdrop config init` shows how a whole file looks."))
    } catch {
      problems.append(ConfigurationProblem(file: DisplayText(path), reason: "It cannot be read."))
    }
    return nil
  }

  private func contents(of path: FilePath, isSecret: Bool, key: [String], _ configuration: Configuration) throws(ConfigurationError)
    -> String
  {
    do {
      return try files.read(path, isSecret: isSecret)
    } catch {
      let words = error.words(for: path)
      throw ConfigurationError(problem(key, configuration, reason: words.reason, remedy: words.remedy))
    }
  }

  /// A problem with what a key names, placed where the key stands: in the user's file if it is there, else in the site's.
  func problem(_ key: [String], _ configuration: Configuration, reason: DisplayText, remedy: DisplayText? = nil) -> ConfigurationProblem {
    for path in configuration.files.reversed() {
      guard let text = try? files.read(path, isSecret: false), let source = try? TOMLSource(text, path: path), source.values[key] != nil
      else {
        continue
      }
      return ConfigurationProblem(source, key: key, reason: reason, remedy: remedy)
    }
    return ConfigurationProblem(key: DisplayText(escaping: ConfigurationSchema.dotted(key)), reason: reason, remedy: remedy)
  }

  private func missing() -> ConfigurationError {
    ConfigurationError(
      ConfigurationProblem(
        reason: "There is no configuration yet: neither \(DisplayText(places.configuration)) nor \(DisplayText(places.siteConfiguration)).",
        remedy: "Run `chartdrop config init` to write one, or `chartdrop --sandbox` to try the program without an account."), kind: .missing
    )
  }

  private func defaultProfile(_ layers: ConfigurationLayers, names: [String], _ problems: inout [ConfigurationProblem]) -> String {
    guard case .text(let name)? = layers.values[["default_profile"]]?.value, let source = layers.values[["default_profile"]]?.source else {
      if names.contains("main") || names.count == 1 { return names.contains("main") ? "main" : names[0] }
      if names.count > 1, let source = layers.values.values.first?.source {
        problems.append(
          ConfigurationProblem(
            source, key: ["default_profile"], reason: "It is missing, and there are several profiles.",
            remedy: "Name one of: \(names.map { DisplayText(escaping: $0) }.joined(separator: ", "))."))
      }
      return ""
    }
    if !names.contains(name) {
      let near = NearMiss.of(name, among: names).map { DisplayText("Did you mean \($0)?") }
      problems.append(
        ConfigurationProblem(
          source, key: ["default_profile"], reason: "There is no profile named \"\(name)\".",
          remedy: near ?? "Add [profiles.\(name)], or name another."))
    }
    return name
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
