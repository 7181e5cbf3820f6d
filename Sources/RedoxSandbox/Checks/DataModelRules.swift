/// The rules of each Data Model event that can carry a file, from Redox's published schemas and field lists.
struct DataModelRules: Sendable {
  /// Where the file stands, and where its name does.
  struct FilePlace: Sendable {
    var content: String
    var name: String?
  }

  var rules: [FieldRule]
  var file: FilePlace?
  /// The field that holds the document's identifier.
  var documentID: String
  /// The field that holds the identifier of a document which must have come before.
  var earlierDocument: String?

  static func of(model: String, event: String) -> DataModelRules? {
    switch (model, event) {
    case ("Media", "New"):
      DataModelRules(rules: common + media + [.required("Media.FileContents")], file: mediaFile, documentID: "Media.DocumentID")
    case ("Media", "Replace"):
      DataModelRules(
        rules: common + media + [.required("Media.FileContents"), .required("Media.OriginalDocumentID")], file: mediaFile,
        documentID: "Media.DocumentID", earlierDocument: "Media.OriginalDocumentID")
    case ("Media", "Delete"):
      DataModelRules(rules: common + media, documentID: "Media.DocumentID", earlierDocument: "Media.DocumentID")
    case ("Notes", "New"): DataModelRules(rules: common + note, file: noteFile, documentID: "Note.DocumentID")
    case ("Notes", "Replace"):
      DataModelRules(
        rules: common + note + [.required("Note.OriginalDocumentID")], file: noteFile, documentID: "Note.DocumentID",
        earlierDocument: "Note.OriginalDocumentID")
    case ("Notes", "Delete"):
      DataModelRules(rules: common + note, documentID: "Note.DocumentID", earlierDocument: "Note.DocumentID")
    case ("Results", "New"):
      DataModelRules(rules: common + results + [.required("Orders[].ID")], file: resultFile, documentID: "Orders[].ID")
    case ("Results", "NewUnsolicited"):
      DataModelRules(
        rules: common + results + [.required("Orders[].ApplicationOrderID"), .optional("Orders[].ID")], file: resultFile,
        documentID: "Orders[].ApplicationOrderID")
    default: nil
    }
  }

  private static let mediaFile = FilePlace(content: "Media.FileContents", name: "Media.FileName")
  private static let noteFile = FilePlace(content: "Note.FileContents", name: "Note.FileName")
  private static let resultFile = FilePlace(content: "Orders[].Results[].Value", name: nil)

  /// The parts that every event has.
  static let common: [FieldRule] =
    [
      .optional("Meta.EventDateTime", format: .dateTime),
      .optional("Meta.Test", .boolean),
      .optional("Meta.FacilityCode"),
      .optional("Meta.Source", .object),
      .required("Meta.Source.ID", format: .uuid),
      .optional("Meta.Source.Name"),
      .required("Meta.Destinations", .array),
      .required("Meta.Destinations[].ID", format: .uuid),
      .optional("Meta.Destinations[].Name"),
      .required("Patient", .object),
      .required("Patient.Identifiers", .array),
      .required("Patient.Identifiers[].ID"),
      .required("Patient.Identifiers[].IDType"),
      .optional("Patient.Demographics", .object),
      .optional("Patient.Demographics.FirstName"),
      .optional("Patient.Demographics.MiddleName"),
      .optional("Patient.Demographics.LastName"),
      .optional("Patient.Demographics.DOB", format: .date),
      .optional("Patient.Demographics.SSN"),
      .optional("Patient.Demographics.Sex", in: ["Female", "Male", "Nonbinary", "Other", "Unknown"]),
      .optional("Patient.Demographics.IsHispanic", .boolean),
      .optional("Patient.Demographics.IsDeceased", .boolean),
      .optional("Patient.Demographics.DeathDateTime", format: .dateTime),
      .optional("Patient.Demographics.PhoneNumber", .object),
      .optional("Patient.Demographics.EmailAddresses", .array),
      .optional("Patient.Notes", .array),
      .optional("Visit", .object),
      .optional("Visit.AccountNumber"),
      .optional("Visit.VisitDateTime", format: .dateTime),
    ] + address("Patient.Demographics.Address")

  private static let media: [FieldRule] =
    [
      .required("Media", .object),
      .required("Media.FileType"),
      .required("Media.FileName"),
      .required("Media.DocumentType"),
      .required("Media.DocumentID"),
      .optional("Media.DocumentDescription"),
      .optional("Media.CreationDateTime", format: .dateTime),
      .optional("Media.ServiceDateTime", format: .dateTime),
      .optional("Media.Authenticated", in: ["True", "False"]),
      .optional("Media.Authenticator", .object),
      .required("Media.Availability", in: ["Available", "Unavailable"]),
      .optional("Media.Notifications", .array),
    ] + provider("Media.Provider", isRequired: true)

  private static let note: [FieldRule] =
    [
      .required("Note", .object),
      .required("Note.ContentType", in: ["Plain Text", "Rich Text", "Base64 Encoded"]),
      .optional("Note.FileContents"),
      .optional("Note.FileName"),
      .optional("Note.FileType"),
      .required("Note.DocumentType"),
      .required("Note.DocumentID"),
      .optional("Note.DocumentDescription"),
      .optional("Note.ServiceDateTime", format: .dateTime),
      .optional("Note.DocumentationDateTime", format: .dateTime),
      .optional("Note.Status", in: ["Authenticated", "In progress"]),
      .optional("Note.Availability", in: ["Available", "Cancelled", "Deleted", "Obsolete", "Unavailable"]),
      .optional("Note.Authenticator", .object),
      .optional("Note.Notifications", .array),
      .optional("Note.Components", .array),
    ] + provider("Note.Provider", isRequired: true)

  private static let results: [FieldRule] =
    [
      .required("Orders", .array),
      .required("Orders[].Status", in: ["Cancel", "New", "Resulted", "Update"]),
      .optional("Orders[].TransactionDateTime", format: .dateTime),
      .optional("Orders[].CollectionDateTime", format: .dateTime),
      .optional("Orders[].CompletionDateTime", format: .dateTime),
      .optional("Orders[].ResultsStatus", in: ["Canceled", "Corrected", "Final", "In Process", "Other", "Preliminary", "Unavailable"]),
      .optional("Orders[].Priority", in: ["ASAP", "Preoperative", "Routine", "Stat", "Timing Critical"]),
      .optional("Orders[].Procedure", .object),
      .optional("Orders[].Procedure.Code"),
      .optional("Orders[].Procedure.Codeset"),
      .optional("Orders[].Procedure.Description"),
      .required("Orders[].Results", .array),
      .required("Orders[].Results[].Code"),
      .optional("Orders[].Results[].Codeset"),
      .optional("Orders[].Results[].Description"),
      .required("Orders[].Results[].Value"),
      .required("Orders[].Results[].ValueType", in: valueTypes),
      .optional("Orders[].Results[].FileType"),
      .optional("Orders[].Results[].CompletionDateTime", format: .dateTime),
      .optional(
        "Orders[].Results[].Status",
        in: ["Canceled", "Corrected", "Deleted", "Final", "Incomplete", "None Specified", "Preliminary", "Unavailable"]),
      .optional("Orders[].Results[].ReferenceRange", .object),
      .optional("Orders[].Results[].ReferenceRange.Low", .number),
      .optional("Orders[].Results[].ReferenceRange.High", .number),
    ] + provider("Orders[].Provider", isRequired: false)

  private static let valueTypes = [
    "Address", "Coded Entry", "Date", "DateTime", "Encapsulated Data", "Formatted Text", "ID", "ID And Name", "Money", "Name", "Numeric",
    "Phone Number", "Price", "Reference Pointer", "String", "Structured Numeric", "Time",
  ]

  private static func provider(_ path: String, isRequired: Bool) -> [FieldRule] {
    // Media and Notes need the provider's ID; elsewhere a provider may be known by name only.
    (isRequired ? [.required(path, .object), .required(path + ".ID")] : [.optional(path, .object), .optional(path + ".ID")]) + [
      .optional(path + ".IDType"), .optional(path + ".FirstName"), .optional(path + ".LastName"), .optional(path + ".NPI"),
      .optional(path + ".Credentials", .array),
    ]
  }

  private static func address(_ path: String) -> [FieldRule] {
    [.optional(path, .object)]
      + ["StreetAddress", "City", "State", "ZIP", "County", "Country"].map { .optional(path + "." + $0) }
  }
}
