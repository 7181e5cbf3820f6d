/// Random access to the bytes under inspection.
protocol ByteSource {
  var count: Int { get }

  /// Up to `count` bytes from `offset` on; fewer only at the end, none outside.
  func bytes(at offset: Int, count: Int) throws(DocumentError) -> [UInt8]
}

/// Bytes that are in memory already.
struct MemorySource: ByteSource {
  let content: [UInt8]

  var count: Int { content.count }

  func bytes(at offset: Int, count wanted: Int) -> [UInt8] {
    guard offset >= 0, offset < content.count, wanted > 0 else { return [] }
    return Array(content[offset..<min(content.count, offset + wanted)])
  }
}
