public import SafeText
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// One name in a folder.
public struct DirectoryEntry: Sendable, Hashable, Identifiable {
  /// What a folder says about an entry without looking at the entry itself.
  public enum Kind: UInt8, Sendable, Hashable {
    case folder, file, link, pipe, socket, device
    /// The file system does not say; `EntryDetails` does.
    case unknown
  }

  /// The name's bytes, which need not be text; they identify the entry within its folder and survive a reload.
  public struct ID: Sendable, Hashable {
    public let bytes: [UInt8]
    public init(bytes: [UInt8]) { self.bytes = bytes }
  }

  public let id: ID
  public let kind: Kind

  public init(name: [UInt8], kind: Kind) {
    id = ID(bytes: name)
    self.kind = kind
  }

  public var name: [UInt8] { id.bytes }
  public var displayName: DisplayText { DisplayText(escapingBytes: id.bytes) }
  public var isHidden: Bool { id.bytes.first == UInt8(ascii: ".") }
}

/// What only the entry itself can say; asked for visible rows only.
public struct EntryDetails: Sendable, Hashable {
  /// What it is once links are followed; nil for a link that leads nowhere.
  public var kind: DirectoryEntry.Kind?
  public var byteCount: Int
  /// Nanoseconds since 1970.
  public var modifiedNanoseconds: Int64
  /// False when this user may not read it (for a folder: list it).
  public var isReadable: Bool

  public init(kind: DirectoryEntry.Kind?, byteCount: Int, modifiedNanoseconds: Int64, isReadable: Bool) {
    self.kind = kind
    self.byteCount = byteCount
    self.modifiedNanoseconds = modifiedNanoseconds
    self.isReadable = isReadable
  }

  public var lastModified: Date { Date(timeIntervalSince1970: Double(modifiedNanoseconds) / 1e9) }
}

/// Why a folder could not be listed.
public enum ListingError: Error, Sendable, Hashable {
  case gone
  case permissionDenied
  case notADirectory
  case linkRing
  case cancelled
  /// errno of the failed call.
  case unreadable(Int32)
}
