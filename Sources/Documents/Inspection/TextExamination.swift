internal import SafeText

/// Files that are text from end to end.
enum TextExamination {
  static func examine(_ subject: Subject, _ markup: MarkupScan) throws(DocumentError) -> Examination? {
    guard subject.isText else { return nil }
    let start = TextStart(subject)
    if let script = ScriptText.kind(start, markup) { return Examination(script) }
    var examination = Examination(kind(start, subject))
    setCharset(subject.text.encoding, &examination)
    if subject.text.isCutOff { examination.warn("The text breaks off in the middle of a character.") }
    if examination.kind.name == FileKind.json.name || examination.kind.name == FileKind.fhirJSON.name {
      try examineJSON(subject, &examination)
    }
    examineMarkup(markup, &examination)
    if examination.kind.name == FileKind.mail.name { try MailExamination.examine(subject, &examination) }
    if examination.kind.name == FileKind.rtf.name { try examineRTF(markup, subject, &examination) }
    if ScriptText.readsLikeScript(start) { examination.warn("The text reads like a script or a program.") }
    return examination
  }

  private static func kind(_ start: TextStart, _ subject: Subject) -> FileKind {
    let text = start.lower
    if text.hasPrefix("{\\rtf") { return .rtf }
    if text.hasPrefix("msh|") || text.hasPrefix("fhs|") || text.hasPrefix("bhs|") { return .hl7v2 }
    if text.hasPrefix("%!ps") { return .postScript }
    if text.hasPrefix("begin:vcard") { return .vcard }
    if text.hasPrefix("begin:vcalendar") { return .calendar }
    if text.hasPrefix("-----begin pgp message") || text.hasPrefix("$ansible_vault") || text.hasPrefix("-----begin pkcs7") {
      return .encrypted
    }
    if text.hasPrefix("# disk descriptorfile") { return .virtualDisk }
    if isEncoded(start) { return .encodedText }
    if let markup = MarkupKinds.kind(start) { return markup }
    if isJSON(text, start) { return text.contains("\"resourcetype\"") ? .fhirJSON : .json }
    if MailExamination.isMessage(start) { return .mail }
    if subject.text.encoding == .unknown { return .unknownText }
    return [FileKind.csv, .tsv, .markdown].first { $0.extensions.contains(subject.name.ending) } ?? plainText(subject)
  }

  /// Text by any name that is not another kind's: `.log`, `.ini`, none at all, or a page without its first tag.
  private static func plainText(_ subject: Subject) -> FileKind {
    var kind = FileKind.plainText
    kind.extensions += ["html", "htm", "dat", "hl7", "er7", "asc", "ts", "key", "sql", "bin", "json", "one", "ps"]
    return kind
  }

  private static func setCharset(_ encoding: TextScan.Encoding, _ examination: inout Examination) {
    guard examination.kind.mediaType.hasSuffix("; charset=utf-8") else { return }
    let type = examination.kind.mediaType.dropLast("; charset=utf-8".count)
    examination.kind.mediaType = encoding.charset.map { "\(type); charset=\($0)" } ?? String(type)
  }

  private static func examineMarkup(_ markup: MarkupScan, _ examination: inout Examination) {
    let isMarkup = examination.kind.mediaType.contains("html") || examination.kind.mediaType.contains("xml")
    if isMarkup {
      if !markup.features.isDisjoint(with: [.script, .handler]) { examination.warn("The page contains scripts.") }
      if markup.features.contains(.frame) { examination.warn("The page loads other pages or objects by itself.") }
      if markup.features.contains(.entity) { examination.warn("The document defines entities, which can be used to read other files.") }
      if markup.features.contains(.macros) {
        examination.warn("The document contains macros: small programs that may run when it is opened.")
      }
    }
    if examination.kind.fileType == "CSV" || examination.kind.fileType == "TSV", markup.features.contains(.commandFormula) {
      examination.warn("The table contains a formula that starts programs when it is opened.")
    }
  }

  private static func examineRTF(_ markup: MarkupScan, _ subject: Subject, _ examination: inout Examination) throws(DocumentError) {
    if markup.features.contains(.rtfObject) {
      if markup.features.contains(.rtfProgram) {
        examination.refuse(hidden: .windowsProgram)
      } else {
        examination.warn("The document carries other files inside it.")
      }
    }
    let end = try subject.tail(512).bytes
    if end.last(where: { $0 > 0x20 }) != UInt8(ascii: "}") { examination.warn("The document is damaged or cut off.") }
  }

  private static func examineJSON(_ subject: Subject, _ examination: inout Examination) throws(DocumentError) {
    let end = subject.text.narrowed(bytes: try subject.tail(512).bytes)
    if let last = end.last(where: { $0 > 0x20 }), last != UInt8(ascii: "}"), last != UInt8(ascii: "]") {
      examination.warn("The document is damaged or cut off.")
    }
  }

  private static func isJSON(_ text: String, _ start: TextStart) -> Bool {
    guard let first = text.utf8.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return false }
    let next = text.utf8.dropFirst().first { $0 > 0x20 }
    if first == UInt8(ascii: "{") { return next == UInt8(ascii: "\"") || next == UInt8(ascii: "}") }
    // A text may begin with a bracket; an array goes on with a value.
    return next.map { "{[\"]-0123456789".utf8.contains($0) } == true && text.contains(",")
      && (next == UInt8(ascii: "{") || next == UInt8(ascii: "\"") || next == UInt8(ascii: "[") || start.name.ending == "json")
  }

  /// uuencode, BinHex, yEnc, or base64 of something that may not be sent.
  private static func isEncoded(_ start: TextStart) -> Bool {
    let text = start.lower
    if isUUEncoded(start) || text.hasPrefix("=ybegin ") { return true }
    if text.hasPrefix("(this file must be converted with binhex") { return true }
    let lines = start.original.split(maxSplits: 2) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    guard let body = lines.first?.hasPrefix("-----BEGIN") == true ? lines.dropFirst().first : lines.first else { return false }
    let isBase64 = body.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x2F...0x39).contains(byte) || byte == 0x2B || byte == 0x3D
    }
    return isBase64 && body.utf8.count >= 40
      && ["TVo", "TVp", "TVq", "TVr", "f0VMR", "UEsDB", "UmFyI", "N3q8r", "H4sI"].contains(where: body.hasPrefix)
  }

  /// `begin`, permissions, a name.
  private static func isUUEncoded(_ start: TextStart) -> Bool {
    guard let words = start.lines.first?.split(separator: " "), words.count >= 3, words[0] == "begin" || words[0] == "begin-base64" else {
      return false
    }
    return (3...4).contains(words[1].count) && words[1].allSatisfy { ("0"..."7").contains($0) }
  }
}

/// The first part of a text as characters, without a byte order mark and blanks in front.
struct TextStart {
  let original: String
  let lower: String
  let name: FileName

  init(_ subject: Subject) {
    name = subject.name
    var bytes = subject.text.narrowed(bytes: subject.head)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if subject.text.isUTF16, bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { bytes.removeFirst(2) }
    let trimmed = bytes.drop { $0 <= 0x20 }
    original = String(decoding: trimmed, as: UTF8.self)
    lower = String(decoding: Array(trimmed).lowercasedASCII, as: UTF8.self)
  }

  var lines: [Substring] { lower.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" } }
}

extension TextScan {
  func narrowed(bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBytes { narrowed($0) } }
}
