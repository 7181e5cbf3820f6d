internal import NIOCore
internal import NIOPosix

/// A request's body as the chunks that async-http-client asks for: read on a thread that may block, never further ahead of the socket
/// than the meter's window, out of a ring of buffers that are used again once the socket has let go of them.
struct BodyStream: AsyncSequence, Sendable {
  let meter: RequestMeter
  let threads: NIOThreadPool

  func makeAsyncIterator() -> Iterator { Iterator(meter: meter, threads: threads) }

  struct Iterator: AsyncIteratorProtocol {
    private enum Stage {
      case prefix
      case file
      case suffix
      case end
    }

    private let meter: RequestMeter
    private let threads: NIOThreadPool
    private var stage = Stage.prefix
    private var source: Source?
    private var ring = [ByteBuffer](repeating: ByteBuffer(), count: 4)
    private var turn = 0

    init(meter: RequestMeter, threads: NIOThreadPool) {
      self.meter = meter
      self.threads = threads
    }

    mutating func next() async throws -> ByteBuffer? {
      guard await meter.waitForRoom() else { throw CancellationError() }
      guard let chunk = try await nextChunk() else { return nil }
      guard await meter.mayLeave(chunk.readableBytes) else { throw CancellationError() }
      meter.pulled(chunk.readableBytes)
      return chunk
    }

    private mutating func nextChunk() async throws -> ByteBuffer? {
      while true {
        switch stage {
        case .prefix:
          stage = meter.body.file == nil ? .suffix : .file
          if !meter.body.prefix.isEmpty { return ByteBuffer(bytes: meter.body.prefix) }
        case .file:
          if let chunk = try await nextPieceOfFile() { return chunk }
          source = nil
          stage = .suffix
        case .suffix:
          stage = .end
          if !meter.body.suffix.isEmpty { return ByteBuffer(bytes: meter.body.suffix) }
        case .end:
          return nil
        }
      }
    }

    private mutating func nextPieceOfFile() async throws -> ByteBuffer? {
      guard let file = meter.body.file else { return nil }
      let source = self.source ?? Source(file)
      self.source = source
      let slot = turn
      turn = (turn + 1) % ring.count
      // The ring gives its buffer away, so that it is uniquely held and keeps its storage unless the socket still needs it.
      var buffer = ByteBuffer()
      swap(&buffer, &ring[slot])
      buffer.clear(minimumCapacity: Swift.min(ChunkReader.chunkBytes, file.encodedLength))
      do {
        let scratch = buffer
        buffer = ByteBuffer()
        let piece = try await threads.runIfActive { try source.read(scratch) }
        ring[slot] = piece ?? ByteBuffer()
        return piece
      } catch let error as ContentError {
        meter.failed(error)
        throw error
      }
    }
  }

  /// The reader, opened at its first use on the thread that may block.
  private final class Source: @unchecked Sendable {
    // Unchecked: `BodyStream.Iterator` has one read at a time under way and waits for it, so that no two threads are ever inside.
    private let file: RequestBody.File
    private var reader: ChunkReader?

    init(_ file: RequestBody.File) { self.file = file }

    func read(_ buffer: consuming ByteBuffer) throws(ContentError) -> ByteBuffer? {
      if reader == nil { reader = try ChunkReader(file) }
      return try reader?.read(into: &buffer) == true ? buffer : nil
    }
  }
}
