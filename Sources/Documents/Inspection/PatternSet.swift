/// Finds many patterns in one pass: a table over two neighbouring bytes tells which of them may begin there, if any.
struct PatternSet: Sendable {
  private let patterns: [[UInt8]]
  /// For each pair of bytes, a number one above that of the bucket of patterns which begin with it; zero for most.
  private let buckets: [UInt8]
  private let members: [[Int]]

  /// - Parameter patterns: of two bytes or more, at most 255 of them.
  init(_ patterns: [[UInt8]]) {
    self.patterns = patterns
    var buckets = [UInt8](repeating: 0, count: 1 << 16)
    var members: [[Int]] = []
    for (index, pattern) in patterns.enumerated() {
      precondition(pattern.count >= 2 && index < 255, "A pattern has two bytes at least, and a set 255 patterns at most.")
      let pair = Int(pattern[0]) | Int(pattern[1]) << 8
      if buckets[pair] == 0 {
        members.append([])
        buckets[pair] = UInt8(members.count)
      }
      members[Int(buckets[pair]) - 1].append(index)
    }
    self.buckets = buckets
    self.members = members
  }

  /// Calls `found` with the number of a pattern and where it begins, for every occurrence from left to right.
  func search(_ bytes: UnsafeRawBufferPointer, _ found: (_ pattern: Int, _ position: Int) -> Void) {
    guard let base = bytes.baseAddress, bytes.count > 1 else { return }
    buckets.withUnsafeBufferPointer { buckets in
      for position in 0..<(bytes.count - 1) {
        let bucket = buckets[Int(UInt16(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt16.self)))]
        if bucket == 0 { continue }
        for index in members[Int(bucket) - 1] where isThere(patterns[index], position, bytes) { found(index, position) }
      }
    }
  }

  private func isThere(_ pattern: [UInt8], _ position: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard position + pattern.count <= bytes.count else { return false }
    for offset in 2..<pattern.count where bytes[position + offset] != pattern[offset] { return false }
    return true
  }
}
