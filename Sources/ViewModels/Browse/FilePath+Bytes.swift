internal import SystemPackage

extension FilePath {
  /// The path's bytes; they need not be text.
  var bytes: [UInt8] { withPlatformString { Array(UnsafeBufferPointer(start: $0, count: length)).map { UInt8(bitPattern: $0) } } }
}

extension FilePath.Component {
  var bytes: [UInt8] { FilePath(root: nil, [self]).bytes }
}
