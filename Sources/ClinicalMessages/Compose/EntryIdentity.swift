#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Ids of a Bundle's entries, derived from the Bundle's own, so that composing twice gives the same bytes.
struct EntryIdentity {
  /// What an entry is in its message; the number tells its id from its siblings'.
  enum Role: UInt8, CaseIterable {
    case messageHeader = 1, documentReference, patient, practitioner, encounter, organization
  }

  /// A lower-case UUID.
  let bundleID: String

  /// The Bundle's UUID with the role's number mixed into its last digits. A random UUID stays one by that, and two Bundles whose ids
  /// differ in nothing but those digits do not occur.
  func id(_ role: Role) -> String {
    guard let bundle = UUID(uuidString: bundleID) else { return "\(bundleID)-\(role.rawValue)" }
    var bytes = bundle.uuid
    bytes.15 ^= role.rawValue
    return UUID(uuid: bytes).uuidString.lowercased()
  }

  func url(_ role: Role) -> String { "urn:uuid:\(id(role))" }

  /// A FHIR Reference to an entry of the same Bundle.
  func reference(_ role: Role) -> JSONValue { .message(["reference": .string(url(role))]) }
}
