internal import SafeText

/// All text that a person reads, by screen. Short, plain and calm: what happened, what it means, what to do.
enum Words {}

extension Words {
  enum App {
    static let pasteIgnored: DisplayText = "Pasted text does nothing here."
    /// - Parameter helpKey: nil where there is no help, because the line at the foot has all keys.
    static func unknownKey(_ helpKey: DisplayText?) -> DisplayText {
      "That key does nothing here. \(helpKey ?? "The last line") shows the keys that do."
    }
    static let onceMoreToLeave: DisplayText = "These are the files. q once more leaves the program."
    static let onlyOneProfile: DisplayText = "There is only this profile."

    static func profileChanged(_ name: DisplayText, _ environment: DisplayText) -> DisplayText {
      "Profile \(name), \(environment). Patient and entries were cleared."
    }
    static func profileUnusable(_ name: DisplayText, _ reason: DisplayText) -> DisplayText { "\(name) cannot be used: \(reason)" }

    static let quitTitle: DisplayText = "Transfers are running"
    /// - Parameter inBackground: Another process goes on with them.
    static func quitLines(_ running: Int, inBackground: Bool) -> [DisplayText] {
      [
        Format.count(running, "transfer is", "transfers are") + " not finished.",
        inBackground
          ? "If you leave now, they go on in the background. The next time you open the program it says what became of them."
          : "If you leave now, the screen closes and they are finished first.",
      ]
    }
    static let quitStay: DisplayText = "Stay"
    static let quitLeave: DisplayText = "Leave"
    static let handingOver: DisplayText = "Leaving the transfers to the background…"
  }

  enum Why {
    static let nothingStarted: DisplayText = "No document is chosen yet."
    static let emptyFolder: DisplayText = "There is nothing in this list."
    static let topFolder: DisplayText = "This is the top folder."
    static let noPreviousFolder: DisplayText = "No other folder was open before."
    static let nothingToClear: DisplayText = "Nothing to clear. q leaves the program."
    static let noInbox: DisplayText = "This profile has no inbox. The configuration can name one: inbox = \"~/inbox\"."
    static let foldersAreNotSent: DisplayText = "Folders are not sent; mark files."
    static let folderNotRead: DisplayText = "The folder is still being read."
    static let rosterNotRead: DisplayText = "The patient list is still being read."
    static let noPatients: DisplayText = "No patient fits what you typed."
    static let problems: DisplayText = "The message cannot be sent yet; its problems are listed below."
    static let noTransfer: DisplayText = "There is no transfer in this list."
    static let notAChoice: DisplayText = "This field has no choices: press Enter to type."
    static let pressEnterToType: DisplayText = "Press Enter to type into this field."
    static let submitting: DisplayText = "It is just being recorded."
    static let checking: DisplayText = "The file is still being looked at."
    static let reviewNotSeen: DisplayText = "Scroll down to see all of it first."
    static let reviewNotSeenAbove: DisplayText = "Some lines further up were not on the screen yet: k, PgUp."
    static let typedAhead: DisplayText = "Several keys came at once. Look again, then press y once."
  }
}
