internal import SafeText
internal import ViewModels

/// The words that views add to what the models say.
enum Labels {
  static let program: DisplayText = "chartdrop"
  static let steps: [DisplayText] = ["Files", "Patient", "Message", "Preview", "Review"]
  static let transfers: DisplayText = "Transfers"
  static let profiles: DisplayText = "Profiles"
  static let setup: DisplayText = "First start"
  static let welcome: DisplayText = "This program puts a document into a patient's chart, through Redox. It is not set up yet."
  static let themes: DisplayText = "Colours"
  static let sandbox: DisplayText = "SANDBOX"
  static let deceased: DisplayText = "DECEASED"

  static let tooSmall: DisplayText = "Window too small"
  static let tooSmallRemedy: DisplayText = "Make it at least 40×10."

  static let reading: DisplayText = "Reading…"
  static let emptyFolder: DisplayText = "This folder is empty."
  static let nothingFits: DisplayText = "No name fits the filter."
  static let nameColumn: DisplayText = "Name"
  static let kindColumn: DisplayText = "Kind"
  static let sizeColumn: DisplayText = "Size"
  static let ageColumn: DisplayText = "Age"
  static let filter: DisplayText = "Filter"
  static let path: DisplayText = "Go to"
  static let chosen: DisplayText = "Chosen"
  static let nothingChosen: DisplayText = "Enter takes a file. Nothing is sent."
  static let hiddenShown: DisplayText = "hidden shown"
  static let linkTo: DisplayText = "Link to"
  static let changed: DisplayText = "Changed"
  static let fingerprint: DisplayText = "SHA-256"
  static let document: DisplayText = "Document"

  static let search: DisplayText = "Search"
  static let searchPlaceholder: DisplayText = "(a name, a birth date or a number)"
  static let loadingPatients: DisplayText = "Reading the patient list…"
  static let noPatientFits: DisplayText =
    "No patient fits. Take a letter away, or try the birth date or the number. ^O types in a patient who is not in the list."
  static let bornColumn: DisplayText = "Born"
  static let genderColumn: DisplayText = "Gender"
  static let numberColumn: DisplayText = "Number"

  static let nextDocument: DisplayText = "Tab: next, X: leave out"
  static let stopsReading: DisplayText = "Esc stops."
  static func readingPlace(_ place: DisplayText) -> DisplayText { "Reading \(place)…" }
  static let way: DisplayText = "Way"
  static let find: DisplayText = "Find"
  static let only: DisplayText = "Only"
  static let saveAs: DisplayText = "Save as"
  static let saveWarning: DisplayText =
    "The file will hold patient data and what identifies the patient. Only you can read it; delete it when you are done."
  static let messageReady: DisplayText = "Complete. Nothing is missing."

  static let to: DisplayText = "To"
  static let cancel: DisplayText = "Cancel"
  static let send: DisplayText = "Send"
  static let cannotBeSent: DisplayText = "Not to be sent"
  static let checking: DisplayText = "Looking at the file once more…"
  static let recording: DisplayText = "Recording…"
  static let retype: DisplayText = "Production. Type the patient's initials and birth year once more."
  static let initials: DisplayText = "Initials"
  static let birthYear: DisplayText = "Birth year"
  static func moreBelow(_ lines: Int) -> DisplayText { " \(lines == 1 ? "1 line" : "\(lines) lines" as DisplayText) more below: j, PgDn " }

  static let all: DisplayText = "Total"
  static let serverSays: DisplayText = "Answer"
  static let whereToLook: DisplayText = "Look it up"
  static let state: DisplayText = "State"
  static let help: DisplayText = "Keys"
  static let nothingFound: DisplayText = "No key fits what you typed."
  static let inUse: DisplayText = "in use"

  static func environment(_ profile: ProfileBadge) -> DisplayText {
    let word: DisplayText =
      switch profile.environment {
      case .development: "DEVELOPMENT"
      case .staging: "STAGING"
      case .production: "PRODUCTION"
      }
    return profile.isSandbox ? "\(word) · \(sandbox)" : word
  }

  static func born(_ date: DisplayText) -> DisplayText { "\(bornColumn) \(date)" }
  static func count(_ shown: Int, of total: Int) -> DisplayText {
    shown == total ? grouped(total) : "\(grouped(shown)) of \(grouped(total))"
  }
  static func more(_ count: Int) -> DisplayText { "and \(count) more" }

  /// `12,345`
  private static func grouped(_ number: Int) -> DisplayText {
    let digits = Array(String(number))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3), digits[index - 1] != "-" { text.append(",") }
      text.append(digit)
    }
    return DisplayText(escaping: text)
  }
}
