internal import SafeText

extension Words {
  enum Help {
    static func title(of context: KeyContext) -> DisplayText {
      switch context {
      case .browse: "Files"
      case .browsePrompt: "Filter and path"
      case .patient: "Patient"
      case .message: "Message"
      case .fieldEditor: "Typing into a field"
      case .picker: "Choosing from a list"
      case .preview: "Preview"
      case .previewPrompt: "Finding and saving"
      case .review: "Review"
      case .retype: "Re-typing"
      case .transfers: "Transfers"
      case .transferDetails: "Details of a transfer"
      case .profiles: "Profiles"
      case .help: "Help"
      case .question: "Questions"
      }
    }
  }
}
