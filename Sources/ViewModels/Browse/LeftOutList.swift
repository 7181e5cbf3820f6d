internal import SafeText
internal import SystemPackage

/// The question whether to go on without the files that cannot be sent. A value.
struct LeftOutList {
  let gathering: Gathering
  private(set) var window: ListWindow

  init(_ gathering: Gathering, height: Int) {
    self.gathering = gathering
    window = ListWindow(count: gathering.leftOut.count, rows: height)
  }

  /// Nothing remains to go on with.
  var isAll: Bool { gathering.documents.isEmpty }

  mutating func move(_ command: Command) { window.scroll(command) }
  mutating func setRows(_ rows: Int) { window.resize(rows: rows) }

  var state: LeftOutState {
    let back = ConfirmState.Choice(key: "Enter", label: Words.Together.back)
    let goOn = ConfirmState.Choice(key: "y", label: Words.Together.goOnWithout(gathering.documents.count))
    return LeftOutState(
      title: Words.Together.leftOut(gathering.leftOut.count, of: gathering.paths.count),
      rows: gathering.leftOut.map { .init(name: Redacted(Self.name(of: $0.path)), reason: $0.reason) },
      window: window, choices: isAll ? [back] : [back, goOn])
  }

  private static func name(of path: FilePath) -> DisplayText { DisplayText(escapingBytes: path.lastComponent?.bytes ?? path.bytes) }
}
