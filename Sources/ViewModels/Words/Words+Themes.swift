internal import SafeText

extension Words {
  enum Themes {
    static let title: DisplayText = "Colours"
    static func kept(_ name: DisplayText) -> DisplayText { "The colours are now \(name), also the next time." }
    static let onlyOne: DisplayText = "There are no other colours to choose from."
  }
}
