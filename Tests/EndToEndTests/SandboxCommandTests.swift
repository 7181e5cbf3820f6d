import Foundation
import Testing

/// The stand-in's commands: faults from the command line, and what is told of requests and documents.
@Suite(.serialized, .ownThreads)
struct SandboxCommandTests {
  private let program: Program

  init() throws { program = try Program() }

  private func objects(_ command: String...) throws -> [[String: Any]] {
    let result = try program.run(["sandbox"] + command)
    #expect(result.status == 0, "\(result.errors)")
    return try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
  }

  @Test("All faults are listed, with how they are written")
  func list() throws {
    let result = try program.run("sandbox", "--list-faults")
    #expect(result.status == 0)
    #expect(result.output.contains("lost-answer") && result.output.contains("--fault [ENDPOINT:]FAULT[=N][WHEN]"))
  }

  @Test("A fault that is not understood is explained, and nothing is started")
  func wrongFaults() throws {
    let wrong = try program.run("sandbox", "--port", "0", "--fault", "message:500@x")
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("@3 for the third"), "\(wrong.errors)")
    let script = program.home.path + "/script"
    try Data("upload:ok\nuplaod:500\n".utf8).write(to: URL(fileURLWithPath: script))
    let line = try program.run("sandbox", "--port", "0", "--fault-script", script)
    #expect(line.status == 64)
    #expect(line.errors.contains("Line 2"), "\(line.errors)")
    #expect(try program.run("sandbox", "--port", "0", "--fault-script", script + "-missing").status == 66)
  }

  @Test("A lost answer leaves a send uncertain; the log and the destination tell why")
  func lostAnswer() throws {
    let standIn = try StandIn(in: program, named: "server", "--fault", "message:lost-answer@1", "--seed", "7")
    let document = standIn.document("short-letter.pdf")
    let arguments = ["send", "--config", standIn.configuration, "--json", "--patient", "p-7f3k2", "--as", "media", document]
    let result = try program.run(arguments)
    #expect(result.status == 3, "\(result.output)\(result.errors)")
    let number = try #require(result.objects.first?["documentID"] as? String)

    let requests = try objects("requests", "--dir", standIn.directory)
    let message = try #require(requests.first { $0["endpoint"] as? String == "dataModel" })
    #expect(message["fault"] as? String == "lost-answer")
    #expect(message["documentID"] as? String == number)
    #expect(message["bodyWhole"] as? Bool == true && message["kept"] as? Bool == true && message["answered"] as? Bool == false)

    let counted = try objects("received", "--by-document", "--dir", standIn.directory)
    #expect(counted.map { $0["documentID"] as? String } == [number])
    #expect(counted.first?["count"] as? Int == 1)
    #expect((counted.first?["sha256"] as? [String])?.first == (try Digest.ofFile(document)))
    let listed = try objects("received", "--dir", standIn.directory)
    #expect(listed.first?["event"] as? String == "New" && listed.first?["accepted"] as? Bool == true)
    #expect(listed.first?["request"] as? Int == message["number"] as? Int)
  }

  @Test("A script's lines are followed one request after the other")
  func script() throws {
    let script = program.home.path + "/script"
    try Data("# a bad morning\nupload:500\nmessage:413\n".utf8).write(to: URL(fileURLWithPath: script))
    let standIn = try StandIn(in: program, named: "server", "--fault-script", script)
    let result = try program.run([
      "send", "--config", standIn.configuration, "--json", "--patient", "p-7f3k2", "--as", "media", standIn.document("scanned-chart.pdf"),
    ])
    #expect(result.objects.first?["state"] as? String == "refused", "\(result.output)\(result.errors)")
    let requests = try objects("requests", "--dir", standIn.directory).filter { $0["endpoint"] as? String != "token" }
    #expect(requests.map { $0["status"] as? Int } == [500, 201, 413])
    #expect(requests.map { $0["fault"] as? String } == ["500", nil, "413"])
  }
}
