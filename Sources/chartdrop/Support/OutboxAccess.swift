import Foundation
import SafeText
import SystemPackage
import TransferEngine

/// The outbox for commands that send nothing: they work without a configuration, and when it is wrong.
enum OutboxAccess {
  /// - Throws: where a configuration was named that is not there: the history of another outbox would pass for the one that was meant.
  static func places(_ options: CommonOptions) throws -> Places {
    var places = try Session.places(sandbox: options.sandbox)
    let path = options.config.map { FilePath($0) }
    do throws(ConfigurationError) {
      places.allowsNetworkState = try ConfigurationLoader(places: places).load(path).allowsNetworkState
    } catch {
      if let path, !FileManager.default.fileExists(atPath: path.string) { throw Session.complain(error.problems.map(\.sentence)) }
    }
    return places
  }

  static func history(_ options: CommonOptions) throws -> History {
    let places = try places(options)
    return try explaining { () throws(OutboxError) in try History(places: places) }
  }

  static func explaining<Value>(_ body: () throws(OutboxError) -> Value) throws -> Value {
    do throws(OutboxError) { return try body() } catch { throw complain(error) }
  }

  static func explaining<Value: Sendable>(_ body: () async throws(OutboxError) -> Value) async throws -> Value {
    do throws(OutboxError) { return try await body() } catch { throw complain(error) }
  }

  static func complain(_ error: OutboxError) -> any Error {
    Console.complain(error.sentence + " " + error.remedy)
    return ExitStatus.configuration.asError
  }
}
