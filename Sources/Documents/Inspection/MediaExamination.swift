internal import SafeText

/// Sound and moving pictures.
enum MediaExamination {
  static func examine(_ subject: Subject) throws(DocumentError) -> Examination? {
    if subject.isText { return nil }
    guard let (kind, end) = try kindAndEnd(subject) else { return nil }
    var examination = Examination(kind)
    if let end {
      try Trailer.examine(after: end, subject, &examination)
    } else {
      examination.warn("The recording is damaged or cut off.")
    }
    if let hidden = try subject.payloads.hidden(in: subject) { examination.refuse(hidden: hidden) }
    return examination
  }

  /// The kind and where the content ends; no end when it is cut off.
  private static func kindAndEnd(_ subject: Subject) throws(DocumentError) -> (FileKind, Int?)? {
    let head = subject.head
    if head.starts(with: "RIFF") || head.starts(with: "RIFX") || head.starts(with: "RF64") { return riff(subject) }
    if head.starts(with: "OggS") { return (oggKind(head), try oggEnd(subject)) }
    if let kind = isoMedia(head) {
      var hasIndex = false
      let end = try BoxWalk(subject).end { box in
        if box.type == "moov" || box.type == "meta" || box.type == "moof" { hasIndex = true }
        return true
      }
      return (kind, hasIndex ? end : nil)
    }
    if head.starts(with: "ID3"), head.count > 10, head[3] < 0x10, head[6...9].allSatisfy({ $0 < 0x80 }) {
      let size = head[6...9].reduce(0) { $0 << 7 | Int($1) }
      return (.mp3, size + 10 < subject.count ? subject.count : nil)
    }
    if head.starts(with: "ADIF") { return (.aac, subject.count) }
    return try frames(subject)
  }

  private static func riff(_ subject: Subject) -> (FileKind, Int?)? {
    let head = subject.head
    guard let size = head.starts(with: "RIFX") ? head.big32(4) : head.little32(4), head.count >= 12 else { return nil }
    let kind: FileKind = head.has("WAVE", at: 8) ? .wav : head.has("AVI ", at: 8) ? .avi : head.has("WEBP", at: 8) ? .webp : .riffOther
    // Streams of unknown length, and videos that continue in a second part.
    if size == 0 || size == 0xFFFF_FFFF || kind.name == FileKind.avi.name && size + 8 < subject.count { return (kind, subject.count) }
    return (kind, size + 8 > subject.count + 1 ? nil : min(subject.count, size + 8 + size % 2))
  }

  private static func isoMedia(_ head: [UInt8]) -> FileKind? {
    if head.has("ftyp", at: 4), head.count >= 12 {
      switch String(decoding: head[8..<12], as: UTF8.self) {
      case "qt  ": return .quickTime
      case "M4A ", "M4B ", "M4P ": return .m4a
      case "heic", "heix", "hevc", "mif1", "msf1", "avif", "avis", "heim", "heis": return .heif
      case "crx ": return .heif
      default: return .mp4
      }
    }
    let old = ["moov", "mdat", "wide", "free", "skip", "pnot"]
    guard head.count >= 8, let size = head.big32(0), size >= 8 || size == 1 else { return nil }
    return old.contains(String(decoding: head[4..<8], as: UTF8.self)) ? .quickTime : nil
  }

  private static func oggKind(_ head: [UInt8]) -> FileKind {
    var kind = FileKind.ogg
    let start = Array(head.prefix(128))
    if start.contains("theora") {
      kind.mediaType = "video/ogg"
    } else if ["vorbis", "OpusHead", "Speex", "FLAC"].contains(where: { start.contains($0) }) {
      kind.mediaType = "audio/ogg"
    }
    return kind
  }

  private static func oggEnd(_ subject: Subject) throws(DocumentError) -> Int? {
    var position = 0
    while position < subject.count {
      let header = try subject.bytes(at: position, count: 27 + 255)
      guard header.starts(with: "OggS"), header.count > 27, header[4] == 0 else { return position > 0 ? position : nil }
      let segments = Int(header[26])
      guard header.count >= 27 + segments else { return nil }
      position += 27 + segments + header[27..<(27 + segments)].reduce(0) { $0 + Int($1) }
      if position > subject.count { return nil }
    }
    return position
  }

  /// MPEG audio without a label: two frames that follow each other.
  private static func frames(_ subject: Subject) throws(DocumentError) -> (FileKind, Int?)? {
    let head = subject.head
    guard head.count > 7, head[0] == 0xFF else { return nil }
    if head[1] & 0xF6 == 0xF0 {
      let length = Int(head[3] & 3) << 11 | Int(head[4]) << 3 | Int(head[5]) >> 5
      let next = try subject.bytes(at: length, count: 2)
      return length > 7 && (next.isEmpty || next[0] == 0xFF) ? (.aac, subject.count) : nil
    }
    guard let length = MPEGFrame.length(head) else { return nil }
    let next = try subject.bytes(at: length, count: 4)
    return next.isEmpty || MPEGFrame.length(next) != nil || next.starts(with: "TAG") ? (.mp3, subject.count) : nil
  }
}

/// The header of an MPEG audio frame, layers II and III.
enum MPEGFrame {
  private static let layer3 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
  private static let layer3Low = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
  private static let layer2 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384]

  /// Bytes of the frame; nil when this is none.
  static func length(_ header: [UInt8]) -> Int? {
    guard header.count >= 4, header[0] == 0xFF, header[1] & 0xE0 == 0xE0 else { return nil }
    let (version, layer) = (Int(header[1] >> 3 & 3), Int(header[1] >> 1 & 3))
    let (rate, frequency) = (Int(header[2] >> 4), Int(header[2] >> 2 & 3))
    guard version != 1, layer == 1 || layer == 2, (1...14).contains(rate), frequency != 3 else { return nil }
    let kilobits = version == 3 ? (layer == 1 ? layer3 : layer2)[rate] : layer3Low[rate]
    let hertz = [44_100, 48_000, 32_000][frequency] >> [2, 0, 1, 0][version]
    let samples = version == 3 || layer == 2 ? 144 : 72
    return samples * kilobits * 1000 / hertz + Int(header[2] >> 1 & 1)
  }
}
