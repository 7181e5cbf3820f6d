internal import SystemPackage
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A path with every link on the way followed.
struct ResolvedPath: Equatable {
  var path: FilePath
  /// Whether the last component was a link, so that another file is meant than the one that was named.
  var wasLink: Bool

  /// Follows links. Byte-exact: a path is never text here.
  static func resolving(_ chosen: FilePath) throws(DocumentError) -> ResolvedPath {
    let own: FileStatus
    switch FileStatus.of(chosen, followingLinks: false) {
    case .success(let status): own = status
    case .failure(let error): throw DocumentError(error)
    }
    let isLink = own.kind == .link
    let resolved = chosen.withPlatformString { realpath($0, nil) }
    guard let resolved else {
      let error = Errno(rawValue: errno)
      // The name itself exists, so whatever is missing is what the link points to.
      if isLink, error == .noSuchFileOrDirectory || error == .tooManySymbolicLinkLevels || error == .notDirectory { throw .danglingLink }
      throw DocumentError(error)
    }
    defer { free(resolved) }
    return ResolvedPath(path: FilePath(platformString: resolved), wasLink: isLink)
  }
}

extension DocumentError {
  init(_ error: Errno) {
    self =
      switch error {
      case .noSuchFileOrDirectory, .notDirectory, .staleNFSFileHandle: .notFound
      case .permissionDenied, .notPermitted: .permissionDenied
      case .isDirectory: .isDirectory
      case .tooManySymbolicLinkLevels: .danglingLink
      default: .unreadable(error.rawValue)
      }
  }
}
