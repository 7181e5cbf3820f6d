import ClinicalMessages
import Testing

@testable import TransferEngine

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

@Suite("Whatever happens, in whatever order")
struct TransferWalkTests {
  /// Where a walk must have been: one that does not get about proves nothing.
  private static let everywhere: Set<String> = [
    "held", "queued", "preparing", "uploading", "sending", "finalizing", "accepted", "waiting", "paused", "refused", "failed", "cancelled",
    "uncertain", "found", "arrived", "given-up",
  ]

  private static let beginnings = [
    MachineWorld(method: .embed), MachineWorld(method: .upload), MachineWorld(method: .upload, uri: "old"),
    MachineWorld(method: .embed, state: .held(until: MachineWorld.now)),
    MachineWorld(method: .upload, state: .held(until: MachineWorld.now)),
  ]

  @Test("150,000 random steps keep every promise", arguments: [1, 2, 3] as [UInt64])
  func walk(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    var steps = 0
    var reached: Set<String> = []
    while steps < 50_000 {
      guard var world = Self.beginnings.randomElement(using: &random) else { return }
      for _ in 0..<Int.random(in: 5..<60, using: &random) {
        guard let step = Self.step(of: world, &random) else { break }
        world.take(step)
        steps += 1
        reached.insert(StoredState(world.machine.state).word)
        if let broken = world.broken {
          Issue.record("\(broken), seed \(seed), step \(steps): \(step), state \(world.machine.state)")
          return
        }
      }
    }
    #expect(reached == Self.everywhere)
  }

  /// Mostly what brings a transfer on: of all that may happen, most is an end.
  private static func step(of world: MachineWorld, _ random: inout SeededGenerator) -> MachineWorld.Step? {
    if Int.random(in: 0..<3, using: &random) == 0 {
      switch world.work {
      case nil: return world.machine.state.isBeforeStart ? .event(.start) : world.possibleSteps().randomElement(using: &random)
      case .preparation: return .event(.prepared)
      case .upload: return .event(.uploaded(uri: "u", status: 201))
      case .message: return .event(world.isReleased ? .answered(MachineWorld.answer) : .lastPart)
      }
    }
    return world.possibleSteps().randomElement(using: &random)
  }

  @Test("Every situation that any sequence of steps can lead to keeps every promise")
  func everySequence() {
    var known = Set(Self.beginnings.map(\.situation))
    var frontier = Self.beginnings
    var reached: Set<String> = []
    var depth = 0
    while !frontier.isEmpty, depth < 100 {
      depth += 1
      var next: [MachineWorld] = []
      for world in frontier {
        for step in world.possibleSteps(MachineWorld.telling) {
          var after = world
          after.take(step)
          if let broken = after.broken {
            Issue.record("\(broken), after \(depth) steps: \(step), from \(world.machine.state) to \(after.machine.state)")
            return
          }
          if known.insert(after.situation).inserted {
            reached.insert(StoredState(after.machine.state).word)
            next.append(after)
          }
        }
      }
      frontier = next
    }
    // Nothing new turned up at last: there is no longer sequence that leads elsewhere.
    #expect(frontier.isEmpty)
    #expect(reached.union(["held", "queued"]) == Self.everywhere)
  }
}
