/// A FHIR document as `entered-in-error`.
enum DocumentReferenceRetraction {
  static func message(of original: ClinicalMessage, uploadURI: String, _ identity: MessageIdentity) -> ClinicalMessage? {
    guard let bundleID = original.json["id"]?.string,
      original.json["entry"]?.elements.contains(where: isDocument) == true
    else { return nil }
    let renamed = renaming(from: EntryIdentity(bundleID: bundleID), to: EntryIdentity(bundleID: identity.bundleID))
    let json = original.json
      .changing("entry") { entries in
        .array(entries.elements.map { entry in isDocument(entry) ? entry.changing("resource", withdrawn) : entry })
      }
      .mappingLeaves { leaf in
        switch leaf {
        case .hole: .string(uploadURI)
        case .string(let text): renamed[text].map { .string($0) } ?? leaf
        default: leaf
        }
      }
      .setting("timestamp", to: .string(Timestamp.iso(identity.createdAt)))
    return ClinicalMessage(withoutFile: .fhir, json: json)
  }

  private static func isDocument(_ entry: JSONValue) -> Bool { entry["resource"]?["resourceType"] == "DocumentReference" }

  private static func withdrawn(_ document: JSONValue) -> JSONValue {
    document.without(["relatesTo"]).setting("status", to: "entered-in-error").setting("docStatus", to: "entered-in-error")
  }

  /// Ids and references of the original's Bundle, and what they are in the new one: a message is told from others by its ids.
  private static func renaming(from old: EntryIdentity, to new: EntryIdentity) -> [String: String] {
    EntryIdentity.Role.allCases.reduce(into: [old.bundleID: new.bundleID]) { names, role in
      names[old.id(role)] = new.id(role)
      names[old.url(role)] = new.url(role)
    }
  }
}
