import NIOHTTP1

extension Desk {
  /// `POST /fhir/R4/{slug}/{environment}/DocumentReference/$documentreference-create`: a message Bundle.
  func fhir(_ head: HTTPRequestHead, _ body: RequestReader, slug: String, environment: SandboxEnvironment) async throws -> Reply {
    let grant = try await fhirGrant(of: head, slug: slug, environment: environment)
    guard mediaType(head) == "application/fhir+json" else {
      throw Refusal(outcome(400, "not-supported", "Content-Type must be application/fhir+json"))
    }
    let scratch = store.scratch()
    defer { scratch.clear() }
    let tooLarge = outcome(413, "too-long", "The request, or a file in it, is too large")
    let bundle = try await json(body, scratch: scratch, tooLarge: tooLarge) {
      outcome(400, "structure", "The request body is not JSON: \($0)")
    }
    let check = FHIRMessageCheck(bundle)
    (body.notes.documentID, body.notes.event) = (check.documentID, "create")
    let issues = check.issues + sourceIssues(check, client: grant.client)
    guard issues.isEmpty else { throw Refusal(.operationOutcome(400, issues)) }
    let original = try await replacedDocument(of: check, client: grant.client)

    var files: [(content: FileContent, name: String?, type: String?)] = []
    for attachment in check.attachments {
      do {
        let value = attachment.value["data"] ?? attachment.value["url"] ?? .null
        let content = try await content(value, isText: false, client: grant.client, scratch: scratch, notes: body.notes)
        try checkFacts(of: attachment, content)
        files.append((content, attachment.value["title"]?.string, attachment.value["contentType"]?.string))
      } catch let problem as FileProblem {
        if problem == .tooLarge { throw Refusal(tooLarge) }
        throw Refusal(.operationOutcome(400, [issue(problem, attachment)]))
      }
    }
    return try await accept(check, replacing: original, files: files, grant: grant, body)
  }

  /// The grant for a FHIR URL: of an OAuth key, of the URL's environment, and for a destination that there is.
  func fhirGrant(of head: HTTPRequestHead, slug: String, environment: SandboxEnvironment) async throws -> Grant {
    let grant = try await grant(of: head) { outcome(401, "login", $0) }
    guard grant.kind == .clientAssertion else { throw Refusal(outcome(403, "forbidden", "A legacy API key cannot use the FHIR API")) }
    guard grant.client.environment == environment else {
      throw Refusal(
        outcome(403, "forbidden", "The access token is for \(grant.client.environment.rawValue), the URL for \(environment.rawValue)"))
    }
    guard options.destinations.contains(where: { $0.slug == slug }) else {
      throw Refusal(outcome(404, "not-found", "No destination has the name \(slug)"))
    }
    return grant
  }

  /// The number of the document that `relatesTo` replaces, which must have been accepted; nil when it replaces none.
  private func replacedDocument(of check: FHIRMessageCheck, client: SandboxClient) async throws -> String? {
    var replaced: String?
    for target in check.replaced {
      let source = client.sourceID
      let number: String? =
        switch target.name {
        case .identifier(let system, let value):
          try await store.holds(value, system: system, family: "DocumentReference", source: source) ? value : nil
        case .id(let id): try await store.number(ofLog: id, source: source)
        }
      guard let number else {
        throw Refusal(outcome(400, "not-found", "The document that relatesTo replaces was never accepted", target.place))
      }
      replaced = replaced ?? number
    }
    return replaced
  }

  private func accept(
    _ check: FHIRMessageCheck, replacing original: String?, files: [(content: FileContent, name: String?, type: String?)], grant: Grant,
    _ body: RequestReader
  ) async throws -> Reply {
    var record = ReceivedRecord(time: timestamp(options.now()), endpoint: .fhir, client: grant.client)
    record.model = "DocumentReference"
    record.event = body.notes.event
    record.documentID = check.documentID
    record.documentSystem = check.documentSystem
    record.originalDocumentID = original
    record.patientIdentifier = check.patientIdentifiers.first(where: options.knownPatients.contains) ?? check.patientIdentifiers.first
    record.patientKnown = record.patientIdentifier.map(options.knownPatients.contains)
    let id = newID()
    record.logID = id
    try await keep(record, files: files, body)
    let location = "\(baseURL)/fhir-sandbox/DocumentReference/\(id)/_history/1"
    var reply = Reply.json(
      200,
      [
        "resourceType": "Bundle", "type": "transaction-response",
        "entry": [["response": ["status": "201 Created", "location": .string(location)]]],
      ])
    reply.contentType = "application/fhir+json; charset=utf-8"
    return reply
  }

  /// An organisation with several sources names one in the MessageHeader; another source's name there is refused.
  private func sourceIssues(_ check: FHIRMessageCheck, client: SandboxClient) -> [Issue] {
    guard let endpoint = check.sourceEndpoint else { return [] }
    let id = (endpoint.hasPrefix("urn:uuid:") ? String(endpoint.dropFirst("urn:uuid:".count)) : endpoint).lowercased()
    let place = "MessageHeader.source.endpoint"
    guard FieldFormat.uuid.matches(id) || FieldFormat.uri.matches(endpoint) else {
      return [Issue(code: "value", text: "MessageHeader.source.endpoint must be a UUID or a URI", expression: place)]
    }
    guard !options.clients.contains(where: { $0.sourceID.lowercased() == id && $0.sourceID != client.sourceID }) else {
      return [Issue(code: "forbidden", text: "MessageHeader.source.endpoint is not the source of the access token", expression: place)]
    }
    return []
  }

  /// `size` and `hash` must be those of the file itself.
  private func checkFacts(of attachment: FHIRMessageCheck.Attachment, _ content: FileContent) throws {
    let (size, path): (Int?, String?) =
      switch content {
      case .embedded(let file): (file.byteCount, file.path)
      case .uploaded(let upload): (upload.byteCount, store.path(of: upload))
      }
    if let stated = attachment.value["size"], stated != size.map(JSON.integer) {
      throw Refusal(outcome(400, "value", "Attachment.size is not the number of bytes of the file", attachment.place + ".size"))
    }
    if let stated = attachment.value["hash"]?.string, let path, try Base64File.sha1(ofFileAt: path) != stated {
      throw Refusal(outcome(400, "value", "Attachment.hash is not the base64 of the SHA-1 of the file", attachment.place + ".hash"))
    }
  }

  private func issue(_ problem: FileProblem, _ attachment: FHIRMessageCheck.Attachment) -> Issue {
    switch problem {
    case .notBase64: Issue(code: "value", text: "Attachment.data is not valid base64", expression: attachment.place + ".data")
    case .unknownURI: Issue(code: "not-found", text: "Attachment.url names no uploaded file", expression: attachment.place + ".url")
    case .otherSource: Issue(code: "forbidden", text: "The uploaded file belongs to another source", expression: attachment.place + ".url")
    case .tooLarge: Issue(code: "too-long", text: "The file is too large", expression: attachment.place + ".data")
    }
  }

  func outcome(_ status: Int, _ code: String, _ text: String, _ expression: String? = nil) -> Reply {
    .operationOutcome(status, [Issue(code: code, text: text, expression: expression)])
  }
}
