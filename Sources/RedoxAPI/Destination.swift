public import ClinicalMessages
public import SafeText

/// Where documents go: Redox, the stand-in, or a test double. All of them pass one contract test-suite; what cuts across (retry,
/// rate limit, logging, faults) is a wrapper of this protocol.
///
/// Contract:
/// - No call retries by itself, except that a 401 renews the token and repeats the request once.
/// - Every call ends soon after its task is cancelled, in every phase, by throwing `.cancelled`; an answer that has come whole by
///   then still counts.
/// - `progress` is called at most some twenty times a second and never after the call has returned. It counts bytes of the file
///   that the peer has acknowledged (file bytes before base64), never goes backwards, and never reaches the end before the reply.
/// - A thrown `DestinationError` says how much of the request the peer may hold, and carries the server's own words.
public protocol Destination: Sendable {
  /// Proves that the credentials work, by getting a token if none is cached. Sends no patient data.
  func authenticate() async throws(DestinationError) -> AuthenticationReceipt

  /// Uploads the file by itself. Harmless to repeat: each upload gives its own URI.
  func upload(_ file: UploadRequest, progress: @escaping ProgressHandler) async throws(DestinationError) -> UploadReceipt

  /// Sends a message with its hole filled. Not harmless to repeat: there is no idempotency key.
  ///
  /// - Parameter release: asked once the kernel has taken all but the message's last part, again if the message is sent a second time
  ///   with a new token. That part leaves only if the answer is yes, so that nobody can have the message whole before.
  func send(
    _ request: MessageRequest, progress: @escaping ProgressHandler, release: @escaping ReleaseHandler
  ) async throws(DestinationError) -> MessageReceipt

  /// Asks whether a document has arrived. Harmless to repeat.
  ///
  /// A server that refuses the question, such as one that has no such search, throws `.refused` with its own words: that says nothing
  /// about the document.
  func find(_ query: DocumentQuery) async throws(DestinationError) -> DocumentFinding
}

/// Told how far a call has come; must not wait for that call.
public typealias ProgressHandler = @Sendable (DeliveryProgress) -> Void

/// Whether the last part of a message may leave.
public typealias ReleaseHandler = @Sendable () async -> Bool

/// How far a call has come.
public struct DeliveryProgress: Sendable, Hashable {
  public enum Phase: Sendable, Hashable {
    /// Getting a token, connecting.
    case connecting
    /// Bytes of the body are on their way.
    case transmitting
    /// The peer has everything; its answer is awaited.
    case finalizing
  }
  public var phase: Phase
  /// Bytes of the file that the peer has acknowledged.
  public var acknowledgedBytes: Int
  /// Bytes of the file; 0 for a request without one.
  public var totalBytes: Int

  public init(phase: Phase, acknowledgedBytes: Int, totalBytes: Int) {
    self.phase = phase
    self.acknowledgedBytes = acknowledgedBytes
    self.totalBytes = totalBytes
  }
}

/// A file to be uploaded by itself.
public struct UploadRequest: Sendable {
  public var content: any ContentSource
  /// The part's `filename`; valid text, quoted by the implementation.
  public var fileName: Redacted<String>
  public var mediaType: String

  public init(content: any ContentSource, fileName: Redacted<String>, mediaType: String) {
    self.content = content
    self.fileName = fileName
    self.mediaType = mediaType
  }
}

/// A message, and what fills its hole.
public struct MessageRequest: Sendable {
  public enum Hole: Sendable {
    case base64(any ContentSource)
    case uploadURI(String)
    /// The message has none: it carries no file.
    case absent
  }
  public var message: ClinicalMessage
  public var hole: Hole

  public init(message: ClinicalMessage, hole: Hole) {
    self.message = message
    self.hole = hole
  }
}

/// A file's bytes, read from the beginning each time it is opened. Memory does not grow with the file.
public protocol ContentSource: Sendable {
  /// Bytes that every reader delivers, no more and no less; promised to the server as part of `Content-Length`.
  var byteCount: Int { get }
  /// May block on the disk; never called on an event loop.
  func makeReader() throws(ContentError) -> any ContentReader
}

/// Delivers a file's bytes in order. Used by one caller at a time; closed when released.
public protocol ContentReader: Sendable {
  /// Reads up to `buffer.count` bytes. Returns 0 at the end, and only after checking that the file is still the one that was chosen.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ContentError) -> Int
}

/// Why a file's bytes could not be delivered.
public enum ContentError: Error, Sendable, Hashable {
  /// Size, modification time, inode or hash differ from when the file was chosen.
  case changed
  case gone
  /// errno of the failed call.
  case unreadable(Int32)
}
