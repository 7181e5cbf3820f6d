import SafeText
import SystemPackage
import TransferEngine

/// The outbox for commands that send nothing: they work without a configuration, and when it is wrong.
enum OutboxAccess {
  static func places(_ options: CommonOptions) throws -> Places {
    var places = try Session.places(sandbox: options.sandbox)
    let configuration = try? ConfigurationLoader(places: places).load(options.config.map { FilePath($0) })
    places.allowsNetworkState = configuration?.allowsNetworkState ?? false
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
