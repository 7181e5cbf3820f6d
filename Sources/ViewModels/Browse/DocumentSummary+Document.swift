internal import Documents
internal import SafeText
internal import SystemPackage

extension DocumentSummary {
  init(_ document: Document, clock: WallClock) {
    let hexDigits = Array("0123456789abcdef")
    let verdict: Verdict =
      switch document.inspection.verdict {
      case .allow: .allowed
      case .warn(let reason): .warning(reason)
      case .refuse(let reason): .refused(reason)
      }
    self.init(
      name: Redacted(document.chosenName),
      linkTarget: document.chosenPath.map { _ in Redacted(DisplayText(escapingBytes: document.path.bytes)) },
      type: document.inspection.type.name, size: Format.size(document.identity.byteCount),
      modified: clock.dateAndTime(document.identity.lastModified),
      fingerprint: DisplayText(
        escaping: String(document.identity.sha256.prefix(4).flatMap { [hexDigits[Int($0 >> 4)], hexDigits[Int($0 & 15)]] })),
      verdict: verdict)
  }
}

extension DocumentSummary {
  /// What the inspection has to say.
  var remark: DisplayText? {
    switch verdict {
    case .allowed: nil
    case .warning(let reason), .refused(let reason): reason
    }
  }
}
