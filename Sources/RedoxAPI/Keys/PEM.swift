/// The blocks of a PEM file (RFC 7468).
struct PEM {
  struct Block {
    /// Such as `RSA PRIVATE KEY`.
    var label: String
    /// The block with its boundary lines, and nothing else of the file.
    var text: String
    /// OpenSSL's older encryption writes headers inside the block.
    var hasEncryptionHeader: Bool
  }

  var blocks: [Block] = []

  init(_ text: String) {
    var label: String?
    var lines: [Substring] = []
    for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
      let trimmed = line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
      let content = String(trimmed)
      if let begun = PEM.label(of: content, boundary: "-----BEGIN ") {
        label = begun
        lines = [Substring(content)]
      } else if let current = label {
        lines.append(Substring(content))
        if PEM.label(of: content, boundary: "-----END ") == current {
          let encrypted = lines.contains { $0.hasPrefix("Proc-Type:") && $0.contains("ENCRYPTED") }
          blocks.append(Block(label: current, text: lines.joined(separator: "\n") + "\n", hasEncryptionHeader: encrypted))
          label = nil
        }
      }
    }
  }

  private static func label(of line: String, boundary: String) -> String? {
    guard line.hasPrefix(boundary), line.hasSuffix("-----"), line.utf8.count >= boundary.utf8.count + 5 else { return nil }
    return String(line.dropFirst(boundary.count).dropLast(5))
  }
}
