import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import RedoxSandbox

@Suite struct HomeTests {
  @Test func aHomeIsPreparedOnceAndKept() async throws {
    let folder = Bench.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let home = try SandboxHome.prepare(at: folder)
    try PrivateFiles.write("damaged", to: folder + "/keys/staging.pem")
    let big = home.documentsPath + "/scanned-archive.pdf"
    let inode = try attributes(big)[.systemFileNumber] as? Int
    let again = try SandboxHome.prepare(at: folder)

    #expect(again.clients.map(\.environment) == [.development, .staging, .production, .staging])
    #expect(again.clients[0] == home.clients[0])
    #expect(again.clients[2] == home.clients[2])
    #expect(again.clients[3] == home.clients[3])
    #expect(again.clients[1].keys != home.clients[1].keys, "a damaged key is made anew")
    #expect(try attributes(big)[.systemFileNumber] as? Int == inode, "40 MB are not written twice")
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let found = try attributes(folder + "/" + path)
      let mode = try #require(found[.posixPermissions] as? Int)
      #expect(mode == (found[.type] as? FileAttributeType == .typeDirectory ? 0o700 : 0o600), "\(path)")
    }

    let server = try await SandboxServer.start(home.serverOptions)
    let configuration = try String(contentsOfFile: home.writeConfiguration(for: server), encoding: .utf8)
    await server.stop()
    #expect(configuration.contains("default_profile = \"staging\""))
    #expect(configuration.contains("upload = \"\(server.baseURL)/upload\""))
    #expect(configuration.matches(of: /\[profiles\.([a-z-]+)\]/).map(\.1) == ["development", "staging", "production-like", "legacy"])
  }

  @Test func everyKeyOfAHomeGetsAToken() async throws {
    let folder = Bench.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try PrivateFiles.makeDirectory(folder + "/keys")
    let clients = try SandboxProfile.all.map { try $0.client(in: folder) }
    func stored(_ name: String) throws -> String { try String(contentsOfFile: folder + "/keys/" + name, encoding: .utf8) }
    try await Bench.run({ $0.clients = clients }) { bench in
      var development = Assertion(client: clients[0], bench: bench)
      development.key = try P384.Signing.PrivateKey(pemRepresentation: stored("development.pem"))
      #expect(try await bench.requestToken(development.signed()).status == 200)

      var staging = Assertion(client: clients[1], bench: bench)
      staging.header["alg"] = "RS384"
      let input = try staging.signed().split(separator: ".").prefix(2).joined(separator: ".")
      let key = try _RSA.Signing.PrivateKey(pemRepresentation: stored("staging.pem"))
      let signature = try key.signature(for: SHA384.hash(data: Data(input.utf8)), padding: .insecurePKCS1v1_5).rawRepresentation
      #expect(try await bench.requestToken(input + "." + Assertion.base64URL(signature)).status == 200)

      let jwk = try JSON(parsing: Array(stored("production-like.jwk").utf8))
      func part(_ name: String) throws -> Data {
        let text = try #require(jwk[name]?.string).replacing("-", with: "+").replacing("_", with: "/")
        return try #require(Data(base64Encoded: text))
      }
      var production = Assertion(client: clients[2], bench: bench)
      production.key = try P384.Signing.PrivateKey(rawRepresentation: part("d"))
      #expect(try production.key.publicKey.rawRepresentation == part("x") + part("y"))
      #expect(jwk["kid"]?.string == clients[2].keys.first?.keyID)
      #expect(try await bench.requestToken(production.signed()).status == 200)

      let login: JSON = [
        "apiKey": .string(clients[3].legacyKey?.apiKey ?? ""), "secret": .string(try stored("legacy.secret").replacing("\n", with: "")),
      ]
      #expect(try await bench.post("/auth/authenticate", type: "application/json", body: Array(login.text.utf8)).status == 200)
    }
  }

  private func attributes(_ path: String) throws -> [FileAttributeKey: Any] {
    try FileManager.default.attributesOfItem(atPath: path)
  }

  @Test func theRosterIsLargeAwkwardAndUnambiguous() throws {
    let people = SampleRoster.people
    #expect(people.count >= 45)
    #expect(Set(people.map(\.id)).count == people.count)
    #expect(Set(people.map(\.mrn)).count == people.count)
    #expect(Set(people.map { "\($0.family)|\($0.given)" }).count < people.count, "two people share a name")
    #expect(people.contains { !$0.deceased.isEmpty })
    #expect(Dictionary(grouping: people.filter { !$0.address.street.isEmpty }, by: \.address.street).values.contains { $0.count >= 4 })
    for person in people {
      #expect(person.birthDate.isEmpty || person.birthDate.count == 10 && FieldFormat.date.matches(person.birthDate), "\(person.id)")
      #expect(["male", "female", "other", "unknown", ""].contains(person.gender))
    }
    #expect(SampleRoster.csv.contains(#""Baker, MD","Alan ""Al""""#))
    #expect(SampleRoster.csv.split(separator: "\n").count == people.count + 1)
  }

  @Test(arguments: SampleDocuments.all.filter { $0.name.hasSuffix(".pdf") }.map(\.name)) func crossReferencesOfAPDFLeadToItsObjects(
    name: String
  ) throws {
    let bytes = try made(name)
    let sample = try #require(SampleDocuments.all.first { $0.name == name })
    if let size = sample.knownSize { #expect(bytes.count == size) }
    #expect(bytes.starts(with: Array("%PDF-1.4\n".utf8)))
    let tail = String(decoding: bytes.suffix(2000), as: UTF8.self)
    let start = try #require(tail.firstMatch(of: /startxref\n(\d+)\n%%EOF\n$/).flatMap { Int($0.1) })
    let table = String(decoding: bytes[start...], as: UTF8.self)
    #expect(table.hasPrefix("xref\n0 "))
    let offsets = table.matches(of: /(\d{10}) 00000 n \n/).compactMap { Int($0.1) }
    #expect(offsets.count >= 5)
    for (index, offset) in offsets.enumerated() {
      #expect(bytes[offset...].starts(with: Array("\(index + 1) 0 obj\n".utf8)))
    }
  }

  @Test func samplesAreWhatTheyClaim() throws {
    #expect(SampleDocuments.all.map(\.knownSize).compactMap { $0 } == [150_000, 12_000_000, 40_000_000])
    let picture = try made("wound-photo.png")
    #expect(Checksum.crc32("123456789".utf8) == 0xCBF4_3926)
    #expect(Checksum.adler32("Wikipedia".utf8) == 0x11E6_0398)
    #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(picture.suffix(8) == [0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
    let dicom = try made("ct-slice.dcm")
    #expect(dicom[..<128].allSatisfy { $0 == 0 } && Array(dicom[128..<132]) == Array("DICM".utf8))
    #expect(dicom.count % 2 == 0)
    #expect(try made("image-viewer").starts(with: [0x7F, 0x45, 0x4C, 0x46]))
    let archive = try made("old-records.zip")
    #expect(archive.starts(with: [0x50, 0x4B, 3, 4]))
    let directory = Int(archive[archive.count - 6]) | Int(archive[archive.count - 5]) << 8
    #expect(Array(archive[directory..<directory + 4]) == [0x50, 0x4B, 1, 2])
    #expect(try made("referral.rtf").starts(with: Array("{\\rtf1".utf8)))
    #expect(String(validating: try made("visit-note.txt"), as: UTF8.self)?.contains("°") == true)
  }

  private func made(_ name: String) throws -> [UInt8] {
    let sample = try #require(SampleDocuments.all.first { $0.name == name })
    let path = Bench.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try PrivateFiles.write(to: path, sample.write)
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

@Suite struct ReceivedStoreTests {
  @Test func aCutOffLineIsLeftOutAndAMissingFolderIsEmpty() throws {
    let folder = Bench.temporaryFolder()
    #expect(try ReceivedStore.list(folder).filter { !$0.isWhitespace } == "[]")
    try PrivateFiles.makeDirectory(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let line = #"{"time":"2026-01-05T10:00:00.000Z","endpoint":"dataModel","sourceID":"s","environment":"Staging","documentID":"d"}"#
    try PrivateFiles.write(line + "\n" + line.prefix(40), to: folder + "/index.ndjson")
    #expect(try ReceivedStore.received(in: folder).map(\.documentID) == ["d"])
  }
}
