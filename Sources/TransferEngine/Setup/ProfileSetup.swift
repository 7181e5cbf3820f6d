internal import Documents
internal import Patients
internal import RedoxAPI
public import SafeText
public import SystemPackage

/// The steps of a guided set-up, as a front end needs them: the real one, or a test's double.
public protocol SetupService: Sendable {
  /// Why the patient list at this path cannot be used; nil when it can. An empty path is fine: a list can be named later.
  func complaint(aboutRoster path: String) async -> DisplayText?
  /// The key pair of this profile: made now, or the one that an earlier attempt left.
  func prepareKey(for draft: ProfileDraft) async throws(SetupError) -> SetupKey
  /// Looks at every step to Redox with what is filled in. Writes no configuration and sends no patient data.
  func examine(_ draft: ProfileDraft, key: SetupKey) async -> [DoctorFinding]
  /// Writes the configuration. One that exists is never overwritten.
  func write(_ draft: ProfileDraft, key: SetupKey) async throws(SetupError)
}

/// A key pair on the disk; the private half is not part of this.
public struct SetupKey: Sendable, Hashable {
  /// The `kid`: the key's thumbprint.
  public var id: String
  /// PEM, 0600.
  public var file: FilePath
  /// What is pasted into Redox's dashboard.
  public var publicSet: String
  /// The same in a file.
  public var publicFile: FilePath

  public init(id: String, file: FilePath, publicSet: String, publicFile: FilePath) {
    self.id = id
    self.file = file
    self.publicSet = publicSet
    self.publicFile = publicFile
  }
}

/// Why a step of the set-up did not work, in plain words.
public struct SetupError: Error, Sendable, Hashable {
  public var reason: DisplayText

  public init(reason: DisplayText) { self.reason = reason }
}

/// Sets up a first profile on the disk, beside the configuration file.
public struct ProfileSetup: SetupService {
  private let places: Places
  private let environment: [String: String]
  private let destination: Doctor.DestinationMaker
  private let connect: @Sendable (_ host: String, _ port: Int) async -> ConnectionTrial.Result

  /// - Parameters:
  ///   - environment: the process's environment variables, for proxies.
  ///   - destination: makes a destination of settings, for the test of the key.
  ///   - connect: opens a connection and closes it again.
  public init(
    places: Places, environment: [String: String], destination: @escaping Doctor.DestinationMaker,
    connect: @escaping @Sendable (String, Int) async -> ConnectionTrial.Result = { await ConnectionTrial.run(host: $0, port: $1) }
  ) {
    self.places = places
    self.environment = environment
    self.destination = destination
    self.connect = connect
  }

  private var folder: FilePath { places.configuration.removingLastComponent() }

  public func complaint(aboutRoster path: String) async -> DisplayText? {
    guard !path.isEmpty else { return nil }
    do throws(RosterError) {
      let roster = try RosterLoader.load(path: expanded(path).string, columns: RosterColumns())
      return roster.patients.isEmpty ? "There is no patient in this file." : nil
    } catch {
      return switch error {
      case .notConfigured, .unreadable: "This file cannot be read. Is the path right?"
      case .duplicate(let record): "Two patients have the same id; the second is record \(record)."
      case .malformed(let record, let field, let reason): "Record \(record), \(field): \(reason)"
      case .missingColumn(let column): "The first line names no column \(column)."
      case .unknownField(let field): "Patient lists have no field \(field)."
      case .unknownFormat: "This is neither a CSV file nor FHIR patients."
      }
    }
  }

  private func expanded(_ path: String) -> FilePath {
    guard path.hasPrefix("~/"), let home = places.home else { return FilePath(path) }
    return home.appending(FilePath(String(path.dropFirst(2))).components)
  }

  public func prepareKey(for draft: ProfileDraft) async throws(SetupError) -> SetupKey {
    let file = folder.appending("\(draft.name)-key.pem")
    let key = if let known = try existingKey(file) { known } else { try newKey(file) }
    let (id, set) = try publicHalf(of: key)
    let publicFile = folder.appending("\(draft.name)-jwks.json")
    do throws(PrivateFile.Failure) {
      try PrivateFile.replace(publicFile, contents: Array((set + "\n").utf8))
    } catch {
      throw Self.error(error, at: publicFile)
    }
    return SetupKey(id: id, file: file, publicSet: set, publicFile: publicFile)
  }

  private func publicHalf(of key: PrivateKey) throws(SetupError) -> (id: String, set: String) {
    do throws(PrivateKey.Problem) {
      let id = try key.thumbprint()
      return (id, try key.publicJWKSet(keyID: id))
    } catch {
      throw SetupError(reason: error.sentence)
    }
  }

  /// The key of an attempt that was broken off: Redox may know it by now.
  private func existingKey(_ file: FilePath) throws(SetupError) -> PrivateKey? {
    let text: String
    do throws(TrustedFileError) {
      text = try SystemTrustedFiles().read(file, isSecret: true)
    } catch {
      if error == .notFound { return nil }
      let words = error.words(for: file)
      throw SetupError(reason: words.reason + " " + words.remedy)
    }
    do throws(PrivateKey.Problem) {
      return try PrivateKey(parsing: Redacted(text))
    } catch {
      throw SetupError(reason: "\(DisplayText(file)): \(error.sentence)")
    }
  }

  private func newKey(_ file: FilePath) throws(SetupError) -> PrivateKey {
    let (key, pem) = PrivateKey.makePair()
    do throws(PrivateFile.Failure) {
      try PrivateFile.makeFolder(folder)
      try PrivateFile.create(file, contents: Array(pem.reveal().utf8))
    } catch {
      throw Self.error(error, at: file)
    }
    return key
  }

  public func examine(_ draft: ProfileDraft, key: SetupKey) async -> [DoctorFinding] {
    let loader = ConfigurationLoader(places: places, files: DraftFiles(path: places.configuration, text: text(draft, key)))
    return await Doctor(places: places, loader: loader, environment: environment, destination: destination, connect: connect).examine()
  }

  public func write(_ draft: ProfileDraft, key: SetupKey) async throws(SetupError) {
    do throws(PrivateFile.Failure) {
      try PrivateFile.makeFolder(folder)
      try PrivateFile.create(places.configuration, contents: Array(text(draft, key).utf8))
    } catch {
      throw Self.error(error, at: places.configuration)
    }
  }

  private func text(_ draft: ProfileDraft, _ key: SetupKey) -> String {
    draft.configuration(keyID: key.id, keyFile: key.file.lastComponent?.string ?? key.file.string)
  }

  private static func error(_ failure: PrivateFile.Failure, at path: FilePath) -> SetupError {
    switch failure {
    case .exists: SetupError(reason: "\(DisplayText(path)) exists already and was left as it is. Move it away first.")
    case .failed(let number):
      SetupError(
        reason: "\(DisplayText(path)) cannot be written: \(Errno(rawValue: number).description). Make its folder writable for yourself.")
    }
  }
}

/// The disk, with a configuration file that is not written yet.
private struct DraftFiles: TrustedFiles {
  let path: FilePath
  let text: String

  func read(_ path: FilePath, isSecret: Bool) throws(TrustedFileError) -> String {
    path == self.path ? text : try SystemTrustedFiles().read(path, isSecret: isSecret)
  }
}
