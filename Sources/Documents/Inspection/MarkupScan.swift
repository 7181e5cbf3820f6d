/// Reads text from end to end for what makes markup active: scripts, handlers, embedded pages, foreign entities, attached programs.
struct MarkupScan {
  enum Feature: CaseIterable {
    case script, handler, frame, entity, serverCode, application, rtfObject, rtfProgram, macros, commandFormula

    /// In lower case.
    var patterns: [String] {
      switch self {
      case .script: ["<script", ":script", "javascript:", "vbscript:", "data:text/html"]
      case .handler: []
      case .frame:
        ["<iframe", "<frame", "<object", "<embed", "<applet", "http-equiv=\"refresh", "http-equiv=refresh", "http-equiv='refresh"]
      case .entity: ["<!entity"]
      case .serverCode: ["<?php", "<%@", "<%="]
      case .application: ["<hta:application", "<scriptlet", "<jnlp", "urn:schemas-microsoft-com:asm.v"]
      case .rtfObject: ["\\objdata", "\\objupdate", "\\objautlink", "\\objocx", "ddeauto"]
      case .rtfProgram: ["4d5a90000300000004000000", "2e65786500", "2e62617400", "2e766273"]
      case .macros: ["macrospresent=\"yes\"", "vbaproject.bin", "editdata.mso"]
      case .commandFormula: ["=cmd|", "+cmd|", "-cmd|", "@cmd|", "=dde(", "\"=cmd"]
      }
    }
  }

  private static let marks: [(feature: Feature, bytes: [UInt8])] = Feature.allCases.flatMap { feature in
    feature.patterns.map { (feature, Array($0.utf8)) }
  }
  private static let patterns = PatternSet(marks.map(\.bytes))

  private static let handlers: [String] = [
    "load", "unload", "error", "click", "dblclick", "mouse", "key", "focus", "blur", "submit", "change", "input", "begin", "end", "repeat",
    "toggle",
    "pointer", "touch", "wheel", "scroll", "resize", "message", "hash", "pop", "page", "before", "after", "animation", "transition", "drag",
    "drop",
    "paste", "copy", "cut", "context", "select", "reset", "activate", "show", "play",
  ]

  private(set) var features: Set<Feature> = []
  private var pieces = OverlappingPieces(overlap: 64)

  mutating func consume(_ piece: UnsafeRawBufferPointer, narrowedBy text: TextScan) {
    let lower = text.narrowed(piece).lowercasedASCII
    lower.withUnsafeBytes { lower in
      pieces.next(lower) { bytes, _ in
        Self.patterns.search(bytes) { pattern, _ in features.insert(Self.marks[pattern].feature) }
        if !features.contains(.handler), Self.hasHandler(bytes) { features.insert(.handler) }
      }
    }
  }

  /// ` onload=` and the like.
  private static func hasHandler(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    while let equals = ByteSearch.first([UInt8(ascii: "=")], in: bytes, from: position) {
      position = equals + 1
      var end = equals
      while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
      var start = end
      while start > 0, end - start < 24, (0x61...0x7A).contains(bytes[start - 1]) { start -= 1 }
      guard start > 0, end - start > 4, bytes[start] == UInt8(ascii: "o"), bytes[start + 1] == UInt8(ascii: "n"),
        bytes[start - 1] <= 0x20 || "\"'/".utf8.contains(bytes[start - 1])
      else { continue }
      let event = String(decoding: bytes[(start + 2)..<end], as: UTF8.self)
      if handlers.contains(where: event.hasPrefix) { return true }
    }
    return false
  }
}
