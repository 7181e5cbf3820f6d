internal import Dispatch
public import SystemPackage
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Tells when names in a folder come, go or have been written to.
///
/// The kernel wakes us; nothing polls, so that a folder in which nothing happens costs nothing. Folders of other machines (NFS, SMB) tell
/// only what this machine does in them: there a reload by hand remains.
public enum FolderWatch {
  /// One element for one or many changes. Ends when the folder is gone or cannot be watched; ending the iteration ends the watch.
  public static func changes(in folder: FilePath) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let queue = DispatchQueue(label: "folder.watch", qos: .utility)
    let watch = Watch(continuation)
    continuation.onTermination = { _ in queue.async { watch.end() } }
    // Asking a network file system may hang, so that even this is done elsewhere.
    queue.async { watch.begin(folder, on: queue) }
    return stream
  }
}

/// Unchecked, because a dispatch source is not `Sendable`: it is made, used and cancelled on the one serial queue of the watch.
private final class Watch: @unchecked Sendable {
  private let continuation: AsyncStream<Void>.Continuation
  private var source: (any DispatchSourceProtocol)?
  private var isEnded = false

  init(_ continuation: AsyncStream<Void>.Continuation) { self.continuation = continuation }

  func begin(_ folder: FilePath, on queue: DispatchQueue) {
    guard !isEnded, let source = Self.source(of: folder, queue: queue) else { return continuation.finish() }
    self.source = source.source
    source.source.setEventHandler { [self] in
      let isGone = source.take()
      continuation.yield()
      if isGone { continuation.finish() }
    }
    source.source.setCancelHandler { close(source.descriptor) }
    source.source.activate()
  }

  func end() {
    isEnded = true
    source?.cancel()
    source = nil
  }

  /// A source that fires at changes, and what takes the news from it: true when there will be no more.
  private struct Events {
    let source: any DispatchSourceProtocol
    let descriptor: CInt
    let take: () -> Bool
  }

  #if canImport(Darwin)
  private static func source(of folder: FilePath, queue: DispatchQueue) -> Events? {
    let descriptor = folder.withPlatformString { open($0, O_EVTONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { return nil }
    let source = DispatchSource.makeFileSystemObjectSource(
      fileDescriptor: descriptor, eventMask: [.write, .delete, .rename, .revoke], queue: queue)
    return Events(source: source, descriptor: descriptor) { !source.data.isDisjoint(with: [.delete, .revoke]) }
  }
  #else
  private static func source(of folder: FilePath, queue: DispatchQueue) -> Events? {
    let descriptor = inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    // A file is news when it is complete, not with every block that is written.
    let wanted = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE_SELF | IN_MOVE_SELF | Int32(IN_ONLYDIR)
    guard folder.withPlatformString({ inotify_add_watch(descriptor, $0, UInt32(wanted)) }) >= 0 else {
      close(descriptor)
      return nil
    }
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    return Events(source: source, descriptor: descriptor) { isLast(in: descriptor) }
  }

  /// Takes all that is there; true when the kernel says that it watches no longer.
  private static func isLast(in descriptor: CInt) -> Bool {
    var isLast = false
    withUnsafeTemporaryAllocation(byteCount: 16 * 1024, alignment: 8) { buffer in
      while true {
        let got = read(descriptor, buffer.baseAddress, buffer.count)
        if got <= 0 { return }
        var offset = 0
        while offset + MemoryLayout<inotify_event>.size <= got {
          let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          if event.mask & UInt32(IN_IGNORED) != 0 { isLast = true }
          offset += MemoryLayout<inotify_event>.size + Int(event.len)
        }
      }
    }
    return isLast
  }
  #endif
}
