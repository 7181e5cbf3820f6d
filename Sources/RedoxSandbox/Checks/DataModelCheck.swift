/// A Data Model message, checked against its event's rules.
struct DataModelCheck {
  /// A file that the message carries or names.
  struct File {
    var place: String
    var content: JSON
    var name: String?
    var fileType: String?
    /// Plain or rich text of a note, which is kept as it stands.
    var isText: Bool
  }

  let message: JSON
  let model: String
  let event: String
  private(set) var problems: [String] = []
  private(set) var files: [File] = []
  private(set) var documentID: String?
  /// The field that names a document which must have come before, and its number.
  private(set) var earlierDocument: (place: String, number: String)?

  init(_ message: JSON) {
    self.message = message
    model = message["Meta"]?["DataModel"]?.string ?? ""
    event = message["Meta"]?["EventType"]?.string ?? ""
    guard case .object = message, case .object? = message["Meta"] else {
      problems = ["Required field missing - Meta"]
      return
    }
    for name in ["DataModel", "EventType"] where (message["Meta"]?[name]?.string ?? "").isEmpty {
      problems.append("Required field missing - Meta.\(name)")
    }
    guard problems.isEmpty else { return }
    guard let rules = DataModelRules.of(model: model, event: event) else {
      problems = ["Unsupported data model and event - \(model):\(event)"]
      return
    }
    problems = rules.rules.flatMap { $0.findings(in: message) }.map(text)
    documentID = message.fields(at: rules.documentID).lazy.compactMap { $0.value?.string }.first
    if let place = rules.earlierDocument, let number = message.value(at: place)?.string { earlierDocument = (place, number) }
    if let place = rules.file { findFiles(place) }
    checkConsistency()
  }

  var patientIdentifiers: [String] {
    message.fields(at: "Patient.Identifiers[].ID").compactMap { $0.value?.string }
  }

  private mutating func findFiles(_ place: DataModelRules.FilePlace) {
    let isNote = model == "Notes"
    for (path, value) in message.fields(at: place.content) {
      guard let value, value.isText, value != "" else { continue }
      let parent = String(path[..<(path.lastIndex(of: ".") ?? path.endIndex)])
      let owner = message.value(at: parent)
      if model == "Results", owner?["ValueType"]?.string != "Encapsulated Data" { continue }
      let contentType = owner?["ContentType"]?.string
      files.append(
        File(
          place: path, content: value, name: owner?["FileName"]?.string, fileType: owner?["FileType"]?.string,
          isText: isNote && contentType != "Base64 Encoded"))
      if model == "Results", owner?["FileType"]?.string?.isEmpty ?? true { problems.append(missing(parent + ".FileType")) }
    }
  }

  /// What holds between fields, which a table of fields cannot say.
  private mutating func checkConsistency() {
    if model == "Notes", event != "Delete", message["Note"]?["ContentType"] == "Base64 Encoded" {
      for name in ["FileContents", "FileName"] where message["Note"]?[name]?.isFilled != true { problems.append(missing("Note." + name)) }
    }
    let body = model == "Notes" ? "Note" : model
    if event == "Delete", message[body]?["FileContents"]?.isFilled == true {
      problems.append("Field not allowed - \(body).FileContents in \(model):\(event)")
    }
    if model == "Media", message["Media"]?["Authenticated"] == "True", message["Media"]?["Authenticator"]?.isFilled != true {
      problems.append(missing("Media.Authenticator"))
    }
  }

  private func missing(_ path: String) -> String { text(Finding(path: path, problem: .missing)) }

  private func text(_ finding: Finding) -> String {
    let place = "\(finding.path) in \(model):\(event)"
    return switch finding.problem {
    case .missing: "Required field missing - \(place)"
    case .wrongKind(let kind): "Wrong type, must be \(kind.rawValue) - \(place)"
    case .notAllowed(let allowed): "Value not allowed, must be one of \(allowed.joined(separator: ", ")) - \(place)"
    case .wrongFormat(let format): "Wrong format, must be \(format.rawValue) - \(place)"
    }
  }
}

extension JSON {
  var isText: Bool {
    switch self {
    case .string, .longString: true
    default: false
    }
  }

  var isFilled: Bool {
    switch self {
    case .null, "": false
    case .array(let values): !values.isEmpty
    case .object(let members): !members.isEmpty
    default: true
    }
  }

  /// The value at a place as `fields(at:)` names it: `Orders[0].Results[1]`.
  func value(at place: String) -> JSON? {
    var value = self
    for step in place.split(separator: ".") {
      let parts = step.split { $0 == "[" || $0 == "]" }
      guard let name = parts.first, let member = value[String(name)] else { return nil }
      value = member
      guard let index = parts.dropFirst().first.flatMap({ Int($0) }) else { continue }
      guard let elements = value.array, elements.indices.contains(index) else { return nil }
      value = elements[index]
    }
    return value
  }
}
