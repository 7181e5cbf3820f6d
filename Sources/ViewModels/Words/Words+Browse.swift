internal import Documents
internal import SafeText
internal import TransferEngine

extension Words {
  enum Browse {
    /// About a path that was typed.
    static func notThere(_ error: ListingError) -> DisplayText { error == .gone ? nothingThere : listingFailed(error).reason }
    static let readingCancelled: DisplayText = "Stopped reading. Nothing was chosen."
    static let badPath: DisplayText = "Type a path, such as ~/scans or /media/usb."
    static let folder: DisplayText = "Folder"
    static let link: DisplayText = "Link"
    static let special: DisplayText = "Special"
    static func chosenWarning(_ reason: DisplayText) -> DisplayText { "Please look: \(reason)" }
    static func refused(_ name: DisplayText, _ reason: DisplayText) -> DisplayText { "\(name) cannot be sent. \(reason)" }
    static func ready(_ name: DisplayText) -> DisplayText { "\(name) is read. Press c to go on with it." }

    static let orderTitle: DisplayText = "Sort by"
    static func order(_ order: BrowseOrder) -> DisplayText {
      switch order {
      case .name: "name"
      case .nameBackwards: "name, backwards"
      case .newest: "newest first"
      case .oldest: "oldest first"
      case .largest: "largest first"
      case .smallest: "smallest first"
      case .kind: "kind"
      }
    }

    static let placesTitle: DisplayText = "Go to"
    static let inbox: DisplayText = "Inbox"
    static let home: DisplayText = "Home"
    static let bookmark: DisplayText = "Bookmark"
    static let recent: DisplayText = "Lately"
    static let bookmarkAdded: DisplayText = "This folder is a bookmark now. b lists them; B takes it away."
    static let bookmarkRemoved: DisplayText = "This folder is no bookmark any more."

    static let nothingThere: DisplayText = "There is no such file or folder."
    static let stillReading: DisplayText = "Still reading. Esc stops it."
    static func completions(_ count: Int) -> DisplayText {
      count == 0 ? "Nothing begins like that." : "\(count) begin like that; type on."
    }

    static func marked(_ count: Int, _ size: DisplayText?) -> DisplayText {
      let files = Format.count(count, "file marked", "files marked")
      return size.map { "\(files), \($0)" } ?? files
    }
    static func tooManyMarks(_ limit: Int) -> DisplayText {
      "At most \(limit) files go together, so that they can be looked through. Filter first, or mark them one by one."
    }
    static let entersFolder: DisplayText = "Enter opens it."
    static let entersFile: DisplayText = "Enter takes it. Nothing is sent yet."
    static let entersFilePatient: DisplayText = "Enter takes it and asks for the patient."
    static let entersLargeFile: DisplayText = "Only its beginning was looked at. Enter reads all of it."
    static let entersMarked: DisplayText = "Enter goes on with them. Esc unmarks."
    static func continues(_ name: DisplayText) -> DisplayText { "c goes on with \(name)." }
    static func sentBefore(_ seconds: Double, _ standing: EarlierSend.Standing) -> DisplayText {
      let ago: DisplayText = seconds < 60 ? "just now" : "\(Format.age(seconds: seconds)) ago"
      return switch standing {
      case .arrived: "Sent to this patient \(ago)."
      case .uncertain: "Sent to this patient \(ago); whether it arrived is not known."
      case .underWay: "On its way to this patient already."
      }
    }

    static func reason(_ error: DocumentError) -> DisplayText {
      switch error {
      case .notFound: "It is gone. Press ^R to read the folder again."
      case .permissionDenied: "You may not read it. Ask its owner, or copy it to your own folder."
      case .isDirectory: "It is a folder."
      case .notRegular(let kind): "It is no document but a \(kind)."
      case .danglingLink: "It is a link that leads nowhere."
      case .changedWhileReading: "It changed while it was read. Wait until it is complete, then try again."
      case .unreadable(let number): "It cannot be read (system error \(number)). Copy it somewhere else and try again."
      default: "It was not read to the end."
      }
    }

    static func listingFailed(_ error: ListingError) -> (reason: DisplayText, remedy: DisplayText) {
      switch error {
      case .gone: ("This folder does not exist any more.", "Press h for the folder above, or ~ for your own.")
      case .permissionDenied: ("You may not look into this folder.", "Press h for the folder above, or ~ for your own.")
      case .notADirectory: ("This is not a folder.", "Press h for the folder above.")
      case .linkRing: ("This link leads back to itself.", "Press h for the folder above.")
      case .cancelled: ("Reading the folder was stopped.", "Press ^R to read it again.")
      case .unreadable(let number):
        ("This folder cannot be read (system error \(number)).", "Press ^R to try again, or h for the folder above.")
      }
    }
  }
}
