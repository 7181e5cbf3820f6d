/// Small binary files that are what their names say.
enum BinarySamples {
  /// A zip archive of one stored file, dated 1 January 2026.
  static func zip(name: String, content: String) -> [UInt8] {
    let name = Array(name.utf8)
    let data = Array(content.utf8)
    let date = UInt16((2026 - 1980) << 9 | 1 << 5 | 1)
    // Version 2.0, no flags, stored; then time, date, check sum and sizes.
    var common = UInt16(20).littleEndianBytes + UInt16(0).littleEndianBytes + UInt16(0).littleEndianBytes
    common += UInt16(0).littleEndianBytes + date.littleEndianBytes + Checksum.crc32(data).littleEndianBytes
    common += UInt32(data.count).littleEndianBytes + UInt32(data.count).littleEndianBytes + UInt16(name.count).littleEndianBytes
    let local = [0x50, 0x4B, 3, 4] + common + UInt16(0).littleEndianBytes + name + data
    // No extra field or comment; disk 0, plain attributes, local header at 0.
    let directory = [0x50, 0x4B, 1, 2] + UInt16(20).littleEndianBytes + common + [UInt8](repeating: 0, count: 16) + name
    let end =
      [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + UInt16(1).littleEndianBytes + UInt16(1).littleEndianBytes
      + UInt32(directory.count).littleEndianBytes + UInt32(local.count).littleEndianBytes + UInt16(0).littleEndianBytes
    return local + directory + end
  }

  /// The head of a 64-bit Linux program with one segment. It is never marked executable, and would do nothing but end.
  static func program() -> [UInt8] {
    let code: [UInt8] = [0xB8, 60, 0, 0, 0, 0x31, 0xFF, 0x0F, 0x05]
    let base: UInt64 = 0x40_0000
    var header: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 8)
    header += UInt16(2).littleEndianBytes + UInt16(62).littleEndianBytes + UInt32(1).littleEndianBytes
    header += (base + 120).littleEndianBytes + UInt64(64).littleEndianBytes + UInt64(0).littleEndianBytes + UInt32(0).littleEndianBytes
    header += [64, 56, 1, 64, 0, 0].flatMap { UInt16($0).littleEndianBytes }
    let size = UInt64(120 + code.count)
    var segment = UInt32(1).littleEndianBytes + UInt32(5).littleEndianBytes + UInt64(0).littleEndianBytes
    segment +=
      base.littleEndianBytes + base.littleEndianBytes + size.littleEndianBytes + size.littleEndianBytes + UInt64(4096).littleEndianBytes
    return header + segment + code
  }

  /// A DICOM secondary capture, explicit VR little endian, 12 bits of grey.
  static func dicom(side: Int) -> [UInt8] {
    let sopClass = "1.2.840.10008.5.1.4.1.1.7"
    let instance = "1.2.826.0.1.3680043.10.1.1.1"
    var meta = element(0x0002, 0x0001, "OB", [0, 1]) + element(0x0002, 0x0002, "UI", sopClass) + element(0x0002, 0x0003, "UI", instance)
    meta += element(0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1") + element(0x0002, 0x0012, "UI", "1.2.826.0.1.3680043.10.1")
    meta = element(0x0002, 0x0000, "UL", UInt32(meta.count).littleEndianBytes) + meta

    var data = element(0x0008, 0x0016, "UI", sopClass) + element(0x0008, 0x0018, "UI", instance) + element(0x0008, 0x0020, "DA", "20260105")
    data += element(0x0008, 0x0030, "TM", "101500") + element(0x0008, 0x0060, "CS", "OT") + element(0x0008, 0x0064, "CS", "WSD")
    data += element(0x0010, 0x0010, "PN", "Sample^Anonymous") + element(0x0010, 0x0020, "LO", "0000000000")
    data += element(0x0020, 0x000D, "UI", instance + ".1") + element(0x0020, 0x000E, "UI", instance + ".2")
    data +=
      number(0x0028, 0x0002, 1) + element(0x0028, 0x0004, "CS", "MONOCHROME2") + number(0x0028, 0x0010, side) + number(0x0028, 0x0011, side)
    data += number(0x0028, 0x0100, 16) + number(0x0028, 0x0101, 12) + number(0x0028, 0x0102, 11) + number(0x0028, 0x0103, 0)
    let centre = side / 2
    let pixels = (0..<side * side).flatMap { index -> [UInt8] in
      let (x, y) = (index % side - centre, index / side - centre)
      return UInt16(max(0, 4095 - (x * x + y * y) * 4095 / (centre * centre + 1))).littleEndianBytes
    }
    data += element(0x7FE0, 0x0010, "OW", pixels)
    return [UInt8](repeating: 0, count: 128) + Array("DICM".utf8) + meta + data
  }

  private static func number(_ group: UInt16, _ tag: UInt16, _ value: Int) -> [UInt8] {
    element(group, tag, "US", UInt16(value).littleEndianBytes)
  }

  private static func element(_ group: UInt16, _ tag: UInt16, _ type: String, _ text: String) -> [UInt8] {
    let padding: [UInt8] = text.utf8.count % 2 == 0 ? [] : [type == "UI" ? 0 : 0x20]
    return element(group, tag, type, Array(text.utf8) + padding)
  }

  private static func element(_ group: UInt16, _ tag: UInt16, _ type: String, _ value: [UInt8]) -> [UInt8] {
    let head = group.littleEndianBytes + tag.littleEndianBytes + Array(type.utf8)
    let isLong = ["OB", "OW"].contains(type)
    return head + (isLong ? [0, 0] + UInt32(value.count).littleEndianBytes : UInt16(value.count).littleEndianBytes) + value
  }
}
