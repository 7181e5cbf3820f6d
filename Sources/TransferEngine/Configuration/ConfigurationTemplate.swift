internal import Documents
internal import SafeText
public import SystemPackage

/// The commented file that `chartdrop config init` writes.
public enum ConfigurationTemplate {
  public static let text = #"""
    # chartdrop's configuration. Lines that begin with # are comments; what they show is the default or an example.
    # Check it with `chartdrop config check`, and the whole way to Redox with `chartdrop doctor`.
    # Paths are relative to this file; ~/ is your home. A site may set values for everybody in /etc/chartdrop/config.toml.

    # The profile that is used unless --profile names another.
    default_profile = "main"

    # Colours: see `chartdrop theme list`.
    # theme = "dark"

    # Lists of patients show initials, birth years and the ends of numbers only, but for the row under the cursor:
    # in production profiles, always or never. ^T shows them in full, and masks them again.
    # mask_lists = "production"

    # A profile is one way to a chart: environment, destination, credentials. Have as many as you like.
    [profiles.main]

    # Development, Staging or Production: the environment of your Redox source.
    environment = "Staging"

    # Asks for the patient's initials and birth year before sending. Default: true for Production, false otherwise.
    # production = false

    # The destination, as Redox's dashboard shows it: its UUID for Media, Notes and Results …
    destination_id = "00000000-0000-0000-0000-000000000000"
    # … its readable name in URLs, for FHIR …
    # destination_slug = "redox-fhir-sandbox"
    # … and what the screens call it.
    destination_name = "Redox EMR"

    # The source that you send as. Needed when your organisation has several.
    # source_id = "00000000-0000-0000-0000-000000000000"
    # source_name = "chartdrop"

    # The organisation that keeps the document (FHIR's custodian).
    # organization = "General Hospital"

    # The patients: CSV with a header line, a FHIR Patient bundle, or NDJSON.
    roster = "patients.csv"
    # Whether somebody who is not in there may be typed in by hand.
    # typed_patients = true

    # The folder where browsing begins.
    # inbox = "~/inbox"

    [profiles.main.credentials]
    # An OAuth API key, whose public half stands in Redox's dashboard. The key file is PEM or JWK (RS384 or ES384), chmod 600.
    kind = "client_assertion"
    client_id = "00000000-0000-0000-0000-000000000000"
    key_id = "my-key"
    key_file = "key.pem"
    # scope = "fhir:staging"
    # A legacy API key instead; it cannot send FHIR. The secret's file is chmod 600 too.
    # kind = "legacy"
    # api_key = "00000000-0000-0000-0000-000000000000"
    # secret_file = "secret.txt"

    # Redox's addresses. {destination} and {environment} are filled in.
    # [profiles.main.urls]
    # token = "https://api.redoxengine.com/v2/auth/token"
    # audience = "https://api.redoxengine.com/v2/auth/token"
    # legacy_authenticate = "https://api.redoxengine.com/auth/authenticate"
    # upload = "https://blob.redoxengine.com/upload"
    # endpoint = "https://api.redoxengine.com/endpoint"
    # fhir = "https://api.redoxengine.com/fhir/R4/{destination}/{environment}/DocumentReference/$documentreference-create"
    # Where the destination is asked whether it has a document; beside fhir unless named.
    # fhir_search = "https://api.redoxengine.com/fhir/R4/{destination}/{environment}/DocumentReference/_search"

    # Particulars of the wire that Redox's sources disagree about or that sites differ in.
    # [profiles.main.wire]
    # upload_part_name = "file"
    # source_id_header = "Redox-Source-Id"
    # fhir_event_uri = "https://fhir.redoxengine.com/EventDefinition/DocumentReferenceCreate"
    # document_identifier_system = "urn:ietf:rfc:3986"
    # referenced_note_content_type = "Plain Text"
    # Redox documents no way to retract a FHIR document. True sends it once more as entered-in-error, by the same operation; only for
    # documents that were uploaded, and only where the destination is known to heed it.
    # fhir_retract = false
    # identifier_systems = { MR = "urn:oid:1.2.3.4" }

    # What the form is filled with. Document types are LOINC codes, a name may follow.
    # [profiles.main.defaults]
    # provider_id = "4356789876"
    # provider_id_type = "NPI"
    # provider_family = "Granite"
    # provider_given = "Pat"
    # provider_credentials = "MD"
    # fhir_type = "34109-9 Note"
    # media_type = "72170-4 Photographic image"
    # notes_type = "11506-3 Progress note"
    # results_type = "11502-2 Laboratory report"

    # What becomes of a document once Redox has accepted it: "keep", "move" (to the folder) or "delete".
    # [profiles.main.after]
    # accepted = "keep"
    # folder = "~/sent"

    # Whom the form offers as the provider, besides the one of the defaults; one table for each. In this profile only:
    # [[profiles.main.providers]]
    # id = "1000000004"
    # id_type = "NPI"
    # family = "Chalk"
    # given = "Sharon"
    # credentials = "NP"
    # In every profile:
    # [[providers]]
    # id = "1234567893"
    # id_type = "NPI"
    # family = "Granite"
    # given = "Pat"
    # credentials = "MD"

    # How the columns of a CSV roster are called: what it is = "the header's word".
    # [profiles.main.roster_columns]
    # mrn = "mrn"

    # How large things may be, in bytes (1 MB = 1,000,000). Redox has changed these several times.
    # [limits]
    # advised_embed_bytes = 200_000
    # embed_bytes = 10_000_000
    # request_bytes = 40_000_000
    # upload_bytes = 30_000_000
    # A paid account may upload from Development too: add it here.
    # upload_environments = ["Staging", "Production"]

    # [network]
    # Without this, https_proxy and no_proxy are heeded.
    # proxy = "http://proxy.example.org:3128"
    # PEM file of a private certificate authority.
    # ca_file = "ca.pem"
    # Seconds.
    # connect_timeout = 10
    # idle_timeout = 130
    # simultaneous_transfers = 3

    # [history]
    # Days after its end until what identifies the patient is removed from a transfer; its receipt stays.
    # keep_patient_days = 30
    # Days until the receipt goes too; 0 keeps receipts for ever.
    # keep_receipts_days = 0

    # [state]
    # On a network file system locks and the database's journal cannot be relied on, so a state folder there is refused.
    # allow_network_folder = false

    # [sending]
    # Seconds from the confirmation until the first byte leaves (0 to 60): until then it can be undone. Commands do not wait.
    # hold_seconds = 3

    """#

  /// Writes the template, 0600, with its folder.
  /// - Throws: a problem, also when the file exists already: it is never overwritten.
  public static func write(to path: FilePath) throws(ConfigurationError) {
    do {
      try PrivateFile.makeFolder(path.removingLastComponent())
      try PrivateFile.create(path, contents: Array(text.utf8))
    } catch {
      throw ConfigurationError(problem(error, at: path))
    }
  }

  private static func problem(_ failure: PrivateFile.Failure, at path: FilePath) -> ConfigurationProblem {
    switch failure {
    case .exists:
      ConfigurationProblem(
        file: DisplayText(path), reason: "It exists already and was left as it is.", remedy: "Edit it, or move it away first.")
    case .failed(let number):
      ConfigurationProblem(
        file: DisplayText(path), reason: "It cannot be written: \(Errno(rawValue: number).description).",
        remedy: "Make the folder writable for yourself.")
    }
  }
}
