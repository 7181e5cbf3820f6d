import Crypto
import Foundation

enum Digest {
  /// SHA-256 of a file, in lower-case hexadecimal.
  static func ofFile(_ path: String) throws -> String {
    SHA256.hash(data: try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
