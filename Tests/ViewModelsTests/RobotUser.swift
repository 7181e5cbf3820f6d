import ClinicalMessages
import Documents
import Observation
import SafeText
import SystemPackage
import TestSupport
import TransferEngine
@testable import ViewModels
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Somebody at the keyboard: presses keys, waits until the program has nothing left to do, looks at the screen.
@MainActor
final class RobotUser {
  let app: AppModel
  let service: ServiceDouble
  let folder: TemporaryFolder
  /// Keys pressed, without the words of a search.
  private(set) var keyCount = 0
  /// What the last key made the models ask of the terminal.
  private(set) var requests: [TerminalRequest] = []

  init(
    profile: ProfileSummary = .sample(), others: [ServiceDouble] = [], files: [String] = ["consent.pdf", "letter.pdf", "scan.png"],
    directories: (any DirectoryReading)? = nil, themes: ThemeMenu = ThemeMenu(), memory: DefaultsMemory = .none,
    maskedLists: MaskedLists = .production, holdSeconds: Double = 0, startBackground: (@Sendable () -> Bool)? = nil,
    folders: FolderWorld = FolderWorld()
  ) async throws {
    let folder = try TemporaryFolder(files: files)
    let service = ServiceDouble(profile: profile)
    self.folder = folder
    self.service = service
    let all = [service] + others
    app = AppModel(
      service: service,
      dependencies: AppDependencies(
        profiles: all.map(\.profile),
        openProfile: { name throws(ProfileError) in
          guard let found = all.first(where: { $0.profile.name == name }) else { throw ProfileError(reason: "No such profile.") }
          return found
        }, directories: directories ?? DirectoryReader(),
        clock: WallClock(now: { Samples.createdAt.addingTimeInterval(60) }, offset: { _ in 3600 }), startFolder: folder.path,
        home: folder.path,
        sender: "ward7", themes: themes, maskedLists: maskedLists, memory: memory, folders: folders, holdSeconds: holdSeconds,
        startBackground: startBackground))
    await app.idle()
  }

  func press(_ keys: Key...) async {
    for key in keys {
      keyCount += 1
      app.handle(key)
      requests = app.takeRequests()
      await app.idle()
    }
  }

  /// Types words of a search, which no count of keys includes.
  func type(_ text: String) async {
    for character in text {
      app.handle(.character(character))
      await app.idle()
    }
  }

  func resetKeyCount() { keyCount = 0 }

  /// Waits for something that the engine tells by itself.
  func wait(until condition: @MainActor () -> Bool) async {
    while !condition() {
      await withCheckedContinuation { continuation in
        withObservationTracking {
          _ = condition()
        } onChange: {
          continuation.resume()
        }
      }
      // The change is announced before it happens.
      await Task.yield()
    }
  }

  // MARK: What is on the screen

  var browse: BrowseState? { if case .browse(let state) = app.state.screen { state } else { nil } }
  var patient: PatientState? { if case .patient(let state) = app.state.screen { state } else { nil } }
  var message: MessageState? { if case .message(let state) = app.state.screen { state } else { nil } }
  var preview: PreviewState? { if case .preview(let state) = app.state.screen { state } else { nil } }
  var review: ReviewState? { if case .review(let state) = app.state.screen { state } else { nil } }
  var transfers: TransfersState? { if case .transfers(let state) = app.state.screen { state } else { nil } }
  var profiles: ProfilesState? { if case .profiles(let state) = app.state.screen { state } else { nil } }
  var notice: String? { app.state.notice?.text.string }

  func field(_ field: FormField) -> MessageState.FormRow? { message?.fields.first { $0.field == field } }
  var nameUnderCursor: String? { browse?.rows.first { $0.isUnderCursor }?.name.string }

  /// From the first screen to the form: the first file, for Barbara Bixby who was born in 1982.
  func goToForm() async {
    await press(.enter)
    await type("1982-07-24")
    await press(.enter)
  }

  func goToReview() async {
    await goToForm()
    await press(.character("S"))
  }
}

/// A folder with empty files, gone with the test.
final class TemporaryFolder: Sendable {
  let path: FilePath

  init(files: [String]) throws {
    let base = FileManager.default.temporaryDirectory.appendingPathComponent("chartdrop-vm-\(UInt64.random(in: 0...UInt64.max))")
    path = FilePath(base.path)
    try FileManager.default.createDirectory(atPath: base.path, withIntermediateDirectories: true)
    for file in files { try add(file) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }

  /// A name that ends in a slash is a folder.
  func add(_ name: String) throws {
    if name.hasSuffix("/") {
      try FileManager.default.createDirectory(atPath: path.string + "/" + name, withIntermediateDirectories: true)
    } else {
      let file = try FileDescriptor.open(path.appending(name), .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
      try file.close()
    }
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path.string + "/" + name) }
}
