public import SafeText
public import SystemPackage

extension FilePath {
  /// The path's bytes as the kernel knows them; need not be valid UTF-8.
  public var utf8Bytes: [UInt8] { withPlatformString { Array(UnsafeBufferPointer(start: $0, count: length)).map(UInt8.init(bitPattern:)) } }

  /// A path of these bytes, up to the first NUL.
  public init(bytes: some Sequence<UInt8>) {
    var platform = bytes.prefix { $0 != 0 }.map(CChar.init(bitPattern:))
    platform.append(0)
    self = platform.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
    }
  }

  /// The path of the entry called `name` in this folder. The name is not interpreted: it must not hold a slash.
  public func appending(entry name: [UInt8]) -> FilePath {
    var bytes = utf8Bytes
    if let last = bytes.last, last != UInt8(ascii: "/") { bytes.append(UInt8(ascii: "/")) }
    return FilePath(bytes: bytes + name)
  }

  /// The folder that this one stands in; the root's is the root.
  public var parentFolder: FilePath {
    let parent = removingLastComponent()
    return parent.isEmpty ? (isAbsolute ? FilePath("/") : FilePath(".")) : parent
  }
}

extension FilePath.Component {
  /// The name's bytes as the kernel knows them; need not be valid UTF-8.
  public var utf8Bytes: [UInt8] {
    withPlatformString { start in
      var bytes: [UInt8] = []
      var position = start
      while position.pointee != 0 {
        bytes.append(UInt8(bitPattern: position.pointee))
        position += 1
      }
      return bytes
    }
  }
}

extension DisplayText {
  /// A path, byte for byte what it is, escaped.
  public init(_ path: FilePath) { self.init(escapingBytes: path.utf8Bytes) }

  /// The last name of a path, escaped; the whole path when it has none.
  public init(nameOf path: FilePath) { self.init(escapingBytes: path.lastComponent?.utf8Bytes ?? path.utf8Bytes) }
}
