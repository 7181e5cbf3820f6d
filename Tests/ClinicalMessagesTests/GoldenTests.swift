import ClinicalMessages
import Foundation
import TestSupport
import Testing

/// Whole messages, byte for byte. A change of a golden file is a change of what hospitals receive.
///
/// With `CHARTDROP_WRITE_GOLDENS` in the environment naming this suite's Golden folder, the files are written instead of compared.
@Suite struct GoldenTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var message: ClinicalMessage
    var testDescription: String { name }
  }

  static let examples = first + replacements + retractions

  private static let first: [Example] = MessageKind.allCases.flatMap { kind in
    var confidential = Samples.draft(kind: kind, patient: Samples.awkward, document: Samples.screenshot)
    confidential.fields.confidentiality = .restricted
    confidential.fields.completion = .preliminary
    confidential.fields.orderNumber = nil
    let drafts = [
      ("full", Samples.draft(kind: kind)), ("minimal", Samples.minimalDraft(kind: kind)), ("awkward", confidential),
      ("deceased", Samples.draft(kind: kind, patient: Samples.deceased)),
    ]
    return DeliveryMethod.allCases.flatMap { method in
      drafts.map { Example(name: "\(kind)-\(method)-\($0.0)", message: MessageComposer.compose($0.1, method: method)) }
    }
  }

  private static let uploadURI = "https://blob.redoxengine.com/14652614"

  private static let replacements: [Example] = [MessageKind.fhir, .media, .notes].flatMap { kind in
    DeliveryMethod.allCases.map { method in
      Example(name: "\(kind)-\(method)-replace", message: MessageComposer.compose(Samples.replacement(kind: kind), method: method))
    }
  }

  private static let retractions: [Example] = [MessageKind.fhir, .media, .notes].flatMap { kind in
    DeliveryMethod.allCases.flatMap { method in
      [("full", Samples.draft(kind: kind)), ("minimal", Samples.minimalDraft(kind: kind))].compactMap { name, draft in
        let original = MessageComposer.compose(draft, method: method)
        return Retraction.message(of: original, uploadURI: method == .upload ? uploadURI : nil, identity: Samples.laterIdentity).map {
          Example(name: "\(kind)-retract-\(method)-\(name)", message: $0)
        }
      }
    }
  }

  @Test(arguments: examples) func isByteForByteTheGolden(_ example: Example) throws {
    let message = example.message
    let actual =
      switch message.method {
      case _ where !message.hasHole: message.prefix
      case .embed: message.prefix + Array(Data(Samples.documentBytes).base64EncodedString().utf8) + message.suffix
      case .upload: message.body(withUploadURI: Self.uploadURI)
      }
    if let folder = ProcessInfo.processInfo.environment["CHARTDROP_WRITE_GOLDENS"] {
      try Data(actual + [UInt8(ascii: "\n")]).write(to: URL(filePath: folder).appending(path: "\(example.name).json"))
      return
    }
    let file = try #require(Bundle.module.url(forResource: example.name, withExtension: "json", subdirectory: "Golden"))
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(String(decoding: actual, as: UTF8.self) + "\n" == golden)
  }

  @Test func everyGoldenHasItsExample() throws {
    let folder = try #require(Bundle.module.url(forResource: "Golden", withExtension: nil))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
    #expect(Set(files) == Set(Self.examples.map { "\($0.name).json" }))
  }
}
