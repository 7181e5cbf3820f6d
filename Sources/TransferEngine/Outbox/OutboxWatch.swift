internal import Dispatch
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Tells when somebody has written to a file. The kernel says so; nothing is asked meanwhile, so an idle program sleeps.
enum OutboxWatch {
  /// One element for each burst of writes, this process's own among them. Ends at once where the kernel cannot tell.
  static func writes(to path: FilePath) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    guard let source = source(path, onWrite: { continuation.yield() }) else {
      continuation.finish()
      return stream
    }
    // A dispatch source may be cancelled by any thread.
    nonisolated(unsafe) let cancellable = source
    continuation.onTermination = { _ in cancellable.cancel() }
    return stream
  }

  #if os(Linux)
  private static func source(_ path: FilePath, onWrite: @escaping @Sendable () -> Void) -> (any DispatchSourceProtocol)? {
    let notifier = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard notifier >= 0 else { return nil }
    guard inotify_add_watch(notifier, path.string, UInt32(IN_MODIFY)) >= 0 else {
      close(notifier)
      return nil
    }
    let source = DispatchSource.makeReadSource(fileDescriptor: notifier, queue: .global(qos: .utility))
    source.setEventHandler {
      // What the events say is of no interest, but they must be taken away.
      withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { space in
        while read(notifier, space.baseAddress, space.count) > 0 {}
      }
      onWrite()
    }
    source.setCancelHandler { close(notifier) }
    source.resume()
    return source
  }
  #else
  private static func source(_ path: FilePath, onWrite: @escaping @Sendable () -> Void) -> (any DispatchSourceProtocol)? {
    let file = open(path.string, O_EVTONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    let source = DispatchSource.makeFileSystemObjectSource(
      fileDescriptor: file, eventMask: [.write, .extend], queue: .global(qos: .utility))
    source.setEventHandler(handler: onWrite)
    source.setCancelHandler { close(file) }
    source.resume()
    return source
  }
  #endif
}
