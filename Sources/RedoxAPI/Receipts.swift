#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Proof of a working key.
public struct AuthenticationReceipt: Sendable, Hashable {
  /// When the token ends, by this machine's clock.
  public var expires: Date
  /// Server's `Date` header minus this machine's time, in seconds; nil when the server sent none.
  public var clockSkew: Double?

  public init(expires: Date, clockSkew: Double? = nil) {
    self.expires = expires
    self.clockSkew = clockSkew
  }
}

public struct UploadReceipt: Sendable, Hashable {
  /// Opaque; goes into the message as it is.
  public var uri: String
  public var status: Int

  public init(uri: String, status: Int) {
    self.uri = uri
    self.status = status
  }
}

/// Redox's word that it has queued the message. Not proof of delivery into the chart.
public struct MessageReceipt: Sendable, Hashable, Codable {
  public var status: Int
  /// `Meta.Logs[].ID` and `AttemptID`, or the older `Meta.Message.ID`.
  public var logIDs: [String]
  /// FHIR `response.location`s.
  public var locations: [String]
  public var acceptedAt: Date

  public init(status: Int, logIDs: [String], locations: [String], acceptedAt: Date) {
    self.status = status
    self.logIDs = logIDs
    self.locations = locations
    self.acceptedAt = acceptedAt
  }
}
