internal import Patients
internal import SafeText

/// What may stand in a configuration file: the one list that checking, suggestions, the template and the documentation follow.
enum ConfigurationSchema {
  enum Kind: Sendable, Hashable {
    case text
    case choice([String])
    case flag
    case integer(ClosedRange<Int>)
    /// Whole or fractional seconds.
    case seconds(ClosedRange<Double>)
    case uuid
    /// `https`, or `http` to this machine.
    case url
    /// An `http` URL; the traffic inside stays encrypted.
    case proxy
    case path
    case list(of: [String])
    case anyList
  }

  struct Entry: Sendable, Hashable {
    /// `*` stands for a name of the user's choice.
    let pattern: [String]
    let kind: Kind

    func matches(_ key: [String]) -> Bool {
      key.count == pattern.count && zip(pattern, key).allSatisfy { $0 == "*" || $0 == $1 }
    }
  }

  static let environments = ProfileSummary.Environment.allCases.map(\.rawValue)

  static let entries: [Entry] =
    section(
      [],
      [("default_profile", .text), ("theme", .text), ("mask_lists", .choice(MaskedLists.allCases.map(\.rawValue))), ("locked", .anyList)])
    + section(
      ["profiles", "*"],
      [
        ("environment", .choice(environments)), ("production", .flag), ("destination_id", .uuid), ("destination_name", .text),
        ("destination_slug", .text), ("source_id", .uuid), ("source_name", .text), ("organization", .text), ("roster", .path),
        ("inbox", .path), ("typed_patients", .flag),
      ])
    + section(
      ["profiles", "*", "credentials"],
      [
        ("kind", .choice(["client_assertion", "legacy"])), ("client_id", .text), ("key_id", .text), ("key_file", .path), ("scope", .text),
        ("api_key", .text), ("secret_file", .path),
      ])
    + section(
      ["profiles", "*", "urls"],
      [
        ("token", .url), ("audience", .text), ("legacy_authenticate", .url), ("upload", .url), ("endpoint", .url), ("fhir", .url),
        ("fhir_search", .url),
      ])
    + section(
      ["profiles", "*", "wire"],
      [
        ("upload_part_name", .text), ("source_id_header", .text), ("fhir_event_uri", .text),
        ("referenced_note_content_type", .choice(["Plain Text", "Rich Text", "Base64 Encoded"])), ("document_identifier_system", .text),
        ("fhir_retract", .flag),
      ])
    + section(["profiles", "*", "wire", "identifier_systems"], [("*", .text)])
    + section(
      ["profiles", "*", "defaults"],
      [
        ("provider_id", .text), ("provider_id_type", .text), ("provider_family", .text), ("provider_given", .text),
        ("provider_credentials", .text),
        ("fhir_type", .text), ("media_type", .text), ("notes_type", .text), ("results_type", .text),
      ])
    + section(["profiles", "*", "after"], [("accepted", .choice(["keep", "move", "delete"])), ("folder", .path)])
    + section(["profiles", "*", "providers", "*"], provider)
    + section(["providers", "*"], provider)
    + section(["profiles", "*", "roster_columns"], RosterColumns.Field.allCases.map { ($0.rawValue, .text) })
    + section(
      ["limits"],
      [
        ("advised_embed_bytes", .integer(0...1_000_000_000)), ("embed_bytes", .integer(0...1_000_000_000)),
        ("request_bytes", .integer(1...10_000_000_000)), ("upload_bytes", .integer(0...10_000_000_000)),
        ("upload_environments", .list(of: environments)),
      ])
    + section(
      ["network"],
      [
        ("proxy", .proxy), ("ca_file", .path), ("connect_timeout", .seconds(1...600)), ("idle_timeout", .seconds(5...3600)),
        ("simultaneous_transfers", .integer(1...16)),
      ])
    + section(["history"], [("keep_patient_days", .integer(0...3650)), ("keep_receipts_days", .integer(0...36_500))])
    + section(["state"], [("allow_network_folder", .flag)])
    + section(["sending"], [("hold_seconds", .seconds(0...TransferMachine.longestHold))])

  /// Somebody whom the form offers.
  private static let provider: [(String, Kind)] = [
    ("id", .text), ("id_type", .text), ("family", .text), ("given", .text), ("credentials", .text),
  ]

  /// The list of providers that a key belongs to. A list is one value: nothing of the site's is mixed into the user's.
  static func list(of key: [String]) -> [String]? {
    if key.first == "providers" { return ["providers"] }
    return key.count > 2 && key[0] == "profiles" && key[2] == "providers" ? Array(key.prefix(3)) : nil
  }

  private static func section(_ path: [String], _ keys: [(String, Kind)]) -> [Entry] {
    keys.map { Entry(pattern: path + [$0.0], kind: $0.1) }
  }

  static func entry(for key: [String]) -> Entry? { entries.first { $0.matches(key) } }

  /// Whether a table may have this path: some entry lies below it.
  static func isTable(_ path: [String]) -> Bool {
    entries.contains { $0.pattern.count > path.count && Entry(pattern: Array($0.pattern.prefix(path.count)), kind: $0.kind).matches(path) }
  }

  /// The known key that an unknown one is probably meant to be, dotted.
  static func suggestion(for key: [String]) -> String? {
    // The first part that leads nowhere is the one that was mistyped.
    for depth in key.indices where !isTable(Array(key[...depth])) && entry(for: Array(key[...depth])) == nil {
      let parent = Array(key[..<depth])
      let siblings = Set(
        entries.compactMap { entry -> String? in
          guard entry.pattern.count > depth, Entry(pattern: Array(entry.pattern.prefix(depth)), kind: entry.kind).matches(parent) else {
            return nil
          }
          return entry.pattern[depth] == "*" ? nil : entry.pattern[depth]
        })
      if let near = NearMiss.of(key[depth], among: siblings) { return dotted(parent + [near] + key[(depth + 1)...]) }
      // A right key in the wrong table.
      if let last = key.last, let elsewhere = entries.first(where: { $0.pattern.last == last }) {
        return dotted(elsewhere.pattern.map { $0 == "*" ? "NAME" : $0 })
      }
      return nil
    }
    return nil
  }

  static func dotted(_ key: [String]) -> String { key.joined(separator: ".") }
}
