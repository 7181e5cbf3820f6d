import Foundation
import Testing

/// Files beside the tests that hold what is expected. With CHARTDROP_REGENERATE=1 they are written instead of compared; the
/// difference is then read in the version control.
enum Snapshot {
  static let isRegenerating = ProcessInfo.processInfo.environment["CHARTDROP_REGENERATE"] == "1"

  static func folder(_ name: String, file: String = #filePath) -> URL {
    URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent(name)
  }

  static func screen(_ name: String) -> URL { folder("Screens").appendingPathComponent(name) }
  static var repository: URL { folder("../..").standardizedFileURL }

  static func expect(_ text: String, equals url: URL, sourceLocation: SourceLocation = #_sourceLocation) {
    if isRegenerating {
      try? text.write(to: url, atomically: true, encoding: .utf8)
      return
    }
    let expected = try? String(contentsOf: url, encoding: .utf8)
    guard text != expected else { return }
    Issue.record("\(url.lastPathComponent) differs. Now it is:\n\(text)", sourceLocation: sourceLocation)
  }
}
