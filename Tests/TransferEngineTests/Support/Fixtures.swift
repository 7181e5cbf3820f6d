import ClinicalMessages
import Documents
import Foundation
import SafeText
import Synchronization
import SystemPackage
import TestSupport

@testable import TransferEngine

enum Fixtures {
  static func profile(
    _ environment: ProfileSummary.Environment = .staging, name: String = "main", credentials: CredentialSource? = nil, slug: Bool = true
  ) -> Profile {
    Profile(
      summary: ProfileSummary(
        name: name, environment: environment, isProduction: environment == .production, destinationName: "Redox EMR",
        host: "api.redoxengine.com",
        isSandbox: false),
      routing: Samples.routing, credentials: credentials ?? .clientAssertion(clientID: "c", keyID: "k", keyFile: "/key", scope: nil),
      urls: ServiceURLs(fhir: slug ? "https://api.redoxengine.com/fhir" : nil))
  }

  static func document(_ byteCount: Int, path: FilePath = "/docs/bixby-consent.pdf", verdict: Verdict = .allow) -> Document {
    Document(
      path: path,
      identity: FileIdentity(
        device: 1, inode: 2, byteCount: byteCount, modifiedNanoseconds: 1_700_000_000_000_000_000, sha256: Array(repeating: 7, count: 32),
        sha1: Array(repeating: 5, count: 20)),
      inspection: Inspection(type: DocumentType(name: "PDF document", mediaType: "application/pdf", fileType: "PDF"), verdict: verdict))
  }

  static func draft(
    _ byteCount: Int, kind: MessageKind = .media, forced: DeliveryMethod? = nil, patient: Patient = Samples.timothy,
    verdict: Verdict = .allow,
    identity: MessageIdentity = Samples.identity
  ) -> Draft {
    Draft(
      document: document(byteCount, verdict: verdict), patient: patient, kind: kind,
      fields: MessageFields(documentType: CodedValue(code: "34109-9", display: "Note"), provider: Samples.provider), forcedMethod: forced,
      identity: identity)
  }

  static func planner(_ environment: ProfileSummary.Environment = .staging, limits: Limits = Limits()) -> Planner {
    Planner(profile: profile(environment), limits: limits, messages: .standard)
  }

  static let binding = TransferBinding(profile())

  static let words = FailureWords(
    host: "api.redoxengine.com", environment: .staging, limits: Limits(), method: .embed, documentID: "doc-1")

  static func failure(_ code: String) -> TransferFailure { TransferFailure(code: code, explanation: "", remedy: "") }

  static func stored(
    _ id: String, state: TransferState = .queued, owner: String?, plan: Plan = planner().plan(draft(1000)), profile: String = "main",
    binding: TransferBinding = Fixtures.binding, queued: Double = 0
  ) -> StoredTransfer {
    StoredTransfer(
      id: TransferSnapshot.ID(id), profile: profile, order: TransferOrder(plan, binding: binding), state: state, receipt: TransferReceipt(),
      failures: 0,
      owner: owner,
      queuedAt: Date(timeIntervalSince1970: 1_800_000_000 + queued), changedAt: Date(timeIntervalSince1970: 1_800_000_000 + queued))
  }
}

/// A folder that is gone when its owner is.
final class TemporaryFolder: Sendable {
  let path: FilePath

  init() throws {
    path = FilePath(NSTemporaryDirectory()).appending("chartdrop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }

  var places: Places { Places(configuration: path.appending("config.toml"), state: path.appending("state")) }
}
