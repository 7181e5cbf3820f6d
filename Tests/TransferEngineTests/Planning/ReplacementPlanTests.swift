import ClinicalMessages
import SafeText
import TestSupport
import Testing

@testable import TransferEngine

@Suite("Planning a replacement")
struct ReplacementPlanTests {
  private func plan(
    _ kind: MessageKind = .media, patient: Patient = Samples.timothy, _ change: (inout OriginalTransfer) -> Void = { _ in }
  ) -> Plan {
    var original = OriginalTransfer(
      id: TransferSnapshot.ID("t1"), profile: "main", kind: kind, patient: Samples.timothy.id, documentID: Samples.originalDocumentID,
      fileName: Redacted("letter.pdf"))
    change(&original)
    var draft = Fixtures.draft(1000, kind: kind, patient: patient)
    draft.purpose = .replace(original)
    return Fixtures.planner().plan(draft)
  }

  @Test("It says what it replaces, by either way", arguments: [MessageKind.media, .notes, .fhir])
  func replaces(_ kind: MessageKind) {
    let plan = plan(kind)
    #expect(plan.canBeSent)
    #expect(plan.preview.plainText.contains(Samples.originalDocumentID))
    #expect(plan.requestByteCount == plan.message.embeddedLength(fileByteCount: 1000))
    #expect(!Fixtures.planner().plan(Fixtures.draft(1000, kind: kind)).preview.plainText.contains(Samples.originalDocumentID))
  }

  @Test("Another patient's document is never replaced")
  func anotherPatient() {
    let plan = plan(patient: Samples.barbara)
    #expect(!plan.canBeSent)
    #expect(plan.problems.first?.field == "Patient" && plan.problems.first?.severity == .error)
  }

  @Test("A document that went in another kind of message, or through another profile, is not replaced")
  func elsewhere() {
    let otherKind = plan { $0.kind = .notes }
    #expect(otherKind.problems.filter { $0.severity == .error }.map(\.field) == ["Message"])
    #expect(otherKind.problems.first?.remedy == "Choose Notes for this one too.")
    let otherProfile = plan { $0.profile = "ward" }
    #expect(otherProfile.problems.filter { $0.severity == .error }.map(\.field) == ["Replaces"])
    #expect(otherProfile.problems.first?.reason == "The document to be replaced was sent through the profile ward.")
  }

  @Test("Results have no replacement, and the plan says what to do")
  func results() {
    let plan = plan(.results)
    #expect(!plan.canBeSent)
    #expect(plan.problems.first?.reason == "Redox's Results cannot replace a document.")
    #expect(plan.problems.first.map { !$0.remedy.isEmpty } == true)
  }
}
