/// A person at the screen: presses the keys that the screens name, waits for each answer as a person does, and counts what was pressed.
final class Operator {
  let terminal: TerminalSession
  /// Keys pressed so far; the typed words of the patient search are not among them.
  private(set) var keystrokes = 0

  init(_ terminal: TerminalSession, sees file: String = "consent-form.pdf") throws {
    self.terminal = terminal
    try terminal.wait("the list of files") { $0.contains(file) && $0.contains("Enter Open") }
  }

  func press(_ keys: String...) throws {
    for key in keys {
      keystrokes += 1
      try terminal.press(key)
    }
  }

  /// Moves the cursor down to a file and takes it.
  func take(_ name: String) throws {
    try go(to: name)
    // The pane beside the list follows once the cursor rests.
    try terminal.wait("\(name) beside the list") { $0.contains("│ \(name)") }
    try press("Enter")
  }

  /// Moves the cursor down to a file.
  func go(to name: String) throws {
    var current = try cursorName()
    while current != name {
      let before = current
      try press("j")
      try terminal.wait("the cursor to leave \(before)") { screen in
        current = Self.cursorName(of: screen) ?? before
        return current != before
      }
    }
  }

  /// Chooses the one patient whom `words` find.
  func choosePatient(_ words: String, who name: String) throws {
    try terminal.wait(for: "Search:")
    try terminal.type(words)
    try terminal.wait("\(name) alone") { $0.contains(#/1 of \d+/#) && $0.contains(name) }
    try press("Enter")
    try awaitForm()
  }

  func awaitForm() throws { try terminal.wait(for: "Document type") }

  /// From the form to the review: the first of the two keys that send. The second is offered once the file has been looked at again.
  func review() throws {
    try press("S")
    try awaitOffer()
  }

  /// Scrolls through the review until all of it was seen and it can be confirmed.
  func awaitWholeReview() throws {
    while true {
      var isOffered = false
      let screen = try terminal.wait("the offer to send, or to scroll") {
        isOffered = $0.contains(#/Enter Cancel +y Send/#)
        return isOffered || $0.contains("more below")
      }
      if isOffered { return }
      try press("PageDown")
      try terminal.wait("the review to move") { $0 != screen }
    }
  }

  func awaitOffer() throws {
    try terminal.wait("the offer to send") { $0.contains(#/Enter Cancel +y Send/#) }
  }

  /// The second key.
  func confirm() throws {
    try press("y")
    try terminal.wait("the transfers") { $0.contains("Transfers") && $0.contains("Enter Details") }
  }

  /// Waits until `count` transfers have been accepted.
  func awaitAccepted(_ count: Int) throws {
    try terminal.wait(for: "\(count) accepted by Redox")
  }

  func backToFiles() throws {
    try press("q")
    try terminal.wait(for: "Enter Open")
    // Whoever goes on pressing the same key is asked whether they mean to leave; this person looks up first.
    try terminal.press("C-l")
  }

  private func cursorName() throws -> String {
    var name = ""
    try terminal.wait("a cursor") { screen in
      name = Self.cursorName(of: screen) ?? ""
      return !name.isEmpty
    }
    return name
  }

  /// The name in the cursor's row; none of the samples has a space in its own. The rest of the row says nothing of where the cursor is:
  /// verdict and age change under it.
  private static func cursorName(of screen: String) -> String? {
    screen.firstMatch(of: #/▸... (\S+)/#).map { String($0.1) }
  }
}
