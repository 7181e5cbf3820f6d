internal import Documents
internal import SafeText
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The folder that accepted documents are moved to. Only looked at: nothing is made in it to try.
enum AfterFolder {
  struct Problem: Hashable {
    let reason: DisplayText
    let remedy: DisplayText
  }

  /// What keeps documents from being moved there; nil when nothing does, or when they are not to be moved.
  /// - Parameter mayWrite: whether this account may make files in a folder that is there.
  static func problem(of disposal: DocumentDisposal, mayWrite: (FilePath) -> Bool = Self.isWritable) -> Problem? {
    guard case .move(let folder) = disposal else { return nil }
    let name = DisplayText(folder)
    var status = stat()
    guard folder.withPlatformString({ stat($0, &status) }) == 0 else {
      let error = Errno(rawValue: errno)
      if error == .noSuchFileOrDirectory {
        return Problem(
          reason: "There is no folder \(name), so accepted documents stay where they are.",
          remedy: "Make the folder, or correct folder under [profiles.NAME.after].")
      }
      return Problem(
        reason: "The folder \(name) cannot be looked at (\(error.description)), so accepted documents stay where they are.",
        remedy: "Let this account enter the folder and those above it, or name another one.")
    }
    guard UInt32(status.st_mode) & UInt32(S_IFMT) == UInt32(S_IFDIR) else {
      return Problem(
        reason: "\(name) is not a folder, so accepted documents stay where they are.",
        remedy: "Name a folder under [profiles.NAME.after].")
    }
    if mayWrite(folder) { return nil }
    return Problem(
      reason: "The folder \(name) cannot be written to, so accepted documents stay where they are.",
      remedy: "Let this account write to the folder, or name another one.")
  }

  static func isWritable(_ folder: FilePath) -> Bool {
    folder.withPlatformString { access($0, W_OK | X_OK) } == 0
  }
}
