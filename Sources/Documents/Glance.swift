public import SystemPackage

/// What a short look at a file tells, before anybody decides for it.
public enum Glance: Sendable, Hashable {
  /// The file is so small that looking meant reading it.
  case whole(Document)
  /// Its beginning only: what kind of file it seems to be. Whether it may be sent only the whole can say.
  case head(DocumentType, byteCount: Int)
}

extension DocumentOpener {
  /// Larger files are not read to the end for a glance. Bytes.
  public static let glanceByteCount = pieceByteCount

  /// All glances share one thread: where a file system hangs, the next one waits for it and holds no thread of its own.
  private static let glances = BlockingQueue(label: "document.glance")

  /// Looks at a file while a cursor rests on it: reads one piece at most, and a few places that tell its structure. Ends at once when
  /// cancelled.
  public func glance(at path: FilePath) async throws(DocumentError) -> Glance {
    try await Self.glances.run(cancelled: .cancelled) { flag throws(DocumentError) in
      try Self.glance(at: path) { flag.isRaised }
    }
  }

  static func glance(at chosen: FilePath, isCancelled: () -> Bool) throws(DocumentError) -> Glance {
    let resolved = try ResolvedPath.resolving(chosen)
    let file = try regularFile(at: resolved.path)
    let count = try status(of: file).byteCount
    if count <= glanceByteCount { return .whole(try open(chosen, isCancelled: isCancelled)) }
    let source = FileSource(file: file, count: count)
    let head = try source.bytes(at: 0, count: Subject.headByteCount)
    if isCancelled() { throw .cancelled }
    let linkName = resolved.wasLink ? chosen.lastComponent?.utf8Bytes : nil
    var inspector = try Inspector(fileName: resolved.path.lastComponent?.utf8Bytes ?? [], linkName: linkName, source: source)
    head.withUnsafeBytes { inspector.consume($0) }
    return .head(try inspector.finish().type, byteCount: count)
  }
}
