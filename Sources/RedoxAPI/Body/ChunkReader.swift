internal import NIOCore
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Reads a file in pieces that are ready for the socket, and vouches for the whole.
///
/// Blocking; used by one thread at a time. The last piece is held back until the reader has confirmed that the file ended where it was
/// promised to and is still the one that was chosen: a file that changed never reaches the server whole.
struct ChunkReader {
  /// Bytes of one piece in the body. A multiple of 4, so that each piece of base64 but the last stands by itself.
  static let chunkBytes = 262_144

  private let file: RequestBody.File
  private let reader: any ContentReader
  private var remaining: Int
  /// Scratch space for the bytes before base64.
  private var plain: [UInt8]

  init(_ file: RequestBody.File) throws(ContentError) {
    self.file = file
    reader = try file.content.makeReader()
    remaining = file.content.byteCount
    plain = file.encoding == .base64 ? [UInt8](repeating: 0, count: min(ChunkReader.chunkBytes / 4 * 3, max(1, remaining))) : []
    if remaining == 0 { try confirmEnd() }
  }

  /// Fills `buffer` with the next piece; false when the file has been delivered.
  mutating func read(into buffer: inout ByteBuffer) throws(ContentError) -> Bool {
    guard remaining > 0 else { return false }
    switch file.encoding {
    case .raw:
      let count = min(remaining, ChunkReader.chunkBytes)
      var failure: ContentError?
      buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
        do throws(ContentError) {
          try fill(UnsafeMutableRawBufferPointer(rebasing: space[..<count]))
          return count
        } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      remaining -= count
    case .base64:
      let count = min(remaining, plain.count)
      var scratch: [UInt8] = []
      swap(&scratch, &plain)
      defer { swap(&scratch, &plain) }
      var failure: ContentError?
      let encoded = scratch.withUnsafeMutableBytes { space -> Data in
        let piece = UnsafeMutableRawBufferPointer(rebasing: space[..<count])
        do throws(ContentError) {
          try fill(piece)
          guard let start = piece.baseAddress else { return Data() }
          return Data(bytesNoCopy: start, count: count, deallocator: .none).base64EncodedData()
        } catch {
          failure = error
          return Data()
        }
      }
      if let failure { throw failure }
      buffer.writeBytes(encoded)
      remaining -= count
    }
    if remaining == 0 { try confirmEnd() }
    return true
  }

  private func fill(_ space: UnsafeMutableRawBufferPointer) throws(ContentError) {
    var filled = 0
    while filled < space.count {
      let count = try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: space[filled...]))
      guard count > 0 else { throw .changed }
      filled += min(count, space.count - filled)
    }
  }

  private func confirmEnd() throws(ContentError) {
    var failure: ContentError?
    withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { space in
      do throws(ContentError) {
        if try reader.read(into: space) != 0 { failure = .changed }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
