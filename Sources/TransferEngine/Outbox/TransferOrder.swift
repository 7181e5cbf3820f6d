internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import SystemPackage

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Everything that is needed to deliver a plan, also by another process after a restart. Encrypted as a whole.
struct TransferOrder: Sendable, Hashable, Codable {
  struct File: Sendable, Hashable, Codable {
    /// Bytes, as the path is.
    var path: Data
    var device: UInt64
    var inode: UInt64
    var byteCount: Int
    var modifiedNanoseconds: Int64
    var sha256: Data
    var sha1: Data
  }

  /// What it was reviewed for.
  var binding: TransferBinding
  var kind: String
  var method: String
  var message: StoredJSON
  /// All zero, without a path, where there is none: a retraction carries no document.
  var file: File
  var fileName: String
  var mediaType: String
  var patientID: String
  /// As lists show it.
  var patientName: String
  /// Birth date and number, as lists show them beside the name; nil in orders of versions that did not keep them.
  var patientBorn: String?
  var patientNumber: String?
  var documentID: String
  /// As in `TransferPurpose`; nil stands for a new document, as in orders of versions that knew nothing else.
  var purpose: String?
  /// The transfer that this one corrects.
  var origin: String?

  init(_ plan: Plan, binding: TransferBinding) {
    self.binding = binding
    let document = plan.draft.document
    let identity = document.identity
    kind = plan.draft.kind.rawValue
    method = plan.method.method.rawValue
    message = StoredJSON(plan.message.json)
    file = File(
      path: Data(document.path.utf8Bytes), device: identity.device, inode: identity.inode,
      byteCount: identity.byteCount, modifiedNanoseconds: identity.modifiedNanoseconds, sha256: Data(identity.sha256),
      sha1: Data(identity.sha1))
    fileName = document.displayName.string
    mediaType = document.inspection.type.mediaType
    patientID = plan.draft.patient.id.rawValue
    let patient = plan.draft.patient
    patientName = PatientBannerText.name(patient.name.reveal()).string
    patientBorn = patient.birthDate?.reveal().banner
    patientNumber = PatientBannerText.number(patient).string
    documentID = plan.draft.identity.documentID
    if case .replace(let original) = plan.draft.purpose {
      purpose = TransferPurpose.replace.rawValue
      origin = original.id.rawValue
    }
  }

  /// An order that retracts what another has brought.
  /// - Parameter message: without a hole.
  init(retracting original: TransferOrder, of id: TransferSnapshot.ID, message: ClinicalMessage, binding: TransferBinding) {
    self = original
    self.binding = binding
    method = message.method.rawValue
    self.message = StoredJSON(message.json)
    file = File(path: Data(), device: 0, inode: 0, byteCount: 0, modifiedNanoseconds: 0, sha256: Data(), sha1: Data())
    purpose = TransferPurpose.retract.rawValue
    origin = id.rawValue
  }

  /// A word of a newer version counts as new: the message says what it does.
  var transferPurpose: TransferPurpose { purpose.flatMap { TransferPurpose(rawValue: $0) } ?? .new }

  /// False for a retraction: there is nothing to read, to look at again or to move away.
  var hasFile: Bool { transferPurpose != .retract }

  /// The message as it was planned; nil when a newer version of the program has written words that this one does not know.
  var clinicalMessage: ClinicalMessage? {
    guard let kind = MessageKind(rawValue: kind), let method = DeliveryMethod(rawValue: method) else { return nil }
    return hasFile
      ? ClinicalMessage(kind: kind, method: method, json: message.value) : ClinicalMessage(withoutFile: kind, json: message.value)
  }

  var path: FilePath { FilePath(bytes: file.path) }

  var identity: FileIdentity {
    FileIdentity(
      device: file.device, inode: file.inode, byteCount: file.byteCount, modifiedNanoseconds: file.modifiedNanoseconds,
      sha256: Array(file.sha256),
      sha1: Array(file.sha1))
  }
}

/// `JSONValue` in a form that can be stored.
indirect enum StoredJSON: Sendable, Hashable, Codable {
  struct Member: Sendable, Hashable, Codable {
    var key: String
    var value: StoredJSON
  }

  case object([Member])
  case array([StoredJSON])
  case string(String)
  case number(Int)
  case bool(Bool)
  case hole

  init(_ value: JSONValue) {
    switch value {
    case .object(let members): self = .object(members.map { Member(key: $0.key, value: StoredJSON($0.value)) })
    case .array(let items): self = .array(items.map { StoredJSON($0) })
    case .string(let text): self = .string(text)
    case .number(let number): self = .number(number)
    case .bool(let flag): self = .bool(flag)
    case .hole: self = .hole
    }
  }

  var value: JSONValue {
    switch self {
    case .object(let members): .object(members.map { JSONValue.Member($0.key, $0.value.value) })
    case .array(let items): .array(items.map(\.value))
    case .string(let text): .string(text)
    case .number(let number): .number(number)
    case .bool(let flag): .bool(flag)
    case .hole: .hole
    }
  }
}
