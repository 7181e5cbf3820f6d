import Foundation

/// What `chartdrop history` says of the transfers of one test.
struct HistoryReader {
  let program: Program
  let configuration: String

  init(_ program: Program, _ configuration: String) {
    self.program = program
    self.configuration = configuration
  }

  /// Newest first.
  func states() throws -> [String] {
    try program.run("history", "--json", "--config", configuration).objects.compactMap { $0["state"] as? String }
  }

  /// Asks until the transfers are in these states, in any order. The deadline only ends a test that would hang.
  func wait(for expected: [String]) throws {
    let end = Date(timeIntervalSinceNow: ChildProcess.patience)
    var found = try states()
    while found.sorted() != expected.sorted() {
      guard Date() < end else { throw ChildProcess.Failure(description: "waited in vain for \(expected); there are \(found)") }
      found = try states()
    }
  }
}
