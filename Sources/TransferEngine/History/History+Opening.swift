#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension History {
  /// The history of an outbox that no engine has open in this process.
  /// - Throws: as every start does; nothing was changed then.
  public init(places: Places, seams: EngineSeams = .system) throws(OutboxError) {
    self.init(outbox: try Outbox(places: places, owner: seams.uuid(), now: seams.now(), seams: seams))
  }
}
