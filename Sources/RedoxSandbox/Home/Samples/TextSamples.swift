/// Invented texts for the sample documents. None names a patient.
enum TextSamples {
  static let note = """
    Visit note

    Reason: follow-up after wrist fracture, six weeks. Pain 2/10 at rest, no numbness.
    Findings: full finger movement, grip reduced; temperature 36.8 °C; skin intact.
    Plan: physiotherapy twice a week – naïve to NSAIDs, paracetamol as needed. Review in 4 weeks.

    """

  static let rtf = #"""
    {\rtf1\ansi\deff0{\fonttbl{\f0 Helvetica;}}
    \f0\fs24 {\b Referral letter}\par
    \par
    Please see this patient for an opinion on recurrent knee pain.\par
    Radiographs of January show no fracture. Caf\'e9-au-lait spot noted, unchanged.\par
    }

    """#

  static let cda = """
    <?xml version="1.0" encoding="UTF-8"?>
    <ClinicalDocument xmlns="urn:hl7-org:v3">
      <realmCode code="US"/>
      <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
      <id root="2.16.840.1.113883.19.5.99999.1" extension="SAMPLE-1"/>
      <code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summary of episode note"/>
      <title>Summary of care</title>
      <effectiveTime value="20260105101500+0000"/>
      <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
      <languageCode code="en-US"/>
      <recordTarget>
        <patientRole>
          <id nullFlavor="MSK"/>
          <patient><name nullFlavor="MSK"/><administrativeGenderCode nullFlavor="MSK"/><birthTime nullFlavor="MSK"/></patient>
        </patientRole>
      </recordTarget>
      <author>
        <time value="20260105101500+0000"/>
        <assignedAuthor>
          <id root="2.16.840.1.113883.4.6" extension="4356789876"/>
          <assignedPerson><name><given>Pat</given><family>Granite</family></name></assignedPerson>
        </assignedAuthor>
      </author>
      <custodian>
        <assignedCustodian>
          <representedCustodianOrganization><id root="2.16.840.1.113883.19.5"/><name>Example Clinic</name></representedCustodianOrganization>
        </assignedCustodian>
      </custodian>
      <component>
        <structuredBody>
          <component>
            <section>
              <code code="48765-2" codeSystem="2.16.840.1.113883.6.1" displayName="Allergies"/>
              <title>Allergies</title>
              <text>No known allergies.</text>
            </section>
          </component>
        </structuredBody>
      </component>
    </ClinicalDocument>

    """

  /// Lines of a page of a form, numbered so that pages differ.
  static func page(_ title: String, _ number: Int, of count: Int) -> [String] {
    ["\(title)", "Page \(number) of \(count)", ""]
      + [
        "This document was made for the sandbox. Everything in it is invented.",
        "The procedure, its benefits and its risks were explained in plain words.",
        "Other ways of treatment, and what happens without any, were discussed.",
        "Questions were asked and answered. An interpreter was not needed.",
        "Consent may be withdrawn at any time before the procedure begins.",
        "",
      ] + (1...24).map { "Item \(number).\($0)   Discussed: yes   Understood: yes   Initialled: on paper" }
  }
}
