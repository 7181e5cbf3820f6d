/// The LOINC document types that this program offers.
///
/// Every one is a document code (LOINC's scale `Doc`), as US Core requires of a DocumentReference; a site may send any other. The first
/// ten clinical notes are US Core's common ones. Names drift between LOINC's releases: compare codes.
///
/// This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. and the Logical
/// Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license.
/// LOINC is a registered United States trademark of Regenstrief Institute, Inc.
enum OfferedDocumentTypes {
  static let clinicalNotes = [
    CodedValue(code: "11488-4", display: "Consult note"),
    CodedValue(code: "18842-5", display: "Discharge summary"),
    CodedValue(code: "34117-2", display: "History and physical note"),
    CodedValue(code: "28570-0", display: "Procedure note"),
    CodedValue(code: "11506-3", display: "Progress note"),
    CodedValue(code: "18748-4", display: "Diagnostic imaging study"),
    CodedValue(code: "11502-2", display: "Laboratory report"),
    CodedValue(code: "11526-1", display: "Pathology study"),
    CodedValue(code: "11504-8", display: "Surgical operation note"),
    CodedValue(code: "34111-5", display: "Emergency department Note"),
    CodedValue(code: "57133-1", display: "Referral note"),
    CodedValue(code: "34746-8", display: "Nurse Note"),
    CodedValue(code: "34109-9", display: "Note"),
    CodedValue(code: "34133-9", display: "Summary of episode note"),
    CodedValue(code: "34108-1", display: "Outpatient Note"),
    CodedValue(code: "34748-4", display: "Telephone encounter Note"),
    CodedValue(code: "51849-8", display: "Admission history and physical note"),
    CodedValue(code: "51845-6", display: "Outpatient Consult note"),
    CodedValue(code: "51847-2", display: "Assessment + Plan note"),
    CodedValue(code: "51848-0", display: "Assessment note"),
    CodedValue(code: "67862-3", display: "Preoperative evaluation and management note"),
    CodedValue(code: "59283-2", display: "Well child visit note"),
    CodedValue(code: "47042-7", display: "Counseling note"),
    CodedValue(code: "47046-8", display: "Summary of death note"),
    CodedValue(code: "55107-7", display: "Addendum Document"),
    CodedValue(code: "68608-9", display: "Summary note"),
    CodedValue(code: "74213-0", display: "Discharge instructions"),
    CodedValue(code: "11503-0", display: "Medical records"),
    CodedValue(code: "51855-5", display: "Patient Note"),
  ]

  static let resultsAndImages = [
    CodedValue(code: "47045-0", display: "Study report"),
    CodedValue(code: "18751-8", display: "Endoscopy study"),
    CodedValue(code: "18745-0", display: "Cardiac catheterization study"),
    CodedValue(code: "11524-6", display: "EKG study"),
    CodedValue(code: "42148-7", display: "Heart US"),
    CodedValue(code: "24627-2", display: "Chest CT"),
    CodedValue(code: "72170-4", display: "Photographic image Unspecified body region Document"),
    CodedValue(code: "52040-3", display: "Dental X-rays and other images (not DICOM)"),
    CodedValue(code: "55113-5", display: "Key images Document Radiology"),
    CodedValue(code: "60568-3", display: "Synoptic report"),
    CodedValue(code: "51969-4", display: "Genetic analysis summary report in Blood or Tissue Document by Molecular genetics method"),
    CodedValue(code: "53576-5", display: "Personal health monitoring report Document"),
  ]

  static let consentAndLegal = [
    CodedValue(code: "59284-0", display: "Patient Consent"),
    CodedValue(code: "64292-6", display: "Release of information consent"),
    CodedValue(code: "64293-4", display: "Procedure consent"),
    CodedValue(code: "61358-8", display: "Patient Surgical operation consent"),
    CodedValue(code: "61359-6", display: "Patient Anesthesia consent"),
    CodedValue(code: "64300-7", display: "Organ donation consent"),
    CodedValue(code: "64298-3", display: "Power of attorney"),
    CodedValue(code: "64299-1", display: "Legal document"),
    CodedValue(code: "64297-5", display: "Death certificate"),
    CodedValue(code: "57016-8", display: "Privacy policy acknowledgment Document"),
    CodedValue(code: "53243-2", display: "Advanced beneficiary notice"),
  ]

  static let administrative = [
    CodedValue(code: "64290-0", display: "Health insurance card"),
    CodedValue(code: "64291-8", display: "Health insurance-related form"),
    CodedValue(code: "53245-7", display: "Driver license image"),
    CodedValue(code: "51851-4", display: "Administrative note"),
    CodedValue(code: "52033-8", display: "General correspondence"),
    CodedValue(code: "51852-2", display: "Letter"),
    CodedValue(code: "52034-6", display: "Payer letter"),
    CodedValue(code: "57830-2", display: "Admission request Document"),
    CodedValue(code: "52030-4", display: "Explanation of benefits"),
    CodedValue(code: "64289-2", display: "Health record cover sheet"),
  ]

  static let summaries = [
    CodedValue(code: "60591-5", display: "Patient summary Document"),
    CodedValue(code: "48764-5", display: "Summary purpose CCD Document"),
    CodedValue(code: "56445-0", display: "Medication summary Document"),
    CodedValue(code: "74155-3", display: "ADHD action plan"),
  ]
}
