internal import Dispatch
internal import Documents
internal import SafeText
internal import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Does with a document's file what the profile says, once Redox has accepted the document.
///
/// Never touches a file that is not the one that was sent, never writes over another, and whatever goes wrong here says nothing about the
/// transfer: it stays accepted, and the file stays where it is. Killed at any moment, it leaves the whole file in its place, in the other
/// folder, or in both; a part only ever stands under a name of its own, which whoever resumes it removes.
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

  private let disposal: DocumentDisposal
  private let files: any DocumentFiles
  private let isResumed: Bool
  /// Where a copy grows until it is whole; nil where none is needed.
  private let draft: FilePath?

  /// - Parameters:
  ///   - id: the transfer whose document it is. Two processes must not work on the same one.
  ///   - isResumed: a process has died over it, so that some of it may be done.
  init(_ disposal: DocumentDisposal, of id: TransferSnapshot.ID, files: any DocumentFiles = SystemDocumentFiles(), isResumed: Bool = false)
  {
    self.disposal = disposal
    self.files = files
    self.isResumed = isResumed
    draft = if case .move(let folder) = disposal { folder.appending(".chartdrop-\(id.rawValue).part") } else { nil }
  }

  /// Blocks while a file is copied between file systems; not for an actor's thread. See `carryOut(on:identity:)`.
  func carryOutNow(on path: FilePath, identity: FileIdentity) -> Outcome {
    cleanUp()
    switch disposal {
    case .keep: return .kept
    case .delete:
      // Whoever died over it has done it, as far as anybody can tell.
      if isResumed, files.stamp(path) == nil { return .deleted }
      if let objection = objection(path, identity) { return .left(objection) }
      do throws(Errno) { try files.remove(path) } catch { return .left("It could not be deleted: \(error.description).") }
      return .deleted
    case .move(let folder):
      return move(path, identity, to: folder)
    }
  }

  func carryOut(on path: FilePath, identity: FileIdentity) async -> Outcome {
    await inBackground { carryOutNow(on: path, identity: identity) }
  }

  /// Does nothing with the file, and tidies up after a process that had begun to.
  func leave(_ why: DisplayText) async -> Outcome {
    await inBackground {
      cleanUp()
      return .left(why)
    }
  }

  private func inBackground(_ body: @escaping @Sendable () -> Outcome) async -> Outcome {
    if disposal == .keep { return .kept }
    return await withCheckedContinuation { continuation in
      DispatchQueue(label: "after acceptance", qos: .utility).async { continuation.resume(returning: body()) }
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

  private func cleanUp() {
    guard isResumed, let draft else { return }
    try? files.remove(draft)
  }

  private func objection(_ path: FilePath, _ identity: FileIdentity) -> DisplayText? {
    guard let stamp = files.stamp(path) else { return "There is no file of this name any more." }
    return stamp == FileStamp(identity) ? nil : "The file is not the one that was sent any more."
  }
}

// MARK: Moving

extension AfterAcceptance {
  private func move(_ path: FilePath, _ identity: FileIdentity, to folder: FilePath) -> Outcome {
    guard let name = path.lastComponent?.utf8Bytes else { return .left("It has no name.") }
    // By whatever name: what is found there would be taken for a copy that somebody has made.
    if files.isSameFolder(path.removingLastComponent(), folder) { return .left("It is in that folder already.") }
    if isResumed, let target = targets(name, folder).first(where: { isThere($0, identity) }) {
      do throws(Errno) { try files.synchronizeFolder(of: target) } catch {
        return .left("A copy is in \(DisplayText(folder)), but the disk does not confirm it: \(error.description).")
      }
      return finish(path, identity, at: target)
    }
    if let objection = objection(path, identity) { return .left(objection) }
    do throws(MoveError) {
      return finish(path, identity, at: try place(path, identity, at: targets(name, folder)))
    } catch {
      switch error {
      case .failed(let errno): return .left("It could not be moved to \(DisplayText(folder)): \(errno.description).")
      case .changed: return .left("The file is not the one that was sent any more.")
      case .noName: return .left("\(DisplayText(folder)) has too many files of this name.")
      }
    }
  }

  private enum MoveError: Error {
    case failed(Errno)
    case changed
    case noName
  }

  private func targets(_ name: [UInt8], _ folder: FilePath) -> some Sequence<FilePath> {
    (1...Self.mostNames).lazy.map { folder.appending(entry: Self.name(name, $0)) }
  }

  /// Puts the file under the first name that is free: as another name for it, or as a copy where that cannot be.
  private func place(_ path: FilePath, _ identity: FileIdentity, at targets: some Sequence<FilePath>) throws(MoveError) -> FilePath {
    var copy: FilePath?
    defer { if let copy { try? files.remove(copy) } }
    var names = targets.makeIterator()
    var next = names.next()
    while let target = next {
      do throws(Errno) {
        if let copy { try files.rename(copy, to: target) } else { try files.link(path, to: target) }
        copy = nil
        return target
      } catch {
        if error == .fileExists {
          next = names.next()
        } else if copy == nil, let draft, Self.asksForCopy.contains(error) {
          copy = try self.copy(path, identity, to: draft)
        } else {
          throw .failed(error)
        }
      }
    }
    throw .noName
  }

  /// Another file system, or one without links.
  private static let asksForCopy: [Errno] = [.improperLink, .notPermitted, .notSupported, .tooManyLinks]

  /// A whole copy of what was sent, still under a name that nobody looks for.
  private func copy(_ path: FilePath, _ identity: FileIdentity, to draft: FilePath) throws(MoveError) -> FilePath {
    do throws(Errno) { try files.copy(path, to: draft) } catch { throw .failed(error) }
    if files.holds(draft, identity) { return draft }
    try? files.remove(draft)
    throw .changed
  }

  /// A process that has died since has brought it there.
  private func isThere(_ target: FilePath, _ identity: FileIdentity) -> Bool {
    files.stamp(target) == FileStamp(identity) || files.holds(target, identity)
  }

  private func finish(_ path: FilePath, _ identity: FileIdentity, at target: FilePath) -> Outcome {
    if isResumed, files.stamp(path) == nil { return .moved(to: target) }
    // Written to meanwhile: then both stay, and the newer one under its own name.
    if let objection = objection(path, identity) {
      return .left("\(objection) A copy is in \(DisplayText(target.removingLastComponent())).")
    }
    do throws(Errno) { try files.remove(path) } catch {
      return .left(
        "It was copied to \(DisplayText(target.removingLastComponent())), but could not be removed from its place: \(error.description).")
    }
    return .moved(to: target)
  }

  /// `scan.pdf`, `scan-2.pdf` …, by bytes: a name need not be text.
  static func name(_ name: [UInt8], _ number: Int) -> [UInt8] {
    guard number > 1 else { return name }
    // A dot at the beginning hides a file and begins no extension.
    let dot = name.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 == 0 ? nil : $0 } ?? name.count
    return name[..<dot] + Array("-\(number)".utf8) + name[dot...]
  }
}
