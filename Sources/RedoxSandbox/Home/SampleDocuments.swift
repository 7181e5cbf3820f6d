import Foundation

/// The sandbox's folder of documents: one of each kind that matters, the same bytes on every machine.
enum SampleDocuments {
  struct Sample: Sendable {
    var name: String
    var write: @Sendable (Spool) throws -> Void
    /// Size in bytes, where it is known before writing.
    var knownSize: Int?
  }

  /// `Bixby` stands in one name on purpose: it tells which patient the document is of, and so can disagree with the one chosen.
  static let all: [Sample] = [
    pdf("consent-form.pdf", title: "Consent to treatment", pages: 6, scans: [130], size: 150_000),
    pdf("short-letter.pdf", title: "Letter", pages: 1),
    pdf("Bixby_intake.pdf", title: "Intake form", pages: 2),
    pdf("scanned-chart.pdf", title: "Scanned chart", pages: 2, scans: [3_995, 3_995, 3_995], size: 12_000_000),
    pdf("scanned-archive.pdf", title: "Scanned archive", pages: 2, scans: Array(repeating: 3_998, count: 10), size: 40_000_000),
    bytes("wound-photo.png") { PNGSample.bytes(width: 240, height: 160) },
    bytes("ct-slice.dcm") { BinarySamples.dicom(side: 128) },
    bytes("summary-of-care.xml") { Array(TextSamples.cda.utf8) },
    bytes("referral.rtf") { Array(TextSamples.rtf.utf8) },
    bytes("visit-note.txt") { Array(TextSamples.note.utf8) },
    bytes("image-viewer") { BinarySamples.program() },
    bytes("old-records.zip") { BinarySamples.zip(name: "visit-note.txt", content: TextSamples.note) },
  ]

  /// Writes what is missing or differs in size. What is there stays untouched: another process may be sending it.
  static func write(to directory: String) throws {
    try PrivateFiles.makeDirectory(directory)
    for sample in all {
      let path = directory + "/" + sample.name
      if let size = Self.size(ofFileAt: path), size == sample.knownSize ?? size { continue }
      try PrivateFiles.write(to: path, sample.write)
    }
  }

  private static func size(ofFileAt path: String) -> Int? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
  }

  private static func pdf(_ name: String, title: String, pages: Int, scans: [Int] = [], size: Int? = nil) -> Sample {
    let write: @Sendable (Spool) throws -> Void = { spool in
      let texts = (1...pages).map { TextSamples.page(title, $0, of: pages) }
      try PDFSample(pages: texts, scans: scans, size: size).write(to: spool)
    }
    return Sample(name: name, write: write, knownSize: size)
  }

  private static func bytes(_ name: String, _ make: @escaping @Sendable () -> [UInt8]) -> Sample {
    Sample(name: name, write: { spool in try make().withUnsafeBytes { try spool.write($0) } })
  }
}
