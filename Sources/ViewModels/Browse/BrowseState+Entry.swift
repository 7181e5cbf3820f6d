internal import Documents
internal import SafeText
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension BrowseState.Row {
  init(_ entry: DirectoryEntry, details: EntryDetails?, now: Date) {
    self.init(kind: .file, name: entry.displayName)
    switch entry.kind {
    case .folder: (kind, type) = (.directory, Words.Browse.folder)
    case .file: type = Self.ending(of: entry.name)
    case .link: (kind, type) = (.link, Words.Browse.link)
    case .pipe, .socket, .device: (kind, type) = (.other, Words.Browse.special)
    case .unknown: kind = .other
    }
    guard let details else { return }
    if details.kind == .file { size = Format.size(details.byteCount) }
    age = Format.age(seconds: now.timeIntervalSince(details.lastModified))
  }

  /// The name's ending in capitals, when it looks like one.
  static func ending(of name: [UInt8]) -> DisplayText {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return "" }
    let ending = name[(dot + 1)...]
    guard (1...5).contains(ending.count), ending.allSatisfy({ (0x30...0x7A).contains($0) }) else { return "" }
    return DisplayText(escaping: String(decoding: ending, as: UTF8.self).uppercased())
  }
}
