/// Reads a PDF from end to end for the names that tell of active or hidden content, and for where it ends.
struct PDFScan {
  /// What a reader may do by itself, or what is inside that one does not see.
  enum Feature: CaseIterable {
    case encryption, javaScript, launch, openAction, additionalActions, attachment, media, submission, remote, form
  }

  private static let features: [String: Feature] = [
    "Encrypt": .encryption, "JavaScript": .javaScript, "Launch": .launch, "OpenAction": .openAction, "AA": .additionalActions,
    "EmbeddedFile": .attachment, "EmbeddedFiles": .attachment, "RichMedia": .media, "Rendition": .media, "SubmitForm": .submission,
    "ImportData": .submission, "GoToR": .remote, "GoToE": .remote, "XFA": .form,
  ]

  private(set) var features: Set<Feature> = []
  /// Where compressed objects are announced; each is read again to look inside.
  private(set) var objectStreams: [Int] = []
  private(set) var objectCount = 0
  private(set) var lastEnd: Int?
  private(set) var hasStartOfTable = false
  /// A file inside whose name ends like a program's.
  private(set) var namesProgram = false
  private var pieces = OverlappingPieces(overlap: 128)

  mutating func consume(_ piece: UnsafeRawBufferPointer) {
    var pieces = pieces
    pieces.next(piece) { bytes, offset in look(at: bytes, offset) }
    self.pieces = pieces
  }

  /// Looks at what an object stream held.
  mutating func consumeDecompressed(_ content: [UInt8]) {
    content.withUnsafeBytes { bytes in
      Self.patterns.search(bytes) { pattern, position in
        if Self.marks[pattern].mark == .name { examineName(in: bytes, at: position, offset: nil) }
      }
    }
  }

  private enum Mark { case name, end, object, table }

  /// Of names only the beginnings of those looked for, and of those that hide their letters.
  private static let marks: [(mark: Mark, bytes: [UInt8])] =
    "EJLOARSIGXFU#".utf8.map { (.name, [UInt8(ascii: "/"), $0]) }
    + [(.end, Array("%%EOF".utf8)), (.object, Array(" obj".utf8)), (.table, Array("startxref".utf8))]
  private static let patterns = PatternSet(marks.map(\.bytes))

  private mutating func look(at bytes: UnsafeRawBufferPointer, _ offset: Int) {
    Self.patterns.search(bytes) { pattern, position in
      switch Self.marks[pattern].mark {
      case .name: examineName(in: bytes, at: position, offset: offset)
      case .end: lastEnd = max(lastEnd ?? 0, offset + position + 5)
      case .object: objectCount += 1
      case .table: hasStartOfTable = true
      }
    }
  }

  /// - Parameter offset: of the bytes in the file; nil for what was decompressed.
  private mutating func examineName(in bytes: UnsafeRawBufferPointer, at position: Int, offset: Int?) {
    let (name, end) = Self.name(in: bytes, from: position + 1)
    if name == "ObjStm", let offset, objectStreams.count < 4096 { objectStreams.append(offset + position) }
    if name == "F" || name == "UF" { examineFileName(in: bytes, from: end) }
    guard let feature = Self.features[name] else { return }
    if feature == .additionalActions, !Self.isFollowedByValue(bytes, end) { return }
    if feature == .openAction, Self.onlyShowsAPlace(bytes, end) { return }
    features.insert(feature)
  }

  /// The longest of the names looked for has thirteen letters.
  private static let maximumNameCount = 24

  /// The name with its `#xx` escapes resolved, and where it ends.
  private static func name(in bytes: UnsafeRawBufferPointer, from start: Int) -> (String, Int) {
    var end = start
    while end < bytes.count, end - start < maximumNameCount, isRegular(bytes[end]), bytes[end] != UInt8(ascii: "#") { end += 1 }
    if end == bytes.count || end - start == maximumNameCount || bytes[end] != UInt8(ascii: "#") {
      return (String(decoding: bytes[start..<end], as: UTF8.self), end)
    }
    return unescapedName(in: bytes, from: start)
  }

  private static func isRegular(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && !"()<>[]{}/%".utf8.contains(byte) }

  private static func unescapedName(in bytes: UnsafeRawBufferPointer, from start: Int) -> (String, Int) {
    var letters: [UInt8] = []
    var position = start
    while position < bytes.count, letters.count < maximumNameCount {
      let byte = bytes[position]
      if byte == UInt8(ascii: "#"), position + 2 < bytes.count, let high = hex(bytes[position + 1]), let low = hex(bytes[position + 2]) {
        letters.append(high << 4 | low)
        position += 3
        continue
      }
      guard isRegular(byte) else { break }
      letters.append(byte)
      position += 1
    }
    return (String(decoding: letters, as: UTF8.self), position)
  }

  private static func hex(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init) }

  private static func after(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> [UInt8] {
    Array(bytes[min(start, bytes.count)..<min(start + count, bytes.count)].drop { $0 <= 0x20 })
  }

  /// A dictionary or a reference: chance bytes in a compressed stream look different.
  private static func isFollowedByValue(_ bytes: UnsafeRawBufferPointer, _ end: Int) -> Bool {
    let value = after(bytes, end, 16)
    return value.starts(with: "<<") || value.first.map { (0x30...0x39).contains($0) } == true && value.contains(UInt8(ascii: "R"))
  }

  /// A destination, or the action that goes to one: what most programs write so that the first page is shown. A reference may lead to
  /// anything; if it leads to something active, that has a name of its own.
  private static func onlyShowsAPlace(_ bytes: UnsafeRawBufferPointer, _ end: Int) -> Bool {
    let value = after(bytes, end, 96)
    guard let first = value.first else { return true }
    if first == UInt8(ascii: "[") || (0x30...0x39).contains(first) { return true }
    return value.contains("/GoTo") && !value.contains("/GoToR") && !value.contains("/GoToE")
  }

  private mutating func examineFileName(in bytes: UnsafeRawBufferPointer, from end: Int) {
    let value = Self.after(bytes, end, 120)
    guard value.first == UInt8(ascii: "("), let close = value.firstIndex(of: UInt8(ascii: ")")) else { return }
    let name = value[1..<close].filter { $0 != 0 }
    // What is named without being inside is what an action would start.
    let isInside = Array(bytes[max(0, end - 160)..<min(bytes.count, end + 240)]).contains("/EF")
    if isInside, FileName.isRunnable(String(decoding: name, as: UTF8.self)) { namesProgram = true }
  }
}
