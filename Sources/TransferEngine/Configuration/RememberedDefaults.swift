public import ClinicalMessages
internal import Dispatch
internal import SystemPackage
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What the form began with last time, so that the next one begins there: the sender's habits, and never anything about a patient.
public struct RememberedDefaults: Sendable, Hashable {
  public var kind: MessageKind?
  public var documentTypes: [MessageKind: CodedValue]
  public var provider: Provider?
  public var completion: MessageFields.Completion?

  public init(
    kind: MessageKind? = nil, documentTypes: [MessageKind: CodedValue] = [:], provider: Provider? = nil,
    completion: MessageFields.Completion? = nil
  ) {
    self.kind = kind
    self.documentTypes = documentTypes
    self.provider = provider
    self.completion = completion
  }

  /// After a message of this kind. Title, numbers, dates and confidentiality belong to one document and are left out.
  public mutating func note(_ kind: MessageKind, _ fields: MessageFields) {
    self.kind = kind
    documentTypes[kind] = fields.documentType
    provider = fields.provider
    completion = fields.completion
  }
}

/// Where the defaults of each profile are kept.
public struct DefaultsMemory: Sendable {
  public var load: @Sendable (_ profile: String) -> RememberedDefaults
  public var save: @Sendable (_ profile: String, _ defaults: RememberedDefaults) async -> Void

  public init(
    load: @escaping @Sendable (String) -> RememberedDefaults, save: @escaping @Sendable (String, RememberedDefaults) async -> Void
  ) {
    self.load = load
    self.save = save
  }

  /// Remembers nothing.
  public static let none = DefaultsMemory(load: { _ in RememberedDefaults() }, save: { _, _ in })

  /// A small file, 0600, in the state folder. It is a convenience: one that cannot be read is as good as none, and one that cannot be
  /// written stops nobody.
  public static func file(of places: Places) -> DefaultsMemory {
    let file = DefaultsFile(path: places.state.appending("defaults.json"))
    return DefaultsMemory(
      load: { file.read()[$0]?.defaults ?? RememberedDefaults() },
      save: { profile, defaults in
        await withCheckedContinuation { continuation in
          DefaultsFile.queue.async {
            var all = file.read()
            all[profile] = StoredDefaults(defaults)
            file.write(all)
            continuation.resume()
          }
        }
      })
  }
}

private struct DefaultsFile: Sendable {
  /// One after the other, so that a late write cannot undo a later one.
  static let queue = DispatchQueue(label: "defaults.file", qos: .utility)
  private static let longest = 256 * 1024

  let path: FilePath

  func read() -> [String: StoredDefaults] {
    guard let bytes = PrivateFile.read(path, limit: Self.longest) else { return [:] }
    return (try? JSONDecoder().decode([String: StoredDefaults].self, from: Data(bytes))) ?? [:]
  }

  func write(_ all: [String: StoredDefaults]) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    guard let data = try? encoder.encode(all), data.count < Self.longest else { return }
    try? PrivateFile.replace(path, contents: Array(data))
  }
}

/// The defaults as they stand in the file. What a newer or older version calls differently is left out.
private struct StoredDefaults: Codable {
  struct DocumentType: Codable {
    var code: String
    var display: String
  }

  struct StoredProvider: Codable {
    var id: String
    var idType: String
    var family: String?
    var given: String?
    var credentials: String?
  }

  var kind: String?
  var documentTypes: [String: DocumentType]?
  var provider: StoredProvider?
  var completion: String?

  init(_ defaults: RememberedDefaults) {
    kind = defaults.kind?.rawValue
    documentTypes = Dictionary(
      uniqueKeysWithValues: defaults.documentTypes.map { ($0.rawValue, DocumentType(code: $1.code, display: $1.display)) })
    provider = defaults.provider.map {
      StoredProvider(id: $0.id, idType: $0.idType, family: $0.family, given: $0.given, credentials: $0.credentials)
    }
    completion = defaults.completion?.rawValue
  }

  var defaults: RememberedDefaults {
    var types: [MessageKind: CodedValue] = [:]
    for (name, type) in documentTypes ?? [:] where LOINC.isWellFormed(type.code) {
      if let kind = MessageKind(rawValue: name) { types[kind] = CodedValue(code: type.code, display: type.display) }
    }
    return RememberedDefaults(
      kind: kind.flatMap(MessageKind.init), documentTypes: types,
      provider: provider.map {
        Provider(id: $0.id, idType: $0.idType, family: $0.family, given: $0.given, credentials: $0.credentials)
      }, completion: completion.flatMap(MessageFields.Completion.init))
  }
}
