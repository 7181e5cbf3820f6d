internal import ClinicalMessages
internal import Documents
internal import Patients
public import RedoxAPI
internal import SafeText
public import SystemPackage

/// Looks at every step from the configuration file to Redox, and says of each in a plain sentence how it is.
///
/// It sends no patient data: the farthest it goes is to fetch a token. What it needs of the world is injected.
public struct Doctor: Sendable {
  /// Makes a destination of a profile's settings; throws what is wrong with key, certificates or addresses.
  public typealias DestinationMaker = @Sendable (RedoxSettings) throws(DestinationError) -> any Destination

  private let places: Places
  private let loader: ConfigurationLoader
  private let environment: [String: String]
  private let destination: DestinationMaker
  private let connect: @Sendable (_ host: String, _ port: Int) async -> ConnectionTrial.Result
  private let user: String?

  /// - Parameters:
  ///   - environment: the process's environment variables, for proxies.
  ///   - user: the login name, to see what becomes of programs at log-out; nil leaves that out.
  ///   - connect: opens a connection and closes it again.
  public init(
    places: Places, loader: ConfigurationLoader, environment: [String: String], user: String? = nil,
    destination: @escaping DestinationMaker,
    connect: @escaping @Sendable (String, Int) async -> ConnectionTrial.Result = { await ConnectionTrial.run(host: $0, port: $1) }
  ) {
    self.places = places
    self.loader = loader
    self.environment = environment
    self.destination = destination
    self.connect = connect
    self.user = user
  }

  /// - Parameters:
  ///   - name: the profile; nil for the default one.
  ///   - file: a configuration file in place of the user's.
  public func examine(profile name: String? = nil, configuration file: FilePath? = nil) async -> [DoctorFinding] {
    // Whether a network file system will do is configured; a configuration that cannot be read allows nothing.
    var places = places
    places.allowsNetworkState = (try? loader.load(file))?.allowsNetworkState ?? false
    var findings = [Self.stateFolder(places)] + diskSpace()
    if findings.first?.verdict == .ok { findings.append(Self.outbox(places)) }
    if let user, let finding = LogoutPolicy.ofThisMachine(user: user)?.finding { findings.append(finding) }
    let configuration: Configuration
    let profile: Profile
    do throws(ConfigurationError) {
      configuration = try loader.load(file)
      profile = try configuration.profile(name)
    } catch {
      return findings
        + error.problems.map { problem in
          var bare = problem
          bare.remedy = nil
          return DoctorFinding("configuration", .fail, bare.sentence, remedy: problem.remedy)
        }
    }
    let files = configuration.files.map { DisplayText($0) }.joined(separator: ", ")
    let zeros = ConfigurationCheck(loader: loader).leftovers(of: profile, configuration)
    findings +=
      zeros.isEmpty
      ? [DoctorFinding("configuration", .ok, "The configuration is in order (\(files)); profile \(profile.summary.name).")]
      : zeros.map { problem in
        var bare = problem
        bare.remedy = nil
        return DoctorFinding("configuration", .fail, bare.sentence, remedy: problem.remedy)
      }
    findings.append(roster(profile))
    findings += Self.afterFolder(profile)
    findings += await hosts(profile, configuration)

    let settings: RedoxSettings
    do throws(ConfigurationError) {
      settings = try loader.redoxSettings(for: profile, of: configuration)
    } catch {
      return findings + error.problems.map { DoctorFinding("key", .fail, $0.reason, remedy: $0.remedy) }
    }
    let key = Self.key(settings)
    findings.append(key)
    if key.verdict != .fail { findings += await token(settings) }
    return findings
  }

  // MARK: This machine

  private static func stateFolder(_ places: Places) -> DoctorFinding {
    do throws(OutboxError) {
      try places.prepare()
      return DoctorFinding("state", .ok, "The state folder \(DisplayText(places.state)) is private and can be written to.")
    } catch {
      return DoctorFinding("state", .fail, error.sentence, remedy: error.remedy)
    }
  }

  private func diskSpace() -> [DoctorFinding] {
    guard let free = FreeSpace.bytes(at: places.state) else { return [] }
    if free < 5_000_000 {
      return [DoctorFinding("disk", .fail, "Only \(ByteText.size(free)) are free for the outbox.", remedy: "Make room on that disk.")]
    }
    if free < 200_000_000 {
      return [DoctorFinding("disk", .warn, "Only \(ByteText.size(free)) are free for the outbox.", remedy: "Make room on that disk soon.")]
    }
    return [DoctorFinding("disk", .ok, "\(ByteText.size(free)) are free for the outbox.")]
  }

  private static func outbox(_ places: Places) -> DoctorFinding {
    let status = OutboxKeeper(places: places).status()
    switch status.health {
    case .missing: return DoctorFinding("outbox", .ok, "There is no outbox yet.")
    case .ok:
      let count = status.counts.values.reduce(0, +)
      return DoctorFinding("outbox", .ok, "The outbox is whole (\(ByteText.size(status.byteCount)), transfers: \(count)).")
    case .fromTheFuture, .damaged, .keyMissing, .keyWrong, .unusable:
      return DoctorFinding("outbox", .fail, status.reason ?? "The outbox cannot be used.", remedy: status.remedy)
    }
  }

  private func roster(_ profile: Profile) -> DoctorFinding {
    guard let path = profile.roster else {
      return DoctorFinding(
        "roster", .warn, "The profile has no roster, so no patient can be chosen.", remedy: "Set roster in the configuration.")
    }
    do throws(RosterError) {
      let count = try RosterLoader.load(path: path.string, columns: profile.rosterColumns).patients.count
      if count == 0 {
        return DoctorFinding("roster", .warn, "The roster \(DisplayText(path)) is empty.", remedy: "Export the patients anew.")
      }
      return DoctorFinding("roster", .ok, count == 1 ? "The roster has one patient." : "The roster has \(count) patients.")
    } catch {
      return DoctorFinding(
        "roster", .fail, error.sentence("The roster \(DisplayText(path))"), remedy: "Correct the file, or the path in the configuration.")
    }
  }

  private static func afterFolder(_ profile: Profile) -> [DoctorFinding] {
    guard case .move(let folder) = profile.after else { return [] }
    guard let problem = AfterFolder.problem(of: profile.after) else {
      return [DoctorFinding("after", .ok, "Accepted documents can be moved to \(DisplayText(folder)).")]
    }
    return [DoctorFinding("after", .fail, problem.reason, remedy: problem.remedy)]
  }

  // MARK: The way to Redox

  private func hosts(_ profile: Profile, _ configuration: Configuration) async -> [DoctorFinding] {
    let proxies = ProxyEnvironment(environment)
    var seen: Set<String> = []
    var findings: [DoctorFinding] = []
    let token = if case .legacy = profile.credentials { profile.urls.legacyAuthenticate } else { profile.urls.token }
    for url in [token, profile.urls.endpoint, profile.urls.upload] + (profile.urls.fhir.map { [$0] } ?? []) {
      guard let target = WebAddress(url), seen.insert("\(target.host):\(target.port)").inserted else { continue }
      let proxy = proxies.proxy(for: url, configured: configuration.network.proxy).flatMap { WebAddress($0) }
      let address = proxy ?? target
      let way: DisplayText = proxy.map { "\(target.host), by the proxy \($0.host):\($0.port)," } ?? "\(target.host)"
      switch await connect(address.host, address.port) {
      case .connected: findings.append(DoctorFinding("host", .ok, "\(way) can be reached."))
      case .failed(let reason):
        findings.append(
          DoctorFinding("host", .fail, "\(way) cannot be reached: \(reason).", remedy: "Check network, name service, firewall and proxy."))
      }
    }
    return findings
  }

  private static func key(_ settings: RedoxSettings) -> DoctorFinding {
    guard case .clientAssertion(_, let keyID, let key, _) = settings.credentials else {
      return DoctorFinding("key", .ok, "The legacy key's secret can be read.")
    }
    do throws(PrivateKey.Problem) {
      let key = try PrivateKey(parsing: key, keyID: keyID)
      return DoctorFinding("key", .ok, "The private key is in order (\(key.algorithm.rawValue)).")
    } catch {
      return DoctorFinding("key", .fail, error.sentence, remedy: "Correct key_file in the configuration.")
    }
  }

  private func token(_ settings: RedoxSettings) async -> [DoctorFinding] {
    do throws(DestinationError) {
      let receipt = try await destination(settings).authenticate()
      return [DoctorFinding("token", .ok, "Redox accepts the key."), Self.clock(receipt)]
    } catch {
      let said = error.reply?.words.joined(separator: " ") ?? ""
      let host = DisplayText(escaping: WebAddress(settings.tokenURL)?.host ?? "Redox")
      let words = FailureWords(host: host, environment: .staging, limits: Limits(), method: .embed, documentID: "")
      let failure = words.failure(error, during: .preparation)
      let explanation = DisplayText(escaping: failure.explanation)
      return [
        DoctorFinding(
          "token", .fail, said.isEmpty ? explanation : explanation + " It said: " + said, remedy: DisplayText(escaping: failure.remedy))
      ]
    }
  }

  /// A signed assertion is valid for minutes; a clock that is off by more makes it worthless.
  private static func clock(_ receipt: AuthenticationReceipt) -> DoctorFinding {
    guard let skew = receipt.clockSkew else {
      return DoctorFinding("clock", .ok, "Redox did not tell the time; it accepted this machine's.")
    }
    let seconds = Int(skew.rounded().magnitude.rounded())
    if seconds <= 30 { return DoctorFinding("clock", .ok, "The clock agrees with Redox's to \(seconds) s.") }
    let direction: DisplayText = skew > 0 ? "slow" : "fast"
    return DoctorFinding(
      "clock", seconds > 120 ? .fail : .warn, "This machine's clock is \(seconds) s \(direction).",
      remedy: "Set the clock, or start time synchronisation; otherwise Redox will refuse the key.")
  }
}
