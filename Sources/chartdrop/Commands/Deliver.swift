import ArgumentParser
import SafeText
import TransferEngine
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

struct Deliver: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sends what was left behind, without a screen: for cron and service managers.",
    discussion: """
      It goes on with transfers that a program has handed over or that one left behind which died before their message was on its way. \
      What is uncertain is never sent again by itself; and to a production profile, where a person confirms each send, only what was \
      handed over on purpose goes out. Several may run at once: no transfer is sent by two.

      It prints a line for each transfer that ends: state, transfer, document number. No patient data. Among them is what it only found: \
      uncertain because a process died while the message was on its way, or failed because a person must confirm it anew.
      """)

  enum Mode: String, EnumerableFlag {
    case once, untilDrained, follow

    static func help(for mode: Mode) -> ArgumentHelp? {
      switch mode {
      case .once: "Try each once; what has to wait is left to the next call (the default)."
      case .untilDrained: "Go on until nothing is left to send."
      case .follow: "Go on until interrupted, and take up what comes."
      }
    }
  }

  @OptionGroup var common: CommonOptions
  @Flag var mode = Mode.once

  func run() async throws {
    // A terminal that goes away takes nothing with it.
    signal(SIGHUP, SIG_IGN)
    let interruption = await FirstInterruption.listen(to: [SIGINT, SIGTERM])
    let session = try await Session.open(common)
    let tally = DeliveryTally()
    var telling: [Task<Void, Never>] = []
    let engines = try await session.deliveryEngines(all: common.profile == nil) { engine in
      let ends = await engine.ends()
      telling.append(Task { for await end in ends { tally.note(end) } })
    }
    let work = Task { await deliver(engines) }
    let watch = Task {
      await interruption.wait()
      // What is on its way is finished; the rest is left for another.
      for engine in engines { await engine.handOver() }
      work.cancel()
    }
    let failures = await work.value
    watch.cancel()
    for engine in engines { await engine.endTelling() }
    for task in telling { await task.value }
    await session.close()
    for error in failures { Console.complain(error.sentence + " " + error.remedy) }
    if !failures.isEmpty { throw ExitStatus.configuration.asError }
    if tally.status != .done { throw tally.status.asError }
  }

  /// All profiles at once: one whose server does not answer holds up none of the others.
  private func deliver(_ engines: [TransferEngine]) async -> [OutboxError] {
    await withTaskGroup(of: OutboxError?.self) { [round = mode.round] group in
      for engine in engines {
        group.addTask {
          do throws(OutboxError) {
            try await engine.work(round)
            return nil
          } catch {
            // What it has is another's to finish.
            await engine.handOver()
            return error
          }
        }
      }
      return await group.reduce(into: []) { errors, error in errors += [error].compactMap(\.self) }
    }
  }
}

extension Deliver.Mode {
  var round: DeliveryRound {
    switch self {
    case .once: .once
    case .untilDrained: .untilDrained
    case .follow: .follow
    }
  }
}
