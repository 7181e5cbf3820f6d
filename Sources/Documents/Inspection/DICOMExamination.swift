internal import SafeText

/// DICOM Part 10 files, and the bare data sets that old devices write.
enum DICOMExamination {
  static func examine(_ subject: Subject) throws(DocumentError) -> Examination? {
    // Text may have these letters at this place too, but not the first element behind them.
    if subject.head.has("DICM", at: 128), !subject.isText { return try withPreamble(subject) }
    guard !subject.isText, isDataSet(subject.head) else { return nil }
    var examination = Examination(.dicom).warned("The DICOM header is missing, so a viewer may not open the file.")
    if let hidden = try subject.payloads.hidden(in: subject) { examination.refuse(hidden: hidden) }
    return examination
  }

  /// The preamble's 128 bytes are free for any use, so that a file can be a DICOM image and a program at once.
  private static func withPreamble(_ subject: Subject) throws(DocumentError) -> Examination {
    var examination = Examination(.dicom)
    let preamble = Array(subject.head.prefix(128))
    if let kind = Signature.all.first(where: { $0.offset + $0.bytes.count <= 128 && $0.kind.isRefused && $0.matches(preamble) })?.kind {
      examination.refuse(hidden: kind)
    } else if preamble.starts(with: "PK\u{3}\u{4}") {
      examination.refuse(hidden: .zip)
    } else if preamble.starts(with: "#!") || preamble.starts(with: "<?php") || preamble.lowercasedASCII.starts(with: "@echo") {
      examination.refuse(hidden: .script)
    } else if preamble.contains(where: { $0 != 0 }) {
      examination.warn("The free space before the DICOM header is not empty, so the file may be something else as well.")
    }
    if try !DICOMWalk(subject).isComplete() { examination.warn("The image is damaged or cut off.") }
    if let hidden = try subject.payloads.hidden(in: subject) { examination.refuse(hidden: hidden) }
    return examination
  }

  /// Group 0002 or 0008 first, as every data set begins, with a value representation or a sane length.
  private static func isDataSet(_ head: [UInt8]) -> Bool {
    guard let group = head.little16(0), group == 2 || group == 8, let element = head.little16(2), element <= 0x60,
      let length = head.little32(4)
    else {
      return false
    }
    let representation = String(decoding: head[4..<6], as: UTF8.self)
    if ["UL", "CS", "UI", "OB", "DA", "TM", "SH", "LO"].contains(representation) { return true }
    return length > 0 && length <= 64 && length % 2 == 0 && head.little16(8 + length) == group
  }
}

/// Walks over data elements without looking into them, to see whether the last one is whole.
struct DICOMWalk {
  private let subject: Subject
  private static let longRepresentations: Set<String> = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"]
  private static let maximumElementCount = 200_000
  private static let undefined = 0xFFFF_FFFF

  init(_ subject: Subject) { self.subject = subject }

  func isComplete() throws(DocumentError) -> Bool {
    var position = 132
    var syntax = ""
    while true {
      let header = try subject.bytes(at: position, count: 12)
      guard let group = header.little16(0), group == 2 else { break }
      guard let (length, headerSize) = Self.explicitLength(header) else { return false }
      if header.little16(2) == 0x10 {
        syntax = String(decoding: try subject.bytes(at: position + headerSize, count: min(length, 64)).filter { $0 > 0x20 }, as: UTF8.self)
      }
      position += headerSize + length
    }
    guard position > 132, position <= subject.count else { return false }
    switch syntax {
    // Deflated and big-endian data are not walked.
    case "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2": return true
    case "1.2.840.10008.1.2": return try walk(from: position, isExplicit: false)
    default: return try walk(from: position, isExplicit: true)
    }
  }

  private func walk(from start: Int, isExplicit: Bool) throws(DocumentError) -> Bool {
    var position = start
    var isInPixels = false
    for _ in 0..<Self.maximumElementCount {
      if position == subject.count { return true }
      let header = try subject.bytes(at: position, count: 12)
      guard header.count >= 8, let group = header.little16(0), let element = header.little16(2), let plain = header.little32(4) else {
        return false
      }
      if group == 0xFFFE {
        if element == 0xE0DD { isInPixels = false }
        // Items of sequences are entered; pieces of compressed pixels are passed over.
        position += 8 + (isInPixels && element == 0xE000 ? plain : 0)
      } else {
        guard let (length, size) = isExplicit ? Self.explicitLength(header) : (plain, 8) else { return false }
        let isSequence = isExplicit && header.has("SQ", at: 4)
        if length == Self.undefined { isInPixels = group == 0x7FE0 }
        position += size + (length == Self.undefined || isSequence ? 0 : length)
      }
      if position > subject.count { return false }
    }
    return true
  }

  private static func explicitLength(_ header: [UInt8]) -> (length: Int, headerSize: Int)? {
    guard header.count >= 8, header[4...5].allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
    if longRepresentations.contains(String(decoding: header[4...5], as: UTF8.self)) { return header.little32(8).map { ($0, 12) } }
    return header.little16(6).map { ($0, 8) }
  }
}
