import NIOCore
import NIOPosix

/// Why a stand-in did not start, in a sentence for people.
public struct SandboxStartError: Error, Sendable, Equatable, CustomStringConvertible {
  public var description: String
}

/// A running stand-in for Redox on 127.0.0.1.
///
/// Threads, connections and open files end with `stop`. What it received stays in its folder (`ReceivedStore`).
public final class SandboxServer: Sendable {
  /// `http://127.0.0.1:PORT` or `https://…`, without a slash at the end.
  public let baseURL: String
  public let port: Int
  /// The certificate authority to trust, as PEM; nil without TLS.
  public let certificateAuthorityPEM: String?
  public let options: SandboxOptions

  private let group: MultiThreadedEventLoopGroup
  private let acceptance: Task<Void, Never>

  /// Listens and serves. Returns when requests can come.
  ///
  /// - Throws: `SandboxStartError` when the folder cannot be made or the port is taken.
  public static func start(_ options: SandboxOptions) async throws(SandboxStartError) -> SandboxServer {
    let store: ReceivedStore
    do { store = try ReceivedStore(directory: options.directory) } catch {
      throw SandboxStartError(description: "The folder \(options.directory) cannot be used: \(error)")
    }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      let authority = options.usesTLS ? try CertificateAuthority() : nil
      let tls = try authority?.serverContext()
      let entrance = Entrance(options: options, faults: FaultDesk(options.faults), tls: tls, group: group)
      let listener = try await entrance.listen(port: options.port)
      guard let port = listener.channel.localAddress?.port else { throw SandboxStartError(description: "The port is not known") }
      return SandboxServer(options, store: store, entrance: entrance, listener: listener, port: port, authority: authority)
    } catch {
      store.close()
      try? await group.shutdownGracefully()
      throw error as? SandboxStartError ?? SandboxStartError(description: "127.0.0.1 port \(options.port) cannot be used: \(error)")
    }
  }

  private init(
    _ options: SandboxOptions, store: ReceivedStore, entrance: Entrance, listener: Entrance.Listener, port: Int,
    authority: CertificateAuthority?
  ) {
    let baseURL = "\(options.usesTLS ? "https" : "http")://127.0.0.1:\(port)"
    let desk = Desk(
      options: options, baseURL: baseURL, store: store, tokens: TokenBook(), rate: RateWindow(limit: options.limits.requestsPerFiveMinutes),
      faults: entrance.faults, log: RequestLog(directory: options.directory))
    self.options = options
    self.baseURL = baseURL
    self.port = port
    group = entrance.group
    certificateAuthorityPEM = authority?.certificatePEM
    acceptance = Task {
      await entrance.serve(listener, port: port, Connection(desk: desk))
      store.close()
    }
  }

  /// Waits until the server has stopped, which it does only when told to.
  public func run() async {
    await acceptance.value
  }

  /// Breaks off open connections, stops listening and frees the threads. Safe to call twice.
  public func stop() async {
    acceptance.cancel()
    await acceptance.value
    try? await group.shutdownGracefully()
  }
}
