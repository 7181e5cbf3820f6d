import Crypto
import Foundation

/// Base64 by the piece, from a string in memory or in a file, to a file.
enum Base64File {
  /// Characters at a time: whole groups of four, so that every piece decodes by itself.
  private static let pieceSize = 196_608

  /// The decoded bytes; nil when the text is not base64. White space at the very end is let pass, as Redox does.
  static func decode(_ text: JSON, scratch: Scratch) throws -> SpooledFile? {
    let output = try scratch.spool()
    var isComplete = false
    func take(_ piece: Data, isLast: Bool) throws -> Bool {
      var piece = piece
      if isLast { while piece.last.map(isSpace) == true { piece.removeLast() } }
      if piece.isEmpty { return isLast }
      // Foundation lets padding pass anywhere, so where it stands is looked at here: in the last two places of the last piece.
      let padding = piece.firstIndex(of: UInt8(ascii: "=")).map { piece.endIndex - $0 } ?? 0
      guard !isComplete, piece.count % 4 == 0, padding <= 2, padding < 2 || piece.last == UInt8(ascii: "="),
        let bytes = Data(base64Encoded: piece)
      else { return false }
      isComplete = padding > 0
      try bytes.withUnsafeBytes { try output.write($0) }
      return true
    }
    switch text {
    case .string(let text):
      guard try take(Data(text.utf8), isLast: true) else { return nil }
    case .longString(let file):
      let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: file.path))
      defer { try? input.close() }
      var next = try input.read(upToCount: pieceSize)
      while let piece = next, !piece.isEmpty {
        next = try input.read(upToCount: pieceSize)
        guard try take(piece, isLast: next?.isEmpty ?? true) else { return nil }
      }
    default: return nil
    }
    return try output.finish()
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  /// The text itself as a file, for content that is not base64.
  static func plain(_ text: JSON, scratch: Scratch) throws -> SpooledFile? {
    switch text {
    case .string(let text):
      let output = try scratch.spool()
      try Array(text.utf8).withUnsafeBytes { try output.write($0) }
      return try output.finish()
    case .longString(let file): return file
    default: return nil
    }
  }

  /// Base64 of the SHA-1 of a file, which is what FHIR's `Attachment.hash` holds.
  static func sha1(ofFileAt path: String) throws -> String {
    let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? input.close() }
    var digest = Insecure.SHA1()
    while let piece = try input.read(upToCount: pieceSize), !piece.isEmpty { digest.update(data: piece) }
    return Data(digest.finalize()).base64EncodedString()
  }
}
