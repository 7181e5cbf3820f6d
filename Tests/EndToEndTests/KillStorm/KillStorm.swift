import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Batches of sends to a server that misbehaves, each killed at a random moment, while what they leave behind is delivered by processes
/// that are killed as well.
final class KillStorm {
  let program: Program
  let standIn: StandIn
  /// SHA-256 of each file that was given to a `send`, by its name.
  private(set) var files: [String: String] = [:]
  /// Batches of which at least one process was killed before its end.
  private(set) var runs = 0
  /// Processes that were killed, those that delivered what was left behind among them.
  private(set) var kills = 0
  /// Exit statuses of processes that ended by themselves.
  private(set) var statuses: Set<Int32> = []

  private static let kinds = ["fhir", "media", "notes", "results"]
  /// The longest that a batch is left alone, in seconds; follows how long batches take.
  private var patience = 1.5
  private var random: SeededGenerator
  private let text: Data
  private var delivery: ChildProcess?

  init(seed: UInt64) throws {
    program = try Program()
    random = SeededGenerator(state: seed)
    let faults = Self.faults.flatMap { ["--fault", $0] }
    standIn = try StandIn(in: program, named: "server", options: faults + ["--bandwidth", "4000000", "--seed", "\(seed)"])
    let letters = (0..<4096).map { [random] _ in
      var own = random
      return String(own.next(), radix: 36)
    }
    text = Data((0..<64).map { "\($0) " + letters.joined() }.joined(separator: "\n").utf8)
  }

  /// In a hundred requests each; what stays on would only end everything as failed.
  private static let faults = [
    "refuse=200%1", "token:500%2", "token:503=1%2", "token:cut-off%1",
    "upload:500%2", "upload:503=1%2", "upload:close-in-body%2", "upload:lost-answer%2", "upload:cut-off%1", "upload:401%2",
    "upload:expire-token%2", "upload:forget-upload%2",
    "message:429=1%2", "message:503=1%2", "message:close-before-body%1", "message:close-in-body%2", "message:close-after-body%1",
    "message:lost-answer%1", "message:cut-off%1", "message:500%1", "message:504%1", "message:html%1", "message:errors-inside%1",
    "message:403%1", "message:401%2", "message:expire-token%2", "message:forget-upload%2", "message:duplicate-reply%1",
  ]

  /// Two sends at once, of two kinds, killed together.
  func run() throws {
    let kinds = Self.kinds.shuffled(using: &random).prefix(2)
    let sends = try kinds.map { try send(kind: $0) }
    if delivery == nil, Int.random(in: 0..<3, using: &random) == 0 { delivery = try deliver() }
    let deadline = Date(timeIntervalSinceNow: Double.random(in: 0.05...patience, using: &random))
    for send in sends { _ = send.hasOutput(until: deadline) }
    let killed = try sends.map(end).count { $0 }
    patience = min(8, max(0.5, patience * (killed == 0 ? 0.85 : killed == sends.count ? 1.06 : 1)))
    if killed > 0 { runs += 1 }
    if let delivery, Int.random(in: 0..<3, using: &random) == 0 {
      _ = try end(delivery)
      self.delivery = nil
    }
  }

  /// Leaves nothing that could still be sent.
  func drain() throws {
    if let delivery {
      statuses.insert(try delivery.finish().status)
      self.delivery = nil
    }
    statuses.insert(try deliver().finish().status)
  }

  /// Kills it, unless it has ended.
  private func end(_ process: ChildProcess) throws -> Bool {
    process.signal(SIGKILL)
    let status = try process.finish().status
    if status == 128 + SIGKILL {
      kills += 1
      return true
    }
    statuses.insert(status)
    return false
  }

  private func deliver() throws -> ChildProcess {
    try start(["deliver", "--until-drained", "--config", standIn.configuration])
  }

  private func send(kind: String) throws -> ChildProcess {
    let paths = try (0..<Int.random(in: 2...5, using: &random)).map { _ in try makeFile() }
    var words = ["send", "--json", "--config", standIn.configuration, "--patient", "p-7f3k2", "--as", kind, "--files-from", "-"]
    if let method = ["embed", "upload", nil].randomElement(using: &random) ?? nil { words += ["--method", method] }
    let child = try start(words)
    try child.write(paths.joined(separator: "\n").utf8)
    try child.endInput()
    return child
  }

  private func start(_ words: [String]) throws -> ChildProcess {
    try ChildProcess(
      Program.binary, words.map { Array($0.utf8) }, environment: program.environment, errors: program.home.path + "/errors")
  }

  /// 1 KB to 3 MB, small ones as often as large ones, no two alike.
  private func makeFile() throws -> String {
    let name = "letter-\(files.count).txt"
    let size = Int(exp(Double.random(in: log(1e3)...log(3e6), using: &random)))
    let content = Data("Letter \(files.count)\n".utf8) + text.prefix(size)
    let path = program.home.path + "/" + name
    try content.write(to: URL(fileURLWithPath: path))
    files[name] = try Digest.ofFile(path)
    return path
  }
}

/// SplitMix64: the same seed, the same storm as far as this side goes.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
