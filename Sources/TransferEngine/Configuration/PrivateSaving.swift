internal import Dispatch
public import SystemPackage

/// Why something could not be saved to a file. Nothing of it is left behind.
public enum SaveError: Error, Sendable, Hashable {
  /// There is something of this name already; it was left as it is.
  case exists
  case noFolder
  case permissionDenied
  case diskFull
  /// errno of the failed call.
  case failed(Int32)
}

/// Saves bytes to a new file that only its owner can read.
public typealias PrivateSaving = @Sendable (_ path: FilePath, _ contents: [UInt8]) async throws(SaveError) -> Void

/// To the disk, on a thread of its own: a network file system may hang.
public let saveToDisk: PrivateSaving = { path, contents throws(SaveError) in
  let result: Result<Void, SaveError> = await withCheckedContinuation { continuation in
    DispatchQueue(label: "private.save", qos: .userInitiated).async {
      do throws(PrivateFile.Failure) {
        try PrivateFile.create(path, contents: contents)
        continuation.resume(returning: .success(()))
      } catch {
        continuation.resume(returning: .failure(SaveError(error)))
      }
    }
  }
  try result.get()
}

extension SaveError {
  init(_ failure: PrivateFile.Failure) {
    switch failure {
    case .exists: self = .exists
    case .failed(let number):
      switch Errno(rawValue: number) {
      case .noSuchFileOrDirectory, .notDirectory: self = .noFolder
      case .permissionDenied, .notPermitted, .readOnlyFileSystem: self = .permissionDenied
      case .noSpace: self = .diskFull
      default: self = .failed(number)
      }
    }
  }
}
