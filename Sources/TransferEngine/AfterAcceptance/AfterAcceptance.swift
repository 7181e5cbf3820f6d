internal import Dispatch
internal import Documents
public import SafeText
internal import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Does with a document's file what the profile says, once Redox has accepted the document.
///
/// Never touches a file that is not the one that was sent, never writes over another, and whatever goes wrong here says nothing about the
/// transfer: it stays accepted, and the file stays where it is.
struct AfterAcceptance: Sendable {
  enum Outcome: Sendable, Hashable {
    /// As configured: nothing is recorded for it.
    case kept
    case moved(to: FilePath)
    case deleted
    /// It should have been moved or deleted, and was not.
    case left(DisplayText)
  }

  /// Names that are tried beside the document's own: `scan.pdf`, `scan-2.pdf` … `scan-99.pdf`.
  static let mostNames = 99

  let disposal: DocumentDisposal
  var files: any DocumentFiles = SystemDocumentFiles()

  /// Blocks while a file is copied between file systems; not for an actor's thread. See `carryOut(on:identity:)`.
  func carryOutNow(on path: FilePath, identity: FileIdentity) -> Outcome {
    switch disposal {
    case .keep: return .kept
    case .delete:
      if let objection = objection(path, identity) { return .left(objection) }
      do throws(Errno) { try files.remove(path) } catch { return .left("It could not be deleted: \(error.description).") }
      return .deleted
    case .move(let folder):
      if let objection = objection(path, identity) { return .left(objection) }
      return move(path, identity, to: folder)
    }
  }

  func carryOut(on path: FilePath, identity: FileIdentity) async -> Outcome {
    if disposal == .keep { return .kept }
    return await withCheckedContinuation { continuation in
      DispatchQueue(label: "after acceptance", qos: .utility).async {
        continuation.resume(returning: carryOutNow(on: path, identity: identity))
      }
    }
  }

  /// What the history says of it; nil when there is nothing to say.
  static func decision(_ outcome: Outcome, who: String, at time: Date) -> TransferDecision? {
    switch outcome {
    case .kept: nil
    case .moved(let target): TransferDecision(.documentMoved, who: who, at: time, note: DisplayText(target).string)
    case .deleted: TransferDecision(.documentDeleted, who: who, at: time)
    case .left(let reason): TransferDecision(.documentLeft, who: who, at: time, note: reason.string)
    }
  }

  private func move(_ path: FilePath, _ identity: FileIdentity, to folder: FilePath) -> Outcome {
    guard let name = path.lastComponent?.utf8Bytes else { return .left("It has no name.") }
    if path.removingLastComponent() == folder { return .left("It is in that folder already.") }
    for number in 1...Self.mostNames {
      let target = folder.appending(entry: Self.name(name, number))
      do throws(Errno) {
        try place(path, at: target)
      } catch {
        if error == .fileExists { continue }
        return .left("It could not be moved to \(DisplayText(folder)): \(error.description).")
      }
      // Written to meanwhile: then both stay, and the newer one under its own name.
      if let objection = objection(path, identity) { return .left("\(objection) A copy is in \(DisplayText(folder)).") }
      do throws(Errno) { try files.remove(path) } catch {
        return .left("It was copied to \(DisplayText(folder)), but could not be removed from its place: \(error.description).")
      }
      return .moved(to: target)
    }
    return .left("\(DisplayText(folder)) has too many files of this name.")
  }

  private func place(_ path: FilePath, at target: FilePath) throws(Errno) {
    do throws(Errno) {
      try files.link(path, to: target)
    } catch {
      // Another file system, or one without links.
      guard error == .improperLink || error == .notPermitted || error == .notSupported || error == .tooManyLinks else { throw error }
      try files.copy(path, to: target)
    }
  }

  private func objection(_ path: FilePath, _ identity: FileIdentity) -> DisplayText? {
    guard let stamp = files.stamp(path) else { return "There is no file of this name any more." }
    let sent = FileStamp(
      device: identity.device, inode: identity.inode, byteCount: identity.byteCount, modifiedNanoseconds: identity.modifiedNanoseconds)
    return stamp == sent ? nil : "The file is not the one that was sent any more."
  }

  /// `scan.pdf`, `scan-2.pdf` …, by bytes: a name need not be text.
  static func name(_ name: [UInt8], _ number: Int) -> [UInt8] {
    guard number > 1 else { return name }
    // A dot at the beginning hides a file and begins no extension.
    let dot = name.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 == 0 ? nil : $0 } ?? name.count
    return name[..<dot] + Array("-\(number)".utf8) + name[dot...]
  }
}

extension DocumentDisposal {
  /// What the review says; nil when the file stays where it is.
  public var reviewSentence: DisplayText? {
    switch self {
    case .keep: nil
    case .move(let folder): "Once accepted, the file is moved to \(DisplayText(folder))."
    case .delete: "Once accepted, the file is deleted."
    }
  }
}
