/// How large things may be. All in bytes, 1 MB = 10⁶ bytes; configurable, since Redox has changed them several times.
public struct Limits: Sendable, Hashable {
  /// Redox's advice for files inside a message: up to about 200 KB ("Sending a file", all versions up to June 2026).
  public var advisedEmbedBytes: Int
  /// Largest file inside a message: 10 MB, beyond it 413 ("Sending a file" of 2022; the quotas page of March 2024 says the same).
  public var embedBytes: Int
  /// Largest message request: 40 MB for API traffic (quotas page of August 2025).
  public var requestBytes: Int
  /// Largest upload: 30 MB, counted apart from the request ("Transferring files"; quotas page of August 2025).
  public var uploadBytes: Int
  /// Where uploads are taken. In 2022 a development environment answered 403 to everybody; since October 2025 the pages say that
  /// paid accounts may upload in any environment and free ones in staging and production only.
  public var uploadEnvironments: Set<ProfileSummary.Environment>

  public init(
    advisedEmbedBytes: Int = 200_000, embedBytes: Int = 10_000_000, requestBytes: Int = 40_000_000, uploadBytes: Int = 30_000_000,
    uploadEnvironments: Set<ProfileSummary.Environment> = [.staging, .production]
  ) {
    self.advisedEmbedBytes = advisedEmbedBytes
    self.embedBytes = embedBytes
    self.requestBytes = requestBytes
    self.uploadBytes = uploadBytes
    self.uploadEnvironments = uploadEnvironments
  }
}
