/// What the stand-in answers.
struct Reply: Sendable {
  var status: Int
  var contentType = "application/json; charset=utf-8"
  var body: String
  var headers: [(name: String, value: String)] = []

  static func json(_ status: Int, _ body: JSON) -> Reply { Reply(status: status, body: body.text) }

  /// A refusal where Redox's body is not documented. One live client reads the single key `errorDetail`.
  static func errorDetail(_ status: Int, _ text: String) -> Reply { .json(status, ["errorDetail": .string(text)]) }

  static func operationOutcome(_ status: Int, _ issues: [Issue]) -> Reply {
    var reply = Reply.json(status, ["resourceType": "OperationOutcome", "issue": .array(issues.map(\.json))])
    reply.contentType = "application/fhir+json; charset=utf-8"
    return reply
  }

  static func tokenRefused(_ refusal: TokenRefusal) -> Reply {
    .json(
      refusal.status,
      [
        "error": .string(refusal.error), "error_description": .string(refusal.description), "error_uri": "https://docs.redoxengine.com/",
      ])
  }
}

/// One issue of an OperationOutcome; `code` is of FHIR's value set issue-type.
struct Issue: Sendable, Equatable {
  var code: String
  var text: String
  /// FHIRPath of the element.
  var expression: String?

  var json: JSON {
    var members: [String: JSON] = ["severity": "error", "code": .string(code), "details": ["text": .string(text)]]
    if let expression { members["expression"] = [.string(expression)] }
    return .object(members)
  }
}

/// Ends a request early with a reply.
struct Refusal: Error {
  var reply: Reply

  init(_ reply: Reply) {
    self.reply = reply
  }
}
