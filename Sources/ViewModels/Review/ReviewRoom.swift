/// What a front end tells about the review that it is about to show: how long it came out, and how much of it can be seen at once.
public struct ReviewRoom: Sendable, Hashable {
  /// Lines that the review takes at this width.
  public var lines: Int
  /// Lines that are on the screen at once.
  public var rows: Int
  /// Another number when the lines read otherwise: what was seen of the old ones does not count for the new ones.
  public var fingerprint: Int

  public init(lines: Int, rows: Int, fingerprint: Int) {
    (self.lines, self.rows, self.fingerprint) = (lines, rows, fingerprint)
  }
}

/// Which lines of the review were on the screen. All must have been before it can be confirmed.
struct ReviewScroll {
  private(set) var window = ListWindow()
  private var fingerprint: Int?
  private var seen: Set<Int> = []

  /// True as well when no front end has told how long the review is: there is nothing to scroll then.
  var isSeen: Bool { fingerprint == nil || seen.count >= window.count }

  /// True when something was jumped over that stands above what is on the screen now.
  var hasUnseenAbove: Bool { !isSeen && (0..<window.top).contains { !seen.contains($0) } && seen.contains(window.count - 1) }

  mutating func move(_ command: Command) { window.scroll(command) }

  /// Takes what is shown now as seen. To be told with every frame: only what was drawn counts.
  mutating func show(_ room: ReviewRoom) {
    if fingerprint != room.fingerprint {
      (fingerprint, seen) = (room.fingerprint, [])
      window = ListWindow(count: room.lines, rows: room.rows)
    } else {
      window = ListWindow(count: room.lines, cursor: window.top, top: window.top, rows: room.rows)
    }
    if room.rows > 0 { seen.formUnion(window.visible) }
  }
}

extension ReviewScroll: Equatable {}
