/// The central directory of a zip file: what its programs go by.
struct ZipDirectory {
  struct Entry {
    var name: String
    var isEncrypted: Bool
    var method: Int
    var compressedByteCount: Int
    var byteCount: Int
    /// Offset in the file of the entry's local header.
    var offset: Int
  }

  /// Larger directories and more entries than documents have are not read.
  private static let (maximumByteCount, maximumEntryCount) = (16 << 20, 50_000)

  private(set) var entries: [Entry] = []
  /// Bytes in front of the first entry.
  private(set) var prefixByteCount = 0
  /// Where the end record and its comment end.
  private(set) var end = 0
  /// Bytes between entries that belong to none.
  private(set) var hasGaps = false

  private let names: Set<String>

  /// Finds the end record near the end of the file, behind which only a comment may stand. Nil when there is none or it leads nowhere.
  init?(_ source: any ByteSource) throws(DocumentError) {
    let start = max(0, source.count - 66_000)
    let tail = try source.bytes(at: start, count: 66_000)
    var position = tail.count - 22
    while position >= 0 {
      if tail[position] == 0x50, tail[position + 1] == 0x4B, tail[position + 2] == 5, tail[position + 3] == 6,
        let directory = try ZipDirectory(source, endRecord: start + position)
      {
        self = directory
        return
      }
      position -= 1
    }
    return nil
  }

  /// Reads the directory that the end record at `offset` leads to. Nil when it leads nowhere.
  init?(_ source: any ByteSource, endRecord offset: Int) throws(DocumentError) {
    let record = try source.bytes(at: offset, count: 22)
    guard record.count == 22, let entryCount = record.little16(10), let size = record.little32(12), let start = record.little32(16),
      let comment = record.little16(20)
    else { return nil }
    var place = (size: size, start: start, count: entryCount, end: offset)
    if size == 0xFFFF_FFFF || start == 0xFFFF_FFFF || entryCount == 0xFFFF {
      if let large = try Self.zip64(source, before: offset) { place = large }
    }
    // Offsets count from the first entry, which need not be the file's beginning.
    let directoryStart = place.end - place.size
    let prefix = directoryStart - place.start
    guard directoryStart >= 0, prefix >= 0, place.size <= Self.maximumByteCount else { return nil }
    let bytes = try source.bytes(at: directoryStart, count: place.size)
    guard place.count == 0 || bytes.starts(with: [0x50, 0x4B, 1, 2]) else { return nil }
    entries = Self.entries(bytes, prefix: prefix)
    guard entries.count == min(place.count, Self.maximumEntryCount) || place.count == 0xFFFF else { return nil }
    names = Set(entries.map(\.name))
    end = offset + 22 + comment
    prefixByteCount = entries.map(\.offset).min() ?? directoryStart
    hasGaps = try Self.hasGaps(entries, before: directoryStart, source)
  }

  func has(_ name: String) -> Bool { names.contains(name) }
  func has(prefix: String) -> Bool { entries.contains { $0.name.hasPrefix(prefix) } }
  func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }

  /// The first bytes of an entry's content, decompressed. Nil when it cannot be read: encrypted, damaged, or an unusual method.
  func content(of entry: Entry, limit: Int, in source: any ByteSource) throws(DocumentError) -> [UInt8]? {
    guard !entry.isEncrypted, entry.method == 0 || entry.method == 8 else { return nil }
    let header = try source.bytes(at: entry.offset, count: 30)
    guard header.starts(with: [0x50, 0x4B, 3, 4]), let name = header.little16(26), let extra = header.little16(28) else { return nil }
    let wanted = min(entry.compressedByteCount, limit + 1024)
    let raw = try source.bytes(at: entry.offset + 30 + name + extra, count: wanted)
    return entry.method == 0 ? Array(raw.prefix(limit)) : Inflate.inflate(raw[...], limit: limit).bytes
  }

  private static func zip64(_ source: any ByteSource, before offset: Int) throws(DocumentError) -> (
    size: Int, start: Int, count: Int, end: Int
  )? {
    let locator = try source.bytes(at: offset - 20, count: 20)
    guard locator.starts(with: [0x50, 0x4B, 6, 7]), let position = locator.little64(8) else { return nil }
    let record = try source.bytes(at: position, count: 56)
    guard record.starts(with: [0x50, 0x4B, 6, 6]), let count = record.little64(32), let size = record.little64(40),
      let start = record.little64(48)
    else { return nil }
    return (size, start, count, position)
  }

  private static func entries(_ bytes: [UInt8], prefix: Int) -> [Entry] {
    var entries: [Entry] = []
    var position = 0
    while entries.count < maximumEntryCount, bytes.has("PK\u{1}\u{2}", at: position), let flags = bytes.little16(position + 8),
      let method = bytes.little16(position + 10), let compressed = bytes.little32(position + 20), let size = bytes.little32(position + 24),
      let name = bytes.little16(position + 28), let extra = bytes.little16(position + 30), let comment = bytes.little16(position + 32),
      let offset = bytes.little32(position + 42), position + 46 + name <= bytes.count
    {
      entries.append(
        Entry(
          name: String(decoding: bytes[(position + 46)..<(position + 46 + name)], as: UTF8.self), isEncrypted: flags & 1 != 0,
          method: method,
          compressedByteCount: compressed, byteCount: size, offset: prefix + offset))
      position += 46 + name + extra + comment
    }
    return entries
  }

  /// Whether entries lie in the file that the directory does not name. Data descriptors and alignment leave small gaps.
  private static func hasGaps(_ entries: [Entry], before end: Int, _ source: any ByteSource) throws(DocumentError) -> Bool {
    let sorted = entries.sorted { $0.offset < $1.offset }
    for (position, entry) in sorted.enumerated() {
      let header = try source.bytes(at: entry.offset, count: 30)
      guard header.starts(with: [0x50, 0x4B, 3, 4]), let name = header.little16(26), let extra = header.little16(28) else { return true }
      let entryEnd = entry.offset + 30 + name + extra + entry.compressedByteCount
      let next = position + 1 < sorted.count ? sorted[position + 1].offset : end
      if next - entryEnd > 64 { return true }
    }
    return false
  }
}
