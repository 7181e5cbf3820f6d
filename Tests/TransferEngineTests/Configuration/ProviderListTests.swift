import ClinicalMessages
import SystemPackage
import Testing

@testable import TransferEngine

@Suite struct ProviderListTests {
  private static let profile = Configurations.minimal

  private func providers(user: String?, site: String? = nil) throws -> [String] {
    try Configurations.load(user: user, site: site).profiles[0].providers.map { "\($0.idType) \($0.id) \($0.family ?? "-")" }
  }

  @Test func theProfilesOwnComeBeforeEverybodys() throws {
    let text =
      Self.profile + """
        [[profiles.main.providers]]
        id = "D-1"
        id_type = "EHRID"
        family = "Mica"
        [[providers]]
        id = "1234567893"
        family = "Granite"
        [[providers]]
        id = "1000000004"
        """
    #expect(try providers(user: text) == ["EHRID D-1 Mica", "NPI 1234567893 Granite", "NPI 1000000004 -"])
  }

  @Test func theOrderIsThatOfTheFileBeyondNine() throws {
    let text = Self.profile + (1...12).map { "[[providers]]\nid = \"P\($0)\"\n" }.joined()
    #expect(try providers(user: text) == (1...12).map { "NPI P\($0) -" })
  }

  @Test func theUsersListReplacesTheSitesAsAWhole() throws {
    let site = "[[providers]]\nid = \"S1\"\nfamily = \"Site\"\n[[providers]]\nid = \"S2\"\n"
    #expect(try providers(user: Self.profile, site: site) == ["NPI S1 Site", "NPI S2 -"])
    // Nothing of the site's first entry may lend its name to the user's.
    #expect(try providers(user: Self.profile + "[[providers]]\nid = \"U1\"\n", site: site) == ["NPI U1 -"])
  }

  @Test func mistakesAreToldWithTheirLine() {
    let text =
      Self.profile + "[[providers]]\nid = \"P1\"\n[[providers]]\nid = \"P2\"\nfamliy = \"Granite\"\n[[providers]]\nfamily = \"Chalk\"\n"
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let wrong = (lines.firstIndex { $0.hasPrefix("famliy") } ?? 0) + 1
    let complaints = Configurations.complaints(user: text)
    #expect(complaints.contains { $0.contains(":\(wrong)") && $0.contains("family") }, "\(complaints)")
    #expect(complaints.contains { $0.contains("providers.3.id") && $0.contains("missing") }, "\(complaints)")
  }
}
