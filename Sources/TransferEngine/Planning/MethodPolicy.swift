internal import ClinicalMessages
internal import SafeText

/// Decides how a file travels: inside the message or uploaded first. Pure.
///
/// | file | way |
/// |---|---|
/// | up to the advised size | inside the message |
/// | larger | uploaded, where the environment takes uploads and the file is not too large for one |
/// | larger, no upload | inside the message, up to the limit |
/// | over every limit | none: a problem that says why |
struct MethodPolicy: Sendable {
  let limits: Limits
  let environment: ProfileSummary.Environment

  /// - Parameters:
  ///   - byteCount: of the file.
  ///   - embeddedRequestBytes: of the whole request, if the file travels inside.
  ///   - forced: what a person asked for.
  func decide(byteCount: Int, embeddedRequestBytes: Int, forced: DeliveryMethod?) -> MethodDecision {
    var closed: [DeliveryMethod: DisplayText] = [:]
    closed[.embed] = whyNotEmbed(byteCount, embeddedRequestBytes)
    closed[.upload] = whyNotUpload(byteCount)

    if let forced { return MethodDecision(method: forced, reason: "Chosen by you.", closed: closed) }
    let advised = ByteText.size(limits.advisedEmbedBytes)
    if byteCount <= limits.advisedEmbedBytes, closed[.embed] == nil {
      return MethodDecision(method: .embed, reason: "The file is small, up to \(advised).", closed: closed)
    }
    guard let noUpload = closed[.upload] else {
      let reason: DisplayText =
        byteCount > limits.advisedEmbedBytes
        ? "Redox advises this for files over \(advised)." : "The file cannot travel inside the message."
      return MethodDecision(method: .upload, reason: reason, closed: closed)
    }
    if closed[.embed] == nil { return MethodDecision(method: .embed, reason: noUpload, closed: closed) }
    return MethodDecision(
      method: limits.uploadEnvironments.contains(environment) ? .upload : .embed, reason: "No way is open.", closed: closed)
  }

  /// Why a file of this size cannot travel at all; nil when some way is open, as far as its size goes.
  func objection(toByteCount count: Int) -> DisplayText? {
    guard let noEmbed = whyNotEmbed(count, 4 * ((count + 2) / 3)), let noUpload = whyNotUpload(count) else { return nil }
    return uploadIsTheLargerWay ? noUpload : noEmbed + " " + noUpload
  }

  /// The way that takes the larger files says best why it takes none so large.
  private var uploadIsTheLargerWay: Bool { limits.uploadEnvironments.contains(environment) && limits.uploadBytes >= limits.embedBytes }

  private func whyNotEmbed(_ byteCount: Int, _ requestBytes: Int) -> DisplayText? {
    if byteCount > limits.embedBytes {
      return "\(ByteText.over(byteCount, limits.embedBytes)) is the most inside a message; Redox would answer 413, too large."
    }
    if requestBytes > limits.requestBytes {
      return
        "The message would have \(ByteText.size(requestBytes)) and may have \(ByteText.size(limits.requestBytes)); Redox would answer 413."
    }
    return nil
  }

  private func whyNotUpload(_ byteCount: Int) -> DisplayText? {
    guard limits.uploadEnvironments.contains(environment) else {
      return "Redox takes no uploads from a \(environment.rawValue) environment; it would answer 403, forbidden."
    }
    guard byteCount <= limits.uploadBytes else {
      return "\(ByteText.over(byteCount, limits.uploadBytes)) is the most for an upload; Redox would answer 413, too large."
    }
    return nil
  }
}

/// Sizes in words. 1 MB = 10⁶ bytes, as Redox counts.
enum ByteText {
  static func size(_ bytes: Int) -> DisplayText {
    if bytes < 1000 { return "\(bytes) bytes" }
    if bytes < 1_000_000 { return "\(decimal(bytes, 1000)) KB" }
    return "\(decimal(bytes, 1_000_000)) MB"
  }

  /// `The file has 12.6 MB; 10 MB`, exact where rounding would hide that it is over.
  static func over(_ bytes: Int, _ limit: Int) -> DisplayText {
    let (rounded, allowed) = (size(bytes), size(limit))
    return rounded == allowed ? "The file has \(bytes) bytes; \(limit)" : "The file has \(rounded); \(allowed)"
  }

  /// One decimal, none when it is zero; rounded down, so that a limit never looks larger than it is.
  private static func decimal(_ bytes: Int, _ unit: Int) -> String {
    let tenths = bytes * 10 / unit
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }
}
