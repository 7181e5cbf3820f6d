/// How people expect names to be sorted: upper and lower case alike, and `page 9` before `page 10`. Compares bytes where they lie.
enum NameOrder {
  @inline(__always)
  static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  @inline(__always)
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// A total order: names that are equal but for case or leading zeros are ordered by their bytes.
  static func areInOrder(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      let (a, b) = (left[i], right[j])
      if isDigit(a), isDigit(b) {
        switch compareNumbers(left, &i, right, &j) {
        case 0: continue
        case let order: return order < 0
        }
      }
      let (x, y) = (lower(a), lower(b))
      if x != y { return x < y }
      i += 1
      j += 1
    }
    if left.count - i != right.count - j { return left.count - i < right.count - j }
    return left.lexicographicallyPrecedes(right)
  }

  /// Compares what stands after the last dot, upper and lower case alike: negative, 0 or positive. Names without an ending come first.
  static func compareEndings(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    var (a, b) = (ending(of: left), ending(of: right))
    while let x = a.popFirst() {
      guard let y = b.popFirst() else { return 1 }
      let (first, second) = (lower(x), lower(y))
      if first != second { return Int(first) - Int(second) }
    }
    return b.isEmpty ? 0 : -1
  }

  private static func ending(of name: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>> {
    // A dot in front hides a name; it begins no ending.
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return name[name.endIndex...] }
    return name[(dot + 1)...]
  }

  /// Compares two runs of digits by value, however long, and moves behind them when they are equal.
  private static func compareNumbers(
    _ left: UnsafeBufferPointer<UInt8>, _ i: inout Int, _ right: UnsafeBufferPointer<UInt8>, _ j: inout Int
  ) -> Int {
    while i < left.count, left[i] == 0x30 { i += 1 }
    while j < right.count, right[j] == 0x30 { j += 1 }
    var firstDifference = 0
    while i < left.count, j < right.count, isDigit(left[i]), isDigit(right[j]) {
      if firstDifference == 0 { firstDifference = Int(left[i]) - Int(right[j]) }
      i += 1
      j += 1
    }
    if i < left.count, isDigit(left[i]) { return 1 }
    if j < right.count, isDigit(right[j]) { return -1 }
    return firstDifference
  }
}
