internal import SafeText

/// Kinds that may not be sent and that take more than a signature to recognise.
enum StructuralRefusals {
  static func examine(_ subject: Subject) throws(DocumentError) -> Examination? {
    let head = subject.head
    if head.starts(with: "!<arch>\n") || head.starts(with: "!<thin>\n"), head.has("`\n", at: 66) || head.count < 68 && !subject.isText {
      let first = String(decoding: head[8..<min(24, head.count)], as: UTF8.self)
      if first.hasPrefix("debian") { return Examination(.debianPackage) }
      return Examination(
        first.hasPrefix("/") || first.contains(".o") || first.hasPrefix("__.SYMDEF") || first.hasPrefix("#1/") ? .library : .ar)
    }
    if subject.isText { return nil }
    if TarHeader.isTar(head) { return Examination(.tar) }
    if try hasDiskTrailer(subject, "koly") { return Examination(.macDiskImage) }
    if try hasDiskTrailer(subject, "conectix") { return Examination(.virtualDisk) }
    if isPythonByteCode(head) { return Examination(.byteCode) }
    if isObjectFile(head) { return Examination(.objectFile) }
    if isLZMA(head) { return Examination(.lzma) }
    if head.count >= 8, (0x50...0x5F).contains(head[0]), head[1] == 0x2A, head[2] == 0x4D, head[3] == 0x18 {
      return Examination(.zstandard)
    }
    if isDiskImage(head) { return Examination(.fileSystem) }
    if let zlib = Inflate.zlib(head[...], limit: 1 << 20), zlib.bytes.count > 16,
      zlib.isComplete && subject.count - zlib.consumed <= 8 || zlib.bytes.count >= 64 * 1024
    {
      return Examination(.compressed)
    }
    return nil
  }

  private static func hasDiskTrailer(_ subject: Subject, _ mark: StaticString) throws(DocumentError) -> Bool {
    guard subject.count >= 512 else { return false }
    return try subject.bytes(at: subject.count - 512, count: 16).has(mark, at: 0)
  }

  /// A version number, carriage return and newline; since Python 3.7 then flags of which few are in use.
  private static func isPythonByteCode(_ head: [UInt8]) -> Bool {
    guard head.count >= 16, head[2] == 0x0D, head[3] == 0x0A else { return false }
    return (0x0C...0x0F).contains(head[1]) || [0xF2, 0xF3, 0xF1, 0xEE, 0xED, 0xEB].contains(head[1])
  }

  /// COFF has no signature: a known machine, few sections, no optional header and a symbol table behind the header.
  private static func isObjectFile(_ head: [UInt8]) -> Bool {
    guard let machine = head.little16(0), [0x14C, 0x8664, 0xAA64, 0x1C4].contains(machine), let sections = head.little16(2),
      (1...256).contains(sections), let symbols = head.little32(8), head.little16(16) == 0
    else { return false }
    return symbols == 0 || symbols >= 20 + 40 * sections
  }

  /// LZMA alone: usual properties, a dictionary that is a power of two, and a size that is unknown or sane.
  private static func isLZMA(_ head: [UInt8]) -> Bool {
    guard head.count > 13, head[0] == 0x5D, head[1] == 0, head[2] == 0, let dictionary = head.little32(1), dictionary.nonzeroBitCount <= 2
    else { return false }
    return head[5..<13].allSatisfy { $0 == 0xFF } || head[10...12].allSatisfy { $0 == 0 }
  }

  /// Boot sectors with a jump or a partition table, and the Linux file systems.
  private static func isDiskImage(_ head: [UInt8]) -> Bool {
    if head.count >= 1082, head[1080] == 0x53, head[1081] == 0xEF, (head.little32(1024) ?? 0) > 0 { return true }
    guard head.count >= 512, head[510] == 0x55, head[511] == 0xAA else { return false }
    let jumps = head[0] == 0xEB && head[2] == 0x90 || head[0] == 0xE9
    let partitions = stride(from: 446, to: 510, by: 16).allSatisfy { head[$0] == 0 || head[$0] == 0x80 }
    return jumps || partitions
  }
}

/// tar's header block, recognised by its check sum also where the format has no signature.
enum TarHeader {
  static func isTar(_ block: [UInt8]) -> Bool {
    guard block.count >= 512, block[0] != 0 else { return false }
    if block.has("ustar", at: 257) { return true }
    var digits = 0
    var stored = 0
    for byte in block[148..<156] where (0x30...0x37).contains(byte) {
      stored = stored << 3 | Int(byte - 0x30)
      digits += 1
    }
    guard digits >= 3 else { return false }
    let sum = block[..<512].enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element)) }
    return sum == stored
  }
}
