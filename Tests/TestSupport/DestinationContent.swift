public import RedoxAPI
internal import Synchronization

/// A file in memory, or one that is only computed, with faults on request.
public struct TestContent: ContentSource {
  public enum Fault: Sendable, Hashable {
    /// The bytes are all there, but the check at the end fails.
    case changedAtEnd
    /// Fewer bytes come than were promised.
    case endsAfter(Int)
    /// More bytes come than were promised.
    case goesOn
    case missing
    case unreadable(Int32, after: Int)
  }

  public let byteCount: Int
  private let fault: Fault?
  private let onRead: @Sendable (Int) -> Void

  /// A file of `byteCount` bytes that follow `byte(at:)`; nothing of it is held in memory.
  ///
  /// - Parameter onRead: called before each read with the position.
  public init(byteCount: Int, fault: Fault? = nil, onRead: @escaping @Sendable (Int) -> Void = { _ in }) {
    self.byteCount = byteCount
    self.fault = fault
    self.onRead = onRead
  }

  /// Bytes that repeat after a prime number, so that a lost, doubled or misplaced piece shows.
  public static func byte(at position: Int) -> UInt8 { UInt8(truncatingIfNeeded: (position % 65_521) &* 31 &+ position / 65_521) }

  public var bytes: [UInt8] { (0..<byteCount).map(TestContent.byte) }

  public func makeReader() throws(ContentError) -> any ContentReader {
    if fault == .missing { throw .gone }
    return Reader(byteCount: byteCount, fault: fault, onRead: onRead)
  }

  private final class Reader: ContentReader {
    private let byteCount: Int
    private let fault: Fault?
    private let onRead: @Sendable (Int) -> Void
    private let position = Mutex(0)

    init(byteCount: Int, fault: Fault?, onRead: @escaping @Sendable (Int) -> Void) {
      self.byteCount = byteCount
      self.fault = fault
      self.onRead = onRead
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ContentError) -> Int {
      let start = position.withLock { $0 }
      onRead(start)
      var end = byteCount
      switch fault {
      case .endsAfter(let count): end = min(end, count)
      case .goesOn: end = .max
      case .unreadable(let number, let after):
        if start >= after { throw .unreadable(number) }
        end = min(end, after)
      case .changedAtEnd, .missing, nil: break
      }
      // Short reads are lawful, and happen on network file systems.
      let count = min(buffer.count, max(0, end - start), 100_003)
      if count == 0, fault == .changedAtEnd { throw .changed }
      for offset in 0..<count { buffer[offset] = TestContent.byte(at: start + offset) }
      position.withLock { $0 += count }
      return count
    }
  }
}
