import SafeText
import Testing
import TransferEngine
import ViewModels

@testable import TerminalUI

@Suite struct ScreenTests {
  static let sizes = [Size(rows: 5, columns: 20), Size(rows: 12, columns: 40), Size(rows: 24, columns: 80), Size(rows: 40, columns: 120)]

  @Test(arguments: Fixtures.all.map(\.name), sizes)
  func looksAsBefore(name: String, size: Size) throws {
    let state = try #require(Fixtures.all.first { $0.name == name }).state
    let canvas = Fixtures.draw(state, size: size)
    Snapshot.expect(canvas.text + "\n", equals: Snapshot.screen("\(name)-\(size.columns)x\(size.rows).txt"))
  }

  @Test(arguments: Fixtures.all.map(\.name))
  func isSafeAtAnySize(name: String) throws {
    let state = try #require(Fixtures.all.first { $0.name == name }).state
    for (rows, columns) in [(0, 0), (1, 1), (1, 300), (100, 1), (10, 40), (9, 40), (10, 39), (100, 300), (24, 79), (11, 61)] {
      let canvas = Fixtures.draw(state, size: Size(rows: rows, columns: columns))
      for row in 0..<rows {
        #expect(canvas.row(row).reduce(0) { $0 + CellWidth.of($1.text) } == columns, "row \(row) at \(columns)×\(rows)")
      }
    }
  }

  @Test(arguments: Fixtures.all.map(\.name), [Size(rows: 10, columns: 40), Size(rows: 24, columns: 80)])
  func environmentIsOnEveryScreen(name: String, size: Size) throws {
    let state = try #require(Fixtures.all.first { $0.name == name }).state
    let canvas = Fixtures.draw(state, size: size)
    // Before anything is filled in there is no environment to name.
    if name == "setup-welcome" { return #expect(!canvas.text.contains("STAGING")) }
    let word = name == "review-production" ? "PRODUCTION" : "STAGING"
    #expect(canvas.row(0).map(\.text).joined().contains(" \(word) "))
    let role: Role = name == "review-production" ? .environmentProduction : .environmentStaging
    #expect(canvas.row(0).last?.role == role)
  }

  @Test func nothingFromOutsideReachesTheScreenRaw() {
    for (_, state) in Fixtures.all {
      for size in Self.sizes {
        let canvas = Fixtures.draw(state, size: size)
        for scalar in canvas.text.unicodeScalars where scalar != "\n" {
          #expect(
            ![.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory),
            "U+\(String(scalar.value, radix: 16))")
        }
      }
    }
  }

  @Test func everythingHasAnASCIITwin() {
    for (_, state) in Fixtures.all {
      let canvas = Fixtures.draw(state, size: Size(rows: 24, columns: 80), glyphs: .ascii).asciified
      let isASCII = canvas.text.utf8.allSatisfy { $0 < 0x80 }
      #expect(isASCII)
      for row in 0..<24 { #expect(canvas.row(row).reduce(0) { $0 + CellWidth.of($1.text) } == 80) }
    }
  }

  @Test func cursorRowIsSeenWithoutColours() throws {
    let canvas = Fixtures.draw(Fixtures.browse(), size: Size(rows: 24, columns: 80))
    let row = try #require((0..<24).first { canvas.row($0).map(\.text).joined().contains("▸") })
    #expect(canvas.row(row).prefix(46).allSatisfy { $0.role == .cursor })
    let theme = ThemeCatalog().theme(named: "dark").theme
    #expect(theme.resolved(.cursor, tier: .mono).attributes.contains(.reverse))
  }

  @Test func reviewFitsIntoTheSmallestUsualTerminal() throws {
    let size = Size(rows: 24, columns: 80)
    let challenge = ReviewState.Challenge(remark: "Initials and birth year do not both fit this patient. 2 tries are left.")
    for state in [Fixtures.review(warnings: 4)(20), Fixtures.review(.retype(challenge), isProduction: true, warnings: 4)(20)] {
      let room = try #require(Screen.reviewRoom(of: state, size: size))
      #expect(room.lines <= room.rows)
      let text = Screen.draw(state, size: size, glyphs: Glyphs()).text
      for piece in [
        "SMITH, Ann Mary", "24-Jul-1982 (44)", "Female", "MR 0000000002 (urn:oid:1.2.36.146)", "scan.pdf", "scan-0001.png", "PNG image",
        "1.4 MB",
        "22-Nov-2026 14:03", "SHA-256 9f86d081", "name says PDF", "api.redoxengine.com", "Notes New", "59284-0", "Uploaded first",
        "at most 30 MB",
        "ann", "V-17", "1234567893", "cannot be taken back", "named SMITH, Ann", "22 min ago", "of another patient", "Already sent",
      ] { #expect(text.contains(piece), "\(piece)") }
    }
  }

  @Test(arguments: [Size(rows: 12, columns: 40), Size(rows: 10, columns: 40), Size(rows: 20, columns: 60)])
  func longReviewScrolls(size: Size) throws {
    var state = Fixtures.review(warnings: 4)(20)
    let room = try #require(Screen.reviewRoom(of: state, size: size))
    #expect(room.lines > room.rows && room.rows > 0)
    let first = Screen.draw(state, size: size, glyphs: Glyphs()).text
    #expect(first.contains("2 other patients are named"), "Other patients with this name come first")
    #expect(first.contains("more below"))
    guard case .review(var review) = state.screen else { return }
    let top = room.lines - room.rows
    review.window = ListWindow(count: room.lines, cursor: top, top: top, rows: room.rows)
    state.screen = .review(review)
    let last = Screen.draw(state, size: size, glyphs: Glyphs()).text
    #expect(last.contains("here."))
    #expect(!last.contains("more below"))
    #expect(Screen.reviewRoom(of: state, size: size) == room, "Scrolling does not change what is to be seen")
  }

  @Test func questionDoesNotMoveWhatWasSeen() throws {
    let challenge = ReviewState.Challenge(remark: "Initials and birth year do not both fit this patient. 2 tries are left.")
    for size in [Size(rows: 10, columns: 40), Size(rows: 12, columns: 40), Size(rows: 24, columns: 80), Size(rows: 30, columns: 100)] {
      let rooms = [.unseen("Scroll down to see all of it first."), .retype(ReviewState.Challenge()), .retype(challenge), .checking].map {
        Screen.reviewRoom(of: Fixtures.review($0, isProduction: true, warnings: 4)(20), size: size)
      }
      #expect(Set(rooms.map { $0?.fingerprint }).count == 1)
    }
  }

  @Test func theReviewIsTooSmallToBeSeen() throws {
    let room = try #require(Screen.reviewRoom(of: Fixtures.review()(20), size: Size(rows: 9, columns: 40)))
    #expect(room.rows == 0)
  }

  @Test func theProfileKeepsItsNameInTheHeader() {
    for columns in [40, 60, 80, 120] {
      var state = Fixtures.browse()(8)
      state.profile.name = "ward-7-east"
      let header = Screen.draw(state, size: Size(rows: 12, columns: columns), glyphs: Glyphs()).row(0).map(\.text).joined()
      #expect(header.contains("ward-7-east"), "\(columns)")
      #expect(header.contains(" STAGING "))
    }
  }

  @Test func bannerIsNeverCutOff() {
    let long = PatientBanner(
      name: Redacted("VON UND ZU HOHENLOHE-SCHILLINGSFÜRST, Maximilian Alexander Ferdinand"), born: Redacted("Born 01-Jan-2026 (0)"),
      gender: "Gender unknown", number: Redacted("MR 00000000000000000002 (urn:oid:2.16.840.1.113883.3.6147.458.6)"), isDeceased: true)
    for columns in [40, 60, 80, 120] {
      let lines = Chrome.bannerLines(long, width: columns)
      #expect(lines.allSatisfy { $0.width <= columns - 2 })
      let text = lines.map { $0.spans.map(\.text.string).joined() }.joined().filter { $0 != " " }
      for part in [long.name.reveal(), long.born.reveal(), long.gender, long.number.reveal(), "DECEASED"] {
        #expect(text.contains(part.string.filter { $0 != " " }))
      }
    }
  }

  @Test func helpKeepsItsPlaceAmongTheKeys() {
    for columns in 40...120 {
      let canvas = Fixtures.draw(Fixtures.browse(), size: Size(rows: 24, columns: columns))
      #expect(canvas.row(23).map(\.text).joined().contains("? Help"))
    }
  }
}
