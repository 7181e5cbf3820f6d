import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `chartdrop check` on what a folder can hold, hostile things first.
@Suite(.serialized, .ownThreads)
struct CheckCommandTests {
  private let program: Program
  private var folder: String { program.home.path + "/files" }

  init() throws {
    program = try Program()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func make(_ name: String, _ content: String = "A note of some words.\n") throws -> String {
    try Data(content.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    return folder + "/" + name
  }

  private func words(_ result: Program.Result) -> [String] {
    result.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
  }

  @Test("One line a file, and the worst decides the exit status")
  func verdicts() throws {
    try program.prepareSandbox()
    let documents = ["consent-form.pdf", "wound-photo.png", "ct-slice.dcm", "summary-of-care.xml", "referral.rtf", "visit-note.txt"]
    let good = try program.run(["check"] + documents.map(program.document))
    #expect(good.status == 0)
    #expect(words(good) == Array(repeating: "allow", count: 6))
    let misnamed = folder + "/photo.pdf"
    try FileManager.default.copyItem(atPath: program.document("wound-photo.png"), toPath: misnamed)
    let warned = try program.run("check", misnamed, program.document("consent-form.pdf"))
    #expect(warned.status == 10)
    #expect(words(warned) == ["warn", "allow"])
    let refused = try program.run("check", program.document("image-viewer"), misnamed, program.document("old-records.zip"))
    #expect(refused.status == 20)
    #expect(words(refused) == ["refuse", "warn", "refuse"])
    #expect(refused.output.split(separator: "\n").allSatisfy { $0.split(separator: "\t").count == 3 })
    #expect(
      refused.output.split(separator: "\n").map { $0.split(separator: "\t").last } == ["image-viewer", "photo.pdf", "old-records.zip"])
  }

  @Test("What is no document is refused at once, each with its reason")
  func noDocuments() throws {
    mkfifo(folder + "/fifo", 0o600)
    symlink("nowhere", folder + "/dangling")
    symlink("ring", folder + "/ring")
    let paths = [
      folder + "/fifo", "/dev/null", "/dev/zero", folder, folder + "/dangling", folder + "/ring", folder + "/missing",
      try make("empty.pdf", ""),
    ]
    let result = try program.run(["check"] + paths)
    #expect(result.status == 20)
    #expect(words(result) == Array(repeating: "refuse", count: paths.count))
    let reasons = result.output.split(separator: "\n").map { String($0) }
    #expect(reasons[1].contains("device"))
    #expect(reasons[3].contains("folder"))
    #expect(reasons[4].contains("link"))
    #expect(reasons[6].contains("no such file"))
    #expect(reasons[7].contains("empty"))
    #expect(!result.output.contains("system error"), "\(result.output)")
  }

  @Test(
    "Hostile names are files like others, and reach no terminal raw",
    arguments: [
      Array("\u{1B}]0;owned\u{07}\u{1B}[2J.txt".utf8), Array("two\nlines.txt".utf8), [0x66, 0xFF, 0xFE, 0x80] + Array(".txt".utf8),
      Array((String(repeating: "a", count: 251) + ".txt").utf8), Array("\u{202E}fdp.txt".utf8), Array(" -rf --help .txt".utf8),
      Array("\u{9B}31m.txt".utf8),
    ])
  func hostileNames(name: [UInt8]) throws {
    let path = Array(folder.utf8) + [0x2F] + name
    let descriptor = path.withUnsafeBufferPointer { bytes in
      let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
      return open(terminated, O_WRONLY | O_CREAT, 0o600)
    }
    try #require(descriptor >= 0)
    let note = Array("A note of some words.\n".utf8)
    #expect(write(descriptor, note, note.count) == note.count)
    close(descriptor)

    let check = try program.run(bytes: [Array("check".utf8), path])
    #expect(check.status == 0 || check.status == 10, "\(check.output)")
    let sent = try program.run(
      bytes: ["send", "--sandbox", "--json", "--patient", "p-7f3k2", "--as", "notes"].map { Array($0.utf8) } + [path])
    #expect(sent.status == 0, "\(sent.output)\(sent.errors)")
    #expect(try program.received().last?.byteCount == note.count)
    let plain = try program.run(
      bytes: ["send", "--sandbox", "--dry-run", "--patient", "p-7f3k2", "--as", "notes"].map { Array($0.utf8) } + [path])
    for text in [check.output, sent.output, plain.output, plain.errors] {
      #expect(
        !text.unicodeScalars.contains {
          $0.value < 0x20 && $0 != "\n" && $0 != "\t" || (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}"
        })
      #expect(text.split(separator: "\n").count <= 3, "a line and what there is to know: \(text)")
    }
  }
}
