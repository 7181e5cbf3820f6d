public import SafeText

/// What a newcomer fills in for a first profile. Empty text means that it is left out.
public struct ProfileDraft: Sendable, Hashable {
  public enum Field: Sendable, Hashable, CaseIterable {
    case environment, destinationName, destinationID, destinationSlug, sourceID, clientID, roster, name
  }

  public var environment = ProfileSummary.Environment.staging
  public var destinationName = ""
  /// UUID, for Data Model messages.
  public var destinationID = ""
  /// Readable name in URLs, for FHIR messages.
  public var destinationSlug = ""
  public var sourceID = ""
  public var clientID = ""
  /// Path of the patient list; absolute, or below `~/`.
  public var roster = ""
  public var name = "main"

  public init() {}

  /// What is wrong with it, and what to do, by field; empty when a configuration can be written.
  public var problems: [Field: DisplayText] {
    var problems: [Field: DisplayText] = [:]
    if !Self.isWord(name) { problems[.name] = "Letters, digits, - and _ only, at most 40; for example main." }
    if destinationID.isEmpty && destinationSlug.isEmpty {
      problems[.destinationID] = "Redox needs to know the destination: fill in this, or the short name below, or both."
    } else if !destinationID.isEmpty && !ConfigurationValueCheck.isUUID(destinationID) {
      problems[.destinationID] = "This does not look like an ID of Redox: 8-4-4-4-12 digits and letters a to f."
    }
    if !destinationSlug.isEmpty && !Self.isWord(destinationSlug) {
      problems[.destinationSlug] = "Letters, digits, - and _ only, as in the address; for example redox-emr."
    }
    if !sourceID.isEmpty && !ConfigurationValueCheck.isUUID(sourceID) {
      problems[.sourceID] = "This does not look like an ID of Redox: 8-4-4-4-12 digits and letters a to f."
    }
    if clientID.isEmpty { problems[.clientID] = "Redox's dashboard shows it with the API key." }
    return problems
  }

  /// What needs no quotation marks as a key of TOML, and no escaping in an address.
  private static func isWord(_ text: String) -> Bool {
    (1...40).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" || $0 == "_")
      }
  }

  /// The text of a configuration file with this one profile.
  /// - Parameters:
  ///   - keyID: the `kid` under which Redox knows the public key.
  ///   - keyFile: path of the private key, relative to the configuration file or absolute.
  public func configuration(keyID: String, keyFile: String) -> String {
    func line(_ key: String, _ value: String) -> String { value.isEmpty ? "" : "\(key) = \(Self.quoted(value))\n" }
    return """
      # Written by chartdrop's set-up. `chartdrop config init --config FILE` writes one that explains every setting.

      default_profile = \(Self.quoted(name))

      [profiles.\(name)]
      \(line("environment", environment.rawValue))\(line("destination_name", destinationName))\(line("destination_id", destinationID))\
      \(line("destination_slug", destinationSlug))\(line("source_id", sourceID))\(line("roster", roster))
      [profiles.\(name).credentials]
      kind = "client_assertion"
      \(line("client_id", clientID))\(line("key_id", keyID))\(line("key_file", keyFile))
      """
  }

  /// A basic string of TOML.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
