/// Decompresses DEFLATE (RFC 1951), as far as an inspection needs it: the first bytes of an entry, or all of a small one.
struct Inflate {
  private enum Damage: Error { case data, end }

  private let input: ArraySlice<UInt8>
  private var position: Int
  private var bits: UInt32 = 0
  private var bitCount = 0
  private let limit: Int
  private var output: [UInt8] = []

  private init(_ input: ArraySlice<UInt8>, limit: Int) {
    self.input = input
    self.limit = limit
    position = input.startIndex
  }

  /// Up to `limit` bytes. Stops without complaint where the input ends or is damaged; `isComplete` tells.
  static func inflate(_ input: ArraySlice<UInt8>, limit: Int) -> (bytes: [UInt8], isComplete: Bool, consumed: Int) {
    var inflater = Inflate(input, limit: limit)
    let isComplete = (try? inflater.run()) ?? false
    return (inflater.output, isComplete, inflater.position - input.startIndex)
  }

  /// The same for data with zlib's two bytes in front (RFC 1950).
  static func zlib(_ input: ArraySlice<UInt8>, limit: Int) -> (bytes: [UInt8], isComplete: Bool, consumed: Int)? {
    let header = Array(input.prefix(2))
    guard header.count == 2, header[0] & 0x0F == 8, header[0] >> 4 <= 7, (Int(header[0]) << 8 | Int(header[1])) % 31 == 0,
      header[1] & 0x20 == 0
    else { return nil }
    let result = inflate(input.dropFirst(2), limit: limit)
    return (result.bytes, result.isComplete, result.consumed + 2)
  }

  /// - Returns: whether the last block came to its end within the limit.
  private mutating func run() throws -> Bool {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try stored()
      case 1: try compressed(.fixedLiterals, .fixedDistances)
      case 2:
        let (literals, distances) = try dynamicCodes()
        try compressed(literals, distances)
      default: throw Damage.data
      }
      if output.count >= limit { return false }
    }
    return true
  }

  private mutating func take(_ count: Int) throws -> Int {
    while bitCount < count {
      guard position < input.endIndex else { throw Damage.end }
      bits |= UInt32(input[position]) << UInt32(bitCount)
      position += 1
      bitCount += 8
    }
    let value = bits & ((1 << UInt32(count)) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func stored() throws {
    (bits, bitCount) = (0, 0)
    guard position + 4 <= input.endIndex else { throw Damage.end }
    let length = Int(input[position]) | Int(input[position + 1]) << 8
    guard length ^ 0xFFFF == Int(input[position + 2]) | Int(input[position + 3]) << 8 else { throw Damage.data }
    position += 4
    let available = min(length, input.endIndex - position, limit - output.count)
    output.append(contentsOf: input[position..<(position + available)])
    position += available
    if available < length, output.count < limit { throw Damage.end }
  }

  private mutating func compressed(_ literals: HuffmanCode, _ distances: HuffmanCode) throws {
    while output.count < limit {
      let symbol = try decode(literals)
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return }
      guard symbol - 257 < Self.lengths.count else { throw Damage.data }
      let (lengthBase, lengthBits) = Self.lengths[symbol - 257]
      let length = lengthBase + (try take(lengthBits))
      let code = try decode(distances)
      guard code < Self.distances.count else { throw Damage.data }
      let (distanceBase, distanceBits) = Self.distances[code]
      let distance = distanceBase + (try take(distanceBits))
      guard distance <= output.count else { throw Damage.data }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  private mutating func decode(_ code: HuffmanCode) throws -> Int {
    var (value, first, index) = (0, 0, 0)
    for length in 1...15 {
      value |= try take(1)
      let count = code.counts[length]
      if value - count < first { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw Damage.data
  }

  private mutating func dynamicCodes() throws -> (HuffmanCode, HuffmanCode) {
    let (literalCount, distanceCount, codeCount) = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
    guard literalCount <= 286, distanceCount <= 30 else { throw Damage.data }
    var codeLengths = [Int](repeating: 0, count: 19)
    for position in Self.codeOrder.prefix(codeCount) { codeLengths[position] = try take(3) }
    let code = HuffmanCode(codeLengths)
    var lengths: [Int] = []
    while lengths.count < literalCount + distanceCount {
      switch try decode(code) {
      case let length where length < 16: lengths.append(length)
      case 16:
        guard let last = lengths.last else { throw Damage.data }
        lengths += Array(repeating: last, count: 3 + (try take(2)))
      case 17: lengths += Array(repeating: 0, count: 3 + (try take(3)))
      default: lengths += Array(repeating: 0, count: 11 + (try take(7)))
      }
    }
    guard lengths.count == literalCount + distanceCount else { throw Damage.data }
    return (HuffmanCode(Array(lengths[..<literalCount])), HuffmanCode(Array(lengths[literalCount...])))
  }

  private static let codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  /// First length and extra bits of the symbols from 257 on.
  private static let lengths: [(Int, Int)] = {
    var table: [(Int, Int)] = []
    var base = 3
    for symbol in 0..<28 {
      let extra = symbol < 8 ? 0 : (symbol - 4) / 4
      table.append((base, extra))
      base += 1 << extra
    }
    return table + [(258, 0)]
  }()

  /// First distance and extra bits of each distance symbol.
  private static let distances: [(Int, Int)] = {
    var table: [(Int, Int)] = []
    var base = 1
    for symbol in 0..<30 {
      let extra = symbol < 4 ? 0 : (symbol - 2) / 2
      table.append((base, extra))
      base += 1 << extra
    }
    return table
  }()
}

/// A canonical Huffman code: how many codes each length has, and the symbols in the order of their codes.
private struct HuffmanCode {
  var counts = [Int](repeating: 0, count: 16)
  var symbols: [Int] = []

  init(_ lengths: [Int]) {
    for length in lengths where length > 0 { counts[length] += 1 }
    for length in 1...15 { symbols += lengths.indices.filter { lengths[$0] == length } }
  }

  static let fixedLiterals = HuffmanCode(
    Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112) + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8))
  static let fixedDistances = HuffmanCode(Array(repeating: 5, count: 30))
}
