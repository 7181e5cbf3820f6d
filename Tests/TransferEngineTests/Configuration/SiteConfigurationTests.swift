import SystemPackage
import Testing
import TransferEngine

@Suite("A site's file under the user's")
struct SiteConfigurationTests {
  static let site = """
    locked = ["limits.upload_bytes", "profiles.main.production", "network"]
    [limits]
    upload_bytes = 20_000_000
    [network]
    simultaneous_transfers = 2
    [profiles.main]
    production = true
    """

  @Test("The user's values lie over the site's, key by key")
  func overlay() throws {
    let configuration = try Configurations.load(user: Configurations.minimal + "[limits]\nembed_bytes = 1_000\n", site: Self.site)
    #expect(configuration.limits.uploadBytes == 20_000_000)
    #expect(configuration.limits.embedBytes == 1000)
    #expect(try configuration.profile(nil).summary.isProduction)
    #expect(configuration.files == ["/etc/chartdrop/config.toml", "/home/ann/.config/chartdrop/config.toml"])
    #expect(configuration.locked == ["limits.upload_bytes", "profiles.main.production", "network"])
  }

  @Test("A locked value may be repeated but not changed; both files are named")
  func locks() {
    let user =
      Configurations.minimal.replacing("[profiles.main]", with: "[profiles.main]\nproduction = false")
      + "[limits]\nupload_bytes = 20_000_000\n"
    #expect(
      Configurations.complaints(user: user, site: Self.site) == [
        "/home/ann/.config/chartdrop/config.toml:2: profiles.main.production: The site has locked this value in /etc/chartdrop/config.toml:7. "
          + "Remove it here, or ask whoever looks after that file."
      ])
  }

  @Test("A locked table takes no further keys from the user")
  func lockedTable() {
    let complaints = Configurations.complaints(
      user: Configurations.minimal + "[network]\nproxy = \"http://evil.example\"\n", site: Self.site)
    #expect(complaints.count == 1)
    #expect(complaints.first?.contains("network.proxy: The site has locked this value in /etc/chartdrop/config.toml:4.") == true)
  }

  @Test("A user cannot lock, and a site cannot lock what it does not set")
  func wrongLocks() {
    #expect(
      Configurations.complaints(user: "locked = [\"theme\"]\n" + Configurations.minimal).first?.contains("Only the site's file can lock")
        == true)
    #expect(
      Configurations.complaints(user: Configurations.minimal, site: "locked = [\"theme\"]").first?.contains(
        "It locks theme, which this file does not set.")
        == true)
  }

  @Test("Relative paths begin at the file that they stand in")
  func relativePaths() throws {
    let configuration = try Configurations.load(user: Configurations.minimal, site: "[profiles.main]\nroster = \"ward.csv\"\n")
    #expect(try configuration.profile(nil).roster == "/etc/chartdrop/ward.csv")
  }
}
