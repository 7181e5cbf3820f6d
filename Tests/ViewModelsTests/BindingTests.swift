import SafeText
import TestSupport
import Testing
import TransferEngine
@testable import ViewModels

@Suite("Keys")
struct BindingTests {
  @Test("No key means two things in one place", arguments: KeyContext.allCases)
  func unique(context: KeyContext) {
    let keys = Bindings.bindings(in: context).flatMap(\.keys)
    #expect(Dictionary(grouping: keys, by: \.self).filter { $1.count > 1 }.isEmpty)
  }

  @Test("Every function key has a twin for terminals that lose function keys", arguments: KeyContext.allCases)
  func twins(context: KeyContext) {
    for binding in Bindings.bindings(in: context) {
      guard binding.keys.contains(where: { if case .function = $0 { true } else { false } }) else { continue }
      let hasTwin = binding.keys.contains { key in
        switch key {
        case .character: !context.takesText
        case .control, .enter, .escape: true
        default: false
        }
      }
      #expect(hasTwin, "\(binding.command) in \(context)")
    }
  }

  @Test("Where text is typed no command sits on a character", arguments: KeyContext.allCases.filter(\.takesText))
  func typing(context: KeyContext) {
    let characters = Bindings.bindings(in: context).flatMap(\.keys).filter { if case .character = $0 { true } else { false } }
    #expect(characters.isEmpty)
  }

  @Test("A function key is the same command wherever it is bound")
  func functionKeys() {
    var meaning: [Key: Set<Command>] = [:]
    for binding in Bindings.all {
      for key in binding.keys { if case .function = key { meaning[key, default: []].insert(binding.command) } }
    }
    // F10 leaves whatever is open.
    meaning[.function(10)] = nil
    #expect(meaning.filter { $1.count > 1 }.isEmpty)
  }

  @Test("A capital or small letter is the same command on every screen that has it")
  func letters() {
    var meaning: [Character: Set<Command>] = [:]
    for binding in Bindings.all {
      for key in binding.keys { if case .character(let letter) = key { meaning[letter, default: []].insert(binding.command) } }
    }
    // h and l are left and right, q and n are always the way out, y always the yes, digits and signs have their screens.
    for letter in "hlqny" as String { meaning[letter] = nil }
    #expect(meaning.filter { $1.count > 1 }.isEmpty)
  }

  @Test("Every place has a way out and every command is on some key")
  func complete() {
    for context in KeyContext.allCases {
      let commands = Set(Bindings.bindings(in: context).map(\.command))
      #expect(!commands.isDisjoint(with: [.back, .quit, .leavePrompt, .leaveEdit, .cancelReview, .no]), "\(context)")
    }
    #expect(Set(Bindings.all.map(\.command)) == Set(Command.allCases))
  }

  @Test("Enter is on no command that sends")
  func enter() {
    for context in KeyContext.allCases {
      #expect(Bindings.command(for: .enter, in: context) != .send)
      #expect(Bindings.command(for: .enter, in: context) != .yes)
    }
    #expect(Bindings.all.filter { $0.command == .send }.flatMap(\.keys) == [.character("y")])
  }

  @Test("Listing and README table name every place and every hinted key")
  func listings() {
    let plain = KeyListing.plain
    let markdown = KeyListing.markdown
    for binding in Bindings.all {
      #expect(plain.contains(binding.tooltip.string))
      if binding.hint != nil { #expect(markdown.contains("`\(binding.keys[0].name)`")) }
    }
    #expect(markdown.split(separator: "\n").allSatisfy { $0.hasPrefix("|") && $0.hasSuffix("|") })
  }
}

@MainActor
@Suite("Keys on the screens", .timeLimit(.minutes(2)))
struct KeyTests {
  @Test("A key that cannot act says why and changes nothing")
  func reasons() async throws {
    let user = try await RobotUser(files: [])
    for (key, words) in [
      (Key.enter, "There is nothing in this list."), (.character("c"), "No document is chosen yet."),
      (.character("-"), "No other folder was open before."), (.character("o"), "There is only this profile."),
      (.escape, "Nothing to clear. q leaves the program."), (.character("Z"), "That key does nothing here. ? shows the keys that do."),
    ] {
      await user.press(key)
      #expect(user.notice == words)
      #expect(user.browse != nil)
    }
  }

  @Test("A key that does nothing names the way to those that do, as it is in that place")
  func unknownKey() async throws {
    let user = try await RobotUser()
    await user.press(.character("s"), .character("Z"))
    #expect(user.notice == "That key does nothing here. The last line shows the keys that do.", "Short lists have no help")
    #expect(Bindings.helpKey(in: .setupForm) == "F1" && Bindings.helpKey(in: .browse) == "?")
  }

  @Test("Help lists the keys of the screen it was opened on, with reasons, and can be searched")
  func help() async throws {
    let user = try await RobotUser(files: [])
    await user.press(.character("?"))
    guard case .help(let help) = user.app.state.dialog else {
      Issue.record("No help")
      return
    }
    #expect(help.title == "Files")
    #expect(help.window.count == Bindings.bindings(in: .browse).count)
    await user.type("hidden")
    guard case .help(let found) = user.app.state.dialog else {
      Issue.record("No help")
      return
    }
    #expect(found.rows.isEmpty == false)
    #expect(found.rows.allSatisfy { ($0.label.string + $0.tooltip.string).lowercased().contains("hidden") || $0.label == "Hidden" })
    await user.press(.escape)
    #expect(user.app.state.dialog == nil)
    #expect(user.browse != nil)
  }

  @Test("Help says why a key cannot act here")
  func helpReasons() async throws {
    let user = try await RobotUser(files: [])
    await user.press(.function(1))
    await user.type("continue")
    guard case .help(let help) = user.app.state.dialog else {
      Issue.record("No help")
      return
    }
    #expect(help.rows.first?.reason == nil || help.rows.contains { $0.reason == "No document is chosen yet." })
    #expect(help.rows.contains { $0.reason != nil })
  }

  @Test("^L asks the terminal to draw anew, from every screen")
  func redraw() async throws {
    let user = try await RobotUser()
    _ = user.app.takeRequests()
    user.app.handle(.control("l"))
    #expect(user.app.takeRequests() == [.redraw])
    #expect(user.app.takeRequests().isEmpty)
    await user.press(.enter)
    user.app.handle(.control("l"))
    #expect(user.app.takeRequests() == [.redraw])
  }

  @Test("Leaving with nothing running leaves at once; with transfers it asks, and Enter stays")
  func quitting() async throws {
    let user = try await RobotUser()
    user.service.publish([.sample(state: .uploading)])
    await user.wait { user.app.state.transfers.running == 1 }
    await user.press(.character("q"))
    guard case .confirm(let question) = user.app.state.dialog else {
      Issue.record("No question")
      return
    }
    #expect(question.lines.first == "1 transfer is not finished.")
    await user.press(.enter)
    #expect(user.app.exit == nil)
    await user.press(.character("q"), .character("y"))
    #expect(user.app.exit == .afterTransfers)

    let other = try await RobotUser()
    await other.press(.character("q"))
    #expect(other.app.exit == .now)
  }

  @Test("A hang-up ends the screen and nothing else; a later key changes nothing")
  func hangUp() async throws {
    let user = try await RobotUser()
    user.service.publish([.sample(state: .uploading)])
    user.app.hangUp()
    #expect(user.app.exit == .hungUp)
    await user.press(.character("q"))
    #expect(user.app.exit == .hungUp)
    #expect(user.service.cancelled.isEmpty)
  }
}
