import SafeText
import SystemPackage
import TestSupport
import Testing

@testable import TransferEngine

@Suite("A state folder on a network file system")
struct NetworkStateTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "Names of file systems",
    arguments: [
      ("nfs4", "NFS"), ("cifs", "SMB"), ("fuse.sshfs", "sshfs"), ("9p", "9P"), ("ext4", nil), ("tmpfs", nil), ("btrfs", nil),
      ("overlay", nil),
      ("fuse.ntfs-3g", nil),
    ] as [(String, String?)])
  func names(_ kind: String, _ name: String?) {
    #expect(FileSystemKind.networkName(of: kind) == name)
  }

  @Test("It is refused with what is wrong, what it means and what to do; nothing is made in it")
  func refused() throws {
    let places = folder.places
    do throws(OutboxError) {
      try places.prepare { _ in "nfs4" }
      Issue.record("It was taken.")
    } catch {
      let sentence = error.sentence.string
      #expect(sentence.contains("network file system (NFS)"))
      #expect(sentence.contains("sent twice"))
      #expect(sentence.contains("allow_network_folder"))
    }
    try places.prepare { _ in "ext4" }
    try places.prepare { _ in nil }
  }

  @Test("It is taken where that is configured")
  func allowed() throws {
    var places = folder.places
    places.allowsNetworkState = true
    try places.prepare { _ in "nfs4" }
  }

  #if os(Linux)
  @Test("The kernel's list of mounts")
  func mounts() {
    let text = """
      22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
      40 22 0:48 / /home rw shared:9 master:1 - nfs4 server:/home rw,vers=4.2
      41 22 0:49 / /mnt/with\\040space rw - fuse.sshfs ann@host: rw
      broken line
      """
    #expect(FileSystemKind.kind(of: "0:48", in: text) == "nfs4")
    #expect(FileSystemKind.kind(of: "0:49", in: text) == "fuse.sshfs")
    #expect(FileSystemKind.kind(of: "8:1", in: text) == "ext4")
    #expect(FileSystemKind.kind(of: "9:9", in: text) == nil)
  }
  #endif

  @Test("History, network state and what becomes of documents are configurable, and the site can lock them")
  func configuration() throws {
    let text =
      Configurations.minimal
        + """
        [profiles.main.after]
        accepted = "move"
        folder = "sent"
        [history]
        keep_patient_days = 7
        keep_receipts_days = 365
        [state]
        allow_network_folder = true
        """
    let configuration = try Configurations.load(user: text)
    #expect(configuration.history == HistorySettings(keepPatientDays: 7, keepReceiptsDays: 365))
    #expect(configuration.allowsNetworkState)
    #expect(try configuration.profile(nil).after == .move("/home/ann/.config/chartdrop/sent"))
    #expect(try configuration.profile(nil).after.reviewSentence == "Once accepted, the file is moved to /home/ann/.config/chartdrop/sent.")

    let usual = try Configurations.load(user: Configurations.minimal)
    #expect(usual.history == HistorySettings(keepPatientDays: 30, keepReceiptsDays: 0))
    #expect(!usual.allowsNetworkState)
    #expect(try usual.profile(nil).after == .keep)

    let site = "locked = [\"state\", \"history\"]\n[state]\nallow_network_folder = false\n[history]\nkeep_patient_days = 30\n"
    #expect(Configurations.complaints(user: text, site: site).count == 3)
    let folderless = Configurations.minimal + "[profiles.main.after]\naccepted = \"move\"\n"
    #expect(Configurations.complaints(user: folderless).first?.contains("profiles.main.after.folder: It is missing.") == true)
  }
}
