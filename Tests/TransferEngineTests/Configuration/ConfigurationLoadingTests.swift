import ClinicalMessages
import Patients
import RedoxAPI
import SafeText
import SystemPackage
import Testing
import TransferEngine

@Suite("Reading the configuration")
struct ConfigurationLoadingTests {
  @Test("The smallest file gets Redox's documented addresses and limits")
  func defaults() throws {
    let configuration = try Configurations.load(user: Configurations.minimal)
    let profile = try configuration.profile(nil)
    #expect(configuration.defaultProfile == "main")
    #expect(profile.summary.environment == .staging)
    #expect(!profile.summary.isProduction)
    #expect(profile.summary.host == "api.redoxengine.com")
    #expect(profile.summary.destinationName == "Redox EMR")
    #expect(profile.urls.fhir == "https://api.redoxengine.com/fhir/R4/redox-emr/Staging/DocumentReference/$documentreference-create")
    #expect(profile.urls.upload == "https://blob.redoxengine.com/upload")
    #expect(profile.routing.isTest)
    #expect(configuration.limits == Limits())
    #expect(configuration.network == NetworkSettings())
    #expect(
      profile.credentials
        == .clientAssertion(clientID: "client", keyID: "kid", keyFile: "/home/ann/.config/chartdrop/key.pem", scope: nil))
  }

  @Test("Every value that is given arrives")
  func everything() throws {
    let text = """
      default_profile = "live"
      theme = "mono"
      [profiles.live]
      environment = "Production"
      destination_id = "af394f14-b34a-464f-8d24-895f370af4c9"
      source_id = "7ce6f387-c33c-417d-8682-81e83628cbd9"
      source_name = "Ward 3"
      organization = "Health One"
      roster = "../patients.csv"
      inbox = "~/inbox"
      [profiles.live.credentials]
      kind = "legacy"
      api_key = "key"
      secret_file = "/secrets/redox"
      [profiles.live.urls]
      endpoint = "http://127.0.0.1:8080/endpoint"
      fhir = "https://fhir.example.org/{destination}/{environment}"
      fhir_search = "https://fhir.example.org/{destination}/{environment}/_search"
      [profiles.live.wire]
      upload_part_name = "document"
      fhir_retract = true
      referenced_note_content_type = "Base64 Encoded"
      identifier_systems = { MR = "urn:oid:1.2.3" }
      [profiles.live.defaults]
      provider_id = "1234567893"
      provider_family = "Granite"
      notes_type = "11488-4 Consultation note"
      [profiles.live.roster_columns]
      mrn = "Record no"
      [limits]
      embed_bytes = 5_000_000
      upload_environments = ["Development"]
      [network]
      proxy = "http://proxy.example.org:3128"
      ca_file = "ca.pem"
      connect_timeout = 2.5
      simultaneous_transfers = 1
      [sending]
      hold_seconds = 2.5
      """
    let configuration = try Configurations.load(user: text)
    let profile = try configuration.profile("live")
    #expect(configuration.theme == "mono")
    #expect(profile.summary.isProduction)
    #expect(profile.summary.host == "127.0.0.1")
    #expect(!profile.routing.isTest)
    #expect(profile.routing.sourceName == "Ward 3")
    #expect(profile.routing.organizationName == "Health One")
    #expect(profile.routing.identifierSystems == ["MR": "urn:oid:1.2.3"])
    #expect(profile.routing.referencedNoteContentType == "Base64 Encoded")
    #expect(profile.retractsFHIR && profile.urls.fhirSearch?.hasSuffix("/Production/_search") == true)
    #expect(profile.roster == "/home/ann/.config/patients.csv")
    #expect(profile.inbox == "/home/ann/inbox")
    #expect(profile.credentials == .legacy(apiKey: "key", secretFile: "/secrets/redox"))
    // No slug to fill in: FHIR is closed rather than sent to a wrong address.
    #expect(profile.urls.fhir == nil)
    #expect(profile.uploadPartName == "document")
    #expect(profile.defaults.provider == Provider(id: "1234567893", family: "Granite"))
    #expect(profile.defaults.documentTypes == [.notes: CodedValue(code: "11488-4", display: "Consultation note")])
    #expect(profile.rosterColumns == RosterColumns([.mrn: "Record no"]))
    #expect(configuration.limits.embedBytes == 5_000_000)
    #expect(configuration.limits.uploadEnvironments == [.development])
    #expect(configuration.network.proxy == "http://proxy.example.org:3128")
    #expect(configuration.network.certificateFile == "/home/ann/.config/chartdrop/ca.pem")
    #expect(configuration.network.connectTimeout == 2.5)
    #expect(configuration.network.simultaneousTransfers == 1)
    #expect(configuration.sending.holdSeconds == 2.5)
  }

  @Test("Each mistake is told with file, line, key and what to write instead")
  func mistakes() {
    let text = """
      theem = "dark"
      [profiles.main]
      environment = "staging"
      destination_id = "af394f14"
      production = "yes"
      [profiles.main.credentials]
      kind = "client_assertion"
      client_id = ""
      key_id = "kid"
      key-file = "key.pem"
      [profiles.main.urls]
      upload = "http://blob.redoxengine.com/upload"
      [limits]
      embed_bytes = 10.5
      upload_environments = ["Staging", "Live"]
      [network]
      simultaneous_transfers = 0
      """
    let file = "/home/ann/.config/chartdrop/config.toml"
    #expect(
      Configurations.complaints(user: text) == [
        "\(file):1: theem: There is no such key. Did you mean theme?",
        #"\#(file):3: profiles.main.environment: "staging" is not one of the words that are possible here. Write "Development", "Staging" or "Production". Did you mean "Staging"?"#,
        "\(file):4: profiles.main.destination_id: It is not a UUID. Copy it from Redox's dashboard: 8-4-4-4-12 hexadecimal digits.",
        "\(file):5: profiles.main.production: It must be true or false. Write it without quotation marks.",
        "\(file):8: profiles.main.credentials.client_id: It is empty. Fill it in, or remove the line.",
        "\(file):10: profiles.main.credentials.key-file: There is no such key. Did you mean profiles.main.credentials.key_file?",
        "\(file):12: profiles.main.urls.upload: It would send patient data unencrypted. Write https; http is for this machine (127.0.0.1, localhost) only.",
        "\(file):14: limits.embed_bytes: It must be a whole number. Write a number from 0 to 1000000000, without quotation marks.",
        #"\#(file):15: limits.upload_environments: The list holds something that is not possible here. Its items can be "Development", "Staging" or "Production"."#,
        "\(file):17: network.simultaneous_transfers: 0 is out of range. Write a number from 1 to 16.",
      ])
  }

  @Test("What is missing is named with the table that it belongs to")
  func missing() {
    let text = """
      [profiles.main]
      environment = "Staging"
      destination_slug = "x"
      [profiles.main.credentials]
      kind = "client_assertion"
      key_id = "kid"
      """
    #expect(
      Configurations.complaints(user: text) == [
        "/home/ann/.config/chartdrop/config.toml:4: profiles.main.credentials.client_id: It is missing. "
          + "The client ID that Redox's dashboard shows for the API key."
      ])
  }

  @Test("A right key in the wrong table is recognised", arguments: [("[profiles.main.wire]\nupload = \"x\"", "profiles.NAME.urls.upload")])
  func wrongTable(_ lines: String, _ suggestion: String) {
    let complaints = Configurations.complaints(user: Configurations.minimal + lines)
    #expect(complaints.count == 1)
    #expect(complaints.first?.hasSuffix("Did you mean \(suggestion)?") == true)
  }

  @Test("An error of syntax tells line and column")
  func syntax() {
    let complaints = Configurations.complaints(user: "theme = \"dark\"\ndefault_profile = main\n")
    #expect(complaints.count == 1)
    #expect(complaints.first?.hasPrefix("/home/ann/.config/chartdrop/config.toml:2:19: This is not TOML: ") == true)
  }

  @Test("No file at all is a case of its own, with two ways out")
  func nothing() {
    do throws(ConfigurationError) {
      _ = try Configurations.load()
      Issue.record("loaded nothing")
    } catch {
      #expect(error.kind == .missing)
      #expect(error.problems[0].remedy?.string.contains("chartdrop --sandbox") == true)
    }
  }

  @Test("A profile that does not exist: a suggestion and the list")
  func unknownProfile() throws {
    let configuration = try Configurations.load(user: Configurations.minimal)
    #expect {
      try configuration.profile("mian")
    } throws: { error in
      (error as? ConfigurationError)?.problems[0].sentence == "There is no profile named \"mian\". There are: main. Did you mean main?"
    }
  }

  @Test("A default profile that does not exist is an error of its line")
  func unknownDefault() {
    #expect(
      Configurations.complaints(user: "default_profile = \"test\"\n" + Configurations.minimal) == [
        "/home/ann/.config/chartdrop/config.toml:1: default_profile: There is no profile named \"test\". Add [profiles.test], or name another."
      ])
  }

  @Test("The file's own trust: modes and owners", arguments: [TrustedFileError.foreignOwner, .writableByOthers, .notText, .unreadable(13)])
  func distrust(_ error: TrustedFileError) {
    let loader = Configurations.loader(others: [Configurations.places.configuration: .failure(error)])
    #expect(throws: ConfigurationError.self) { try loader.load() }
  }

  @Test("A key that others can read: chmod 600")
  func readableKey() throws {
    let loader = Configurations.loader(
      user: Configurations.minimal, others: ["/home/ann/.config/chartdrop/key.pem": .failure(.readableByOthers)])
    let report = ConfigurationCheck(loader: loader).run()
    #expect(
      report.problems.map(\.sentence.string) == [
        "/home/ann/.config/chartdrop/config.toml:10: profiles.main.credentials.key_file: Others can read the secret in "
          + "/home/ann/.config/chartdrop/key.pem. Run `chmod 600 /home/ann/.config/chartdrop/key.pem`."
      ])
  }

  @Test("The wire's settings: the key from its file, a secret without the newline that editors add")
  func settings() throws {
    let legacy = Configurations.minimal.replacing(
      "kind = \"client_assertion\"", with: "kind = \"legacy\"\napi_key = \"k\"\nsecret_file = \"secret\"")
    let loader = Configurations.loader(user: legacy, others: ["/home/ann/.config/chartdrop/secret": .success("s3cret\n")])
    let configuration = try loader.load()
    let settings = try loader.redoxSettings(for: try configuration.profile(nil), of: configuration)
    #expect(settings.credentials == .legacy(apiKey: "k", secret: Redacted("s3cret")))
  }
}
