internal import SafeText

/// The directory of a Microsoft compound file ([MS-CFB]): old Office documents, Outlook messages, installers.
struct CompoundFile {
  struct Entry {
    var name: String
    var isRoot: Bool
    /// The class identifier, as its 16 bytes.
    var classID: [UInt8]
    /// The first sector of its content.
    var sector: Int
    var byteCount: Int
  }

  static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
  private static let maximumSectorCount = 4096
  private static let endOfChain = 0xFFFF_FFFE

  private(set) var entries: [Entry] = []
  /// Whether the directory could be followed to its end, within the file.
  private(set) var isComplete = true

  private let source: any ByteSource
  private let sectorByteCount: Int
  /// Sectors of the allocation table, as far as the header lists them.
  private let tableSectors: [Int]

  init?(_ source: any ByteSource) throws(DocumentError) {
    let header = try source.bytes(at: 0, count: 512)
    guard header.starts(with: Self.signature), let shift = header.little16(30), shift == 9 || shift == 12, let first = header.little32(48),
      let tableCount = header.little32(44)
    else { return nil }
    self.source = source
    sectorByteCount = 1 << shift
    tableSectors = (0..<min(109, tableCount)).compactMap { header.little32(76 + 4 * $0) }
    try readDirectory(from: first)
    let sectors = (source.count - 512 + sectorByteCount - 1) / sectorByteCount
    if let last = tableSectors.last, last >= sectors { isComplete = false }
  }

  var root: Entry? { entries.first(where: \.isRoot) }

  func has(_ name: String) -> Bool { entries.contains { $0.name == name } }
  func has(prefix: String) -> Bool { entries.contains { $0.name.hasPrefix(prefix) } }

  /// The first bytes of a stream; none of a stream so short that it shares its sector with others.
  func beginning(of name: String) throws(DocumentError) -> [UInt8] {
    guard let entry = entries.first(where: { $0.name == name }), entry.byteCount >= 4096 else { return [] }
    return try source.bytes(at: (entry.sector + 1) * sectorByteCount, count: 64)
  }

  private mutating func readDirectory(from first: Int) throws(DocumentError) {
    var sector = first
    var visited = 0
    while sector != Self.endOfChain {
      visited += 1
      let bytes = try source.bytes(at: (sector + 1) * sectorByteCount, count: sectorByteCount)
      guard visited < Self.maximumSectorCount, bytes.count == sectorByteCount else {
        isComplete = false
        return
      }
      for start in stride(from: 0, to: bytes.count, by: 128) { add(Array(bytes[start..<(start + 128)])) }
      guard let next = try self.next(after: sector) else {
        isComplete = false
        return
      }
      sector = next
    }
  }

  private func next(after sector: Int) throws(DocumentError) -> Int? {
    let perSector = sectorByteCount / 4
    guard sector / perSector < tableSectors.count else { return nil }
    let table = tableSectors[sector / perSector]
    return try source.bytes(at: (table + 1) * sectorByteCount + sector % perSector * 4, count: 4).little32(0)
  }

  private mutating func add(_ record: [UInt8]) {
    guard let nameLength = record.little16(64), (2...64).contains(nameLength), record[66] != 0 else { return }
    let units = stride(from: 0, to: nameLength - 2, by: 2).compactMap { record.little16($0).map(UInt16.init) }
    entries.append(
      Entry(
        name: String(decoding: units, as: UTF16.self), isRoot: record[66] == 5, classID: Array(record[80..<96]),
        sector: record.little32(116) ?? 0, byteCount: record.little32(120) ?? 0))
  }
}

enum CompoundExamination {
  /// {000C1084…} and its neighbours: installer databases, transforms, patches.
  private static let installerClasses: Set<UInt8> = [0x82, 0x84, 0x86, 0x8A]

  static func examine(_ subject: Subject) throws(DocumentError) -> Examination? {
    guard subject.head.starts(with: CompoundFile.signature) else { return nil }
    guard let file = try CompoundFile(subject.source) else {
      return Examination(.compound).warned("The document is damaged or cut off.")
    }
    if let root = file.root, root.classID.starts(with: [root.classID[0], 0x10, 0x0C, 0x00, 0, 0, 0, 0, 0xC0]),
      installerClasses.contains(root.classID[0])
    {
      return Examination(.windowsInstaller)
    }
    var examination = Examination(kind(of: file))
    if !file.isComplete || subject.count < 1536 { examination.warn("The document is damaged or cut off.") }
    if ["_VBA_PROJECT", "VBA", "Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT_XL"].contains(where: { file.has($0) }) {
      examination.warn("The document contains macros: small programs that may run when it is opened.")
    }
    if file.has(prefix: "__attach_version1.0") { examination.warn("The message carries attachments.") }
    if file.has("\u{1}Ole10Native") || file.has("ObjectPool") { examination.warn("The document carries other files inside it.") }
    if try isEncrypted(file) {
      examination.warn("The document is encrypted: whoever opens it in the chart needs its password.")
    }
    if let hidden = try subject.payloads.hidden(in: subject) { examination.refuse(hidden: hidden) }
    return examination
  }

  private static func kind(of file: CompoundFile) -> FileKind {
    if file.has("EncryptedPackage") { return .encryptedOffice }
    if file.has("WordDocument") { return .doc }
    if file.has("Workbook") || file.has("Book") { return .xls }
    if file.has("PowerPoint Document") || file.has("PP40") { return .ppt }
    if file.has("__properties_version1.0") || file.has(prefix: "__nameid_version1.0") { return .outlookMail }
    // Tables of an installer have names in a packed alphabet of their own.
    if file.has("\u{4840}\u{3F3F}\u{4577}\u{446C}\u{3B6A}\u{45E4}\u{4824}") || file.has("\u{4840}\u{3F7F}\u{4164}\u{422F}\u{4836}") {
      return .windowsInstaller
    }
    return .compound
  }

  /// Word says so in its first block, Excel by a record near the beginning of the workbook.
  private static func isEncrypted(_ file: CompoundFile) throws(DocumentError) -> Bool {
    if file.has("EncryptedSummary") || file.has("\u{6}DataSpaces") { return true }
    let word = try file.beginning(of: "WordDocument")
    if word.little16(0) == 0xA5EC, (word.little16(10) ?? 0) & 0x0100 != 0 { return true }
    let workbook = try file.beginning(of: "Workbook")
    return workbook.little16(0) == 0x0809 && workbook.little16(4 + (workbook.little16(2) ?? 0)) == 0x002F
  }
}
