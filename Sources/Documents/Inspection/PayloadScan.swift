/// Looks through a whole file for the beginnings of things that may not be sent. Finds candidates; `Payload` proves them.
struct PayloadScan {
  struct Candidate {
    let offset: Int
    let payload: Payload
  }

  /// More candidates of one kind than this are not looked at: each has to be read again to be proven.
  private static let limit = 512

  private(set) var candidates: [Candidate] = []
  private var found = [Int](repeating: 0, count: Payload.allCases.count)
  private var pieces = OverlappingPieces(overlap: 7)

  mutating func consume(_ piece: UnsafeRawBufferPointer) {
    pieces.next(piece) { bytes, offset in
      for (index, payload) in Payload.allCases.enumerated() where found[index] < Self.limit {
        ByteSearch.all(payload.signature, in: bytes) { position in
          found[index] += 1
          candidates.append(Candidate(offset: offset + position, payload: payload))
        }
      }
    }
  }

  /// The first thing in the file that is proven and may not be sent. What lies at the very beginning hides from nobody.
  func hidden(in subject: Subject, except passedOver: Payload? = nil) throws(DocumentError) -> FileKind? {
    for candidate in candidates where candidate.offset > 0 && candidate.payload != passedOver {
      if let kind = try candidate.payload.proven(at: candidate.offset, in: subject) { return kind }
    }
    return nil
  }
}

/// Things whose beginning can be told anywhere in a file.
enum Payload: CaseIterable {
  case windowsProgram, elf, zipDirectory, rar, sevenZip, cabinet, php

  var signature: [UInt8] {
    switch self {
    case .windowsProgram: [0x50, 0x45, 0x00, 0x00]
    case .elf: [0x7F, 0x45, 0x4C, 0x46]
    case .zipDirectory: [0x50, 0x4B, 0x05, 0x06]
    case .rar: [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]
    case .sevenZip: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]
    case .cabinet: [0x4D, 0x53, 0x43, 0x46, 0x00, 0x00, 0x00, 0x00]
    case .php: Array("<?php".utf8)
    }
  }

  func proven(at offset: Int, in subject: Subject) throws(DocumentError) -> FileKind? {
    let header = try subject.bytes(at: offset, count: 64)
    switch self {
    case .windowsProgram: return Self.isPEHeader(header) ? .windowsProgram : nil
    case .elf: return Self.isELFHeader(header) ? .elf : nil
    case .rar: return header.count > 7 && header[6] <= 1 && (header[6] == 0 || header[7] == 0) ? .rar : nil
    case .sevenZip: return header.count > 32 && header[6] == 0 ? .sevenZip : nil
    case .cabinet: return header.count > 26 && header[24] == 3 && header[25] == 1 ? .cabinet : nil
    case .php: return header.count > 5 && header[5] <= 0x20 ? .script : nil
    case .zipDirectory:
      guard let directory = try ZipDirectory(subject.source, endRecord: offset), !directory.entries.isEmpty else { return nil }
      // A whole Office document inside another document is an attachment, which its host speaks of.
      return ZipExamination.documentKind(of: directory) == nil ? .zip : nil
    }
  }

  /// `PE`, a known machine, a sane number of sections and an optional header of a known form.
  static func isPEHeader(_ header: [UInt8]) -> Bool {
    guard let machine = header.little16(4), let sections = header.little16(6), let magic = header.little16(24) else { return false }
    let machines: Set = [0x14C, 0x8664, 0xAA64, 0x1C0, 0x1C2, 0x1C4, 0x200, 0xEBC, 0x5032, 0x5064, 0x6264]
    return header.has("PE\0\0", at: 0) && machines.contains(machine) && (1...96).contains(sections)
      && [0x10B, 0x20B, 0x107].contains(magic)
  }

  static func isELFHeader(_ header: [UInt8]) -> Bool {
    guard header.count >= 24 else { return false }
    return (1...2).contains(header[4]) && (1...2).contains(header[5]) && header[6] == 1
  }

  /// `MZ` and where it leads.
  static func isWindowsProgram(_ bytes: [UInt8]) -> Bool {
    guard bytes.starts(with: "MZ"), let header = bytes.little32(0x3C), header + 26 <= bytes.count else { return false }
    return isPEHeader(Array(bytes[header...].prefix(64)))
  }
}
