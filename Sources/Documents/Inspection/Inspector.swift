internal import SafeText

/// Finds out what a file is and whether it may be sent: by its content first, by its name second.
///
/// Feed it the whole file in order with `consume`, then ask `finish`. What needs the file's structure is read again at the places that
/// matter, through the source; memory does not grow with the file.
///
/// The content decides in this order: nothing at all; kinds whose structure proves them; signatures; text; the unknown. Signatures made
/// of letters count only where the content is no text, since honest text may begin with any letters.
struct Inspector {
  private var subject: Subject
  private var pdf: PDFScan?
  private var markup: MarkupScan?
  private let linkName: FileName?

  /// `linkName` is the name of the link that led to the file: it too may promise what the content is not.
  init(fileName: [UInt8], linkName: [UInt8]? = nil, source: any ByteSource) throws(DocumentError) {
    self.linkName = linkName.map(FileName.init)
    subject = try Subject(source: source, fileName: fileName)
    if PDFExamination.header(in: subject.head) != nil { pdf = PDFScan() }
    // Text is nearly always recognised by its first bytes; what turns binary later is scanned in vain.
    var probe = TextScan(head: subject.head)
    subject.head.withUnsafeBytes { probe.consume($0) }
    if probe.isText { markup = MarkupScan() }
  }

  mutating func consume(_ piece: UnsafeRawBufferPointer) {
    subject.text.consume(piece)
    subject.payloads.consume(piece)
    pdf?.consume(piece)
    markup?.consume(piece, narrowedBy: subject.text)
  }

  func finish() throws(DocumentError) -> Inspection {
    guard subject.count > 0 else {
      return Inspection(
        type: DocumentType(name: "empty file", mediaType: "application/octet-stream", fileType: "BIN"),
        verdict: .refuse("The file is empty."))
    }
    var examination = try examineContent()
    subject.name.examine(&examination)
    linkName?.examine(&examination)
    return examination.inspection
  }

  private func examineContent() throws(DocumentError) -> Examination {
    if subject.text.isBlank { return Examination(.blank) }
    if let script = subject.isText ? ScriptText.kind(TextStart(subject), markup ?? MarkupScan()) : nil { return Examination(script) }
    if let found = try DICOMExamination.examine(subject) { return found }
    if let found = try ZipExamination.examine(subject) { return found }
    if let found = try CompoundExamination.examine(subject) { return found }
    if let found = try ImageExamination.examine(subject) { return found }
    if let found = try MediaExamination.examine(subject) { return found }
    if let pdf, !startsWithRefusedKind, let found = try PDFExamination.examine(subject, pdf) { return found }
    if let kind = Signature.kind(of: subject.head, isText: subject.isText) { return try examineOther(kind) }
    if let found = try StructuralRefusals.examine(subject) { return found }
    if let found = try TextExamination.examine(subject, markup ?? MarkupScan()) { return found }
    if subject.head.starts(with: "{\\rtf") { return try examineOther(.binaryRTF) }
    return try examineOther(.unknown)
  }

  private var startsWithRefusedKind: Bool {
    Signature.kind(of: subject.head, isText: subject.isText)?.isRefused == true
  }

  private func examineOther(_ kind: FileKind) throws(DocumentError) -> Examination {
    var examination = Examination(kind)
    if kind.name == FileKind.unknown.name, subject.head.starts(with: "#!"), subject.head.prefix(64).contains(UInt8(ascii: "/")) {
      examination.refuse(hidden: .script)
    }
    if !kind.isRefused {
      if let hidden = try subject.payloads.hidden(in: subject) { examination.refuse(hidden: hidden) }
      if let directory = try ZipDirectory(subject.source), !directory.entries.isEmpty { examination.refuse(hidden: .zip) }
    }
    return examination
  }
}
