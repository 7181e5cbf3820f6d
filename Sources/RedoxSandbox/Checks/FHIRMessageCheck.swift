/// A FHIR message Bundle for `$documentreference-create`, checked against R4 and what Redox asks.
///
/// Whether data and URLs of attachments are what they say is the intake's business; here only the resources are judged.
struct FHIRMessageCheck {
  struct Attachment {
    var place: String
    var value: JSON
  }

  /// A document elsewhere, and the place where it is named.
  struct Target: Equatable {
    enum Name: Equatable {
      case identifier(system: String?, value: String)
      /// The id in a `DocumentReference/…` reference, as the reply's location gave it.
      case id(String)
    }

    var place: String
    var name: Name
  }

  static let eventURI = "https://fhir.redoxengine.com/EventDefinition/DocumentReferenceCreate"

  let bundle: JSON
  private(set) var issues: [Issue] = []
  private(set) var attachments: [Attachment] = []
  /// The document's `masterIdentifier`, else its first identifier.
  private(set) var documentID: String?
  private(set) var documentSystem: String?
  /// The documents that this one replaces.
  private(set) var replaced: [Target] = []
  private(set) var patientIdentifiers: [String] = []
  private(set) var sourceEndpoint: String?

  init(_ bundle: JSON) {
    self.bundle = bundle
    guard bundle["resourceType"] == "Bundle" else {
      issues = [Issue(code: "structure", text: "The request body must be a Bundle", expression: "Bundle.resourceType")]
      return
    }
    checkEmptiness(of: bundle, at: "Bundle")
    check(bundle, at: "Bundle", by: FHIRRules.bundle)
    guard let entries = bundle["entry"]?.array, !entries.isEmpty else { return }
    checkEntries(entries)
    checkReferences(in: entries)
  }

  private mutating func checkEntries(_ entries: [JSON]) {
    var documents = 0
    for (index, entry) in entries.enumerated() {
      let place = "Bundle.entry[\(index)].resource"
      guard let resource = entry["resource"], let type = resource["resourceType"]?.string else {
        report("required", "Every entry needs a resource with a resourceType", place)
        continue
      }
      if entry["request"] != nil { report("structure", "A message has no entry.request", "Bundle.entry[\(index)].request") }
      if index == 0, type != "MessageHeader" { report("structure", "The first entry must be a MessageHeader", place) }
      checkFullURL(of: entry, resource: resource, at: "Bundle.entry[\(index)].fullUrl")
      switch type {
      case "MessageHeader": checkHeader(resource, at: place)
      case "DocumentReference":
        documents += 1
        checkDocument(resource, at: place)
      case "Patient": checkPatient(resource, at: place)
      default: check(resource, at: place, by: FHIRRules.others[type] ?? [])
      }
    }
    if documents != 1 { report("required", "The Bundle must hold one DocumentReference, not \(documents)", "Bundle.entry") }
    let urls = entries.compactMap { $0["fullUrl"]?.string }
    if Set(urls).count != urls.count { report("duplicate", "Each fullUrl may occur once", "Bundle.entry.fullUrl") }
  }

  private mutating func checkFullURL(of entry: JSON, resource: JSON, at place: String) {
    guard let url = entry["fullUrl"]?.string else { return }
    if !FieldFormat.uri.matches(url) { report("value", "fullUrl must be an absolute URI", place) }
    guard url.hasPrefix("urn:uuid:") else { return }
    let uuid = String(url.dropFirst("urn:uuid:".count))
    if !FieldFormat.uuid.matches(uuid) { report("value", "fullUrl is not a UUID", place) }
    if let id = resource["id"]?.string, id != uuid { report("invariant", "fullUrl and the resource's id differ", place) }
  }

  private mutating func checkHeader(_ header: JSON, at place: String) {
    check(header, at: place, by: FHIRRules.messageHeader)
    sourceEndpoint = header["source"]?["endpoint"]?.string
    if header["eventCoding"] != nil { report("structure", "eventCoding belongs to the older $write; use eventUri", place + ".eventCoding") }
    if let event = header["eventUri"]?.string, event != Self.eventURI {
      report("not-supported", "eventUri is not the event of this operation", place + ".eventUri")
    }
  }

  private mutating func checkDocument(_ document: JSON, at place: String) {
    check(document, at: place, by: FHIRRules.documentReference)
    let identifier = document["masterIdentifier"] ?? document["identifier"]?.array?.first
    (documentID, documentSystem) = (identifier?["value"]?.string, identifier?["system"]?.string)
    checkRelations(of: document, at: place)
    if let type = document["type"], !(type["coding"]?.array ?? []).contains(where: { $0["code"]?.string != nil }), type["text"] == nil {
      report("required", "DocumentReference.type needs a coding or a text", place + ".type")
    }
    for (index, content) in (document["content"]?.array ?? []).enumerated() {
      guard let attachment = content["attachment"] else { continue }
      let place = "\(place).content[\(index)].attachment"
      attachments.append(Attachment(place: place, value: attachment))
      if (attachment["data"] != nil) == (attachment["url"] != nil) {
        report(attachment["data"] == nil ? "required" : "structure", "An attachment needs either data or url", place)
      }
    }
  }

  private mutating func checkRelations(of document: JSON, at place: String) {
    for (index, relation) in (document["relatesTo"]?.array ?? []).enumerated() where relation["code"] == "replaces" {
      let place = "\(place).relatesTo[\(index)].target"
      let target = relation["target"]
      // A logical reference is enough; a literal one is taken apart, whatever server it names.
      let steps = target?["reference"]?.string?.split(separator: "/") ?? []
      if let value = target?["identifier"]?["value"]?.string {
        replaced.append(Target(place: place, name: .identifier(system: target?["identifier"]?["system"]?.string, value: value)))
      } else if let type = steps.lastIndex(of: "DocumentReference"), type + 1 < steps.count {
        replaced.append(Target(place: place, name: .id(String(steps[type + 1]))))
      } else {
        report("required", "relatesTo.target must name a DocumentReference, by identifier or by reference", place)
      }
    }
  }

  private mutating func checkPatient(_ patient: JSON, at place: String) {
    check(patient, at: place, by: FHIRRules.patient)
    patientIdentifiers += patient.fields(at: "identifier[].value").compactMap { $0.value?.string }
  }

  /// `urn:uuid:` and contained references must lead somewhere; `Patient/…` alone may name a patient that the destination knows.
  private mutating func checkReferences(in entries: [JSON]) {
    let urls = Set(entries.compactMap { $0["fullUrl"]?.string })
    let names = Set(
      entries.compactMap { entry in
        entry["resource"].flatMap { resource in
          resource["resourceType"]?.string.flatMap { type in resource["id"]?.string.map { "\(type)/\($0)" } }
        }
      })
    for (index, entry) in entries.enumerated() {
      guard let resource = entry["resource"] else { continue }
      let contained = Set((resource["contained"]?.array ?? []).compactMap { $0["id"]?.string })
      resource.visit(at: "Bundle.entry[\(index)].resource") { place, value in
        guard let reference = value["reference"]?.string else { return }
        let isKnown =
          reference.hasPrefix("#")
          ? contained.contains(String(reference.dropFirst()))
          : urls.contains(reference) || names.contains(reference) || reference.hasPrefix("Patient/") || reference.hasPrefix("https://")
            || place.contains(".relatesTo[")
        if !isKnown { report("not-found", "The reference leads to no resource in the Bundle", place + ".reference") }
      }
    }
  }

  /// FHIR knows no null, and nothing empty.
  private mutating func checkEmptiness(of value: JSON, at place: String) {
    value.visit(at: place) { place, value in
      if !value.isFilled { report("invalid", "Empty values and null are not allowed", place) }
    }
  }

  private mutating func check(_ resource: JSON, at place: String, by rules: [FieldRule]) {
    for finding in rules.flatMap({ $0.findings(in: resource) }) {
      let path = "\(place).\(finding.path)"
      let name = "\(resource["resourceType"]?.string ?? "Resource").\(finding.path)"
      switch finding.problem {
      case .missing: report("required", "\(name) is required", path)
      case .wrongKind(let kind): report("structure", "\(name) must be \(kind.rawValue)", path)
      case .notAllowed(let allowed): report("code-invalid", "\(name) must be one of \(allowed.joined(separator: ", "))", path)
      case .wrongFormat(let format): report("value", "\(name) must be \(format.rawValue)", path)
      }
    }
  }

  private mutating func report(_ code: String, _ text: String, _ expression: String) {
    issues.append(Issue(code: code, text: text, expression: expression))
  }
}

extension JSON {
  /// Calls `body` for this value and everything in it, with FHIRPath-like places.
  func visit(at place: String, _ body: (String, JSON) -> Void) {
    body(place, self)
    switch self {
    case .array(let values):
      for (index, value) in values.enumerated() { value.visit(at: "\(place)[\(index)]", body) }
    case .object(let members):
      for (name, value) in members.sorted(by: { $0.key < $1.key }) { value.visit(at: "\(place).\(name)", body) }
    default: break
    }
  }
}
