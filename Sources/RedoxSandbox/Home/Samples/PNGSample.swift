/// A PNG picture in true colour, uncompressed within its zlib stream.
enum PNGSample {
  static func bytes(width: Int, height: Int) -> [UInt8] {
    var pixels: [UInt8] = []
    pixels.reserveCapacity((width * 3 + 1) * height)
    for y in 0..<height {
      pixels.append(0)
      for x in 0..<width {
        pixels += [UInt8(180 + x * 60 / width), UInt8(120 + y * 60 / height), UInt8(100 + (x + y) * 40 / (width + height))]
      }
    }
    let header = (UInt32(width).bigEndianBytes + UInt32(height).bigEndianBytes) + [8, 2, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", header) + chunk("IDAT", zlib(pixels)) + chunk("IEND", [])
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return UInt32(data.count).bigEndianBytes + body + Checksum.crc32(body).bigEndianBytes
  }

  private static func zlib(_ data: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x78, 0x01]
    var rest = data[...]
    repeat {
      let block = rest.prefix(0xFFFF)
      rest = rest.dropFirst(block.count)
      let length = UInt16(block.count)
      result += [rest.isEmpty ? 1 : 0] + length.littleEndianBytes + (~length).littleEndianBytes + block
    } while !rest.isEmpty
    return result + Checksum.adler32(data).bigEndianBytes
  }
}
