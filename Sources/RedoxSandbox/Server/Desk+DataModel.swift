import NIOHTTP1

extension Desk {
  /// `POST /endpoint`: a Data Model message.
  func dataModel(_ head: HTTPRequestHead, _ body: RequestReader) async throws -> Reply {
    let grant = try await grant(of: head) { .errorDetail(401, $0) }
    guard mediaType(head) == "application/json" else { throw Refusal(refused(nil, ["Content-Type must be application/json"])) }
    let scratch = store.scratch()
    defer { scratch.clear() }
    let tooLarge = Reply.errorDetail(413, "The request, or a file in it, is too large")
    let message = try await json(body, scratch: scratch, tooLarge: tooLarge) { refused(nil, ["The request body is not JSON: \($0)"]) }
    let check = DataModelCheck(message)
    (body.notes.documentID, body.notes.event) = (check.documentID, check.event.isEmpty ? nil : check.event)
    var problems = check.problems
    if let source = message["Meta"]?["Source"]?["ID"]?.string, source.lowercased() != grant.client.sourceID.lowercased() {
      problems.append("Meta.Source.ID is not the source of the access token")
    }
    guard problems.isEmpty else { throw Refusal(refused(message, problems)) }
    try checkDestinations(of: message)
    try await checkEarlierDocument(of: check, client: grant.client)

    var files: [(content: FileContent, name: String?, type: String?)] = []
    for file in check.files {
      do {
        let content = try await content(file.content, isText: file.isText, client: grant.client, scratch: scratch, notes: body.notes)
        files.append((content, file.name, file.fileType))
      } catch let problem as FileProblem {
        if problem == .tooLarge { throw Refusal(tooLarge) }
        throw Refusal(refused(message, [text(of: problem, at: "\(file.place) in \(check.model):\(check.event)")]))
      }
    }
    return try await accept(check, files: files, grant: grant, body)
  }

  /// What is replaced or deleted must have been accepted from this source once.
  private func checkEarlierDocument(of check: DataModelCheck, client: SandboxClient) async throws {
    guard let (place, number) = check.earlierDocument else { return }
    guard try await !store.holds(number, system: nil, family: check.model, source: client.sourceID) else { return }
    throw Refusal(
      refused(check.message, ["No document with this number was accepted from this source - \(place) in \(check.model):\(check.event)"]))
  }

  private func accept(
    _ check: DataModelCheck, files: [(content: FileContent, name: String?, type: String?)], grant: Grant, _ body: RequestReader
  ) async throws -> Reply {
    let destinations = check.message["Meta"]?["Destinations"]?.array ?? []
    let logs = destinations.map { _ in (id: newID(), attempt: newID()) }
    var record = ReceivedRecord(time: timestamp(options.now()), endpoint: .dataModel, client: grant.client)
    record.model = "\(check.model).\(check.event)"
    record.event = check.event
    record.documentID = check.documentID
    if check.event == "Replace" { record.originalDocumentID = check.earlierDocument?.number }
    record.patientIdentifier = check.patientIdentifiers.first(where: options.knownPatients.contains) ?? check.patientIdentifiers.first
    record.patientKnown = record.patientIdentifier.map(options.knownPatients.contains)
    record.logID = logs.first?.id
    try await keep(record, files: files, body)
    return .json(
      200,
      [
        "Meta": [
          "DataModel": .string(check.model), "EventType": .string(check.event),
          "Logs": .array(logs.map { ["ID": .string($0.id), "AttemptID": .string($0.attempt)] }),
          "Source": ["ID": .string(grant.client.sourceID), "Name": .string(grant.client.sourceName)],
          "Destinations": .array(destinations.compactMap { named($0["ID"]?.string) }),
        ]
      ])
  }

  private func checkDestinations(of message: JSON) throws {
    let unknown = message.fields(at: "Meta.Destinations[].ID").compactMap { $0.value?.string }.filter { destination($0) == nil }
    guard unknown.isEmpty else {
      throw Refusal(
        refused(message, unknown.map { "Destination \($0) is not in an existing subscription of this source" }, module: "Subscriptions"))
    }
  }

  private func destination(_ id: String) -> SandboxDestination? {
    options.destinations.first { $0.id.lowercased() == id.lowercased() }
  }

  private func named(_ id: String?) -> JSON? {
    id.flatMap(destination).map { ["ID": .string($0.id), "Name": .string($0.name)] }
  }

  private func text(of problem: FileProblem, at place: String) -> String {
    switch problem {
    case .notBase64: "Not valid base64 - \(place)"
    case .unknownURI: "The URI names no uploaded file - \(place)"
    case .otherSource: "The uploaded file belongs to another source - \(place)"
    case .tooLarge: "The file is too large - \(place)"
    }
  }

  /// 400 with `Meta.Errors`, and as much of the message's `Meta` as could be read.
  private func refused(_ message: JSON?, _ problems: [String], module: String = "DataModels") -> Reply {
    var meta: [String: JSON] = [:]
    for name in ["DataModel", "EventType", "Source", "Destinations"] {
      if let value = message?["Meta"]?[name], value != .null { meta[name] = value }
    }
    meta["Errors"] = .array(
      problems.map {
        ["ID": .integer(Int.random(in: 10_000_000...99_999_999)), "Text": .string($0), "Type": "message", "Module": .string(module)]
      })
    return .json(400, ["Meta": .object(meta)])
  }
}
