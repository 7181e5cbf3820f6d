internal import TransferEngine

/// Which transfers a list shows.
enum TransferFilter: CaseIterable {
  case all
  /// Under way, waiting or paused.
  case unfinished
  /// Failed, refused or uncertain: a person has to look.
  case attention
  case accepted

  var next: TransferFilter {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  func takes(_ snapshot: TransferSnapshot) -> Bool {
    switch (self, snapshot.state) {
    case (.all, _), (.accepted, .accepted), (.attention, .refused), (.attention, .failed), (.attention, .uncertain): true
    case (.unfinished, let state): !state.isEnded
    default: false
    }
  }
}
