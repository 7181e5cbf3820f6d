/// Bytes at a fixed place that tell a kind. What needs more than that to be certain has an examination of its own.
struct Signature {
  let offset: Int
  let bytes: [UInt8]
  let kind: FileKind
  /// So short or so much like letters that honest text may begin with it; counts only when the content is no text.
  let isWeak: Bool

  init(_ bytes: [UInt8], at offset: Int = 0, _ kind: FileKind) {
    self.offset = offset
    self.bytes = bytes
    self.kind = kind
    isWeak = bytes.count < 3 || bytes.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0A || $0 == 0x0D }
  }

  init(_ text: String, at offset: Int = 0, _ kind: FileKind) { self.init(Array(text.utf8), at: offset, kind) }

  func matches(_ head: [UInt8]) -> Bool {
    head.count >= offset + bytes.count && head[offset..<(offset + bytes.count)].elementsEqual(bytes)
  }

  /// The first kind whose signature is there.
  static func kind(of head: [UInt8], isText: Bool) -> FileKind? {
    all.first { $0.matches(head) && !(isText && $0.isWeak) }?.kind
  }

  /// Kinds that may not be sent, for what follows the end of another kind. Headers too short to be certain about are left out.
  static func hiddenKind(at head: [UInt8]) -> FileKind? {
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .zip }
    if head.starts(with: Array("MZ".utf8)), Payload.isWindowsProgram(head) { return .windowsProgram }
    if head.starts(with: Array("#!/".utf8)) { return .script }
    return all.first { $0.bytes.count >= 4 && $0.kind.isRefused && $0.matches(head) }?.kind
      ?? (head.starts(with: [0x1F, 0x8B, 0x08]) ? .gzip : head.starts(with: "BZh") && head.has("1AY&SY", at: 4) ? .bzip2 : nil)
  }

  static let all: [Signature] = programs + installers + archives + diskImages + seldomSent

  private static let programs: [Signature] = [
    Signature([0x7F, 0x45, 0x4C, 0x46], .elf),
    Signature("MZ", .windowsProgram), Signature("ZM", .windowsProgram),
    Signature([0xFE, 0xED, 0xFA, 0xCE], .machO), Signature([0xFE, 0xED, 0xFA, 0xCF], .machO),
    Signature([0xCE, 0xFA, 0xED, 0xFE], .machO), Signature([0xCF, 0xFA, 0xED, 0xFE], .machO),
    Signature([0xCA, 0xFE, 0xBA, 0xBE], .machO), Signature([0xBE, 0xBA, 0xFE, 0xCA], .machO), Signature([0xCA, 0xFE, 0xBA, 0xBF], .machO),
    Signature([0xCA, 0xFE, 0xD0, 0x0D], .byteCode),
    Signature([0x00, 0x61, 0x73, 0x6D], .webAssembly),
    Signature([0x1B, 0x4C, 0x75, 0x61], .byteCode), Signature([0x1B, 0x4C, 0x4A], .byteCode),
    Signature("dex\n03", .byteCode), Signature("dey\n03", .byteCode), Signature("cdex0", .byteCode), Signature("oat\n", .byteCode),
    Signature([0x42, 0x43, 0xC0, 0xDE], .byteCode), Signature([0xDE, 0xC0, 0x17, 0x0B], .byteCode),
    Signature(";ELC", .byteCode), Signature("FOR1", .byteCode), Signature("Caml1999", .byteCode), Signature("RITE0", .byteCode),
    Signature("YARB", .byteCode), Signature([0x48, 0x42, 0x43, 0x20, 0xC6, 0x1F, 0xBC, 0x03], .byteCode),
    Signature([0xC6, 0x1F, 0xBC, 0x03, 0xC1, 0x03, 0x19, 0x1F], .byteCode),
    Signature("Joy!peff", .machO), Signature("FWS", .flash), Signature("CWS", .flash), Signature("ZWS", .flash),
    Signature("ITSF", .compiledHelp), Signature([0x3F, 0x5F, 0x03, 0x00], .compiledHelp),
    Signature("FasdUAS ", .appleScript), Signature("JsOsaDAS", .appleScript),
    Signature([0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], .shortcut),
    Signature([0x07, 0x01, 0x64, 0x00], .objectFile), Signature([0x0B, 0x01, 0x64, 0x00], .elf),
  ]

  private static let installers: [Signature] = [
    Signature([0xED, 0xAB, 0xEE, 0xDB], .rpmPackage), Signature("xar!", .macInstaller), Signature("Cr24", .appPackage),
    Signature("ISc(", .cabinet), Signature([0x13, 0x5D, 0x65, 0x8C], .windowsInstaller),
  ]

  private static let archives: [Signature] = [
    Signature([0x1F, 0x8B, 0x08], .gzip), Signature([0x1F, 0x9D], .compressed), Signature([0x1F, 0xA0], .compressed),
    Signature([0x1F, 0x1E], .compressed), Signature([0x1F, 0x9E], .compressed),
    Signature([0x42, 0x5A, 0x68], .bzip2),
    Signature([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .xz), Signature([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
    Signature([0x37, 0xA4, 0x30, 0xEC], .zstandard),
    Signature([0x04, 0x22, 0x4D, 0x18], .lz4), Signature([0x02, 0x21, 0x4C, 0x18], .lz4), Signature([0x03, 0x21, 0x4C, 0x18], .lz4),
    Signature([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .sevenZip), Signature([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], .rar),
    Signature([0x52, 0x45, 0x7E, 0x5E], .rar),
    Signature("MSCF", .cabinet), Signature("LZIP", .compressed),
    Signature([0x89, 0x4C, 0x5A, 0x4F, 0x00, 0x0D, 0x0A, 0x1A, 0x0A], .compressed),
    Signature([0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E, 0x61, 0x50, 0x70, 0x59], .compressed), Signature("LRZI", .compressed),
    Signature("RZIP", .compressed), Signature([0x53, 0x5A, 0x44, 0x44, 0x88, 0xF0], .compressed),
    Signature([0x4B, 0x57, 0x41, 0x4A, 0x88, 0xF0], .compressed),
    Signature("070701", .cpio), Signature("070702", .cpio), Signature("070707", .cpio),
    Signature([0xC7, 0x71], .cpio), Signature([0x71, 0xC7], .cpio),
    Signature("ustar", at: 257, .tar), Signature("-lh", at: 2, .otherArchive), Signature("-lz", at: 2, .otherArchive),
    Signature("-pm", at: 2, .otherArchive),
    Signature([0x60, 0xEA], .otherArchive), Signature("ZOO ", .otherArchive), Signature([0xDC, 0xA7, 0xC4, 0xFD], at: 20, .otherArchive),
    Signature("**ACE**", at: 7, .otherArchive), Signature("SIT!", .otherArchive), Signature("StuffIt ", .otherArchive),
    Signature("zPQ", .otherArchive), Signature("7kSt", .otherArchive), Signature("MSWIM", .otherArchive), Signature("PAR2", .otherArchive),
    Signature("UFA", .otherArchive), Signature("DGCA", .otherArchive), Signature("bvx2", .compressed), Signature("bvxn", .compressed),
    Signature("pbzx", .compressed), Signature("yEnc", .otherArchive), Signature("Obj\u{1}", .appleDouble),
  ]

  private static let diskImages: [Signature] = [
    Signature("hsqs", .fileSystem), Signature("sqsh", .fileSystem), Signature([0x45, 0x3D, 0xCD, 0x28], .fileSystem),
    Signature([0x28, 0xCD, 0x3D, 0x45], .fileSystem), Signature("-rom1fs-", .fileSystem), Signature("conectix", .virtualDisk),
    Signature("vhdxfile", .virtualDisk), Signature([0x51, 0x46, 0x49, 0xFB], .virtualDisk), Signature("KDMV", .virtualDisk),
    Signature("COWD", .virtualDisk), Signature([0x7F, 0x10, 0xDA, 0xBE], at: 0x40, .virtualDisk), Signature("CD001", at: 32769, .iso),
    Signature("NSR0", at: 34817, .iso), Signature("BEA01", at: 32769, .iso), Signature("ER\u{2}\u{0}", .fileSystem),
    Signature("XFSB", .fileSystem), Signature("_BHRfS_M", at: 65600, .fileSystem), Signature("NTFS    ", at: 3, .fileSystem),
    Signature("MSDOS5.0", at: 3, .fileSystem), Signature("mkfs.fat", at: 3, .fileSystem), Signature("FAT12   ", at: 54, .fileSystem),
    Signature("FAT16   ", at: 54, .fileSystem), Signature("FAT32   ", at: 82, .fileSystem), Signature("EFI PART", at: 512, .fileSystem),
    Signature("LUKS", .fileSystem), Signature("NXSB", at: 32, .fileSystem), Signature("H+\u{0}\u{4}", at: 1024, .fileSystem),
    Signature("encrcdsa", .macDiskImage),
  ]

  private static let seldomSent: [Signature] = [
    Signature("SQLite format 3\u{0}", .sqlite), Signature([0x00, 0x01, 0x00, 0x00] + Array("Standard ".utf8), .access),
    Signature("!BDN", .outlookStore), Signature("BOOKMOBI", at: 60, .mobi), Signature("TEXtREAd", at: 60, .mobi),
    Signature([0xC5, 0xD0, 0xD3, 0xC6], .postScript), Signature([0x00, 0x00, 0x01, 0x00], .icon),
    Signature([0x00, 0x00, 0x02, 0x00], .icon),
    Signature("8BPS", .photoshop), Signature("AT&TFORM", .djvu), Signature("fLaC", .flac), Signature("MThd", .midi),
    Signature("FORM", .aiff),
    Signature("#!AMR", .amr), Signature([0x1A, 0x45, 0xDF, 0xA3], .matroska),
    Signature([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], .windowsMedia), Signature([0x00, 0x00, 0x01, 0xBA], .mpeg),
    Signature([0x00, 0x00, 0x01, 0xB3], .mpeg), Signature([0x46, 0x4C, 0x56, 0x01], .flashVideo),
    Signature([0x00, 0x01, 0x00, 0x00, 0x00], .font), Signature("OTTO", .font), Signature("true", .font), Signature("ttcf", .font),
    Signature("wOFF", .font), Signature("wOF2", .font), Signature([0x78, 0x9F, 0x3E, 0x22], .tnef),
    Signature([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], .hdf5), Signature([0x00, 0x05, 0x16, 0x07], .appleDouble),
    Signature([0x00, 0x05, 0x16, 0x00], .appleDouble), Signature("Salted__", .encrypted),
  ]
}
