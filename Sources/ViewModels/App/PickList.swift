internal import Documents
public import SafeText
internal import SystemPackage
internal import TransferEngine

/// A short list over the screen from which one thing is taken. A value.
struct PickList {
  enum Choice: Equatable {
    case order(BrowseOrder)
    case folder(FilePath)
    case way(AppModel.Way, TransferSnapshot.ID)
    case correction(AppModel.Correction, Corrections)
    case narrowing(AppModel.Narrowing)
  }

  let title: DisplayText
  private let choices: [Choice]
  private let rows: [PickState.Row]
  /// What stands beside the labels are paths.
  private let hasPaths: Bool
  private(set) var window: ListWindow

  /// - Parameter rows: One for each choice.
  init(title: DisplayText, choices: [Choice], rows: [PickState.Row], cursor: Int, height: Int, hasPaths: Bool = false) {
    self.title = title
    self.choices = choices
    self.rows = rows
    self.hasPaths = hasPaths
    window = ListWindow(count: rows.count, cursor: cursor, rows: height)
  }

  var choice: Choice? { window.cursor < choices.count ? choices[window.cursor] : nil }

  mutating func move(_ command: Command) { window.move(command) }
  mutating func setRows(_ rows: Int) { window.resize(rows: rows) }

  var state: PickState {
    PickState(
      title: title,
      rows: window.visible.map { index in
        var row = rows[index]
        row.isUnderCursor = index == window.cursor
        return row
      }, window: window, hasPaths: hasPaths, all: rows)
  }
}

/// A short list over the screen.
public struct PickState: Sendable, Hashable {
  public struct Row: Sendable, Hashable {
    /// `Newest first`, `Bookmark`
    public var label: DisplayText
    /// The folder's path; empty where the label says all.
    public var detail: DisplayText
    /// In force now.
    public var isCurrent: Bool
    public var isUnderCursor: Bool

    public init(label: DisplayText, detail: DisplayText = "", isCurrent: Bool = false, isUnderCursor: Bool = false) {
      self.label = label
      self.detail = detail
      self.isCurrent = isCurrent
      self.isUnderCursor = isUnderCursor
    }
  }

  public var title: DisplayText
  /// Rows on the screen only.
  public var rows: [Row]
  /// Every row: the layout is measured by these, so that it stays the same while one scrolls.
  public var all: [Row]
  public var window: ListWindow
  /// What stands beside the labels are paths, whose ends tell most.
  public var hasPaths: Bool

  /// - Parameter all: nil where all are on the screen.
  public init(title: DisplayText, rows: [Row], window: ListWindow, hasPaths: Bool = false, all: [Row]? = nil) {
    self.title = title
    self.rows = rows
    self.all = all ?? rows
    self.window = window
    self.hasPaths = hasPaths
  }
}
