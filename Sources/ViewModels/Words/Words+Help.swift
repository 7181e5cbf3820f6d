internal import SafeText

extension Words {
  enum Help {
    static func title(of context: KeyContext) -> DisplayText {
      switch context {
      case .browse: "Files"
      case .browsePrompt: "Filter and path"
      case .patient: "Patient"
      case .patientForm: "Patient, typed in"
      case .message: "Message"
      case .fieldEditor: "Typing into a field"
      case .picker: "Choosing from a list"
      case .preview: "Preview"
      case .previewPrompt: "Finding and saving"
      case .review: "Review"
      case .retype: "Re-typing"
      case .transfers: "Transfers"
      case .transfersPrompt: "Finding a transfer"
      case .transferDetails: "Details of a transfer"
      case .profiles: "Profiles"
      case .themes: "Colours"
      case .pick: "Short lists"
      case .help: "Help"
      case .question: "Questions"
      case .leftOut: "Files that cannot be sent"
      case .welcome: "First start"
      case .setupForm: "Set-up: connection"
      case .setupKey: "Set-up: key"
      }
    }
  }
}
