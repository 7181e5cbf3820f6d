import SafeText
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Whether the message can say truly what the file is.
enum DocumentChecks {
  static func run(on draft: MessageDraft, into list: inout ProblemList) {
    let document = draft.document
    if PlainText.isBlank(document.fileName.reveal()) {
      list.error("File name", "The file's name is blank, and the chart needs one.", Origin.fileRemedy)
    }
    list.check(document.fileName.reveal(), "File name", from: .file, longest: ProblemList.longestFileName)
    if document.byteCount <= 0 {
      list.error("File", "The file is empty.", "Choose another file.")
    }
    if document.lastModified > draft.identity.createdAt + Timestamp.day {
      list.warning(
        "File's date", "The file says that it was last changed in the future, and the message repeats that.",
        "Check the clock of the computer that made the file.")
    }
    if draft.kind == .fhir { mediaType(of: document, into: &list) } else { fileType(of: document, into: &list) }
  }

  private static func mediaType(of document: DocumentDescription, into list: inout ProblemList) {
    let mediaType = MediaType(document.mediaType)
    switch mediaType {
    case nil:
      list.error(
        "Media type", "“\(document.mediaType)” is not a media type such as application/pdf.", "Choose a file of a known kind.")
    case let type? where type.essence == "application/octet-stream":
      list.warning(
        "Media type", "Nobody could tell what kind of file this is, so the chart may not be able to open it.",
        "Choose a file of a known kind.")
    case let type? where type.essence.hasPrefix("text/") && !type.hasCharset:
      list.warning(
        "Media type", "Nothing says which character encoding the text has, so accented letters may come out wrong.",
        "Save the text as UTF-8 and choose it again.")
    default: break
    }
    if document.sha1.count != 20 {
      list.error("File's checksum", "It is missing, so the chart could not tell whether the file is whole.", "Choose the file again.")
    }
  }

  private static func fileType(of document: DocumentDescription, into list: inout ProblemList) {
    let isBareType =
      (1...16).contains(document.fileType.utf8.count)
      && document.fileType.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    if !isBareType {
      list.error(
        "File type", "Redox wants the bare type in capitals, such as PDF, and not “\(document.fileType)”.", "Choose a file of a known kind."
      )
    }
  }
}

/// A MIME type as RFC 6838 and RFC 2045 spell it.
struct MediaType {
  /// `type/subtype` in lower case.
  let essence: String
  let hasCharset: Bool

  init?(_ text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { PlainText.normalized(String($0)) }
    let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
    guard names.count == 2, names.allSatisfy(Self.isToken) else { return nil }
    for parameter in parts.dropFirst() {
      let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, Self.isToken(pair[0]), !pair[1].isEmpty else { return nil }
    }
    essence = parts[0].lowercased()
    hasCharset = parts.dropFirst().contains { $0.lowercased().hasPrefix("charset=") }
  }

  private static func isToken(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$&-^_.+".utf8.contains(byte)
        }
      }
  }
}
