#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Log ids as they may stand beside the encrypted cells: UUIDs, which are Redox's own and say nothing. Whatever else a server calls a log
/// id could hold a patient's number, and is kept encrypted only.
enum PlainLogIDs {
  static func text(of ids: [String]) -> String { opaque(ids).joined(separator: " ") }

  static func opaque(_ ids: [String]) -> [String] { ids.filter(isOpaque) }

  static func ids(in text: String) -> [String] { text.split(separator: " ").map(String.init) }

  private static func isOpaque(_ id: String) -> Bool { UUID(uuidString: id) != nil }
}
