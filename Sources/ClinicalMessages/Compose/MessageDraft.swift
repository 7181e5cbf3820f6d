public import SafeText
#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Everything a message is composed from. A value: composing reads no clock, no file and no random number.
public struct MessageDraft: Sendable, Hashable {
  public var kind: MessageKind
  public var patient: Patient
  public var document: DocumentDescription
  public var fields: MessageFields
  public var routing: Routing
  public var identity: MessageIdentity
  public var purpose: MessagePurpose

  public init(
    kind: MessageKind, patient: Patient, document: DocumentDescription, fields: MessageFields, routing: Routing, identity: MessageIdentity,
    purpose: MessagePurpose = .new
  ) {
    self.kind = kind
    self.patient = patient
    self.document = document
    self.fields = fields
    self.routing = routing
    self.identity = identity
    self.purpose = purpose
  }
}

/// What a message does with its document.
public enum MessagePurpose: Sendable, Hashable {
  /// Puts it into the chart.
  case new
  /// Puts it in the place of one that was accepted before, which is named by its `MessageIdentity.documentID`.
  case replace(documentID: String)
}

/// What the message says about the file.
public struct DocumentDescription: Sendable, Hashable {
  /// The file's name as text, made valid (no control characters, no invalid UTF-8). May name a patient, hence redacted.
  public var fileName: Redacted<String>
  /// FHIR `contentType`: a MIME type, with a charset for text.
  public var mediaType: String
  /// Redox `FileType`: the bare type in capitals, such as `PDF`.
  public var fileType: String
  /// Bytes before base64.
  public var byteCount: Int
  /// SHA-1 of the bytes before base64, 20 bytes; FHIR's `attachment.hash` is defined as SHA-1.
  public var sha1: [UInt8]
  public var lastModified: Date

  public init(fileName: String, mediaType: String, fileType: String, byteCount: Int, sha1: [UInt8], lastModified: Date) {
    self.fileName = Redacted(fileName)
    self.mediaType = mediaType
    self.fileType = fileType
    self.byteCount = byteCount
    self.sha1 = sha1
    self.lastModified = lastModified
  }
}

/// What a person fills in, with defaults for all that can be known.
public struct MessageFields: Sendable, Hashable {
  public enum Confidentiality: String, Sendable, Hashable, CaseIterable {
    case normal = "N"
    case restricted = "R"
    case veryRestricted = "V"
  }

  /// A draft is `preliminary`; what a clinician has signed off is `final`.
  public enum Completion: String, Sendable, Hashable, CaseIterable {
    case preliminary, final
  }

  /// LOINC document type.
  public var documentType: CodedValue
  /// What the chart shows as the document's name; nil stands for the file's name.
  public var title: String?
  public var provider: Provider?
  public var visitNumber: String?
  /// The placed order's number; Results without one are sent as NewUnsolicited.
  public var orderNumber: String?
  /// When the care that the document tells of took place; nil leaves it out.
  public var serviceDate: Date?
  public var completion: Completion
  public var confidentiality: Confidentiality

  public init(
    documentType: CodedValue, title: String? = nil, provider: Provider? = nil, visitNumber: String? = nil, orderNumber: String? = nil,
    serviceDate: Date? = nil, completion: Completion = .final, confidentiality: Confidentiality = .normal
  ) {
    self.documentType = documentType
    self.title = title
    self.provider = provider
    self.visitNumber = visitNumber
    self.orderNumber = orderNumber
    self.serviceDate = serviceDate
    self.completion = completion
    self.confidentiality = confidentiality
  }
}

/// A code of LOINC with its name.
public struct CodedValue: Sendable, Hashable {
  public var code: String
  public var display: String

  public init(code: String, display: String) {
    self.code = code
    self.display = display
  }
}

/// Who answers for the document.
public struct Provider: Sendable, Hashable {
  public var id: String
  /// `NPI` or a site's own word.
  public var idType: String
  public var family: String?
  public var given: String?
  public var credentials: String?

  public init(id: String, idType: String = "NPI", family: String? = nil, given: String? = nil, credentials: String? = nil) {
    (self.id, self.idType, self.family, self.given, self.credentials) = (id, idType, family, given, credentials)
  }
}

/// Where a message goes and whom it comes from: a profile's part of the message.
public struct Routing: Sendable, Hashable {
  /// Redox's destination UUID, for the Data Model messages.
  public var destinationID: String
  public var destinationName: String?
  /// Redox's source UUID; required when the organisation has several sources.
  public var sourceID: String?
  public var sourceName: String
  /// `Meta.Test`.
  public var isTest: Bool
  /// `MessageHeader.eventUri`; Redox has changed it before, so it is configuration.
  public var fhirEventURI: String
  /// Name of the organisation that keeps the document (FHIR `custodian`).
  public var organizationName: String?
  /// FHIR `identifier.system` per identifier type, for identifiers whose roster names none.
  public var identifierSystems: [String: String]
  /// FHIR `system` of the document's own identifier.
  public var documentIdentifierSystem: String
  /// `Note.ContentType` of a referenced file. Public sources conflict, so it is configuration.
  public var referencedNoteContentType: String

  public init(
    destinationID: String, destinationName: String? = nil, sourceID: String? = nil, sourceName: String, isTest: Bool,
    fhirEventURI: String = "https://fhir.redoxengine.com/EventDefinition/DocumentReferenceCreate", organizationName: String? = nil,
    identifierSystems: [String: String] = [:], documentIdentifierSystem: String = "urn:ietf:rfc:3986",
    referencedNoteContentType: String = "Plain Text"
  ) {
    self.destinationID = destinationID
    self.destinationName = destinationName
    self.sourceID = sourceID
    self.sourceName = sourceName
    self.isTest = isTest
    self.fhirEventURI = fhirEventURI
    self.organizationName = organizationName
    self.identifierSystems = identifierSystems
    self.documentIdentifierSystem = documentIdentifierSystem
    self.referencedNoteContentType = referencedNoteContentType
  }
}

/// What makes the message this one and no other: made once per document, kept across previews, retries and restarts.
public struct MessageIdentity: Sendable, Hashable {
  /// The stable document number: `DocumentID` of the Data Models. A lower-case UUID; FHIR writes it as `urn:uuid:…`.
  public var documentID: String
  /// Ids of the Bundle's entries are derived from this one, so that composing twice gives the same bytes. A lower-case UUID.
  public var bundleID: String
  /// `Meta.EventDateTime`, `Bundle.timestamp`, `DocumentReference.date`.
  public var createdAt: Date

  public init(documentID: String, bundleID: String, createdAt: Date) {
    self.documentID = documentID
    self.bundleID = bundleID
    self.createdAt = createdAt
  }
}
