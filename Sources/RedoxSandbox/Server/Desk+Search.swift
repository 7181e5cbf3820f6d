import NIOHTTP1

extension Desk {
  private static let longestForm = 65_536

  /// `POST /fhir/R4/{slug}/{environment}/DocumentReference/_search`: what the destination has of this source, without the files.
  ///
  /// As Redox documents it: one of `_id`, `identifier` and `patient` is needed. Other parameters change nothing.
  func search(_ head: HTTPRequestHead, _ body: RequestReader, slug: String, environment: SandboxEnvironment) async throws -> Reply {
    let grant = try await fhirGrant(of: head, slug: slug, environment: environment)
    guard mediaType(head) == "application/x-www-form-urlencoded" else {
      throw Refusal(outcome(400, "not-supported", "Content-Type must be application/x-www-form-urlencoded"))
    }
    let bytes = try await body.all(upTo: Self.longestForm, else: Refusal(outcome(413, "too-long", "The request is too large")))
    let query = try query(of: bytes)
    body.notes.documentID = query.identifier?.value
    let base = "\(baseURL)/fhir/R4/\(slug)/\(environment.rawValue)/DocumentReference"
    let found = try await store.documents(source: grant.client.sourceID, matching: query)
    var bundle: [String: JSON] = ["resourceType": "Bundle", "type": "searchset", "total": .integer(found.count)]
    // FHIR knows no empty lists.
    if !found.isEmpty {
      bundle["entry"] = .array(
        found.map { records, status in
          let id = records.first?.logID ?? ""
          return [
            "fullUrl": .string("\(base)/\(id)"), "resource": resource(records, status: status, id: id), "search": ["mode": "match"],
          ]
        })
    }
    var reply = Reply.json(200, .object(bundle))
    reply.contentType = "application/fhir+json; charset=utf-8"
    return reply
  }

  private func query(of bytes: [UInt8]) throws -> SearchQuery {
    var form: [String: String]
    do { form = try Form.read(bytes) } catch { throw Refusal(outcome(400, "structure", error.description)) }
    form = form.filter { !$0.value.isEmpty }
    guard form["_id"] != nil || form["identifier"] != nil || form["patient"] != nil else {
      throw Refusal(outcome(400, "required", "A search needs one of _id, identifier and patient"))
    }
    var query = SearchQuery(id: form["_id"], patient: form["patient"])
    if let token = form["identifier"] {
      guard let identifier = SearchQuery.Identifier(token) else {
        throw Refusal(outcome(400, "value", "identifier must be VALUE or SYSTEM|VALUE"))
      }
      query.identifier = identifier
    }
    return query
  }

  private func resource(_ records: [ReceivedRecord], status: DocumentShelf.Status, id: String) -> JSON {
    let first = records.first
    var identifier: [String: JSON] = ["value": .string(first?.documentID ?? "")]
    if let system = first?.documentSystem { identifier["system"] = .string(system) }
    var document: [String: JSON] = [
      "resourceType": "DocumentReference", "id": .string(id), "status": .string(status.rawValue), "masterIdentifier": .object(identifier),
      "content": .array(records.map { ["attachment": attachment($0)] }),
    ]
    if let time = first?.time { document["date"] = .string(time) }
    if let patient = first?.patientIdentifier { document["subject"] = ["identifier": ["value": .string(patient)]] }
    if let original = first?.originalDocumentID {
      document["relatesTo"] = [["code": "replaces", "target": ["identifier": ["value": .string(original)]]]]
    }
    return .object(document)
  }

  private func attachment(_ record: ReceivedRecord) -> JSON {
    var attachment: [String: JSON] = ["title": .string(record.fileName ?? "document")]
    // The Data Model's file types are no MIME types.
    if let type = record.contentType, type.contains("/") { attachment["contentType"] = .string(type) }
    if let size = record.byteCount { attachment["size"] = .integer(size) }
    return .object(attachment)
  }
}
