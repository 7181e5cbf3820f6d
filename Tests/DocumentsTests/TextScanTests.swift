import Testing

@testable import Documents

@Suite struct TextScanTests {
  private func scan(_ bytes: [UInt8], step: Int = 1 << 20) -> TextScan {
    var scan = TextScan(head: bytes)
    bytes.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: step) {
        scan.consume(UnsafeRawBufferPointer(rebasing: bytes[start..<min(bytes.count, start + step)]))
      }
    }
    return scan
  }

  /// The scan and the standard library agree about what is valid UTF-8.
  @Test func validityIsThatOfTheStandardLibrary() {
    let interesting: [UInt8] = [
      0x41, 0x7E, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF,
    ]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<5000 {
      // Enough letters that it could be text, and one at the end so that nothing is cut off.
      let bytes = (0..<Int.random(in: 1...5, using: &random)).map { _ in interesting.randomElement(using: &random) ?? 0 } + [0x41]
      let result = scan(bytes, step: 1)
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      #expect((result.encoding == .utf8 || result.encoding == .ascii) == isValid, "\(bytes)")
    }
  }

  @Test(arguments: [0x00, 0x01, 0x07, 0x0E, 0x1D, 0x7F] as [UInt8])
  func controlsMakeItBinary(control: UInt8) {
    #expect(!scan([0x41, 0x42, control, 0x43]).isText)
  }

  @Test(arguments: [0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B, 0x1C] as [UInt8])
  func theControlsOfTextDoNot(control: UInt8) {
    #expect(scan([0x41, 0x42, control, 0x43]).isText)
  }

  @Test func blanksAreNoText() {
    #expect(scan([0x20, 0x0A, 0, 0]).isBlank)
    #expect(!scan([0x20, 0x0A, 0, 0x41]).isBlank)
    #expect(scan([0xFF, 0xFE, 0x20, 0, 0x0A, 0]).isBlank)
  }

  @Test func aCharacterCutInHalfIsNoticed() {
    #expect(scan(Array("Zo".utf8) + [0xC3]).isCutOff)
    #expect(scan([0xFF, 0xFE, 0x41, 0, 0x42]).isCutOff)
    #expect(scan([0xFF, 0xFE, 0x3D, 0xD8]).isCutOff)
    #expect(!scan(Array("Zoë".utf8)).isCutOff)
  }

  @Test func loneSurrogatesAreNoUTF16() {
    #expect(!scan([0xFF, 0xFE, 0x3D, 0xD8, 0x41, 0]).isText)
    #expect(!scan([0xFF, 0xFE, 0x00, 0xDC, 0x41, 0]).isText)
    #expect(scan([0xFF, 0xFE, 0x3D, 0xD8, 0x00, 0xDE]).isText)
  }
}
