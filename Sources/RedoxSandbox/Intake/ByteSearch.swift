#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension UnsafeRawBufferPointer {
  /// Index of the first `byte` at or after `start`, or `count`.
  func run(from start: Int, upTo byte: UInt8) -> Int {
    guard start < count, let base = baseAddress, let found = memchr(base + start, Int32(byte), count - start) else { return count }
    return UnsafeRawPointer(found) - base
  }
}
