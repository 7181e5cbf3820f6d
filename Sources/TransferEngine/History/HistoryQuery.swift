internal import GRDB

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A filter as SQL. Texts from outside are arguments, never part of the statement.
struct HistoryQuery: Sendable {
  private(set) var conditions: [String] = []
  private(set) var arguments = StatementArguments()
  private let limit: Int

  init(_ filter: HistoryFilter, sealer: Sealer, from cursor: HistoryCursor?, limit: Int) {
    self.limit = limit
    if filter.states == HistoryFilter.failures {
      // Word for word as the index has it.
      conditions.append("state IN ('refused', 'failed', 'uncertain')")
    } else if !filter.states.isEmpty {
      let states = filter.states.sorted()
      add("state IN (\(states.map { _ in "?" }.joined(separator: ", ")))", states)
    }
    if let since = filter.since { add("queued_ms >= ?", [since.milliseconds]) }
    if let until = filter.until { add("queued_ms < ?", [until.milliseconds]) }
    if let patient = filter.patient { add("patient = ?", [Outbox.patientHash(sealer, patient)]) }
    // The plus keeps SQLite to the index by time, which has the profile too: nothing needs sorting then.
    if let profile = filter.profile { add("+profile = ?", [profile]) }
    if let destination = filter.destination { add("(host = ? OR destination = ?)", [destination, destination]) }
    if let document = filter.document { add("document = ?", [document]) }
    if let cursor { add("(queued_ms, rowid) < (?, ?)", [cursor.queuedMilliseconds, cursor.row]) }
  }

  private mutating func add(_ condition: String, _ values: [any DatabaseValueConvertible]) {
    conditions.append(condition)
    arguments += StatementArguments(values)
  }

  private var condition: String { conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ") }

  var listing: String {
    "SELECT \(HistoryEntry.columns) FROM transfer\(condition) ORDER BY queued_ms DESC, rowid DESC LIMIT \(limit)"
  }
}
