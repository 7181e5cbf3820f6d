internal import SafeText

/// What a zip file is: an Office, OpenDocument or other document by the names inside it, or an archive.
enum ZipExamination {
  static func examine(_ subject: Subject) throws(DocumentError) -> Examination? {
    guard subject.head.starts(with: "PK"), !subject.isText, subject.head.count > 3,
      [[3, 4], [5, 6], [7, 8], [0x30, 0x30]].contains(Array(subject.head[2...3]))
    else { return nil }
    guard let directory = try ZipDirectory(subject.source) else { return damaged(subject) }
    if let app = appKind(of: directory) { return Examination(app) }
    guard let kind = documentKind(of: directory) else { return Examination(.zip) }

    var examination = Examination(kind)
    try examineContents(of: directory, subject, &examination)
    if directory.entries.contains(where: \.isEncrypted) {
      examination.warn("The document is encrypted: whoever opens it in the chart needs its password.")
    }
    if directory.hasGaps { examination.warn("The document holds data between its parts that belongs to none of them.") }
    if directory.prefixByteCount > 0 { examination.warn("There is foreign data before the document's beginning.") }
    try Trailer.examine(after: directory.end, subject, &examination)
    if let hidden = try subject.payloads.hidden(in: subject), hidden.name != FileKind.zip.name { examination.refuse(hidden: hidden) }
    return examination
  }

  /// The document that this zip is; nil when it is none.
  static func documentKind(of zip: ZipDirectory) -> FileKind? {
    if zip.has("[Content_Types].xml") {
      if zip.has(prefix: "word/document") { return .docx }
      if zip.has("xl/workbook.xml") || zip.has("xl/workbook.bin") { return .xlsx }
      if zip.has("ppt/presentation.xml") { return .pptx }
      if zip.has(prefix: "visio/") { return .visio }
      if zip.has("FixedDocSeq.fdseq") || zip.has("FixedDocumentSequence.fdseq") || zip.has(prefix: "Documents/1/") { return .xps }
      if zip.has(prefix: "3D/") { return .package }
      return nil
    }
    if zip.has("mimetype") {
      if zip.has("META-INF/container.xml") { return .epub }
      return zip.has("content.xml") || zip.has("META-INF/manifest.xml") ? .openDocumentOther : nil
    }
    if zip.has("Index/Document.iwa") || zip.has("Index.zip") || zip.has("index.apxl") { return .iWork }
    return nil
  }

  /// Programs in zip form.
  private static func appKind(of zip: ZipDirectory) -> FileKind? {
    let marks = [
      "AndroidManifest.xml", "AppxManifest.xml", "AppxBlockMap.xml", "install.rdf", "extension.vsixmanifest", "META-INF/mozilla.rsa",
      "META-INF/maven/", "META-INF/MANIFEST.MF",
    ]
    if marks.contains(where: { zip.has($0) }) || zip.has(prefix: "Payload/") { return .appPackage }
    return zip.entries.contains { $0.name.hasSuffix(".nuspec") || $0.name.hasSuffix(".class") || $0.name.hasSuffix(".dist-info/WHEEL") }
      ? .appPackage : nil
  }

  private static func examineContents(of zip: ZipDirectory, _ subject: Subject, _ examination: inout Examination) throws(DocumentError) {
    for entry in zip.entries where !entry.name.hasSuffix("/") {
      if FileName.isRunnable(entry.name) && !isOrdinary(entry.name, in: examination.kind) {
        examination.refuse("A program or script is packed into this document.")
      } else if FileName.isArchive(entry.name) && !entry.name.hasSuffix(".bin") && !isOrdinary(entry.name, in: examination.kind) {
        examination.refuse("An archive is packed into this document.")
      }
      if let start = try zip.content(of: entry, limit: 1024, in: subject.source), let hidden = Signature.hiddenKind(at: start),
        hidden.name != FileKind.zip.name
      {
        examination.refuse(hidden: hidden)
      }
    }
    if examination.kind.name == FileKind.openDocumentOther.name {
      try examineOpenDocument(zip, subject, &examination)
    } else {
      try examineOffice(zip, subject, &examination)
    }
  }

  /// Names that such documents have by themselves, though elsewhere they would be programs: scripts of e-books, compressed metafiles.
  private static func isOrdinary(_ name: String, in kind: FileKind) -> Bool {
    let ending = FileName(Array(name.utf8)).ending
    return kind.name == FileKind.epub.name && ending == "js" || ["emz", "wmz", "bin", "img", "db"].contains(ending)
  }

  private static func examineOffice(_ zip: ZipDirectory, _ subject: Subject, _ examination: inout Examination) throws(DocumentError) {
    let names = zip.entries.map { $0.name.lowercased() }
    let types = try text(of: "[Content_Types].xml", zip, subject)
    let hasMacros = names.contains { $0.hasSuffix("vbaproject.bin") || $0.contains("macrosheets/") }
    if hasMacros || types.contains("macroenabled") {
      examination.warn("The document contains macros: small programs that may run when it is opened.")
      examination.kind = withMacros(examination.kind)
    }
    if names.contains(where: { $0.contains("/activex/") || $0.contains("/customui/") }) {
      examination.warn("The document contains active controls.")
    }
    if names.contains(where: { $0.contains("/embeddings/") }) {
      examination.warn("The document carries other files inside it.")
    }
    for relations in names where relations.hasSuffix(".rels") {
      let original = zip.entries.first { $0.name.lowercased() == relations }?.name ?? relations
      let content = try text(of: original, zip, subject)
      // Links are external too and harmless; templates, frames and objects are fetched without asking.
      let loads =
        content.contains("targetmode=\"external\"")
        && ["/attachedtemplate\"", "/oleobject\"", "/frame\"", "/externallinkpath\""].contains(where: content.contains)
      if loads { examination.warn("The document loads parts of itself from elsewhere when it is opened.") }
    }
  }

  /// Documents that may hold macros have types of their own.
  private static func withMacros(_ kind: FileKind) -> FileKind {
    var kind = kind
    switch kind.fileType {
    case "DOCX": (kind.fileType, kind.mediaType) = ("DOCM", "application/vnd.ms-word.document.macroEnabled.12")
    case "XLSX": (kind.fileType, kind.mediaType) = ("XLSM", "application/vnd.ms-excel.sheet.macroEnabled.12")
    case "PPTX": (kind.fileType, kind.mediaType) = ("PPTM", "application/vnd.ms-powerpoint.presentation.macroEnabled.12")
    default: break
    }
    return kind
  }

  private static func examineOpenDocument(_ zip: ZipDirectory, _ subject: Subject, _ examination: inout Examination) throws(DocumentError) {
    let type = try text(of: "mimetype", zip, subject)
    let kinds: [(String, FileKind)] = [
      ("opendocument.text-master", .openDocumentOther), ("opendocument.text", .odt), ("opendocument.spreadsheet", .ods),
      ("opendocument.presentation", .odp), ("opendocument.graphics", .odg), ("opendocument", .openDocumentOther),
    ]
    guard let kind = kinds.first(where: { type.contains($0.0) })?.1 else {
      examination.kind = .zip
      return
    }
    examination.kind = kind
    if zip.has(prefix: "Basic/") || zip.has(prefix: "Scripts/") {
      examination.warn("The document contains macros: small programs that may run when it is opened.")
    }
    let manifest = try text(of: "META-INF/manifest.xml", zip, subject)
    if zip.has("encrypted-package") || manifest.contains("encryption-data") {
      examination.warn("The document is encrypted: whoever opens it in the chart needs its password.")
    }
    if zip.entries.contains(where: { $0.name.hasPrefix("Object ") && !$0.name.contains("/") && $0.byteCount > 0 }) {
      examination.warn("The document carries other files inside it.")
    }
  }

  /// An entry's text in lower case; empty when there is none.
  private static func text(of name: String, _ zip: ZipDirectory, _ subject: Subject) throws(DocumentError) -> String {
    guard let entry = zip.entry(name), let content = try zip.content(of: entry, limit: 256 * 1024, in: subject.source) else { return "" }
    return String(decoding: content.lowercasedASCII, as: UTF8.self)
  }

  /// Without a directory the local headers still tell what it was going to be.
  private static func damaged(_ subject: Subject) -> Examination {
    let marks = ["[Content_Types].xml", "word/", "xl/", "ppt/", "mimetypeapplication/vnd.oasis.opendocument", "mimetypeapplication/epub"]
    let first = Array(subject.head.dropFirst(30).prefix(512))
    let looksLikeDocument = marks.contains { mark in first.starts(with: Array(mark.utf8)) }
    return Examination(looksLikeDocument ? .damagedOffice : .zip)
  }
}

/// What follows the end of a document or picture.
enum Trailer {
  /// Blanks and zeros are padding; something that may not be sent is refused; the rest is worth a warning.
  static func examine(after end: Int, _ subject: Subject, _ examination: inout Examination) throws(DocumentError) {
    guard end < subject.count else { return }
    let trailer = try subject.bytes(at: end, count: 64 * 1024)
    guard let first = trailer.firstIndex(where: { $0 != 0 && $0 != 0x20 && !(0x09...0x0D).contains($0) }) else {
      if trailer.count == subject.count - end { return }
      examination.warn("There is foreign data behind the end of the content.")
      return
    }
    let rest = Array(trailer[first...])
    let start = rest.prefix(1024).map { $0 }.lowercasedASCII
    if let hidden = Signature.hiddenKind(at: rest) ?? (TarHeader.isTar(rest) ? FileKind.tar : nil) {
      examination.refuse(hidden: hidden)
    } else if start.starts(with: "<?php") || start.starts(with: "<script") || start.starts(with: "@echo off") || start.starts(with: "<html")
    {
      examination.refuse(hidden: .script)
    } else {
      examination.warn("There is foreign data behind the end of the content.")
    }
  }
}
