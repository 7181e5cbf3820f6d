import Testing

@testable import RedoxSandbox

@Suite struct FaultSyntaxTests {
  static let right: [(String, FaultRule)] = [
    ("message:lost-answer@3", FaultRule(Fault(.lostAnswer), at: .message, .at(3))),
    ("upload:500%20", FaultRule(Fault(.failed), at: .upload, .chance(percent: 20))),
    ("token:401@2+", FaultRule(Fault(.unauthorized), at: .token, .from(2))),
    ("search:stall@/4", FaultRule(Fault(.stall), at: .search, .every(4))),
    ("any:html", FaultRule(Fault(.page))),
    ("cut-off", FaultRule(Fault(.cutOff))),
    ("429", FaultRule(Fault(.tooMany))),
    ("message:429=7@1", FaultRule(Fault(.tooMany, 7), at: .message, .at(1))),
    ("503=0", FaultRule(Fault(.unavailable, 0))),
    ("upload:trickle-read=5000%2.5", FaultRule(Fault(.trickleRead, 5000), at: .upload, .chance(percent: 2.5))),
    ("refuse@2", FaultRule(Fault(.refuse, 1000), .at(2))),
    ("slow-tls=250", FaultRule(Fault(.slowTLS, 250))),
    ("  message:504 ", FaultRule(Fault(.gatewayTimeout), at: .message)),
  ]

  @Test(arguments: right) func aRightFaultIsUnderstood(text: String, rule: FaultRule) throws {
    #expect(try FaultRule(parsing: text) == rule)
  }

  @Test(arguments: right) func whatIsWrittenOutIsUnderstoodAgain(text: String, rule: FaultRule) throws {
    #expect(try FaultRule(parsing: rule.text) == rule)
  }

  @Test func everyNameIsUnderstoodEverywhereItBelongs() throws {
    for kind in Fault.Kind.allCases {
      #expect(try FaultRule(parsing: kind.rawValue).fault == Fault(kind))
      for endpoint in FaultEndpoint.allCases where kind.endpoints.contains(endpoint) && !kind.strikesConnections {
        #expect(try FaultRule(parsing: "\(endpoint.rawValue):\(kind.rawValue)").endpoint == endpoint)
      }
    }
  }

  static let wrong: [(String, FaultSyntaxError.Problem)] = [
    ("", .empty), ("   ", .empty),
    ("uplaod:500", .unknownEndpoint("uplaod")), (":500", .unknownEndpoint("")), ("message:", .unknownFault("")),
    ("message:501@1", .unknownFault("501")), ("Message:500", .unknownEndpoint("Message")),
    ("500=3", .needlessNumber(.failed)), ("429=", .wrongNumber(.tooMany, "")), ("429=-1", .wrongNumber(.tooMany, "-1")),
    ("429=86401", .wrongNumber(.tooMany, "86401")), ("trickle-read=0", .wrongNumber(.trickleRead, "0")),
    ("slow-tls=1.5", .wrongNumber(.slowTLS, "1.5")),
    ("500@", .wrongWhen("@")), ("500@0", .wrongWhen("@0")), ("500@x", .wrongWhen("@x")), ("500@-1", .wrongWhen("@-1")),
    ("500@+1", .wrongWhen("@+1")), ("500@+", .wrongWhen("@+")), ("500@/0", .wrongWhen("@/0")), ("500%101", .wrongWhen("%101")),
    ("500%-1", .wrongWhen("%-1")), ("500%nan", .wrongWhen("%nan")), ("500%", .wrongWhen("%")), ("500@3%2", .wrongWhen("@3%2")),
    ("500@99999999999999999999", .wrongWhen("@99999999999999999999")),
    ("message:refuse", .strikesConnections(.refuse)), ("any:forget-upload=1", .needlessNumber(.forgetUpload)),
    ("token:forget-upload", .notAtEndpoint(.forgetUpload, .token)),
  ]

  @Test(arguments: wrong) func aWrongFaultIsExplained(text: String, problem: FaultSyntaxError.Problem) throws {
    let error = try #require(throws: FaultSyntaxError.self) { try FaultRule(parsing: text) }
    #expect(error.problem == problem)
    #expect(error.description.hasPrefix("\"\(text)\": "))
  }

  /// What an explanation holds up as right must be right.
  @Test func examplesInExplanationsAreUnderstood() throws {
    let examples = try Self.wrong.flatMap { text, _ in
      try #require(throws: FaultSyntaxError.self) { try FaultRule(parsing: text) }.description
        .matches(of: /(?:as in|write just|for example|--fault) ([a-z0-9:=@%\/+-]+)/).map { String($0.1) }
    }
    #expect(Set(examples).count >= 8)
    for example in examples { #expect(throws: Never.self) { try FaultRule(parsing: example) } }
  }

  @Test func aScriptIsReadLineByLine() throws {
    let text = "# a bad day\n\ntoken:ok\r\nupload:500   # first\n  ok\nmessage:429=3\nany:ok\n"
    #expect(
      try FaultScript(parsing: text).lines == [
        .init(nil, at: .token), .init(Fault(.failed), at: .upload), .init(nil), .init(Fault(.tooMany, 3), at: .message), .init(nil),
      ])
    #expect(try FaultScript(parsing: "").lines.isEmpty)
  }

  @Test(arguments: [
    ("ok\nmessage:500@2", 2, FaultSyntaxError.Problem.whenInScript), ("refuse", 1, .strikesConnections(.refuse)),
    ("\n\nmsg:ok", 3, .unknownEndpoint("msg")), ("ok:ok", 1, .unknownEndpoint("ok")),
  ]) func aWrongLineIsNamed(text: String, line: Int, problem: FaultSyntaxError.Problem) throws {
    let error = try #require(throws: FaultSyntaxError.self) { try FaultScript(parsing: text) }
    #expect(error.line == line)
    #expect(error.problem == problem)
    #expect(error.description.hasPrefix("Line \(line), "))
  }

  @Test func theListNamesEveryFaultAndFitsATerminal() {
    let lines = FaultList.text.split(separator: "\n", omittingEmptySubsequences: false)
    for kind in Fault.Kind.allCases {
      let row = lines.first { $0.split(separator: " ").first == Substring(kind.number == nil ? kind.rawValue : kind.rawValue + "=N") }
      for endpoint in kind.endpoints { #expect(row?.contains(kind.expected(on: endpoint).rawValue) == true, "\(kind)") }
    }
    #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines.filter { $0.count > 80 })")
  }
}
