import ClinicalMessages
import Documents
import SafeText
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

@Suite("Planning")
struct PlannerTests {
  enum Outcome: Equatable { case embed, upload, error }

  @Test(
    "The way follows from size and environment, to the byte",
    arguments: [
      (.staging, 1, .embed), (.staging, 200_000, .embed), (.staging, 200_001, .upload), (.staging, 10_000_001, .upload),
      (.staging, 30_000_000, .upload), (.staging, 30_000_001, .error), (.production, 12_000_000, .upload), (.development, 200_001, .embed),
      (.development, 10_000_000, .embed), (.development, 10_000_001, .error),
    ] as [(ProfileSummary.Environment, Int, Outcome)])
  func way(_ environment: ProfileSummary.Environment, _ byteCount: Int, _ expected: Outcome) {
    let plan = Fixtures.planner(environment).plan(Fixtures.draft(byteCount))
    let outcome: Outcome = methodErrors(plan).isEmpty ? (plan.method.method == .embed ? .embed : .upload) : .error
    #expect(outcome == expected)
    #expect(plan.message.method == plan.method.method)
  }

  @Test(
    "A forced way is honoured where it is open, and the other way's fence does not matter",
    arguments: [
      (.staging, 5_000_000, .embed, true), (.staging, 10_000_001, .embed, false), (.staging, 100, .upload, true),
      (.development, 100, .upload, false), (.staging, 30_000_001, .upload, false),
    ] as [(ProfileSummary.Environment, Int, DeliveryMethod, Bool)])
  func forced(_ environment: ProfileSummary.Environment, _ byteCount: Int, _ method: DeliveryMethod, _ isOpen: Bool) {
    let plan = Fixtures.planner(environment).plan(Fixtures.draft(byteCount, forced: method))
    #expect(plan.method.method == method)
    #expect(methodErrors(plan).isEmpty == isOpen)
  }

  @Test("403 and 413 are explained before they happen")
  func explanations() {
    let development = Fixtures.planner(.development).plan(Fixtures.draft(1_000_000))
    #expect(
      development.method.reason
        == "Redox takes no uploads from a Development environment; it would answer 403, forbidden.")
    let tooLarge = Fixtures.planner().plan(Fixtures.draft(40_000_000))
    let problem = methodErrors(tooLarge)[0]
    #expect(problem.reason.string.contains("The file has 40 MB; 30 MB is the most for an upload; Redox would answer 413"))
    #expect(problem.reason.string.contains("10 MB is the most inside a message"))
    let justOver = Fixtures.planner(.development).plan(Fixtures.draft(10_000_001))
    #expect(methodErrors(justOver)[0].reason.string.contains("The file has 10000001 bytes; 10000000 is the most"))
  }

  @Test("The request's own limit counts, base64 and all")
  func requestLimit() {
    let planner = Fixtures.planner(.development, limits: Limits(embedBytes: 100_000_000, requestBytes: 40_000_000))
    let fits = planner.plan(Fixtures.draft(29_000_000))
    #expect(methodErrors(fits).isEmpty)
    #expect(fits.requestByteCount == fits.message.prefix.count + fits.message.suffix.count + 4 * ((29_000_000 + 2) / 3))
    #expect(!methodErrors(planner.plan(Fixtures.draft(30_000_001))).isEmpty)
  }

  @Test("Uploads from development are a matter of configuration")
  func paidAccount() {
    let limits = Limits(uploadEnvironments: [.development])
    #expect(Fixtures.planner(.development, limits: limits).plan(Fixtures.draft(5_000_000)).method.method == .upload)
    #expect(Fixtures.planner(.staging, limits: limits).plan(Fixtures.draft(5_000_000)).method.method == .embed)
  }

  @Test("A refused document cannot be sent, a doubtful one can; errors come first")
  func verdicts() {
    let refused = Fixtures.planner().plan(Fixtures.draft(100, verdict: .refuse("It is a program.")))
    #expect(!refused.canBeSent)
    #expect(refused.problems.first?.reason == "It is a program.")
    let doubtful = Fixtures.planner().plan(Fixtures.draft(100, verdict: .warn("The name says DOC, the content PDF.")))
    #expect(doubtful.problems.contains { $0.severity == .warning && $0.field == "Document" })
    let both = Fixtures.planner(.development).plan(Fixtures.draft(100, forced: .upload, verdict: .warn("?")))
    let firstWarning = both.problems.firstIndex { $0.severity == .warning }
    let lastError = both.problems.lastIndex { $0.severity == .error }
    #expect(firstWarning != nil && lastError != nil)
    #expect((lastError ?? 0) < (firstWarning ?? 0))
  }

  @Test("Embedding more than is advised by choice gets a warning, not an error")
  func advice() {
    let plan = Fixtures.planner().plan(Fixtures.draft(3_000_000, forced: .embed))
    #expect(plan.problems.contains { $0.severity == .warning && $0.reason == "Redox advises at most 200 KB inside a message." })
    #expect(methodErrors(plan).isEmpty)
  }

  @Test("FHIR needs a slug and an OAuth key; the profile says so before anything is sent")
  func profiles() {
    let withoutSlug = Planner(profile: Fixtures.profile(slug: false), limits: Limits(), messages: .standard)
    #expect(!withoutSlug.plan(Fixtures.draft(100, kind: .fhir)).canBeSent)
    let legacy = Planner(
      profile: Fixtures.profile(credentials: .legacy(apiKey: "k", secretFile: "/s")), limits: Limits(), messages: .standard)
    #expect(!legacy.plan(Fixtures.draft(100, kind: .fhir)).canBeSent)
    #expect(legacy.plan(Fixtures.draft(100, kind: .media)).problems.allSatisfy { $0.field != "Message" })
  }

  @Test("The same draft gives the same plan, byte for byte", arguments: MessageKind.allCases)
  func purity(_ kind: MessageKind) {
    let draft = Fixtures.draft(250_000, kind: kind)
    #expect(Fixtures.planner().plan(draft) == Fixtures.planner().plan(draft))
  }

  @Test("Sizes in words round down, so that a limit never looks larger than it is")
  func sizes() {
    #expect(ByteText.size(999) == "999 bytes")
    #expect(ByteText.size(182_344) == "182.3 KB")
    #expect(ByteText.size(12_599_999) == "12.5 MB")
    #expect(ByteText.size(30_000_000) == "30 MB")
  }

  private func methodErrors(_ plan: Plan) -> [Problem] { plan.problems.filter { $0.severity == .error && $0.field == "Method" } }
}
