internal import ClinicalMessages
internal import SafeText

/// What a transfer was reviewed for. It goes there and nowhere else, whatever the profile's name means by then.
struct TransferBinding: Sendable, Hashable, Codable {
  var environment: String
  var isProduction: Bool
  var host: String
  var destinationID: String
  var sourceID: String?
  /// The credentials' own name: client ID or API key.
  var client: String
  /// Upload, endpoint, FHIR.
  var addresses: [String]

  init(_ profile: Profile) {
    environment = profile.summary.environment.rawValue
    isProduction = profile.summary.isProduction
    host = profile.summary.host.string
    destinationID = profile.routing.destinationID
    sourceID = profile.routing.sourceID
    client =
      switch profile.credentials {
      case .clientAssertion(let clientID, _, _, _): clientID
      case .legacy(let apiKey, _): apiKey
      }
    // The stand-in inside the program listens at another port each time, and nothing of it leaves the machine.
    addresses = profile.summary.isSandbox ? [] : [profile.urls.upload, profile.urls.endpoint, profile.urls.fhir ?? ""]
  }

  /// Why a transfer that was reviewed for this may not go out to `other`; nil when they are the same.
  func objection(to other: TransferBinding) -> TransferFailure? {
    guard self != other else { return nil }
    let (reviewed, present) = (place, other.place)
    let difference =
      reviewed == present
      ? "The profile has another address, destination, source or key now than when this was reviewed."
      : "This was reviewed for \(reviewed); the profile means \(present) now."
    return TransferFailure(
      code: "profile-changed", explanation: difference + " It was not sent.", remedy: "Choose the document anew and send it.")
  }

  private var place: String { "\(environment) at \(host)" }
}
