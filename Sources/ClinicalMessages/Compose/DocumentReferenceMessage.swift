import SafeText
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// FHIR R4 `DocumentReference` in a message Bundle, as Redox's `$documentreference-create` takes it, with US Core's must-haves.
///
/// The Bundle holds a MessageHeader, the DocumentReference and the Patient, and beside them the Practitioner, Encounter and
/// Organization that the draft knows. References stay inside the Bundle.
struct DocumentReferenceMessage {
  static func compose(_ draft: MessageDraft, method: DeliveryMethod) -> JSONValue {
    DocumentReferenceMessage(draft: draft, method: method).bundle
  }

  private let draft: MessageDraft
  private let method: DeliveryMethod
  private let entries: EntryIdentity
  private let practitioner: JSONValue?
  private let encounter: JSONValue?
  private let organization: JSONValue?

  private init(draft: MessageDraft, method: DeliveryMethod) {
    self.draft = draft
    self.method = method
    let entries = EntryIdentity(bundleID: draft.identity.bundleID)
    self.entries = entries
    practitioner = draft.fields.provider.flatMap { FHIRPeople.practitioner($0, id: entries.id(.practitioner), routing: draft.routing) }
    encounter = FHIRPeople.encounter(visitNumber: draft.fields.visitNumber, entries: entries, routing: draft.routing)
    organization = FHIRPeople.organization(name: draft.routing.organizationName, id: entries.id(.organization))
  }

  private var bundle: JSONValue {
    .message([
      "resourceType": "Bundle",
      "id": .string(draft.identity.bundleID),
      "meta": .record(["security": confidentiality]),
      "type": "message",
      "timestamp": .instant(draft.identity.createdAt),
      "entry": .list([
        entry(.messageHeader, messageHeader),
        entry(.documentReference, documentReference),
        entry(.patient, FHIRPeople.patient(draft.patient, id: entries.id(.patient), routing: draft.routing)),
        practitioner.flatMap { entry(.practitioner, $0) },
        encounter.flatMap { entry(.encounter, $0) },
        organization.flatMap { entry(.organization, $0) },
      ]),
    ])
  }

  private func entry(_ role: EntryIdentity.Role, _ resource: JSONValue) -> JSONValue? {
    .record(["fullUrl": .string(entries.url(role)), "resource": resource])
  }

  /// The destination is named by the request's URL alone: a second name in here could contradict it.
  private var messageHeader: JSONValue {
    .message([
      "resourceType": "MessageHeader",
      "id": .string(entries.id(.messageHeader)),
      "eventUri": .text(draft.routing.fhirEventURI),
      "source": .message([
        "name": .text(draft.routing.sourceName),
        "endpoint": .string(sourceEndpoint),
      ]),
      "focus": .list(entries.reference(.documentReference)),
    ])
  }

  /// FHIR requires the element. Without a source ID it is the nil UUID, which says so, rather than an id that looks like one.
  private var sourceEndpoint: String {
    let id = draft.routing.sourceID.map(PlainText.normalized) ?? ""
    return "urn:uuid:\(id.isEmpty ? "00000000-0000-0000-0000-000000000000" : id.lowercased())"
  }

  private var documentReference: JSONValue {
    .message([
      "resourceType": "DocumentReference",
      "id": .string(entries.id(.documentReference)),
      "meta": .record([
        "profile": .list("http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference"),
        "security": confidentiality,
      ]),
      "masterIdentifier": documentIdentifier,
      // Again as `identifier`: US Core's servers search and compare by this one.
      "identifier": .list(documentIdentifier),
      "status": "current",
      "docStatus": .string(draft.fields.completion.rawValue),
      "type": .message([
        "coding": .list(
          FHIRParts.coding(system: CodeSystem.loinc, code: draft.fields.documentType.code, display: draft.fields.documentType.display)),
        "text": .text(draft.fields.documentType.display),
      ]),
      "category": .list(
        .record(["coding": .list(FHIRParts.coding(system: CodeSystem.documentCategory, code: "clinical-note", display: "Clinical Note"))])),
      "subject": entries.reference(.patient),
      "date": .instant(draft.identity.createdAt),
      "author": .list(practitioner.map { _ in entries.reference(.practitioner) }),
      "custodian": organization.map { _ in entries.reference(.organization) },
      "relatesTo": .list(replacement),
      "description": .text(draft.fields.title) ?? .text(draft.document.fileName.reveal()),
      "securityLabel": confidentiality.map { .array([.message(["coding": $0])]) },
      "content": .list(.record(["attachment": attachment])),
      "context": context,
    ])
  }

  private var documentIdentifier: JSONValue {
    DocumentIdentifier(documentID: draft.identity.documentID, system: draft.routing.documentIdentifierSystem).json
  }

  /// The document that this one replaces, by the number that it was sent with. FHIR allows that for a target outside of the Bundle, and
  /// it is what is known for certain: the location in Redox's reply is an address at Redox, perhaps of one version, of which no source
  /// says that the destination knows it.
  private var replacement: JSONValue? {
    guard case .replace(let documentID) = draft.purpose else { return nil }
    let original = DocumentIdentifier(documentID: documentID, system: draft.routing.documentIdentifierSystem)
    return .message([
      "code": "replaces",
      "target": .message(["type": "DocumentReference", "identifier": original.json]),
    ])
  }

  /// Nil for a document of ordinary confidentiality, which needs no label.
  private var confidentiality: JSONValue? {
    let display: String
    switch draft.fields.confidentiality {
    case .normal: return nil
    case .restricted: display = "restricted"
    case .veryRestricted: display = "very restricted"
    }
    return .list(FHIRParts.coding(system: CodeSystem.confidentiality, code: draft.fields.confidentiality.rawValue, display: display))
  }

  private var attachment: JSONValue {
    let document = draft.document
    return .message([
      "contentType": .text(document.mediaType),
      "data": method == .embed ? .hole : nil,
      "url": method == .upload ? .hole : nil,
      "size": .number(document.byteCount),
      "hash": document.sha1.isEmpty ? nil : .string(Data(document.sha1).base64EncodedString()),
      "title": .text(document.fileName.reveal()),
      "creation": .instant(document.lastModified),
    ])
  }

  private var context: JSONValue? {
    .record([
      "encounter": .list(encounter.map { _ in entries.reference(.encounter) }),
      "period": .record(["start": .instant(draft.fields.serviceDate)]),
      "related": .list(order),
    ])
  }

  /// The placed order by its number alone; the order itself is not in the Bundle.
  private var order: JSONValue? {
    guard let number = draft.fields.orderNumber else { return nil }
    return FHIRParts.identifier(type: "PLAC", value: number, mapping: draft.routing.identifierSystems).map {
      .message(["type": "ServiceRequest", "identifier": $0])
    }
  }
}
