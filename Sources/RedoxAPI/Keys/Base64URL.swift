#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Base64 with the URL-safe alphabet and without padding (RFC 4648 §5), as JOSE wants it.
enum Base64URL {
  static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for character in Data(bytes).base64EncodedString().utf8 {
      switch character {
      case UInt8(ascii: "+"): text.append("-")
      case UInt8(ascii: "/"): text.append("_")
      case UInt8(ascii: "="): break
      default: text.unicodeScalars.append(Unicode.Scalar(character))
      }
    }
    return text
  }

  /// Takes padding and the ordinary alphabet too: keys are pasted from many places.
  static func decode(_ text: String) -> Data? {
    var standard = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "-": standard.append("+")
      case "_": standard.append("/")
      case "=": break
      default: standard.unicodeScalars.append(scalar)
      }
    }
    standard.append(String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4))
    return Data(base64Encoded: standard)
  }
}
