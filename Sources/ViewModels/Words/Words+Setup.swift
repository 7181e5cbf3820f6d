internal import SafeText
internal import TransferEngine

extension Words {
  enum Setup {
    static let sandbox: DisplayText = "Try it out"
    static let sandboxAbout: DisplayText =
      "With invented patients and sample documents, on a stand-in for Redox inside the program. Nothing leaves this machine."
    static let guided: DisplayText = "Set up the connection to Redox"
    static let guidedAbout: DisplayText =
      "You need your organisation's access to Redox's dashboard. It takes about ten minutes and writes a configuration at the end."

    static func label(_ field: ProfileDraft.Field?) -> DisplayText {
      switch field {
      case .environment: "Environment"
      case .destinationName: "Destination"
      case .destinationID: "Destination ID"
      case .destinationSlug: "Short name"
      case .sourceID: "Source ID"
      case .clientID: "Client ID"
      case .roster: "Patient list"
      case .name: "Profile's name"
      case nil: "Go on: make a key pair"
      }
    }

    static func about(_ field: ProfileDraft.Field?, _ environment: ProfileSummary.Environment) -> DisplayText {
      switch field {
      case .environment:
        switch environment {
        case .development: "The arrow keys left and right change it. Development is for first tests; large files cannot be uploaded there."
        case .staging: "The arrow keys left and right change it. Staging is for tests with the real systems, and the place to begin."
        case .production:
          "The arrow keys left and right change it. Production writes into real charts. Each send asks for the patient's initials and birth year."
        }
      case .destinationName: "How the screens call the place where documents go, such as the hospital's name. You may leave it empty."
      case .destinationID: "Redox's dashboard shows it with the destination. Needed for Media, Notes and Results."
      case .destinationSlug: "The destination's name in the addresses of FHIR, such as redox-emr. Needed for FHIR."
      case .sourceID: "Redox's dashboard shows it with your source. Needed only when your organisation has several."
      case .clientID: "In Redox's dashboard make an OAuth API key for your source; it shows the client ID."
      case .roster: "The file with your patients: CSV with a first line of names, or FHIR. You may leave it empty and name it later."
      case .name: "How the program calls these settings. main is fine."
      case nil: "Makes a key pair on this machine. The private half never leaves it; the public half goes into Redox's dashboard."
      }
    }

    static let notYet: DisplayText = "Something is missing or does not fit; it is marked. Nothing was written yet."
    static let checking: DisplayText = "Making the key pair…"

    static func pasteTitle(_ environment: DisplayText) -> DisplayText { "1. Give Redox the public key (\(environment))" }
    static let paste: DisplayText =
      "In Redox's dashboard open the API key and add the text below as its public key (JWKS), in one piece without line breaks."
    static func file(_ path: DisplayText) -> DisplayText { "The same text is in the file \(path)" }
    static func keyID(_ id: DisplayText) -> DisplayText { "Redox calls this key \(id)" }
    static let testTitle: DisplayText = "2. Test the connection"
    static let test: DisplayText = "Press Enter when Redox has the key. The test sends no patient data."
    static let testing: DisplayText = "Testing…"
    static let passed: DisplayText = "Redox accepts the key. Enter saves the configuration and starts."
    static let failed: DisplayText = "Not right yet: see the marked lines. Enter tests again, W finishes."
    static let busy: DisplayText = "It is being tested; one moment."
    static let written: DisplayText = "The configuration is written."
  }
}
