public import SafeText
public import SystemPackage
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A file that a person chose, opened and read once: its identity and what it is.
public struct Document: Sendable, Hashable {
  /// The path after links were resolved. Bytes, never text.
  public var path: FilePath
  /// The path as chosen, when it was a link; the screen shows both.
  public var chosenPath: FilePath?
  public var identity: FileIdentity
  public var inspection: Inspection

  public init(path: FilePath, chosenPath: FilePath? = nil, identity: FileIdentity, inspection: Inspection) {
    self.path = path
    self.chosenPath = chosenPath
    self.identity = identity
    self.inspection = inspection
  }
}

/// What makes a file this one and no other.
public struct FileIdentity: Sendable, Hashable {
  public var device: UInt64
  public var inode: UInt64
  public var byteCount: Int
  /// Nanoseconds since 1970.
  public var modifiedNanoseconds: Int64
  /// 32 bytes.
  public var sha256: [UInt8]
  /// 20 bytes; FHIR asks for SHA-1.
  public var sha1: [UInt8]

  public init(device: UInt64, inode: UInt64, byteCount: Int, modifiedNanoseconds: Int64, sha256: [UInt8], sha1: [UInt8]) {
    self.device = device
    self.inode = inode
    self.byteCount = byteCount
    self.modifiedNanoseconds = modifiedNanoseconds
    self.sha256 = sha256
    self.sha1 = sha1
  }

  public var lastModified: Date { Date(timeIntervalSince1970: Double(modifiedNanoseconds) / 1e9) }
}

/// Why a file could not be taken.
public enum DocumentError: Error, Sendable, Hashable {
  case notFound
  case permissionDenied
  case isDirectory
  /// A FIFO, socket or device; the text names which.
  case notRegular(DisplayText)
  /// A link whose target does not exist, or a ring of links.
  case danglingLink
  /// The file changed while it was being read.
  case changedWhileReading
  /// errno of the failed call.
  case unreadable(Int32)
  /// The task that asked was cancelled.
  case cancelled
}
