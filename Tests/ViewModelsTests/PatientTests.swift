import ClinicalMessages
import Documents
import Patients
import SafeText
import TestSupport
import Testing
import TransferEngine
@testable import ViewModels

@MainActor
@Suite("Choosing the patient", .timeLimit(.minutes(2)))
struct PatientTests {
  @Test("Two identifiers beside every name, and a warning where names are alike")
  func rows() async throws {
    let user = try await RobotUser()
    await user.press(.character("p"))
    let state = try #require(user.patient)
    #expect(state.total == Samples.patients.count)
    #expect(state.rows.allSatisfy { !$0.born.reveal().isEmpty && !$0.number.reveal().isEmpty })
    await user.type("barbara")
    #expect(user.patient?.rows.count == 2)
    #expect(user.patient?.rows.allSatisfy(\.hasNamesake) == true)
    #expect(user.patient?.warning?.string.contains("same or a similar name") == true)
    await user.type(" 1951")
    #expect(user.patient?.rows.map { $0.born.reveal().string } == ["02-Nov-1951 (74y)"])
  }

  @Test("Masked rows give initials, birth year and the end of the number; the one under the cursor is whole")
  func masked() async throws {
    let user = try await RobotUser()
    await user.press(.character("p"), .control("t"))
    await user.type("bixby")
    let rows = try #require(user.patient?.rows)
    #expect(rows.count == 4)
    for row in rows where !row.isUnderCursor {
      #expect(row.name.reveal().string.contains("BIXBY") == false)
      #expect(row.born.reveal().string.count == 4)
      #expect(row.number.reveal().string.contains("…"))
    }
    #expect(rows.first { $0.isUnderCursor }?.name.reveal().string.hasPrefix("BIXBY") == true)
  }

  @Test("A chosen patient stays when the document comes later")
  func patientFirst() async throws {
    let user = try await RobotUser()
    await user.press(.character("p"))
    await user.type("walter")
    await user.press(.enter)
    #expect(user.browse != nil)
    let banner = try #require(user.app.state.banner)
    #expect(banner.name.reveal() == "CARTHWRIGHT, Walter")
    #expect(banner.born.reveal() == "Born 04-Mar-1945 (80y)")
    #expect(banner.gender == "Male")
    #expect(banner.number.reveal() == "MRN 0000000003 (urn:redox:health-one:MR)")
    await user.press(.enter)
    #expect(user.message != nil)
  }

  @Test("Unknown is said in words, and the dead have no age")
  func unknown() {
    let minimal = PatientBanner(Samples.minimal, today: Samples.today)
    #expect(minimal.born.reveal() == "Birth date unknown")
    #expect(minimal.gender == "Gender unknown")
    #expect(minimal.name.reveal() == "SUHARTO")
    let deceased = PatientBanner(Samples.deceased, today: Samples.today)
    #expect(deceased.isDeceased)
    #expect(deceased.born.reveal() == "Born 08-May-1940")
  }

  @Test("Nobody fits: Enter chooses nobody and says so")
  func nobody() async throws {
    let user = try await RobotUser()
    await user.press(.character("p"))
    await user.type("zzzz")
    await user.press(.enter)
    #expect(user.patient != nil)
    #expect(user.app.patient == nil)
    #expect(user.notice == "No patient fits what you typed.")
  }

  @Test("A roster that cannot be used says what to do, and ^R reads it again")
  func failure() async throws {
    let user = try await RobotUser()
    user.service.script { $0.patients = .failure(.malformed(record: 3, field: "birth_date", reason: "there is no such day.")) }
    await user.press(.character("p"))
    guard case .failed(let reason, let remedy) = user.patient?.phase else {
      Issue.record("Should have failed")
      return
    }
    #expect(reason == "Record 3 of the patient list, birth_date: there is no such day.")
    #expect(remedy.string.contains("^R"))
    user.service.script { $0.patients = .success(Samples.patients) }
    await user.press(.control("r"))
    #expect(user.patient?.phase == .ready)
  }

  @Test("Another patient's name in the file's name is pointed out on the review; the patient's own is not")
  func otherName() async throws {
    let user = try await RobotUser(files: ["Carthwright_Walter_consent.pdf", "bixby-barbara.pdf"])
    await user.press(.down)
    await user.goToReview()
    #expect(user.review?.warnings.contains { $0.field == "Document" } == true)
    await user.press(.escape, .escape, .up, .enter, .character("S"))
    #expect(user.review?.documents.first?.document.name.reveal() == "bixby-barbara.pdf")
    #expect(user.review?.warnings.contains { $0.field == "Document" } == false)
  }
}
