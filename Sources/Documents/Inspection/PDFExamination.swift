internal import SafeText

enum PDFExamination {
  /// Readers look for the header in this many bytes.
  static let headerWindow = 1024

  /// Where `%PDF-1.` begins; nil when the file does not claim to be a PDF.
  static func header(in head: [UInt8]) -> Int? {
    var start = 0
    while let found = head.firstRange(of: Array("%PDF-".utf8), from: start)?.lowerBound, found < headerWindow {
      if found + 7 < head.count, (0x30...0x39).contains(head[found + 5]), head[found + 6] == UInt8(ascii: ".") { return found }
      start = found + 1
    }
    return nil
  }

  static func examine(_ subject: Subject, _ scanned: PDFScan) throws(DocumentError) -> Examination? {
    guard let header = header(in: subject.head) else { return nil }
    // Prose about PDF has no objects.
    if subject.isText, scanned.objectCount == 0, subject.name.ending != "pdf" { return nil }
    // Text of some length in front, such as a mail with a PDF in it, is that text.
    if subject.isText, header > 0, !subject.head[..<header].contains(0x25), scanned.objectCount == 0 { return nil }

    var scan = scanned
    try lookIntoObjectStreams(&scan, subject)
    var examination = Examination(.pdf)
    try examineEnds(header, scan, subject, &examination)
    examineFeatures(scan, &examination)
    return examination
  }

  private static func examineEnds(_ header: Int, _ scan: PDFScan, _ subject: Subject, _ examination: inout Examination)
    throws(DocumentError)
  {
    let before = Array(subject.head[..<header])
    if let hidden = Signature.hiddenKind(at: subject.head) { examination.refuse(hidden: hidden) }
    let start = before.lowercasedASCII
    if start.contains("<?php") || start.starts(with: "@echo") { examination.refuse(hidden: .script) }
    if !before.isBlank, before != [0xEF, 0xBB, 0xBF] { examination.warn("There is foreign data before the document's beginning.") }
    if scan.objectCount == 0 || !scan.hasStartOfTable { examination.warn("The document is damaged or cut off.") }
    if let end = scan.lastEnd {
      try Trailer.examine(after: end, subject, &examination)
    } else {
      examination.warn("The document is damaged or cut off.")
    }
    // A page may quote the beginning of a web script.
    if let hidden = try subject.payloads.hidden(in: subject, except: .php) { examination.refuse(hidden: hidden) }
  }

  private static func examineFeatures(_ scan: PDFScan, _ examination: inout Examination) {
    if scan.namesProgram { examination.refuse("A program or script is attached inside this document.") }
    if scan.features.contains(.launch) { examination.warn("The document can start programs on the reader's computer.") }
    if scan.features.contains(.javaScript) { examination.warn("The document contains scripts.") }
    if scan.features.contains(.attachment) { examination.warn("The document carries other files inside it.") }
    if !scan.features.isDisjoint(with: [.openAction, .additionalActions]) {
      examination.warn("The document does something by itself when it is opened.")
    }
    if scan.features.contains(.submission) { examination.warn("The document is a form that sends what is entered elsewhere.") }
    if scan.features.contains(.remote) { examination.warn("The document leads to other files.") }
    if !scan.features.isDisjoint(with: [.media, .form]) { examination.warn("The document contains active content.") }
    if scan.features.contains(.encryption) {
      examination.warn("The document is encrypted or restricted: whoever opens it in the chart may need its password.")
    }
  }

  /// Newer PDFs keep their objects compressed; what they say about actions is inside.
  private static func lookIntoObjectStreams(_ scan: inout PDFScan, _ subject: Subject) throws(DocumentError) {
    var budget = 32 << 20
    for position in scan.objectStreams where budget > 0 {
      let window = try subject.bytes(at: position, count: 1024)
      guard let keyword = window.firstRange(of: Array("stream".utf8)) else { continue }
      var start = keyword.upperBound
      if start < window.count, window[start] == 0x0D { start += 1 }
      if start < window.count, window[start] == 0x0A { start += 1 }
      let raw = try subject.bytes(at: position + start, count: 1 << 20)
      guard let content = Inflate.zlib(raw[...], limit: min(budget, 4 << 20)) else { continue }
      budget -= content.bytes.count
      scan.consumeDecompressed(content.bytes)
    }
  }
}
