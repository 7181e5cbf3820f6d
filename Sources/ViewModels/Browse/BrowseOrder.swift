internal import Documents
internal import SafeText

/// In which order a folder is shown; folders are always first.
enum BrowseOrder: CaseIterable {
  case name, nameBackwards, newest, oldest, largest, smallest, kind

  var key: DirectoryListing.SortKey {
    switch self {
    case .name, .nameBackwards: .name
    case .newest, .oldest: .modified
    case .largest, .smallest: .size
    case .kind: .kind
    }
  }

  var isDescending: Bool {
    switch self {
    case .nameBackwards, .newest, .largest: true
    case .name, .oldest, .smallest, .kind: false
    }
  }

  /// Names and kinds come with the folder; sizes and times have to be asked for.
  var needsDetails: Bool { key == .size || key == .modified }
}
