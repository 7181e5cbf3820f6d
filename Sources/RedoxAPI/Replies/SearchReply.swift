internal import SafeText

/// Reads the answer to a search for a document. Pure.
enum SearchReply {
  private static let maximumLocations = 64

  /// What a `searchset` Bundle says to a query; nil when the answer is none.
  ///
  /// A server may ignore a parameter that it does not know, and then answers with whatever it has. So only a document that shows the
  /// number that was asked for counts as found, and only an answer without any document as proof that there is none.
  static func finding(in json: ReplyJSON, _ query: DocumentQuery) -> DocumentFinding? {
    guard json["resourceType"]?.text == "Bundle", json["type"]?.text == "searchset" else { return nil }
    let documents = (json["entry"]?.elements ?? []).filter { $0["resource"]?["resourceType"]?.text == "DocumentReference" }
    let found = documents.filter { entry in
      identifiers(of: entry).contains { query.matches(system: $0["system"]?.text, value: $0["value"]?.text) }
    }
    if !found.isEmpty { return .found(locations: locations(of: found)) }
    let isWhole = !(json["link"]?.elements ?? []).contains { $0["relation"]?.text == "next" } && json["total"]?.number ?? 0 == 0
    guard documents.isEmpty, isWhole else {
      return .cannotAsk("The destination answered with other documents than the one that was asked for.")
    }
    return .notFound
  }

  private static func identifiers(of entry: ReplyJSON) -> [ReplyJSON] {
    let resource = entry["resource"]
    return (resource?["identifier"]?.elements ?? []) + (resource?["masterIdentifier"]?.elements ?? [])
  }

  private static func locations(of entries: [ReplyJSON]) -> [String] {
    var unique: [String] = []
    for entry in entries {
      let url = entry["fullUrl"]?.text.flatMap { $0.hasPrefix("http") ? $0 : nil }
      guard let location = url ?? entry["resource"]?["id"]?.text.map({ "DocumentReference/\($0)" }),
        ReplyParser.isPlausible(location, limit: 1_024), !unique.contains(location)
      else { continue }
      unique.append(location)
    }
    return Array(unique.prefix(maximumLocations))
  }
}
