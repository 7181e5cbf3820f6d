import Foundation

@testable import RedoxSandbox

/// Valid messages, composed apart from the client's.
enum Samples {
  static let content = Array("%PDF-1.4\nsample".utf8)
  static let base64 = Data(content).base64EncodedString()

  static func message(_ model: String, _ event: String = "New", file: String = base64) -> JSON {
    var message: [String: JSON] = [
      "Meta": [
        "DataModel": .string(model), "EventType": .string(event), "EventDateTime": "2026-01-05T10:00:00.000Z", "Test": .bool(true),
        "Source": ["ID": .string(Bench.staging.sourceID)], "Destinations": [["ID": .string(SandboxDestination.redoxEMR.id)]],
      ],
      "Patient": [
        "Identifiers": [["ID": "0000000001", "IDType": "MR"]],
        "Demographics": ["FirstName": "Timothy", "LastName": "Bixby", "DOB": "2008-01-06", "Sex": "Male"],
      ],
    ]
    switch model {
    case "Media":
      message["Media"] = [
        "FileType": "PDF", "FileName": "consent.pdf", "FileContents": .string(file), "DocumentType": "Consent Form", "DocumentID": "doc-1",
        "Provider": ["ID": "4356789876", "IDType": "NPI"], "Availability": "Available", "Authenticated": "False",
      ]
    case "Notes":
      message["Note"] = [
        "ContentType": .string(file.hasPrefix("http") ? "Plain Text" : "Base64 Encoded"), "FileName": "note.pdf", "FileType": "PDF",
        "FileContents": .string(file), "DocumentType": "Progress Note", "DocumentID": "doc-1", "Provider": ["ID": "4356789876"],
      ]
    default:
      message["Orders"] = [
        [
          "ID": "157968300", "ApplicationOrderID": "app-1", "Status": "Resulted", "ResultsStatus": "Final",
          "Results": [
            ["Code": "18748-4", "Value": .string(file), "ValueType": "Encapsulated Data", "FileType": "PDF", "Status": "Final"]
          ],
        ]
      ]
    }
    return .object(message)
  }

  private static let document = "urn:uuid:6b1f2f0a-98d0-4a6e-8b2c-5a3f1c9d7e02"
  private static let patient = "urn:uuid:9c2d7b44-1e55-4c7b-8f10-2f6f0a1b3c03"

  static func bundle(attachment: JSON = ["contentType": "application/pdf", "title": "note.pdf", "data": .string(base64)]) -> JSON {
    [
      "resourceType": "Bundle", "type": "message", "timestamp": "2026-01-05T10:00:00.000Z",
      "entry": [
        [
          "fullUrl": "urn:uuid:0b6a3c1e-4b0e-4f0f-9a3e-0d7a4b6c1f01",
          "resource": [
            "resourceType": "MessageHeader", "eventUri": "https://fhir.redoxengine.com/EventDefinition/DocumentReferenceCreate",
            "source": ["name": "Example App", "endpoint": .string("urn:uuid:" + Bench.staging.sourceID)],
            "focus": [["reference": .string(document)]],
          ],
        ],
        [
          "fullUrl": .string(document),
          "resource": [
            "resourceType": "DocumentReference", "status": "current",
            "masterIdentifier": ["system": "urn:example:documents", "value": "doc-1"],
            "type": ["coding": [["system": "http://loinc.org", "code": "11506-3"]]], "subject": ["reference": .string(patient)],
            "date": "2026-01-05T10:00:00Z", "content": [["attachment": attachment]],
          ],
        ],
        [
          "fullUrl": .string(patient),
          "resource": [
            "resourceType": "Patient", "identifier": [["system": "urn:redox:health-one:MR", "value": "0000000001"]],
            "name": [["family": "Bixby", "given": ["Timothy"]]], "gender": "male", "birthDate": "2008-01-06",
          ],
        ],
      ],
    ]
  }
}

extension Bench {
  func send(_ message: JSON, token: String) async throws -> Answer {
    try await post("/endpoint", type: "application/json", token: token, body: Array(message.text.utf8))
  }

  func send(
    bundle: JSON, token: String, slug: String = "redox-emr", environment: String = "Staging", type: String = "application/fhir+json"
  ) async throws -> Answer {
    let path = "/fhir/R4/\(slug)/\(environment)/DocumentReference/$documentreference-create"
    return try await post(path, type: type, token: token, body: Array(bundle.text.utf8))
  }
}
