import ClinicalMessages
import Testing

@Suite struct CodeTests {
  @Test(arguments: ["11506-3", "34109-9", "59284-0", "53243-2", "72170-4", "1-8"]) func rightCheckDigitsPass(code: String) {
    #expect(LOINC.isWellFormed(code))
  }

  @Test(arguments: [
    "53243-8", "28655-1", "34745-8", "11506-", "-3", "", "11506", "11506-33", "12345678-2", "1150６-3", "LP29708-2", "11506–3", " 11506-3",
  ])
  func wrongCodesDoNot(code: String) {
    #expect(!LOINC.isWellFormed(code))
  }

  @Test func everySingleWrongDigitIsFound() {
    let digits = Array("0123456789")
    for type in DocumentTypeCatalog.all {
      let right = Array(type.code)
      for position in right.indices where right[position] != "-" {
        for digit in digits where digit != right[position] {
          var wrong = right
          wrong[position] = digit
          #expect(!LOINC.isWellFormed(String(wrong)))
        }
      }
    }
  }

  @Test func nationalProviderIdentifiersCarryACheckDigit() {
    #expect(NationalProviderIdentifier.isValid("1234567893"))
    #expect(!NationalProviderIdentifier.isValid("1234567890"))
    #expect(!NationalProviderIdentifier.isValid("4356789876"))
    #expect(NationalProviderIdentifier.hasForm("4356789876"))
    #expect(!NationalProviderIdentifier.hasForm("123456789"))
    #expect(!NationalProviderIdentifier.hasForm("123456789X"))
    #expect(!NationalProviderIdentifier.isValid(""))
  }

  @Test func theCatalogHasFiveGroupsOfRealCodesEachOnce() {
    #expect(DocumentTypeCatalog.groups.count == 5)
    #expect(DocumentTypeCatalog.all.count == 66)
    #expect(Set(DocumentTypeCatalog.all.map(\.code)).count == 66)
    #expect(DocumentTypeCatalog.all.allSatisfy { LOINC.isWellFormed($0.code) && !$0.display.isEmpty })
  }

  @Test func typesAreFoundByWordsInAnyOrderAndByCode() {
    #expect(DocumentTypeCatalog.types(matching: "consent PATIENT").map(\.code).contains("59284-0"))
    #expect(DocumentTypeCatalog.types(matching: "18842").map(\.code) == ["18842-5"])
    #expect(DocumentTypeCatalog.types(matching: " ").count == 66)
    #expect(DocumentTypeCatalog.types(matching: "no such type").isEmpty)
    #expect(DocumentTypeCatalog.type(code: "11506-3")?.display == "Progress note")
    #expect(DocumentTypeCatalog.type(code: "53243-8") == nil)
  }

  @Test(arguments: [
    (MessageKind.notes, "application/pdf", "11506-3"), (.results, "application/pdf", "47045-0"), (.results, "application/dicom", "18748-4"),
    (.media, "image/png", "72170-4"), (.media, "application/pdf", "34109-9"), (.fhir, "IMAGE/JPEG", "72170-4"),
    (.fhir, "text/plain; charset=utf-8", "34109-9"), (.fhir, "text/xml; charset=utf-8", "34133-9"),
    (.media, "application/dicom", "18748-4"),
  ])
  func everyKindBeginsWithASensibleType(kind: MessageKind, mediaType: String, code: String) {
    let type = DocumentTypeCatalog.defaultDocumentType(for: kind, mediaType: mediaType)
    #expect(type.code == code)
    #expect(DocumentTypeCatalog.all.contains(type), "The picker has to find what is preset.")
  }
}
