/// Elements of FHIR R4 resources that are checked, from the resources' published definitions.
enum FHIRRules {
  static let bundle: [FieldRule] = [
    .required("type", in: ["message"]),
    .optional("timestamp", format: .dateTime),
    .required("entry", .array),
    .optional("entry[].fullUrl"),
    .required("entry[].resource", .object),
  ]

  static let messageHeader: [FieldRule] = [
    .required("eventUri", format: .uri),
    .required("source", .object),
    .required("source.endpoint"),
    .optional("source.name"),
    .optional("focus", .array),
    .required("focus[].reference"),
  ]

  static let documentReference: [FieldRule] =
    [
      .required("status", in: ["current", "superseded", "entered-in-error"]),
      .optional("docStatus", in: ["preliminary", "final", "amended", "entered-in-error"]),
      .optional("masterIdentifier", .object),
      .required("masterIdentifier.value"),
      .optional("identifier", .array),
      .required("type", .object),
      .optional("category", .array),
      .required("subject", .object),
      .required("subject.reference"),
      .optional("date", format: .dateTime),
      .optional("author", .array),
      .optional("custodian", .object),
      .optional("description"),
      .optional("securityLabel", .array),
      .optional("relatesTo", .array),
      .required("relatesTo[].code", in: ["replaces", "transforms", "signs", "appends"]),
      .required("relatesTo[].target", .object),
      .optional("relatesTo[].target.reference"),
      .optional("relatesTo[].target.identifier", .object),
      .optional("relatesTo[].target.identifier.system", format: .uri),
      .optional("relatesTo[].target.identifier.value"),
      .optional("context", .object),
      .optional("context.encounter", .array),
      .optional("context.period.start", format: .partialDateTime),
      .optional("context.period.end", format: .partialDateTime),
      .required("content", .array),
      .required("content[].attachment", .object),
      .required("content[].attachment.contentType", format: .mediaType),
      .optional("content[].attachment.data"),
      .optional("content[].attachment.url", format: .uri),
      .optional("content[].attachment.size", .number),
      .optional("content[].attachment.hash"),
      .optional("content[].attachment.title"),
      .optional("content[].attachment.creation", format: .partialDateTime),
    ] + codings("type") + codings("category[]") + codings("securityLabel[]")

  static let patient: [FieldRule] = [
    .required("identifier", .array),
    .required("identifier[].value"),
    .optional("identifier[].system", format: .uri),
    .optional("name", .array),
    .optional("name[].family"),
    .optional("name[].given", .array),
    .optional("gender", in: ["male", "female", "other", "unknown"]),
    .optional("birthDate", format: .partialDate),
    .optional("deceasedBoolean", .boolean),
    .optional("deceasedDateTime", format: .partialDateTime),
    .optional("telecom", .array),
    .optional("address", .array),
    .optional("address[].line", .array),
  ]

  static let others: [String: [FieldRule]] = [
    "Practitioner": [.optional("identifier", .array), .optional("name", .array), .optional("name[].given", .array)],
    "Organization": [.required("name")],
    "Encounter": [
      .required(
        "status", in: ["planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error", "unknown"]),
      .required("class", .object), .optional("identifier", .array),
    ],
  ]

  private static func codings(_ path: String) -> [FieldRule] {
    [
      .optional(path + ".coding", .array), .optional(path + ".coding[].system", format: .uri), .required(path + ".coding[].code"),
      .optional(path + ".text"),
    ]
  }
}
