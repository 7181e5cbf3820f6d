internal import SystemPackage
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

extension DocumentOpener {
  /// Makes sure that the file is still the one that was inspected, by what the file system says of it: a link that was chosen still leads
  /// there, and device, inode, size and time are the same. It is not read; that is for the sending itself.
  public func recheck(_ document: Document) async throws(DocumentContentError) {
    try await BlockingQueue(label: "document.recheck").run(cancelled: .unreadable(ECANCELED)) { _ throws(DocumentContentError) in
      try Self.recheck(document)
    }
  }

  static func recheck(_ document: Document) throws(DocumentContentError) {
    if let chosen = document.chosenPath {
      let resolved: ResolvedPath
      do throws(DocumentError) { resolved = try ResolvedPath.resolving(chosen) } catch { throw DocumentContentError(error) }
      guard resolved.path == document.path else { throw .changed }
    }
    let status: FileStatus
    do throws(Errno) {
      status = try FileStatus.of(document.path, followingLinks: false).get()
    } catch {
      throw DocumentContentError(error)
    }
    guard document.identity.describes(status) else { throw .changed }
  }
}

extension DocumentContentError {
  /// Of a link that is followed anew.
  fileprivate init(_ error: DocumentError) {
    self =
      switch error {
      case .notFound, .danglingLink: .gone
      case .unreadable(let number): .unreadable(number)
      case .permissionDenied: .unreadable(EACCES)
      case .cancelled: .unreadable(ECANCELED)
      case .isDirectory, .notRegular, .changedWhileReading: .changed
      }
  }
}
