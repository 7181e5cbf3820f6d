/// Small files of many kinds, made on the spot.
enum Samples {
  static func little(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  static func big(_ value: Int, _ size: Int) -> [UInt8] { little(value, size).reversed() }
  static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }
  static func join(_ parts: [UInt8]...) -> [UInt8] { parts.flatMap(\.self) }
  static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  static let pdf = pdf(catalog: "")

  static func pdf(catalog: String) -> [UInt8] {
    text("%PDF-1.4\n1 0 obj\n<< /Type /Catalog \(catalog) >>\nendobj\nxref\n0 1\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n")
  }

  /// A zip of stored entries.
  static func zip(_ entries: [(String, [UInt8])], isEncrypted: Bool = false) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in entries {
      let common = join(
        little(20, 2), little(isEncrypted ? 1 : 0, 2), zeros(10), little(content.count, 4), little(content.count, 4),
        little(name.utf8.count, 2))
      directory += join([0x50, 0x4B, 1, 2], little(20, 2), common, zeros(12), little(file.count, 4), text(name))
      file += join([0x50, 0x4B, 3, 4], common, zeros(2), text(name), content)
    }
    let count = little(entries.count, 2)
    return join(file, directory, [0x50, 0x4B, 5, 6], zeros(4), count, count, little(directory.count, 4), little(file.count, 4), zeros(2))
  }

  static func office(_ main: String, _ more: [(String, [UInt8])] = []) -> [UInt8] {
    zip([("[Content_Types].xml", text("<Types/>")), (main, text("<x/>"))] + more)
  }

  static let docx = office("word/document.xml")
  static let plainZip = zip([("a.txt", text("hello"))])

  static func openDocument(_ type: String, _ more: [(String, [UInt8])] = []) -> [UInt8] {
    zip(
      [
        ("mimetype", text("application/vnd.oasis.opendocument.\(type)")), ("content.xml", text("<x/>")),
        ("META-INF/manifest.xml", text("<x/>")),
      ] + more)
  }

  /// A compound file with empty streams of these names.
  static func compound(_ streams: [String], classID: [UInt8] = zeros(16)) -> [UInt8] {
    func entry(_ name: String, _ type: UInt8, _ classID: [UInt8]) -> [UInt8] {
      let units: [UInt8] = name.utf16.flatMap { little(Int($0), 2) } + [0, 0]
      return join(
        units, zeros(64 - units.count), little(units.count, 2), [type, 1], zeros(12), classID, zeros(20), little(0xFFFF_FFFE, 4), zeros(8))
    }
    let entries = entry("Root Entry", 5, classID) + streams.flatMap { entry($0, 2, zeros(16)) }
    let sectors = (entries.count + 511) / 512
    let directory = entries + zeros(sectors * 512 - entries.count)
    let table = little(0xFFFF_FFFD, 4) + (0..<sectors).flatMap { little($0 == sectors - 1 ? 0xFFFF_FFFE : $0 + 2, 4) }
    var header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + zeros(16)
    header += join(
      little(0x3E, 2), little(3, 2), little(0xFFFE, 2), little(9, 2), little(6, 2), zeros(6), little(0, 4), little(1, 4), little(1, 4))
    header += join(zeros(4), little(4096, 4), little(0xFFFF_FFFE, 4), zeros(4), little(0xFFFF_FFFE, 4), zeros(4), little(0, 4))
    header += Array(repeating: 0xFF, count: 512 - header.count)
    return join(header, table, Array(repeating: 0xFF, count: 512 - table.count), directory, zeros(512))
  }

  static let windowsProgram = join(
    text("MZ"), zeros(58), little(0x80, 4), zeros(64), text("PE\0\0"), little(0x8664, 2), little(3, 2), zeros(12), little(240, 2),
    little(0x22, 2), little(0x20B, 2), zeros(300))
  static let elf: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + zeros(200)
  static let rar: [UInt8] = [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01, 0x00] + Array(repeating: 1, count: 40)
  static let sevenZip: [UInt8] = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4] + Array(repeating: 9, count: 40)
  static let gzip: [UInt8] = [0x1F, 0x8B, 8, 0] + zeros(20)

  static let tar: [UInt8] = {
    var block = text("a.txt") + zeros(507)
    block.replaceSubrange(257..<263, with: text("ustar\0"))
    return block + zeros(1024)
  }()

  /// tar as it was before the format had a signature.
  static let oldTar: [UInt8] = {
    var block = text("a.txt") + zeros(507)
    block.replaceSubrange(100..<107, with: text("0000644"))
    block.replaceSubrange(148..<156, with: text("        "))
    let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
    block.replaceSubrange(148..<156, with: text(String(repeating: "0", count: 6 - sum.count) + sum) + [0, 0x20])
    return block + zeros(1024)
  }()

  static let png: [UInt8] = join(
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], big(13, 4), text("IHDR"), zeros(17), big(3, 4), text("IDAT"), zeros(7), big(0, 4),
    text("IEND"), [0xAE, 0x42, 0x60, 0x82])
  static let jpeg: [UInt8] = join(
    [0xFF, 0xD8, 0xFF, 0xE0], big(16, 2), text("JFIF\0"), zeros(9), [0xFF, 0xDA], big(4, 2), [0, 0], [1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4],
    [0xFF, 0xD9])
  static let gif = join(text("GIF89a"), little(4, 2), little(4, 2), [0, 0, 0, 0x2C], zeros(8), [0, 2, 2, 0x4C, 1, 0, 0x3B])
  static let bmp: [UInt8] = join(text("BM"), little(58, 4), zeros(4), little(54, 4), little(40, 4), zeros(40))
  static let tiff: [UInt8] = join(
    text("II"), [0x2A, 0], little(8, 4), little(2, 2), little(273, 2), little(4, 2), little(1, 4), little(38, 4), little(279, 2),
    little(4, 2), little(1, 4), little(4, 4), zeros(4), [1, 2, 3, 4])
  static let jpeg2000: [UInt8] = join([0xFF, 0x4F, 0xFF, 0x51], zeros(60), [0xFF, 0xD9])
  static func riff(_ type: String) -> [UInt8] {
    join(text("RIFF"), little(24, 4), text(type), text("data"), little(12, 4), [1, 0x80], zeros(10))
  }
  static let mp4 = join(
    big(16, 4), text("ftypisom"), zeros(4), big(12, 4), text("moov"), zeros(4), big(12, 4), text("mdat"), [1, 0x80, 2, 3])
  static let mp3 = join(text("ID3"), [3, 0, 0, 0, 0, 0, 10], zeros(10), [0xFF, 0xFB, 0x90, 0], Array(repeating: 0x55, count: 413))
  static let ogg = join(text("OggS"), [0, 2], zeros(20), [1, 4], [1, 0x80, 2, 3])

  static func dicom(preamble: [UInt8] = []) -> [UInt8] {
    func element(_ group: Int, _ element: Int, _ type: String, _ value: [UInt8]) -> [UInt8] {
      join(little(group, 2), little(element, 2), text(type), little(value.count, 2), value)
    }
    return join(
      preamble, zeros(128 - preamble.count), text("DICM"), element(2, 0x10, "UI", text("1.2.840.10008.1.2.1\0")),
      element(8, 0x60, "CS", text("CT")), element(0x10, 0x20, "LO", text("A12345")))
  }

  static let mail = text("From: a@example.org\r\nTo: b@example.org\r\nSubject: Hi\r\nMIME-Version: 1.0\r\n\r\nHello\r\n")
  static let hl7 = text("MSH|^~\\&|A|B|C|D|20200101||ADT^A01|1|P|2.5\rPID|1||123\r")
  static let rtf = text("{\\rtf1\\ansi Hello\\par}")
  static let html = text("<!DOCTYPE html><html><body>Hello</body></html>")

  /// Kinds that are sent without a word, with a name that fits.
  static let allowed: [(String, [UInt8])] = [
    ("a.pdf", pdf), ("a.docx", docx), ("a.xlsx", office("xl/workbook.xml")), ("a.pptx", office("ppt/presentation.xml")),
    ("a.odt", openDocument("text")),
    ("a.ods", openDocument("spreadsheet")), ("a.odp", openDocument("presentation")), ("a.doc", compound(["WordDocument"])),
    ("a.xls", compound(["Workbook"])),
    ("a.ppt", compound(["PowerPoint Document"])), ("a.msg", compound(["__properties_version1.0"])), ("a.png", png), ("a.jpg", jpeg),
    ("a.gif", gif),
    ("a.bmp", bmp), ("a.tif", tiff), ("a.jp2", jpeg2000), ("a.webp", riff("WEBP")), ("a.wav", riff("WAVE")), ("a.avi", riff("AVI ")),
    ("a.mp4", mp4),
    ("a.mp3", mp3), ("a.ogg", ogg), ("a.dcm", dicom()), ("a.rtf", rtf), ("a.html", html), ("a.eml", mail), ("a.hl7", hl7),
    ("a.txt", text("Hello\n")),
  ]
}
