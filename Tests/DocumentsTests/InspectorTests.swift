import SafeText
import Testing

@testable import Documents

/// Inspects bytes, handed over in pieces of `step`.
func inspect(_ bytes: [UInt8], name: String, step: Int = 1 << 20) throws -> Inspection {
  var inspector = try Inspector(fileName: Array(name.utf8), source: MemorySource(content: bytes))
  bytes.withUnsafeBytes { bytes in
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + step)
      inspector.consume(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      start = end
    }
  }
  return try inspector.finish()
}

/// The first word of a verdict, as the command prints it.
func word(_ verdict: Verdict) -> String {
  switch verdict {
  case .allow: "allow"
  case .warn: "warn"
  case .refuse: "refuse"
  }
}

@Suite struct InspectorTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let verdict: String

    init(_ name: String, _ bytes: [UInt8], _ verdict: String) { (self.name, self.bytes, self.verdict) = (name, bytes, verdict) }
    init(_ name: String, _ text: String, _ verdict: String) { self.init(name, Array(text.utf8), verdict) }
    var testDescription: String { "\(name): \(verdict)" }
  }

  private func check(_ example: Case) throws {
    let inspection = try inspect(example.bytes, name: example.name)
    #expect(word(inspection.verdict) == example.verdict, "\(inspection)")
  }

  @Test func ordinaryDocumentsPassWithTheirTypes() throws {
    let types = [
      "a.pdf": ("application/pdf", "PDF"), "a.jpg": ("image/jpeg", "JPG"), "a.txt": ("text/plain; charset=utf-8", "TXT"),
      "a.dcm": ("application/dicom", "DCM"),
      "a.docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"),
      "a.odt": ("application/vnd.oasis.opendocument.text", "ODT"),
      "a.doc": ("application/msword", "DOC"), "a.rtf": ("application/rtf", "RTF"), "a.eml": ("message/rfc822", "EML"),
      "a.tif": ("image/tiff", "TIF"),
      "a.mp3": ("audio/mpeg", "MP3"), "a.webp": ("image/webp", "WEBP"), "a.html": ("text/html; charset=utf-8", "HTML"),
    ]
    for (name, bytes) in Samples.allowed {
      let inspection = try inspect(bytes, name: name)
      #expect(inspection.verdict == .allow, "\(name) \(inspection)")
      if let (mediaType, fileType) = types[name] {
        #expect(inspection.type.mediaType == mediaType)
        #expect(inspection.type.fileType == fileType)
      }
      #expect(inspection.type.fileType == inspection.type.fileType.uppercased())
      #expect(try inspect(bytes, name: "no ending").verdict == .allow, "\(name)")
      #expect(try inspect(bytes, name: name.uppercased()).verdict == .allow, "\(name)")
    }
  }

  @Test func everyOtherNameOfADocumentIsWorthAWarning() throws {
    let foreign = ["x.pdf", "x.png", "x.docx", "x.xls", "x.mp4", "x.zip", "x.dcm"]
    for (name, bytes) in Samples.allowed where name != "a.txt" {
      for other in foreign where other.suffix(4) != name.suffix(4) {
        #expect(word(try inspect(bytes, name: other).verdict) == "warn", "\(name) as \(other)")
      }
    }
  }

  @Test func programsAreRefusedByAnyName() throws {
    let coff = Samples.little(0x8664, 2) + Samples.little(1, 2) + Samples.zeros(16) + Samples.text(".text") + Samples.zeros(100)
    let programs: [[UInt8]] = [
      Samples.windowsProgram, Samples.elf, Samples.text("MZ") + Samples.zeros(30), [0xCF, 0xFA, 0xED, 0xFE] + Samples.zeros(60),
      [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 0x34] + Samples.zeros(60), [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0],
      Samples.text("dex\n035\0") + Samples.zeros(60),
      [0xA7, 0x0D, 0x0D, 0x0A] + Samples.zeros(40), [0x1B, 0x4C, 0x75, 0x61, 0x54] + Samples.zeros(40), coff,
      Samples.compound(["x"], classID: [0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]),
      Samples.text("!<arch>\n") + Samples.text("debian-binary   1           0     0     100644  4         `\n2.0\n"),
      [0xED, 0xAB, 0xEE, 0xDB, 3, 0] + Samples.zeros(90), [0x4C, 0, 0, 0, 1, 0x14, 2, 0] + Samples.zeros(60),
      Samples.zip([("META-INF/MANIFEST.MF", []), ("A.class", [0xCA, 0xFE, 0xBA, 0xBE])]),
    ]
    for (number, bytes) in programs.enumerated() {
      for name in ["x.pdf", "x", "x.txt", "x.dcm", "x.docx"] {
        #expect(word(try inspect(bytes, name: name).verdict) == "refuse", "\(number) as \(name)")
      }
    }
  }

  @Test func archivesAreRefusedByAnyName() throws {
    let archives: [[UInt8]] = [
      Samples.plainZip, Samples.zip([]), Samples.zip([("a.txt", [1, 2])], isEncrypted: true), Samples.gzip, Samples.rar, Samples.sevenZip,
      Samples.tar, Samples.oldTar,
      Samples.text("BZh91AY&SY") + [0x80, 0xFF, 0, 1], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4] + Samples.zeros(20),
      [0x28, 0xB5, 0x2F, 0xFD, 0x20, 5, 0x29, 0, 0],
      [0x04, 0x22, 0x4D, 0x18, 0x64, 0x40, 0xA7] + Samples.zeros(9), Samples.text("MSCF") + Samples.zeros(40),
      [0x1F, 0x9D, 0x90, 0x68, 0xCA],
      Samples.text("070701") + Samples.text(String(repeating: "0", count: 104)) + [0, 0],
      Samples.zeros(512) + Samples.text("EFI PART") + Samples.zeros(80),
      Samples.zeros(32768) + [1] + Samples.text("CD001") + Samples.zeros(100), [0x51, 0x46, 0x49, 0xFB, 0, 0, 0, 3] + Samples.zeros(90),
      Array(repeating: 7, count: 600) + Samples.text("koly") + Samples.zeros(508),
      [0x5D, 0, 0, 0x80, 0] + Array(repeating: 0xFF, count: 8) + [0, 0x34, 0x19],
      Samples.text("Xq-lh5-") + Samples.zeros(40), Samples.zip([("[Content_Types].xml", []), ("evil.txt", [])]),
      Samples.zip([("mimetype", Samples.text("text/plain")), ("content.xml", [])]),
    ]
    for (number, bytes) in archives.enumerated() {
      for name in ["x.pdf", "x", "x.docx", "x.odt", "x.dcm"] {
        #expect(word(try inspect(bytes, name: name).verdict) == "refuse", "\(number) as \(name)")
      }
    }
  }

  @Test(arguments: [
    Case("a.txt", "#!/bin/sh\necho hi\n", "refuse"), Case("a.txt", "#! /usr/bin/perl\n", "refuse"),
    Case("a.txt", "@echo off\r\ndel x\r\n", "refuse"),
    Case("a.txt", "<?php echo 1;", "refuse"), Case("a.html", "<html><?php echo 1; ?></html>", "refuse"),
    Case("a.txt", "Windows Registry Editor Version 5.00\r\n", "refuse"), Case("a.txt", "[Desktop Entry]\nExec=x\n", "refuse"),
    Case("a.txt", "[InternetShortcut]\r\nURL=x\r\n", "refuse"), Case("a.html", "<html><hta:application id=x></html>", "refuse"),
    Case("a.xml", "<?xml version=\"1.0\"?><job id=\"x\"><script language=\"JScript\">1</script></job>", "refuse"),
    Case("a.txt", "Set s = CreateObject(\"WScript.Shell\")\ns.Run 1\n", "refuse"), Case("a.reg", "hello", "refuse"),
    Case("a.bat", "hello", "refuse"),
    Case("a.js", "hello", "refuse"), Case("a.PS1", "hello", "refuse"), Case("a.vbs.", "hello", "refuse"),
    Case("a.exe  ", "hello", "refuse"),
    Case("report.pdf.exe", Samples.pdf, "refuse"), Case("x\u{202E}fdp.scr", Samples.pdf, "refuse"),
    Case("a.ex\u{200B}e", Samples.pdf, "refuse"),
  ])
  func scriptsAreRefusedByContentOrByAName(example: Case) throws { try check(example) }

  @Test(arguments: [
    "MZ are the initials of Mark Zbikowski.\n", "PK values at 8 am.\n", "BM twice.\n", "GIF is an image format.\n", "GIF89a too.\n",
    "ID3 tags.\n", "%PDF is a format.\n",
    "%PDF-1.4 is how they begin.\n", "Rar! he cried.\n", "BZh9 was the room.\n", "RIFF is a container.\n", "7z is one.\n",
    "ELF on the shelf.\n",
    "#! is called a shebang.\n", "#!important\n", "OggS it was.\n", "FORM 12B: release of records.\n", "true or false.\n",
    "OTTO came in.\n",
    "FWS is an abbreviation.\n", "ITSF as well.\n", "From the desk of Dr. Smith.\n", "One writes <?php first.\n",
    "@echo off is a command of DOS.\n",
    "begin 6 weeks of physiotherapy.\n", "070701 was his number.\n", "-lh5- is a method.\n", "xar! and conectix.\n", "8BPS per second.\n",
    "Import duties were paid.\nFrom then on he was well.\nDo call back.\n", "<5 mg/dL was measured.\n", "{see note}\n",
    "[1] First\n[2] Second, too\n",
    "The script said <script>, no more.\n", "Cr24 and SIT! and Caml1999.\n", "bvx2\n", "LUKS is a person.\n", "CAFEBABE\n",
    "Salted__ almonds\n",
  ])
  func honestTextMayBeginLikeAnything(text: String) throws {
    let inspection = try inspect(Array(text.utf8), name: "note.txt")
    #expect(inspection.verdict == .allow, "\(inspection)")
    #expect(inspection.type.mediaType == "text/plain; charset=utf-8")
  }

  @Test(
    arguments: [
      ("a.txt", Array("Zoë".utf8), "text/plain; charset=utf-8"), ("a.txt", [0xEF, 0xBB, 0xBF, 0x41], "text/plain; charset=utf-8"),
      ("a.txt", [0xFF, 0xFE, 0x41, 0, 0xEB, 0], "text/plain; charset=utf-16"),
      ("a.txt", [0xFE, 0xFF, 0, 0x41], "text/plain; charset=utf-16"),
      ("a.txt", Array("Die ".utf8) + [0xC4] + Array("rztin war da".utf8), "text/plain; charset=iso-8859-1"),
      ("a.txt", [0x93] + Array("Quoted words".utf8) + [0x94], "text/plain; charset=windows-1252"),
      ("a.csv", Array("a,b\n".utf8), "text/csv; charset=utf-8"),
      ("a.md", Array("# a\n".utf8), "text/markdown; charset=utf-8"), ("a.json", Array("{\"a\":1}".utf8), "application/json"),
      ("a.json", Array("{\"resourceType\":\"Patient\"}".utf8), "application/fhir+json"),
      ("a.xml", Array("<?xml version=\"1.0\"?><a/>".utf8), "text/xml"),
      ("a.xml", Array("<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>".utf8), "text/xml"),
      ("a.svg", Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8), "image/svg+xml"),
    ] as [(String, [UInt8], String)])
  func textIsAllowedInItsEncodings(name: String, bytes: [UInt8], mediaType: String) throws {
    let inspection = try inspect(bytes, name: name)
    #expect(inspection.verdict == .allow, "\(inspection)")
    #expect(inspection.type.mediaType == mediaType)
  }

  @Test(arguments: [
    Case("a.html", "<html><script>1</script></html>", "warn"), Case("a.html", "<html><body onload=\"x()\"></html>", "warn"),
    Case("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload='x'/>", "warn"),
    Case("a.html", "<html><a href=\"javascript:x\"></html>", "warn"),
    Case("a.html", "<html><iframe src=x></html>", "warn"),
    Case("a.xml", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///x\">]><a/>", "warn"),
    Case("a.rtf", "{\\rtf1{\\object{\\*\\objdata 01}}}", "warn"),
    Case("a.rtf", "{\\rtf1{\\object{\\*\\objdata 4d5a90000300000004000000}}}", "refuse"),
    Case("a.csv", "a\n=cmd|'/c calc'!A0\n", "warn"),
    Case("a.docx", Samples.office("word/document.xml", [("word/vbaProject.bin", [1])]), "warn"),
    Case("a.docx", Samples.office("word/document.xml", [("word/embeddings/oleObject1.bin", [1])]), "warn"),
    Case("a.docx", Samples.office("word/document.xml", [("word/run.exe", [1])]), "refuse"),
    Case("a.docx", Samples.office("word/document.xml", [("word/media/image1.png", Samples.windowsProgram)]), "refuse"),
    Case("a.odt", Samples.openDocument("text", [("Basic/Standard/Module1.xml", [])]), "warn"),
    Case("a.doc", Samples.compound(["WordDocument", "Macros"]), "warn"),
    Case("a.docx", Samples.compound(["EncryptedPackage"]), "warn"),
    Case("a.pdf", Samples.pdf(catalog: "/OpenAction << /S /JavaScript /JS (x) >>"), "warn"),
    Case("a.pdf", Samples.pdf(catalog: "/Names << /S /J#61vaScript >>"), "warn"),
    Case("a.pdf", Samples.pdf(catalog: "/A << /S /Launch >>"), "warn"),
    Case("a.pdf", Samples.pdf(catalog: "/Names << /EmbeddedFiles 3 0 R >>"), "warn"),
    Case("a.pdf", Samples.pdf(catalog: "/Encrypt 5 0 R"), "warn"), Case("a.pdf", Samples.pdf(catalog: "/AA << /O 4 0 R >>"), "warn"),
    Case("a.pdf", Samples.pdf(catalog: "/OpenAction [1 0 R /Fit]"), "allow"),
    Case("a.pdf", Samples.pdf(catalog: "/OpenAction << /S /GoTo /D [1 0 R] >>"), "allow"),
    Case("a.pdf", Samples.pdf(catalog: "/F (run.exe) /EF << /F 3 0 R >>"), "refuse"),
    Case("a.pdf", Samples.pdf(catalog: "/A << /S /Launch /F (run.exe) >>"), "warn"), Case("a.exe.pdf", Samples.pdf, "warn"),
    Case("a.docx.pdf", Samples.pdf, "allow"),
    Case("x\u{202E}gnp.pdf", Samples.pdf, "warn"), Case("a.bin", Samples.zeros(50), "warn"), Case("a.txt", " \n\t", "warn"),
    Case("a.txt", "", "refuse"),
    Case("a.pdf", "", "refuse"), Case("a.pdf", "just text", "warn"), Case("a.pdf", Array(Samples.pdf.prefix(60)), "warn"),
    Case("a.bin", [1, 2, 3, 0xFF, 0], "warn"),
    Case("a.db", Array("SQLite format 3\0".utf8) + Samples.zeros(90), "warn"), Case("a.dcm", Samples.dicom(preamble: [1, 2, 3]), "warn"),
    Case("a.dcm", Array(Samples.dicom().dropFirst(132)), "warn"), Case("a.dcm", Array(Samples.dicom().dropLast(3)), "warn"),
    Case("a.dcm", Samples.dicom(preamble: Array(Samples.windowsProgram.prefix(128))), "refuse"),
    Case("a.dcm", Samples.dicom(preamble: Samples.text("#!/bin/sh\nexit\n")), "refuse"),
    Case("a.eml", Samples.mail + Samples.text("Content-Disposition: attachment; filename=\"bill.exe\"\r\n"), "refuse"),
    Case("a.eml", Samples.mail + Samples.text("Content-Disposition: attachment; filename=bill.zip\r\n"), "refuse"),
    Case("a.eml", Samples.mail + Samples.text("Content-Disposition: attachment; filename=bill.pdf\r\n"), "allow"),
    Case("a.gif", "GIF89a/*x*/=1;alert(1)", "refuse"), Case("a.docx", Array(Samples.docx.prefix(80)), "warn"),
  ])
  func activeDamagedAndOddFilesAreJudged(example: Case) throws { try check(example) }

  @Test func aWarningNamesBothTheNamesKindAndTheContents() throws {
    guard case .warn(let reason) = try inspect(Samples.png, name: "scan.pdf").verdict else {
      Issue.record("no warning")
      return
    }
    #expect(reason.string.contains(".pdf") && reason.string.contains("PNG image"))
  }

  // MARK: - Properties

  /// Whatever is allowed by itself is not allowed with something refused behind it.
  @Test func nothingRefusedHidesBehindADocument() throws {
    let payloads = [Samples.plainZip, Samples.windowsProgram, Samples.elf, Samples.rar, Samples.sevenZip]
    for (name, bytes) in Samples.allowed where ![".txt", "html", ".eml", ".hl7", ".rtf"].contains(String(name.suffix(4))) {
      for (number, payload) in payloads.enumerated() {
        #expect(word(try inspect(bytes + payload, name: name).verdict) == "refuse", "\(name) with \(number)")
      }
    }
  }

  /// What begins as something refused stays refused, whatever follows.
  @Test func nothingRefusedHidesBeforeADocument() throws {
    for payload in [Samples.windowsProgram, Samples.elf, Samples.rar, Samples.sevenZip, Samples.gzip, Samples.text("#!/bin/sh\n")] {
      for (name, bytes) in Samples.allowed {
        #expect(word(try inspect(payload + bytes, name: name).verdict) == "refuse", "\(name)")
      }
    }
  }

  /// Where the pieces of a stream meet makes no difference.
  @Test func theVerdictDoesNotDependOnThePieces() throws {
    let files =
      Samples.allowed + [
        ("a.pdf", Samples.pdf(catalog: "/OpenAction << /S /JavaScript >>")), ("b.pdf", Samples.pdf + Samples.plainZip),
        ("a.html", Samples.text("<html onload=\"x\">")),
        ("b.txt", Array("Zoë Müller\n".utf8)), ("c.txt", [0xFF, 0xFE, 0x41, 0, 0x42, 0]), ("b.jpg", Samples.jpeg + Samples.elf),
      ]
    for (name, bytes) in files {
      let whole = try inspect(bytes, name: name)
      for step in [1, 2, 3, 7, 64] { #expect(try inspect(bytes, name: name, step: step) == whole, "\(name) by \(step)") }
    }
  }

  /// A document that breaks off anywhere is inspected without a fault, and never taken for one that may not be sent.
  @Test func everyBeginningOfADocumentIsJudged() throws {
    for (name, bytes) in Samples.allowed {
      for length in stride(from: 1, to: bytes.count, by: max(1, bytes.count / 60)) {
        let verdict = word(try inspect(Array(bytes[..<length]), name: name).verdict)
        if name.hasSuffix("x") || name.contains(".od") || name == "a.bmp" || name == "a.webp" { continue }
        #expect(verdict != "refuse", "\(name) cut to \(length)")
      }
    }
  }

  /// Bytes changed at random are inspected without a fault.
  @Test func damageNeverCrashes() throws {
    var random = SystemRandomNumberGenerator()
    for (name, bytes) in Samples.allowed + [("a.tar", Samples.tar), ("a.zip", Samples.plainZip)] {
      for _ in 0..<60 {
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          damaged[Int.random(in: 0..<damaged.count, using: &random)] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF].randomElement(using: &random) ?? 0
        }
        _ = try inspect(damaged, name: name)
      }
    }
  }
}
