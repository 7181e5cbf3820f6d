internal import SafeText

/// E-mail messages as text (RFC 5322), single or in a mailbox.
enum MailExamination {
  private static let fields = [
    "from:", "to:", "cc:", "subject:", "date:", "received:", "message-id:", "return-path:", "mime-version:", "content-type:",
    "delivered-to:",
    "reply-to:", "sender:", "dkim-signature:", "content-transfer-encoding:", "in-reply-to:", "references:", "snapshot-content-location:",
    "x-",
  ]

  /// Header fields from the first line on, at least three, of which one is a machine's.
  static func isMessage(_ start: TextStart) -> Bool {
    var lines = start.lines[...]
    if let first = lines.first, first.hasPrefix("from "), first.contains("@") { lines = lines.dropFirst() }
    let header = lines.prefix { !$0.isEmpty }.prefix(100).filter { $0.first != " " && $0.first != "\t" }
    let known = header.filter { line in fields.contains(where: line.hasPrefix) }
    // A memo has From, To, Date and Subject too.
    let decisive = ["received:", "return-path:", "mime-version:", "message-id:"] + (start.name.ending == "eml" ? ["from:"] : [])
    return known.count >= 3 && known.count * 2 >= header.count && known.contains { line in decisive.contains(where: line.hasPrefix) }
  }

  /// Looks at the names of attachments.
  static func examine(_ subject: Subject, _ examination: inout Examination) throws(DocumentError) {
    let overlap = 512
    var offset = 0
    while offset < subject.count {
      let window = try subject.bytes(at: offset, count: 256 * 1024)
      examine(window, &examination)
      if window.count <= overlap { return }
      offset += window.count - (offset + window.count < subject.count ? overlap : 0)
    }
  }

  private static func examine(_ window: [UInt8], _ examination: inout Examination) {
    let lower = window.lowercasedASCII
    var start = 0
    while let found = lower.firstRange(of: Array("name".utf8), from: start) {
      start = found.upperBound
      // name="…", filename=…, filename*=UTF-8''…; in pages inside the message a name is something else.
      let before = lower[max(0, found.lowerBound - 200)..<found.lowerBound]
      let isHeader =
        before.suffix(4).elementsEqual("file".utf8) || Array(before).contains("content-type:") && !before.contains(UInt8(ascii: "<"))
      guard isHeader else { continue }
      var value = lower[start...].prefix(300)
      if value.first == UInt8(ascii: "*") { value = value.drop { $0 != UInt8(ascii: "=") } }
      guard value.first == UInt8(ascii: "=") else { continue }
      let name = value.dropFirst().drop { $0 == UInt8(ascii: "\"") }.prefix { !"\"\r\n;".utf8.contains($0) }
      let text = String(decoding: name, as: UTF8.self)
      if FileName.isRunnable(text) {
        examination.refuse("A program or script is attached to this message.")
      } else if FileName.isArchive(text) {
        examination.refuse("An archive is attached to this message.")
      }
    }
  }
}
