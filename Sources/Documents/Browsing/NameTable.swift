/// The names of a folder in one buffer: a hundred thousand of them take a few megabytes and are compared where they lie.
struct NameTable: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Where each name begins; one more at the end.
  private(set) var starts: [UInt32] = [0]
  private(set) var kinds: [DirectoryEntry.Kind] = []

  var count: Int { kinds.count }

  mutating func append(_ name: UnsafeBufferPointer<UInt8>, kind: DirectoryEntry.Kind) {
    bytes.append(contentsOf: name)
    starts.append(UInt32(bytes.count))
    kinds.append(kind)
  }

  func range(_ index: Int) -> Range<Int> { Int(starts[index])..<Int(starts[index + 1]) }

  func name(_ index: Int) -> [UInt8] { Array(bytes[range(index)]) }

  func isHidden(_ index: Int) -> Bool { bytes[Int(starts[index])] == UInt8(ascii: ".") }

  func index(of name: [UInt8]) -> Int? {
    (0..<count).first { starts[$0 + 1] - starts[$0] == name.count && bytes[range($0)].elementsEqual(name) }
  }

  /// The names as a person reads and types them, in lower case, laid out like the table itself.
  func folded() -> NameTable {
    var result = NameTable()
    result.bytes.reserveCapacity(bytes.count)
    result.starts.reserveCapacity(starts.count)
    for index in 0..<count {
      let name = bytes[range(index)]
      if name.allSatisfy({ (0x20...0x7E).contains($0) }) {
        result.bytes.append(contentsOf: name.lazy.map(NameOrder.lower))
      } else {
        result.bytes.append(contentsOf: NameFilter.folded(name))
      }
      result.starts.append(UInt32(result.bytes.count))
    }
    result.kinds = kinds
    return result
  }
}
