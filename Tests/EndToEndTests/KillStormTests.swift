import Foundation
import Testing

/// Every document ends in one honest state, whenever the program is killed and whatever the server does.
///
/// ```
/// CHARTDROP_KILLS=200 CHARTDROP_SEED=1 swift test --filter KillStormTests
/// ```
@Suite(.serialized, .ownThreads)
struct KillStormTests {
  private static func number(_ name: String) -> UInt64? { ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } }

  @Test("Killed at random moments under random faults: nothing lost, nothing twice unnoticed, uncertain only where it is")
  func storm() throws {
    let kills = Int(Self.number("CHARTDROP_KILLS") ?? 5)
    let seed = Self.number("CHARTDROP_SEED") ?? UInt64(UInt32.random(in: .min ... .max))
    print("The storm's seed is \(seed).")
    let begin = Date()
    let storm = try KillStorm(seed: seed)
    var batches = 0
    while storm.runs < kills, batches < 20 + kills * 4 {
      try storm.run()
      batches += 1
      if batches % 12 == 0 { try storm.drain() }
    }
    try storm.drain()
    var ledger = try StormLedger(storm)
    // What a killed process had given to the kernel may still be on its way into the stand-in's log.
    let end = Date(timeIntervalSinceNow: 20)
    while !ledger.objections.isEmpty, Date() < end { ledger = try StormLedger(storm) }
    print(ledger.table(storm, seed: seed, seconds: Date().timeIntervalSince(begin)))
    ledger.objections.forEach { print("OBJECTION", $0) }
    #expect(storm.runs >= kills)
    #expect(storm.statuses.isSubset(of: [0, 1, 3]), "\(storm.statuses)")
    #expect(ledger.objections.isEmpty, "seed \(seed)")
  }
}
