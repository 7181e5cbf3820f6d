import Foundation
import RedoxAPI
import Synchronization
import TestSupport
import Testing

/// A cancelled task ends its call, whatever the call is waiting for. A call that did not would hang the test.
@Suite struct CancellationTests {
  /// Cancels a task that runs `call` as soon as `trigger` is pulled.
  private func cancelling(
    _ call: @escaping @Sendable (@escaping @Sendable () -> Void) async throws -> Void
  ) async -> DestinationError? {
    let (pulled, pull) = AsyncStream<Void>.makeStream()
    let task = Task {
      await failure { try await call { pull.yield() } }
    }
    for await _ in pulled { break }
    task.cancel()
    return await task.value
  }

  @Test func whileWaitingForAToken() async throws {
    let asked = Recorder<@Sendable () -> Void>()
    let server = ScriptedServer(tokens: { connection, _ in
      asked.all.first?()
      connection.waitForClose()
    }) { _, _ in }
    let destination = try Fixtures.destination(server)
    let error = await cancelling { cancel in
      asked.add(cancel)
      _ = try await destination.upload(.test(TestContent(byteCount: 10)), progress: noProgress)
    }
    #expect(error == DestinationError(.cancelled, handover: .nothing))
  }

  @Test func whileConnecting() async throws {
    let deaf = DeafPort()
    let pull = Recorder<@Sendable () -> Void>()
    let destination = try Fixtures.destination(
      Fixtures.settings(port: deaf.number, connectTimeout: 3_600),
      now: {
        pull.all.first?()
        return Fixtures.now
      })
    let error = await cancelling { cancel in
      pull.add(cancel)
      _ = try await destination.authenticate()
    }
    #expect(error == DestinationError(.cancelled, handover: .nothing))
  }

  @Test func whileShakingHands() async throws {
    // A server that takes the client's hello and says nothing.
    let (listener, port) = boundSocket()
    listen(listener, 8)
    defer { close(listener) }
    let destination = try Fixtures.destination(Fixtures.settings(port: port, scheme: "https", connectTimeout: 3_600))
    let error = await cancelling { cancel in
      Thread.detachNewThread {
        let descriptor = accept(listener, nil, nil)
        let connection = ScriptedServer.Connection(descriptor)
        _ = connection.read(upTo: 1)
        cancel()
        connection.waitForClose()
        close(descriptor)
      }
      _ = try await destination.authenticate()
    }
    #expect(error == DestinationError(.cancelled, handover: .nothing))
  }

  @Test func inTheMiddleOfTheBody() async throws {
    let pull = Recorder<@Sendable () -> Void>()
    let server = ScriptedServer { connection, _ in
      _ = connection.readBody(200_000)
      pull.all.first?()
      connection.waitForReset()
    }
    let destination = try Fixtures.destination(server)
    let error = await cancelling { cancel in
      pull.add(cancel)
      _ = try await destination.upload(.test(TestContent(byteCount: FailureTests.large)), progress: noProgress)
    }
    #expect(error == DestinationError(.cancelled, handover: .part))
  }

  @Test func whileTheDiskHangs() async throws {
    let pull = Recorder<@Sendable () -> Void>()
    let disk = DispatchSemaphore(value: 0)
    let server = ScriptedServer { connection, head in _ = connection.readBody(head.contentLength) }
    let destination = try Fixtures.destination(server)
    let file = TestContent(byteCount: 1_000_000) { position in
      if position > 300_000 {
        pull.all.first?()
        disk.wait()
      }
    }
    let error = await cancelling { cancel in
      pull.add(cancel)
      _ = try await destination.upload(.test(file), progress: noProgress)
    }
    for _ in 0..<20 { disk.signal() }
    #expect(error == DestinationError(.cancelled, handover: .part))
  }

  @Test func whileWaitingForTheReply() async throws {
    let pull = Recorder<@Sendable () -> Void>()
    let server = ScriptedServer { connection, head in
      _ = connection.readBody(head.contentLength)
      pull.all.first?()
      connection.waitForClose()
    }
    let destination = try Fixtures.destination(server)
    let error = await cancelling { cancel in
      pull.add(cancel)
      _ = try await destination.send(Fixtures.request(TestContent(byteCount: 1_000)), progress: noProgress)
    }
    #expect(error == DestinationError(.cancelled, handover: .whole))
  }

  @Test func inTheMiddleOfTheReply() async throws {
    let pull = Recorder<@Sendable () -> Void>()
    let server = ScriptedServer { connection, head in
      _ = connection.readBody(head.contentLength)
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"Meta\":")
      pull.all.first?()
      connection.waitForClose()
    }
    let destination = try Fixtures.destination(server)
    let error = await cancelling { cancel in
      pull.add(cancel)
      _ = try await destination.send(Fixtures.request(TestContent(byteCount: 1_000)), progress: noProgress)
    }
    #expect(error == DestinationError(.cancelled, handover: .whole))
  }
}
