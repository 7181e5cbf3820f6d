import Foundation

/// What the program says became of each document, held against what the stand-in says.
struct StormLedger {
  private struct Transfer: Decodable {
    let transfer: String
    let document: String
    let state: String
    let file: String?
  }

  private struct Request: Decodable {
    let endpoint: String?
    let documentID: String?
    let bodyBytes: Int
    let bodyLength: Int?
    let bodyWhole: Bool
    let fault: String?

    /// Whether all had come but what follows the file. That part leaves only after the program has recorded that it may, so that a kill
    /// between the two leaves a body that is not whole and a program that cannot know it.
    var lacksTheLastPart: Bool { fault == nil && !bodyWhole && (bodyLength ?? .max) - bodyBytes <= Self.lastPart }

    /// More than any last part has, and far less than most files.
    private static let lastPart = 8192
  }

  /// What is wrong; empty when all is as it must be.
  private(set) var objections: [String] = []
  private(set) var counts: [String: Int] = [:]
  /// Uncertain, and the destination has it.
  private(set) var arrivedUncertain = 0
  /// Given to a `send` that was killed before it had recorded them.
  private(set) var neverRecorded = 0
  private(set) var duplicates = 0
  private(set) var requests = 0
  private(set) var struck = 0
  let documents: Int

  init(_ storm: KillStorm) throws {
    let program = storm.program
    let transfers: [Transfer] = try Self.history(storm)
    let received = Dictionary(grouping: try program.received(in: storm.standIn.directory).filter { $0.endpoint != "upload" }) { record in
      Self.number(record.documentID) ?? ""
    }
    let listing = try program.run("sandbox", "requests", "--dir", storm.standIn.directory)
    let log = try JSONDecoder().decode([Request].self, from: Data(listing.output.utf8))
    let messages = log.filter { ["dataModel", "fhir"].contains($0.endpoint) }
    let whole = Set(messages.filter(\.bodyWhole).compactMap { Self.number($0.documentID) })
    // Whoever hears of no number cannot be told apart; how many there may be is known.
    let early = messages.count {
      $0.lacksTheLastPart || $0.fault?.hasPrefix("close-before-body") == true || $0.fault?.hasPrefix("close-in-body") == true
    }
    documents = storm.files.count
    (requests, struck) = (log.count, log.count { $0.fault != nil })
    neverRecorded = storm.files.count - transfers.count

    var unheard = 0
    for transfer in transfers {
      counts[transfer.state, default: 0] += 1
      let arrived = received[transfer.document] ?? []
      let expected = transfer.file.flatMap { storm.files[$0] }
      if expected == nil { objections.append("\(transfer): of no file that was sent") }
      if arrived.contains(where: { $0.sha256 != expected }) { objections.append("\(transfer): other bytes") }
      if arrived.count > 1 {
        duplicates += 1
        objections.append("\(transfer): arrived \(arrived.count) times")
      }
      switch transfer.state {
      case "accepted": if arrived.isEmpty { objections.append("\(transfer): never arrived") }
      case "refused", "failed", "cancelled": if !arrived.isEmpty { objections.append("\(transfer): has arrived") }
      case "uncertain":
        if !arrived.isEmpty { arrivedUncertain += 1 }
        if !whole.contains(transfer.document) { unheard += 1 }
      default: objections.append("\(transfer): has not ended")
      }
    }
    if unheard > early { objections.append("\(unheard) uncertain whose body was not whole, and \(early) connections that ended so early") }
    let known = Set(transfers.map(\.document))
    if known.count != transfers.count { objections.append("a number was used twice") }
    for number in received.keys where !known.contains(number) { objections.append("\(number) arrived and is in no history") }
    for number in whole where !known.contains(number) { objections.append("\(number) was asked for and is in no history") }
    if Set(transfers.map(\.file)).count != transfers.count { objections.append("a file has two transfers") }
  }

  private static func history(_ storm: KillStorm) throws -> [Transfer] {
    let result = try storm.program.run("history", "--json", "--with-patient-data", "--config", storm.standIn.configuration)
    return try result.output.split(separator: "\n").map { try JSONDecoder().decode(Transfer.self, from: Data($0.utf8)) }
  }

  /// FHIR writes it as a URN.
  private static func number(_ id: String?) -> String? { id?.replacing("urn:uuid:", with: "") }

  func table(_ storm: KillStorm, seed: UInt64, seconds: Double) -> String {
    let recorded = documents - neverRecorded
    let share = recorded == 0 ? 0 : Double((counts["uncertain"] ?? 0) * 1000 / recorded) / 10
    var rows: [(String, String)] = [
      ("seed", "\(seed)"), ("runs killed", "\(storm.runs)"), ("processes killed", "\(storm.kills)"), ("seconds", "\(Int(seconds))"),
      ("requests at the server", "\(requests)"), ("of these struck by a fault", "\(struck)"), ("documents", "\(documents)"),
      ("never recorded", "\(neverRecorded)"),
    ]
    for state in ["accepted", "uncertain", "refused", "failed", "cancelled"] { rows.append((state, "\(counts[state] ?? 0)")) }
    rows += [
      ("uncertain, share", "\(share) %"), ("uncertain and arrived", "\(arrivedUncertain)"), ("duplicates", "\(duplicates)"),
      ("objections", "\(objections.count)"),
    ]
    return rows.map { $0.0.padding(toLength: 28, withPad: " ", startingAt: 0) + $0.1 }.joined(separator: "\n")
  }
}
