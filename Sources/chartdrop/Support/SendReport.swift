import ClinicalMessages
import Documents
import Foundation
import SafeText
import TransferEngine

/// What became of one file of a `send`: for a person as lines, for a script as JSON. Neither holds patient data.
struct SendReport {
  enum Outcome {
    case planned(Plan)
    case unusable(DisplayText)
    case failed(DisplayText)
    case ended(TransferSnapshot)
    /// The same content as an earlier file of this command, by whatever name.
    case repeated(EarlierFile)
  }

  /// A file of the command, by its name and its place among those that were named, from 1.
  struct EarlierFile {
    let name: DisplayText
    let number: Int
  }

  let file: DisplayText
  let plan: Plan?
  var outcome: Outcome
  /// Why the file was not moved or deleted after acceptance, where it should have been.
  var reasonFileWasLeft: DisplayText?

  init(file: DisplayText, prepared: Result<Plan, MessageOptions.Unusable>) {
    self.file = file
    switch prepared {
    case .success(let plan):
      self.plan = plan
      outcome = .planned(plan)
    case .failure(let unusable):
      plan = nil
      outcome = .unusable(unusable.reason)
    }
  }

  /// - Parameter earlier: the file that has brought the same document.
  init(file: DisplayText, repeating earlier: EarlierFile) {
    self.file = file
    // What was planned for it is nobody's business: its number, for one, will never be in a chart.
    plan = nil
    outcome = .repeated(earlier)
  }

  private var warnings: [DisplayText] {
    (plan?.problems ?? []).filter { $0.severity == .warning }.map { "\($0.field): \($0.reason)" }
  }

  private var errors: [DisplayText] {
    (plan?.problems ?? []).filter { $0.severity == .error }.map { "\($0.field): \($0.reason) \($0.remedy)" }
  }

  /// A stable word, what it means, and what an operator looks up.
  private var summary: (word: String, explanation: [DisplayText], receipt: TransferReceipt?) {
    switch outcome {
    case .unusable(let reason): ("unusable", [reason], nil)
    case .failed(let reason): ("failed", [reason], nil)
    case .repeated(let earlier): ("repeated", ["the same document as \(earlier.name), file \(earlier.number); it is not sent again"], nil)
    case .planned(let plan) where !plan.canBeSent: ("refused", errors, nil)
    case .planned(let plan): ("would-be-sent", ["\(plan.method.method.words): \(plan.method.reason)"], nil)
    case .ended(let snapshot): Self.summary(of: snapshot)
    }
  }

  private static func summary(of snapshot: TransferSnapshot) -> (String, [DisplayText], TransferReceipt?) {
    func told(_ failure: TransferFailure) -> [DisplayText] {
      [DisplayText(escaping: failure.explanation), DisplayText(escaping: failure.remedy)]
    }
    return switch snapshot.state {
    case .accepted where snapshot.isUnrecorded:
      ("accepted", ["accepted by Redox, but not recorded: the next start will call it uncertain"], snapshot.receipt)
    case .accepted: ("accepted", ["accepted by Redox, \(snapshot.method.words)"], snapshot.receipt)
    case .refused(let failure): ("refused", told(failure), snapshot.receipt)
    case .failed(let failure): ("failed", told(failure), snapshot.receipt)
    case .uncertain(let failure): ("uncertain", told(failure), snapshot.receipt)
    case .cancelled: ("cancelled", ["cancelled; nothing was accepted"], snapshot.receipt)
    case .paused: ("paused", ["paused by a person; nothing of the message has left"], snapshot.receipt)
    default: ("unfinished", ["not finished"], snapshot.receipt)
    }
  }

  private var isUnrecorded: Bool {
    if case .ended(let snapshot) = outcome { snapshot.isUnrecorded } else { false }
  }

  var lines: [DisplayText] {
    let (word, explanation, receipt) = summary
    var result = ["\(word)\t\(file)\t\(explanation.joined(separator: " "))" as DisplayText]
    result += warnings.map { "  warning: \($0)" }
    if let receipt {
      result += receipt.words.map { "  Redox says: \(DisplayText(escaping: $0))" }
      result += receipt.logIDs.map { "  log: \($0)" } + receipt.locations.map { "  location: \($0)" }
    }
    if let reasonFileWasLeft { result.append("  the file was left where it is: \(reasonFileWasLeft)") }
    return result
  }

  var json: String {
    let (word, explanation, receipt) = summary
    var object: [String: Any] = ["file": file.string, "state": word, "explanation": explanation.map(\.string).joined(separator: " ")]
    if let plan {
      object["kind"] = plan.draft.kind.rawValue
      object["method"] = plan.method.method.rawValue
      object["documentID"] = plan.draft.identity.documentID
      object["bytes"] = plan.draft.document.identity.byteCount
      object["requestBytes"] = plan.requestByteCount
      object["sha256"] = plan.draft.document.identity.sha256.hexadecimal
      object["warnings"] = warnings.map(\.string)
    }
    if case .ended(let snapshot) = outcome {
      object["transfer"] = snapshot.id.rawValue
      object["recorded"] = !snapshot.isUnrecorded
      // The reason may name a folder.
      if reasonFileWasLeft != nil { object["fileLeft"] = true }
    }
    if case .repeated(let earlier) = outcome { object["sameAs"] = earlier.name.string }
    if let receipt {
      object["status"] = receipt.status
      object["uploadURI"] = receipt.uploadURI
      object["logIDs"] = receipt.logIDs
      object["locations"] = receipt.locations
      object["words"] = receipt.words
    }
    guard let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes]) else {
      return "{}"
    }
    return String(decoding: data, as: UTF8.self)
  }

  static func status(of reports: [SendReport], dryRun: Bool) -> ExitStatus {
    let words = reports.map(\.summary.word)
    // What the outbox has counts once this process is gone.
    if words.contains("uncertain") || reports.contains(where: \.isUnrecorded) { return .uncertain }
    if words.contains("unusable") { return .notFound }
    return words.allSatisfy { $0 == "accepted" || (dryRun && $0 == "would-be-sent") } ? .done : .notAccepted
  }
}

extension DeliveryMethod {
  var words: DisplayText {
    switch self {
    case .embed: "inside the message"
    case .upload: "uploaded first"
    }
  }
}

extension [UInt8] {
  var hexadecimal: String {
    map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
