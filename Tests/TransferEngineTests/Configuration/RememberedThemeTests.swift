import Foundation
import SystemPackage
import Testing
import TransferEngine

@Suite("The theme that was chosen on the screen")
struct RememberedThemeTests {
  @Test("It is kept for the next time, readable by its owner alone, and replaced by the next choice")
  func keeps() throws {
    let base = FileManager.default.temporaryDirectory.appendingPathComponent("chartdrop-theme-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: base) }
    let places = Places(configuration: "/nowhere/config.toml", state: FilePath(base.path).appending("state"))
    let theme = RememberedTheme(places: places)
    #expect(theme.read() == nil)
    #expect(theme.write("hc-dark"))
    #expect(theme.write("light"))
    #expect(theme.read() == "light")
    let file = base.path + "/state/theme"
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: base.path + "/state") == ["theme"], "No draft is left behind")

    for strange in ["", "../../etc/passwd\n", String(repeating: "x", count: 101)] {
      try Data(strange.utf8).write(to: URL(fileURLWithPath: file))
      #expect(theme.read() == nil)
    }
    #expect(!theme.write("a/b"))
  }

  @Test("Where nothing can be written, keeping fails and nothing else does")
  func unwritable() {
    let theme = RememberedTheme(places: Places(configuration: "/nowhere/config.toml", state: "/proc/none"))
    #expect(!theme.write("dark"))
    #expect(theme.read() == nil)
  }
}
