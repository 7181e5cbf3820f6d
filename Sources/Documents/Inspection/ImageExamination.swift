internal import SafeText

/// Pictures: each is walked from part to part to its end, so that what is missing and what follows can be told.
enum ImageExamination {
  static func examine(_ subject: Subject) throws(DocumentError) -> Examination? {
    guard let (kind, end) = try kindAndEnd(subject) else { return nil }
    var examination = Examination(kind)
    if isComment(after: kind, subject.head) {
      examination.refuse(hidden: .script)
    }
    if let end {
      try Trailer.examine(after: end, subject, &examination)
    } else {
      examination.warn("The image is damaged or cut off.")
    }
    if PDFExamination.header(in: subject.head) != nil { examination.warn("The file is an image and a PDF document at once.") }
    if let hidden = try subject.payloads.hidden(in: subject) { examination.refuse(hidden: hidden) }
    return examination
  }

  /// The kind and where the image ends; no end when it is cut off.
  private static func kindAndEnd(_ subject: Subject) throws(DocumentError) -> (FileKind, Int?)? {
    let head = subject.head
    if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return (.png, try PNGWalk.end(subject)) }
    if head.starts(with: [0xFF, 0xD8, 0xFF]) { return (.jpeg, try JPEGWalk.end(subject)) }
    if head.starts(with: "GIF87a") || head.starts(with: "GIF89a") {
      if subject.isText, head.count < 10 || !isComment(after: .gif, head) { return nil }
      return (.gif, try GIFWalk.end(subject))
    }
    if head.starts(with: "BM"), !subject.isText, let headerSize = head.little32(14),
      [12, 16, 40, 52, 56, 64, 108, 124].contains(headerSize)
    {
      // Some writers leave the size out.
      let size = head.little32(2) ?? 0
      return (.bmp, size > subject.count ? nil : size < 26 ? subject.count : size)
    }
    if head.starts(with: [0x49, 0x49, 0x2A, 0]) || head.starts(with: [0x4D, 0x4D, 0, 0x2A]) || head.starts(with: [0x49, 0x49, 0x2B, 0])
      || head.starts(with: [0x4D, 0x4D, 0, 0x2B])
    {
      return (.tiff, try TIFFWalk.isComplete(subject) ? subject.count : nil)
    }
    if head.starts(with: [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]) || head.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) {
      return (.jpeg2000, try JPEG2000Walk.end(subject))
    }
    return nil
  }

  /// A picture whose first fields read as the beginning of a comment in a script.
  private static func isComment(after kind: FileKind, _ head: [UInt8]) -> Bool {
    let offset = ["GIF": 6, "BMP": 2, "JPG": 4][kind.fileType] ?? 0
    return offset > 0 && head.count > offset + 1 && head[offset] == UInt8(ascii: "/") && head[offset + 1] == UInt8(ascii: "*")
  }
}

enum PNGWalk {
  static func end(_ subject: Subject) throws(DocumentError) -> Int? {
    var position = 8
    while true {
      let header = try subject.bytes(at: position, count: 8)
      guard header.count == 8, let length = header.big32(0), header[4...].allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) else {
        return nil
      }
      position += 12 + length
      guard position <= subject.count else { return nil }
      if header.has("IEND", at: 4) { return position }
    }
  }
}

enum JPEGWalk {
  static func end(_ subject: Subject) throws(DocumentError) -> Int? {
    var position = 2
    while true {
      let marker = try subject.bytes(at: position, count: 4)
      guard marker.count >= 2, marker[0] == 0xFF else { return nil }
      switch marker[1] {
      case 0xFF: position += 1
      case 0xD9: return try endOfFurtherImages(position + 2, subject)
      case 0x01, 0xD0...0xD8: position += 2
      default:
        guard let length = marker.big16(2), length >= 2 else { return nil }
        position += 2 + length
        if marker[1] == 0xDA {
          guard let next = try afterScan(from: position, subject) else { return nil }
          position = next
        }
      }
    }
  }

  /// The first marker after compressed data, where FF stands alone only before 00 and restart marks.
  private static func afterScan(from start: Int, _ subject: Subject) throws(DocumentError) -> Int? {
    var position = start
    while true {
      let window = try subject.bytes(at: position, count: 64 * 1024)
      guard window.count >= 2 else { return nil }
      var search = 0
      while let found = window.firstRange(of: [0xFF], from: search)?.lowerBound, found + 1 < window.count {
        let next = window[found + 1]
        if next != 0, next != 0xFF, !(0xD0...0xD7).contains(next) { return position + found }
        search = found + 1
      }
      position += window.count - 1
    }
  }

  /// Cameras put further pictures behind the first.
  private static func endOfFurtherImages(_ end: Int, _ subject: Subject) throws(DocumentError) -> Int {
    let next = try subject.bytes(at: end, count: 4)
    return next.starts(with: [0xFF, 0xD8, 0xFF]) ? subject.count : end
  }
}

enum GIFWalk {
  static func end(_ subject: Subject) throws(DocumentError) -> Int? {
    guard subject.head.count >= 13 else { return nil }
    var position = 13 + colorTable(subject.head[10])
    while let byte = try subject.byte(at: position) {
      switch byte {
      case 0x3B: return position + 1
      case 0x21: position += 2
      case 0x2C:
        let descriptor = try subject.bytes(at: position, count: 10)
        guard descriptor.count == 10 else { return nil }
        position += 11 + colorTable(descriptor[9])
      default: return nil
      }
      while true {
        guard let length = try subject.byte(at: position) else { return nil }
        position += 1 + Int(length)
        if length == 0 { break }
      }
    }
    return nil
  }

  private static func colorTable(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }
}

enum TIFFWalk {
  /// Whether the first directory and the strips or tiles that it lists lie within the file.
  static func isComplete(_ subject: Subject) throws(DocumentError) -> Bool {
    let isLittle = subject.head[0] == 0x49
    if subject.head[isLittle ? 2 : 3] == 0x2B { return subject.count > 24 }
    func number(_ bytes: [UInt8], _ at: Int, _ size: Int) -> Int? {
      size == 2 ? (isLittle ? bytes.little16(at) : bytes.big16(at)) : (isLittle ? bytes.little32(at) : bytes.big32(at))
    }
    guard let start = number(subject.head, 4, 4), let count = number(try subject.bytes(at: start, count: 2), 0, 2), count > 0 else {
      return false
    }
    let directory = try subject.bytes(at: start + 2, count: 12 * count)
    guard directory.count == 12 * count else { return false }
    func values(_ tag: Int) throws(DocumentError) -> [Int] {
      for entry in 0..<count where number(directory, 12 * entry, 2) == tag {
        guard let type = number(directory, 12 * entry + 2, 2), let length = number(directory, 12 * entry + 4, 4), length < 1 << 20 else {
          return []
        }
        let size = type == 3 ? 2 : 4
        let isInline = size * length <= 4
        guard let place = isInline ? 12 * entry + 8 : number(directory, 12 * entry + 8, 4) else { return [] }
        let bytes = isInline ? directory : try subject.bytes(at: place, count: size * length)
        return (0..<length).compactMap { number(bytes, (isInline ? place : 0) + size * $0, size) }
      }
      return []
    }
    for (offsets, sizes) in [(273, 279), (324, 325)] {
      let (starts, lengths) = (try values(offsets), try values(sizes))
      if zip(starts, lengths).contains(where: { $0 + $1 > subject.count }) { return false }
    }
    return true
  }
}

enum JPEG2000Walk {
  static func end(_ subject: Subject) throws(DocumentError) -> Int? {
    if subject.head[0] == 0xFF { return try endsWithMark(subject.count, subject) }
    return try BoxWalk(subject).end { box throws(DocumentError) in
      box.type == "jp2c" ? try endsWithMark(box.end, subject) != nil : true
    }
  }

  private static func endsWithMark(_ end: Int, _ subject: Subject) throws(DocumentError) -> Int? {
    let last = try subject.bytes(at: end - 64, count: 64)
    return last.firstRange(of: [0xFF, 0xD9]) == nil ? nil : end
  }
}

/// Boxes of ISO media files: MP4, QuickTime, JPEG 2000.
struct BoxWalk {
  struct Box {
    var type: String
    var start: Int
    var end: Int
  }

  private let subject: Subject

  init(_ subject: Subject) { self.subject = subject }

  /// Where the last box ends; nil when a box is cut off or `check` finds one wanting.
  func end(_ check: (Box) throws(DocumentError) -> Bool) throws(DocumentError) -> Int? {
    var position = 0
    while position < subject.count {
      let header = try subject.bytes(at: position, count: 16)
      guard var size = header.big32(0), header.count >= 8, header[4..<8].allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0xA9 }) else {
        return position > 0 ? position : nil
      }
      if size == 1, let high = header.big32(8), let low = header.big32(12), high < 1 << 20 { size = high << 32 | low }
      if size == 0 { size = subject.count - position }
      guard size >= 8 else { return position }
      let box = Box(type: String(decoding: header[4..<8], as: UTF8.self), start: position, end: position + size)
      guard box.end <= subject.count, try check(box) else { return nil }
      position = box.end
    }
    return position
  }
}
