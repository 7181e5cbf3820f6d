internal import SafeText
public import ViewModels

/// Draws everything: what is on top and at the foot of every screen, the screen itself, and the dialog over it.
///
/// Pure: the same state and size give the same cells. Any size is safe; below `smallest` there is only a sentence.
public enum Screen {
  public static let smallest = Size(rows: 10, columns: 40)

  public static func draw(_ state: AppState, size: Size, glyphs: Glyphs) -> Canvas {
    var canvas = Canvas(size: size)
    guard isLargeEnough(size) else {
      drawTooSmall(on: &canvas)
      return canvas
    }
    let layout = Layout(state, size: size)
    Chrome.drawHeader(state, on: &canvas)
    Chrome.drawBanner(layout.banner, on: &canvas)
    canvas.draw(in: layout.body) { drawScreen(state, on: &$0, glyphs: glyphs) }
    if !layout.isNewsCovered { Chrome.drawStatus(state, rows: layout.status..<size.rows - 1, on: &canvas, glyphs: glyphs) }
    Chrome.drawHints(state.hints, row: size.rows - 1, on: &canvas)
    if let dialog = state.dialog {
      canvas.cursor = nil
      DialogView.draw(dialog, over: layout.dialog, on: &canvas, glyphs: glyphs)
    }
    return canvas
  }

  /// How much of what is in front scrolls at this size.
  public static func viewport(of state: AppState, size: Size) -> Viewport {
    guard isLargeEnough(size) else { return Viewport(rows: 1, columns: max(1, size.columns)) }
    let layout = Layout(state, size: size)
    if let dialog = state.dialog { return DialogView.viewport(of: dialog, over: layout.dialog) }
    let body = layout.body.size
    let rows =
      switch state.screen {
      case .browse: BrowseView.listRows(body)
      case .patient(let patient): PatientView.listRows(patient, body)
      case .message: max(1, body.rows - 6)
      case .preview(let preview): PreviewView.lineRows(preview, body)
      case .review: body.rows
      case .transfers: TransfersView.listRows(body)
      case .profiles: ProfilesView.listRows(body)
      case .setup(let setup): SetupView.listRows(setup, body)
      }
    if case .setup = state.screen { return Viewport(rows: max(1, rows), columns: SetupView.textColumns(body)) }
    return Viewport(rows: max(1, rows), columns: body.columns)
  }

  /// How much of the review is seen at once at this size. Nil for other screens, and where a dialog hides it.
  public static func reviewRoom(of state: AppState, size: Size) -> ReviewRoom? {
    guard case .review(let review) = state.screen, state.dialog == nil else { return nil }
    guard isLargeEnough(size) else { return ReviewRoom(lines: 1, rows: 0, fingerprint: 0) }
    return ReviewView.room(for: review, in: Layout(state, size: size).body.size)
  }

  private static func isLargeEnough(_ size: Size) -> Bool { size.rows >= smallest.rows && size.columns >= smallest.columns }

  private static func drawScreen(_ state: AppState, on canvas: inout Canvas, glyphs: Glyphs) {
    switch state.screen {
    case .browse(let browse): BrowseView.draw(browse, on: &canvas, glyphs: glyphs)
    case .patient(let patient): PatientView.draw(patient, on: &canvas, glyphs: glyphs)
    case .message(let message): MessageView.draw(message, on: &canvas, glyphs: glyphs)
    case .preview(let preview): PreviewView.draw(preview, on: &canvas, glyphs: glyphs)
    case .review(let review): ReviewView.draw(review, profile: ProfileBadge(state.profile), on: &canvas, glyphs: glyphs)
    case .transfers(let transfers): TransfersView.draw(transfers, on: &canvas, glyphs: glyphs)
    case .setup(let setup): SetupView.draw(setup, on: &canvas, glyphs: glyphs)
    case .profiles(let profiles): ProfilesView.draw(profiles, on: &canvas, glyphs: glyphs)
    }
  }

  private static func drawTooSmall(on canvas: inout Canvas) {
    let lines = (Labels.tooSmall.wrapped(to: canvas.size.columns) + Labels.tooSmallRemedy.wrapped(to: canvas.size.columns))
    let top = max(0, (canvas.size.rows - lines.count) / 2)
    for (index, line) in lines.enumerated() {
      canvas.put(line, row: top + index, column: 0, role: index == 0 ? .title : .text, width: canvas.size.columns, align: .center)
    }
  }
}

/// Which rows belong to what.
struct Layout {
  let banner: [Line]
  let body: Rect
  /// First row of the news.
  let status: Int
  /// Where dialogs may lie: everything but what says where one is, about whom, and what the last key did.
  let dialog: Rect
  /// The dialog takes the place of the news.
  let isNewsCovered: Bool

  init(_ state: AppState, size: Size) {
    // The review shows its own patient: the one of the plan that would be sent.
    let patient: PatientBanner? = if case .review(let review) = state.screen { review.patient } else { state.banner }
    banner = patient.map { Chrome.bannerLines($0, width: size.columns) } ?? []
    let top = 1 + banner.count
    status = max(top + 1, size.rows - 1 - Chrome.statusRows(state, size: size, below: top))
    body = Rect(row: top, column: 0, rows: status - top, columns: size.columns)
    // A dialog that would have no room lies over the news too; a question, and what the last key led to, only when they must share it.
    let isQuestion =
      switch state.dialog {
      case .confirm, .leftOut: true
      default: false
      }
    let isOverNews = body.rows < (isQuestion || state.notice != nil ? 6 : 8)
    dialog = isOverNews ? Rect(row: top, column: 0, rows: size.rows - 1 - top, columns: size.columns) : body
    isNewsCovered = isOverNews && state.dialog != nil && state.notice == nil && !isQuestion
  }
}

/// What is needed to say where things go to.
struct ProfileBadge {
  var environment: Environment
  var isProduction: Bool
  var isSandbox: Bool

  enum Environment { case development, staging, production }

  var role: Role {
    if isProduction { return .environmentProduction }
    if isSandbox { return .environmentSandbox }
    switch environment {
    case .development: return .environmentDevelopment
    case .staging: return .environmentStaging
    case .production: return .environmentProduction
    }
  }

  var text: DisplayText { " \(Labels.environment(self)) " }
}
