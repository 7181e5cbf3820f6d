internal import SafeText
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A server's answer as it came over the wire.
struct RawReply: Sendable, Equatable {
  /// Bytes of a body that are read; what comes after them is ignored. Redox answers with a few hundred.
  static let bodyLimit = 1_048_576

  var status: Int
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []
  /// False when the body broke off or went over the limit.
  var isComplete = true

  /// The first header of that name; names are compared without regard to case.
  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  static func == (left: RawReply, right: RawReply) -> Bool {
    left.status == right.status && left.body == right.body && left.isComplete == right.isComplete
      && left.headers.map(\.name) == right.headers.map(\.name) && left.headers.map(\.value) == right.headers.map(\.value)
  }
}

/// What a reply says, read leniently: Redox's replies have changed before, and a firewall or a proxy may answer in its stead.
struct ParsedReply: Sendable, Equatable {
  var status: Int
  /// True for a status of 2xx.
  var isSuccess: Bool { (200..<300).contains(status) }
  /// True when the body is a JSON object and came whole.
  var isReadable: Bool
  /// True when the body reports an error, whatever the status says.
  var reportsError: Bool
  var words: [DisplayText]
  var logIDs: [String]
  var locations: [String]
  /// The upload's URI.
  var uploadURI: String?
  /// Seconds from `Retry-After`.
  var retryAfter: Double?
  var serverDate: Date?
  /// The whole body, if it came whole and is JSON.
  var json: ReplyJSON?

  var serverReply: ServerReply { ServerReply(status: status, words: words, logIDs: logIDs) }
}

/// Reads replies. Pure.
enum ReplyParser {
  private static let maximumWords = 12
  private static let maximumIDs = 64
  /// Columns of one sentence.
  private static let maximumColumns = 500

  static func parse(_ reply: RawReply, now: Date) -> ParsedReply {
    let json = reply.isComplete ? ReplyJSON(reply.body) : nil
    let serverDate = reply.header("Date").flatMap(HTTPDate.parse)
    var locations: [String] = []
    if let header = reply.header("Location") { locations.append(header) }
    for entry in json?["entry"]?.elements ?? [] {
      if let location = entry["response"]?["location"]?.text { locations.append(location) }
    }
    return ParsedReply(
      status: reply.status,
      isReadable: json?.isObject ?? false,
      reportsError: json.map(reportsError) ?? false,
      words: words(reply, json),
      logIDs: json.map(logIDs) ?? [],
      locations: bounded(locations),
      uploadURI: uploadURI(json, reply),
      retryAfter: RetryAfter.seconds(reply.header("Retry-After"), now: now, serverDate: serverDate),
      serverDate: serverDate, json: json)
  }

  // MARK: Errors

  private static func reportsError(_ json: ReplyJSON) -> Bool {
    if json["Meta"]?["Errors"]?.elements.isEmpty == false { return true }
    return outcomes(json).contains { outcome in
      (outcome["issue"]?.elements ?? []).contains { issue in
        let severity = issue["severity"]?.text?.lowercased()
        return severity == "error" || severity == "fatal"
      }
    } || failedEntries(json)
  }

  /// The OperationOutcomes of a reply: itself, or inside a Bundle's entries.
  private static func outcomes(_ json: ReplyJSON) -> [ReplyJSON] {
    var found: [ReplyJSON] = []
    if json["issue"] != nil { found.append(json) }
    for entry in json["entry"]?.elements ?? [] {
      for candidate in [entry["resource"], entry["response"]?["outcome"]] {
        if let candidate, candidate["issue"] != nil { found.append(candidate) }
      }
    }
    return found
  }

  /// A Bundle whose entry was answered with 4xx or 5xx.
  private static func failedEntries(_ json: ReplyJSON) -> Bool {
    (json["entry"]?.elements ?? []).contains { entry in
      guard let status = entry["response"]?["status"]?.text?.prefix(3), let code = Int(status) else { return false }
      return code >= 400
    }
  }

  // MARK: Words

  private static func words(_ reply: RawReply, _ json: ReplyJSON?) -> [DisplayText] {
    var found: [String] = []
    if let json {
      found += (json["Meta"]?["Errors"]?.elements ?? []).flatMap(metaError)
      found += outcomes(json).flatMap { $0["issue"]?.elements ?? [] }.compactMap(issue)
      if let description = json["error_description"]?.text {
        found.append(join(description, json["error"]?.text))
      } else if let error = json["error"] {
        found += [error.text ?? error["message"]?.text].compactMap { $0 }
      }
      for key in ["errorDetail", "message", "Message", "detail"] {
        if let text = json[key]?.text ?? json[key]?["message"]?.text { found.append(text) }
      }
      if case .string(let text) = json { found.append(text) }
    } else if reply.status >= 300 || !reply.body.isEmpty {
      let text = String(decoding: reply.body.prefix(65_536), as: UTF8.self)
      if VisibleText.looksLikeHTML(text) || reply.header("Content-Type")?.lowercased().contains("html") == true && text.contains("<") {
        found += VisibleText.lines(ofHTML: text, atMost: 6)
      } else {
        found += text.split(whereSeparator: \.isNewline).prefix(6).map(String.init)
      }
    }
    if found.isEmpty, (300..<400).contains(reply.status), let location = reply.header("Location") {
      found.append("Redirected to \(location.prefix { $0 != "?" })")
    }
    var unique: [DisplayText] = []
    for text in found where !text.allSatisfy(\.isWhitespace) {
      let words = DisplayText(escaping: text.prefix(2_000)).truncated(to: maximumColumns)
      if !unique.contains(words) { unique.append(words) }
    }
    return Array(unique.prefix(maximumWords))
  }

  private static func metaError(_ error: ReplyJSON) -> [String] {
    if let text = error.text { return [text] }
    let origin = [error["Type"]?.text, error["Module"]?.text].compactMap { $0 }.joined(separator: ", ")
    var lines = [join(error["Text"]?.text ?? "Error without a text", origin.isEmpty ? nil : origin)]
    if let details = error["Details"]?.text ?? error["Details"]?["message"]?.text { lines.append(details) }
    if let status = error["DestinationStatusCode"]?.text { lines.append("The destination answered \(status)") }
    return lines
  }

  private static func issue(_ issue: ReplyJSON) -> String? {
    let text = issue["details"]?["text"]?.text
    let diagnostics = issue["diagnostics"]?.text
    if let text, let diagnostics, text != diagnostics { return "\(text): \(diagnostics)" }
    if let only = text ?? diagnostics { return only }
    let coding = issue["details"]?["coding"]?.elements.compactMap { $0["display"]?.text ?? $0["code"]?.text }.first
    return coding ?? issue["code"]?.text
  }

  private static func join(_ text: String, _ origin: String?) -> String {
    guard let origin else { return text }
    return "\(text) (\(origin))"
  }

  // MARK: Receipts

  private static func logIDs(_ json: ReplyJSON) -> [String] {
    var found: [String] = []
    for log in json["Meta"]?["Logs"]?.elements ?? [] {
      found += [log["ID"]?.text, log["AttemptID"]?.text].compactMap { $0 }
    }
    if let id = json["Meta"]?["Message"]?["ID"]?.text { found.append(id) }
    return bounded(found)
  }

  private static func uploadURI(_ json: ReplyJSON?, _ reply: RawReply) -> String? {
    let inBody = ["URI", "uri", "Uri", "URL", "url", "Location", "location"].lazy.compactMap { json?[$0]?.text }.first
    let inEntry = (json?["entry"]?.elements ?? []).lazy.compactMap { $0["response"]?["location"]?.text }.first
    guard let uri = inBody ?? inEntry ?? reply.header("Location"), isPlausible(uri, limit: 4_096) else { return nil }
    return uri
  }

  private static func bounded(_ ids: [String]) -> [String] {
    var unique: [String] = []
    for id in ids where isPlausible(id, limit: 1_024) && !unique.contains(id) { unique.append(id) }
    return Array(unique.prefix(maximumIDs))
  }

  /// Neither empty nor too long, and free of spaces and control characters, which no id or URI has.
  static func isPlausible(_ text: String, limit: Int) -> Bool {
    !text.isEmpty && text.utf8.count <= limit && !text.unicodeScalars.contains { $0.value <= 0x20 || (0x7F...0x9F).contains($0.value) }
  }
}
