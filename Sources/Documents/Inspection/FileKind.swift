internal import SafeText

/// One kind of file: what it is called, how messages name it, which file names it goes by, and whether it may be sent.
struct FileKind: Sendable {
  enum Policy: Sendable, Equatable {
    case allow
    /// May be sent; the sentence says what to consider.
    case warn(DisplayText)
    case refuse(Refusal)
  }

  /// Why a whole kind may not be sent.
  enum Refusal: Sendable {
    case program, script, installer, archive, diskImage, shortcut

    /// Plural, as the beginning of a sentence.
    var word: DisplayText {
      switch self {
      case .program: "Programs"
      case .script: "Scripts"
      case .installer: "Installers and packages"
      case .archive: "Archives and compressed files"
      case .diskImage: "Disk images"
      case .shortcut: "Shortcuts"
      }
    }
  }

  var name: DisplayText
  var mediaType: String
  /// Redox's `FileType`: the bare type in capitals.
  var fileType: String
  /// Endings of file names that agree with the content, in lower case without the dot.
  var extensions: [String]
  var policy: Policy

  init(_ name: DisplayText, _ mediaType: String, _ fileType: String, _ extensions: [String], _ policy: Policy = .allow) {
    (self.name, self.mediaType, self.fileType, self.extensions, self.policy) = (name, mediaType, fileType, extensions, policy)
  }

  static func refused(_ name: DisplayText, _ refusal: Refusal, _ extensions: [String], mediaType: String = "application/octet-stream")
    -> FileKind
  {
    FileKind(name, mediaType, extensions.first?.uppercased() ?? "BIN", extensions, .refuse(refusal))
  }

  var isRefused: Bool {
    if case .refuse = policy { return true }
    return false
  }
}

/// What was found about one file so far. The gravest concern decides; of several equal ones the first.
struct Examination {
  var kind: FileKind
  private var warnings: [DisplayText] = []
  private var refusals: [DisplayText] = []

  init(_ kind: FileKind) { self.kind = kind }

  mutating func warn(_ reason: DisplayText) { warnings.append(reason) }
  mutating func refuse(_ reason: DisplayText) { refusals.append(reason) }

  func warned(_ reason: DisplayText) -> Examination {
    var copy = self
    copy.warn(reason)
    return copy
  }

  /// Something that may not be sent by itself lies in, before or behind this file.
  mutating func refuse(hidden: FileKind) {
    refuse("Something that may not be sent is hidden in this file: \(hidden.name).")
  }

  var verdict: Verdict {
    if case .refuse(let refusal) = kind.policy { return .refuse("\(refusal.word) may not be sent, and this file is one: \(kind.name).") }
    if let first = refusals.first { return .refuse(first) }
    if let first = warnings.first { return .warn(first) }
    if case .warn(let reason) = kind.policy { return .warn(reason) }
    return .allow
  }

  var inspection: Inspection {
    Inspection(type: DocumentType(name: kind.name, mediaType: kind.mediaType, fileType: kind.fileType), verdict: verdict)
  }
}
