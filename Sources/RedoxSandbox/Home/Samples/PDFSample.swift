/// Writes valid PDF files: pages of readable text, then pages that are one grey picture each, like a scan; of an exact size.
///
/// Object numbers: 1 catalogue, 2 page tree, 3 font, then page and content (and picture) of each page in turn.
struct PDFSample {
  /// Lines of each text page; ASCII without parentheses or backslashes.
  var pages: [[String]]
  /// Rows of the picture of each scanned page, 1000 grey bytes wide.
  var scans: [Int] = []
  /// The file's size in bytes, reached by a comment before the cross-reference table; nil adds none.
  var size: Int?

  private static let scanWidth = 1000
  private static let entryLength = 20

  func write(to spool: Spool) throws {
    var writer = PDFWriter(spool: spool)
    try writer.text("%PDF-1.4\n%\u{00E2}\u{00E3}\u{00CF}\u{00D3}\n")
    let textPages = pages.indices.map { 4 + $0 * 2 }
    let scanPages = scans.indices.map { 4 + pages.count * 2 + $0 * 3 }
    try writer.object("<< /Type /Catalog /Pages 2 0 R >>")
    let kids = (textPages + scanPages).map { "\($0) 0 R" }.joined(separator: " ")
    try writer.object("<< /Type /Pages /Count \(pages.count + scans.count) /Kids [\(kids)] >>")
    try writer.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for (number, lines) in zip(textPages, pages) {
      try writer.object(Self.page("/Font << /F1 3 0 R >>", contents: number + 1))
      let drawn = lines.map { "(\($0)) Tj T*" }.joined(separator: "\n")
      try writer.stream("<<", "BT /F1 11 Tf 14 TL 60 740 Td\n\(drawn)\nET\n")
    }
    for (number, rows) in zip(scanPages, scans) {
      try writer.object(Self.page("/XObject << /Im1 \(number + 2) 0 R >>", contents: number + 1))
      try writer.stream("<<", "q 492 0 0 672 60 60 cm /Im1 Do Q\n")
      try writer.picture(width: Self.scanWidth, rows: rows)
    }
    try finish(&writer)
  }

  private static func page(_ resources: String, contents: Int) -> String {
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << \(resources) >> /Contents \(contents) 0 R >>"
  }

  private func finish(_ writer: inout PDFWriter) throws {
    let count = writer.offsets.count + 1
    var trailer = "xref\n0 \(count)\n0000000000 65535 f \n"
    for offset in writer.offsets {
      let digits = String(offset)
      trailer += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    trailer += "trailer\n<< /Size \(count) /Root 1 0 R >>\nstartxref\n"
    if let size {
      // The offset's digits are those of a number just below the size, in which alone it can end.
      let room = size - writer.count - trailer.utf8.count - "\n%%EOF\n".utf8.count - String(size - trailer.utf8.count).count
      if room >= 2 { try writer.text("%" + String(repeating: "x", count: room - 2) + "\n") }
    }
    try writer.text(trailer + "\(writer.count)\n%%EOF\n")
  }
}

/// Puts PDF objects into a file and remembers where they begin.
private struct PDFWriter {
  let spool: Spool
  private(set) var offsets: [Int] = []

  init(spool: Spool) {
    self.spool = spool
  }

  var count: Int { spool.byteCount }

  func text(_ text: String) throws {
    // Latin-1: the comment that marks the file as binary is not UTF-8.
    try text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }.withUnsafeBytes { try spool.write($0) }
  }

  mutating func object(_ body: String) throws {
    offsets.append(count)
    try text("\(offsets.count) 0 obj\n\(body)\nendobj\n")
  }

  mutating func stream(_ dictionary: String, _ content: String) throws {
    try object("\(dictionary) /Length \(content.utf8.count) >>\nstream\n\(content)endstream")
  }

  mutating func picture(width: Int, rows: Int) throws {
    offsets.append(count)
    try text(
      "\(offsets.count) 0 obj\n<< /Type /XObject /Subtype /Image /Width \(width) /Height \(rows) /ColorSpace /DeviceGray "
        + "/BitsPerComponent 8 /Length \(width * rows) >>\nstream\n")
    // Paper with darker stripes, like lines of writing. A few shades of row, so that no row has to be computed twice.
    let shades = (0..<8).map { shade in [UInt8](repeating: UInt8(255 - shade * 16), count: width) }
    for row in 0..<rows {
      try shades[row % 24 < 8 ? row % 8 : 0].withUnsafeBytes { try spool.write($0) }
    }
    try text("\nendstream\nendobj\n")
  }
}
