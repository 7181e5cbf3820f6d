internal import SafeText
internal import TransferEngine

/// The fields of a first profile and what was typed into them. A value.
struct SetupForm {
  /// Nil is the button at the end.
  static let rows: [ProfileDraft.Field?] = ProfileDraft.Field.allCases.map(Optional.some) + [nil]

  private var texts: [ProfileDraft.Field: TextField] = [.name: TextField(ProfileDraft().name, limit: 40)]
  private(set) var environment = ProfileDraft().environment
  private(set) var window = ListWindow(count: rows.count)
  /// What was found wrong when going on; a field loses its remark when it is changed.
  private(set) var remarks: [ProfileDraft.Field: DisplayText] = [:]

  var field: ProfileDraft.Field? { Self.rows[window.cursor] }

  mutating func move(_ command: Command) { window.move(command) }
  mutating func setRows(_ rows: Int) { window.resize(rows: rows) }

  mutating func type(_ key: Key) -> Bool {
    guard let field, field != .environment else { return false }
    var text = texts[field] ?? TextField(limit: 400)
    guard text.handle(key) else { return false }
    texts[field] = text
    remarks[field] = nil
    return true
  }

  /// Changes the choice under the cursor; in a text moves the cursor.
  mutating func turn(by step: Int) {
    guard field == .environment else {
      _ = type(step > 0 ? .right : .left)
      return
    }
    let all = ProfileSummary.Environment.allCases
    let place = (all.firstIndex(of: environment) ?? 0) + step
    environment = all[(place + all.count) % all.count]
  }

  /// Shows what is wrong and goes to the first of it.
  mutating func show(_ problems: [ProfileDraft.Field: DisplayText]) {
    remarks = problems
    if let first = Self.rows.firstIndex(where: { $0.map { problems[$0] != nil } ?? false }) { window.move(to: first) }
  }

  var draft: ProfileDraft {
    var draft = ProfileDraft()
    func text(_ field: ProfileDraft.Field) -> String { (texts[field]?.text ?? "").trimmed }
    draft.environment = environment
    draft.name = text(.name)
    draft.destinationName = text(.destinationName)
    draft.destinationID = text(.destinationID)
    draft.destinationSlug = text(.destinationSlug)
    draft.sourceID = text(.sourceID)
    draft.clientID = text(.clientID)
    draft.roster = text(.roster)
    return draft
  }

  var state: SetupState.Form {
    SetupState.Form(
      rows: window.visible.map { index in
        let field = Self.rows[index]
        let input: SetupState.Row.Input =
          switch field {
          case nil: .button
          case .environment?: .choice(DisplayText(escaping: environment.rawValue))
          case let field?: .text(texts[field] ?? TextField())
          }
        return SetupState.Row(
          label: Words.Setup.label(field), input: input, isUnderCursor: index == window.cursor,
          isWrong: field.map { remarks[$0] != nil } ?? false)
      }, window: window, about: Words.Setup.about(field, environment), remark: field.flatMap { remarks[$0] })
  }
}
