internal import SafeText

/// Finds names that hold what a person typed, upper and lower case alike.
struct NameFilter {
  private let needle: [UInt8]

  init(_ text: String) { needle = Array(text.lowercased().utf8) }

  /// The form that a name is searched in: as it is displayed, in lower case.
  static func folded(_ name: some Collection<UInt8>) -> [UInt8] {
    Array(DisplayText(escapingBytes: name).string.lowercased().utf8)
  }

  func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = needle.first else { return true }
    guard name.count >= needle.count else { return false }
    for start in 0...(name.count - needle.count) where name[start] == first {
      var length = 1
      while length < needle.count, name[start + length] == needle[length] { length += 1 }
      if length == needle.count { return true }
    }
    return false
  }
}
