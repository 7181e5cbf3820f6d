import SafeText
import Testing

@testable import TransferEngine

@Suite("What becomes of programs at log-out")
struct LogoutPolicyTests {
  @Test(
    "The last word counts; without one, the default that the distribution shows",
    arguments: [
      ([], nil), (["[Login]\n#KillUserProcesses=no\n"], false), (["[Login]\n#KillUserProcesses=yes\n"], true),
      (["#KillUserProcesses=no\n", "[Login]\nKillUserProcesses = yes\n"], true),
      (["KillUserProcesses=yes", "KillUserProcesses=false"], false),
      (["KillOnlyUsers=root\n#Kill=yes"], nil), (["# KillUserProcesses=yes is dangerous"], nil),
    ] as [([String], Bool?)])
  func reading(texts: [String], expected: Bool?) { #expect(LogoutPolicy.killsUserProcesses(texts) == expected) }

  @Test func warnsOnlyWhereSomethingIsLost() {
    #expect(LogoutPolicy(killsUserProcesses: nil, isLingering: false).finding == nil)
    #expect(LogoutPolicy(killsUserProcesses: false, isLingering: false).finding?.verdict == .ok)
    #expect(LogoutPolicy(killsUserProcesses: true, isLingering: true).finding?.verdict == .ok)
    let finding = LogoutPolicy(killsUserProcesses: true, isLingering: false).finding
    #expect(finding?.verdict == .warn)
    #expect(finding?.remedy?.string.contains("enable-linger") == true)
  }
}
