internal import SafeText

/// Kinds that may be sent though few charts can show them, and kinds that may not be sent.
extension FileKind {
  private static func seldom(_ name: DisplayText, _ mediaType: String, _ fileType: String, _ extensions: [String]) -> FileKind {
    FileKind(name, mediaType, fileType, extensions, .warn("Charts seldom take this kind of file: \(name)."))
  }

  static let unknown = FileKind(
    "unknown kind of data", "application/octet-stream", "BIN", [],
    .warn("The content is of no known kind, so a chart may not be able to show it."))
  static let blank = FileKind("blank file", "application/octet-stream", "BIN", [], .warn("The file holds nothing but blanks."))
  static let unknownText = FileKind(
    "text in an unknown encoding", "text/plain", "TXT", ["txt"],
    .warn("The text is in an encoding that cannot be told, so it may be shown wrong."))
  static let damagedOffice = FileKind(
    "damaged Office document", "application/octet-stream", "BIN", docx.extensions + xlsx.extensions + pptx.extensions + odt.extensions,
    .warn("The document is damaged or cut off."))
  static let encryptedOffice = FileKind(
    "encrypted Office document", "application/x-tika-ooxml-protected", "DOCX", docx.extensions + xlsx.extensions + pptx.extensions,
    .warn("The document is encrypted: whoever opens it in the chart needs its password."))
  static let binaryRTF = FileKind(
    "RTF document", "application/rtf", "RTF", ["rtf"], .warn("The document holds data in binary form, or it is damaged."))
  static let compound = seldom(
    "Microsoft compound file", "application/x-ole-storage", "BIN", ["vsd", "pub", "mpp", "one", "hwp", "db", "wps"])
  static let sqlite = seldom("SQLite database", "application/vnd.sqlite3", "DB", ["db", "sqlite", "sqlite3", "db3"])
  static let access = seldom("Access database", "application/x-msaccess", "MDB", ["mdb", "accdb"])
  static let outlookStore = seldom("Outlook mail store", "application/vnd.ms-outlook-pst", "PST", ["pst", "ost"])
  static let epub = seldom("e-book (EPUB)", "application/epub+zip", "EPUB", ["epub"])
  static let mobi = seldom("e-book (Mobipocket)", "application/x-mobipocket-ebook", "MOBI", ["mobi", "azw", "azw3", "prc"])
  static let xps = seldom("XPS document", "application/vnd.ms-xpsdocument", "XPS", ["xps", "oxps"])
  static let visio = seldom("Visio drawing", "application/vnd.ms-visio.drawing", "VSDX", ["vsdx", "vsdm", "vstx"])
  static let openDocumentOther = seldom(
    "OpenDocument file", "application/vnd.oasis.opendocument", "ODF", ["odb", "odf", "odc", "odi", "odm"])
  static let iWork = seldom("Apple iWork document", "application/vnd.apple.iwork", "PAGES", ["pages", "numbers", "key"])
  static let package = seldom("Open Packaging container", "application/vnd.openxmlformats-package", "BIN", ["3mf", "dwfx"])
  static let postScript = seldom("PostScript document", "application/postscript", "PS", ["ps", "eps", "ai"])
  static let heif = seldom("HEIC or AVIF image", "image/heic", "HEIC", ["heic", "heif", "avif", "hif"])
  static let icon = seldom("Windows icon", "image/vnd.microsoft.icon", "ICO", ["ico", "cur"])
  static let photoshop = seldom("Photoshop image", "image/vnd.adobe.photoshop", "PSD", ["psd"])
  static let djvu = seldom("DjVu document", "image/vnd.djvu", "DJVU", ["djvu", "djv"])
  static let flac = seldom("FLAC audio", "audio/flac", "FLAC", ["flac"])
  static let midi = seldom("MIDI music", "audio/midi", "MID", ["mid", "midi"])
  static let aiff = seldom("AIFF audio", "audio/aiff", "AIFF", ["aif", "aiff", "aifc"])
  static let amr = seldom("AMR audio", "audio/amr", "AMR", ["amr"])
  static let matroska = seldom("Matroska or WebM video", "video/x-matroska", "MKV", ["mkv", "webm", "mka"])
  static let windowsMedia = seldom("Windows Media recording", "video/x-ms-asf", "WMV", ["wmv", "wma", "asf"])
  static let mpeg = seldom("MPEG video", "video/mpeg", "MPG", ["mpg", "mpeg", "vob", "ts", "m2ts"])
  static let flashVideo = seldom("Flash video", "video/x-flv", "FLV", ["flv"])
  static let riffOther = seldom("RIFF file", "application/octet-stream", "RIFF", ["ani", "rmi"])
  static let font = seldom("font", "font/sfnt", "TTF", ["ttf", "otf", "woff", "woff2"])
  static let tnef = seldom("Outlook attachment container", "application/ms-tnef", "DAT", ["dat", "tnef"])
  static let hdf5 = seldom("HDF5 data", "application/x-hdf5", "H5", ["h5", "hdf5", "hdf", "nc", "mat"])
  static let appleDouble = seldom("Apple resource file", "application/applefile", "BIN", [])
  static let encrypted = FileKind(
    "encrypted data", "application/octet-stream", "BIN", ["asc", "gpg", "pgp", "enc", "p7m"],
    .warn("The content is encrypted: whoever opens it in the chart needs the key."))
  static let encodedText = FileKind(
    "file wrapped in text", "text/plain; charset=utf-8", "TXT", ["txt", "uue", "hqx", "b64"],
    .warn("The text carries another file in an encoded form that cannot be inspected."))

  static let windowsProgram = refused("Windows program", .program, ["exe", "dll", "scr", "sys", "ocx", "cpl", "com"])
  static let elf = refused("Linux program or library", .program, ["elf", "so", "o", "bin"])
  static let machO = refused("macOS program or Java class", .program, ["dylib", "class", "o"])
  static let webAssembly = refused("WebAssembly program", .program, ["wasm"])
  static let byteCode = refused("compiled byte code", .program, ["pyc", "luac", "dex", "elc", "beam", "bc"])
  static let objectFile = refused("object file", .program, ["obj", "o"])
  static let library = refused("object library", .program, ["a", "lib"])
  static let flash = refused("Flash program", .program, ["swf"])
  static let compiledHelp = refused("compiled Windows help", .program, ["chm", "hlp"])
  static let appleScript = refused("compiled AppleScript", .script, ["scpt"])
  static let script = refused("script", .script, ["sh"], mediaType: "text/x-script")
  static let registry = refused("Windows registry script", .script, ["reg"])
  static let shortcut = refused("shortcut", .shortcut, ["lnk", "url", "desktop"])
  static let windowsInstaller = refused("Windows installer", .installer, ["msi", "msp"])
  static let debianPackage = refused("Debian package", .installer, ["deb"])
  static let rpmPackage = refused("RPM package", .installer, ["rpm"])
  static let macInstaller = refused("macOS installer", .installer, ["pkg", "xar"])
  static let appPackage = refused(
    "app package", .installer, ["jar", "apk", "ipa", "xpi", "crx", "war", "ear", "aar", "appx", "msix", "vsix", "nupkg", "whl"])
  static let zip = refused("ZIP archive", .archive, ["zip"], mediaType: "application/zip")
  static let gzip = refused("gzip", .archive, ["gz", "tgz"], mediaType: "application/gzip")
  static let bzip2 = refused("bzip2", .archive, ["bz2", "tbz2"])
  static let xz = refused("xz", .archive, ["xz", "txz"])
  static let zstandard = refused("Zstandard", .archive, ["zst", "tzst"])
  static let lz4 = refused("LZ4", .archive, ["lz4"])
  static let lzma = refused("LZMA", .archive, ["lzma"])
  static let compressed = refused("compressed file", .archive, ["z", "lz", "lzo", "br", "sz"])
  static let sevenZip = refused("7-Zip archive", .archive, ["7z"], mediaType: "application/x-7z-compressed")
  static let rar = refused("RAR archive", .archive, ["rar"], mediaType: "application/vnd.rar")
  static let cabinet = refused("Windows cabinet", .archive, ["cab"])
  static let tar = refused("tar archive", .archive, ["tar"], mediaType: "application/x-tar")
  static let cpio = refused("cpio archive", .archive, ["cpio"])
  static let ar = refused("ar archive", .archive, ["ar"])
  static let otherArchive = refused("archive", .archive, ["lzh", "lha", "arj", "arc", "zoo", "ace", "sit", "zpaq", "wim", "uu"])
  static let iso = refused("CD or DVD image", .diskImage, ["iso"])
  static let macDiskImage = refused("macOS disk image", .diskImage, ["dmg"])
  static let virtualDisk = refused("virtual disk", .diskImage, ["vhd", "vhdx", "vmdk", "qcow2", "qcow", "vdi", "ova"])
  static let fileSystem = refused("file system image", .diskImage, ["img", "squashfs", "snap"])

  static let others: [FileKind] = [
    sqlite, access, outlookStore, epub, mobi, xps, visio, openDocumentOther, iWork, postScript, heif, icon, photoshop, djvu, flac, midi,
    aiff,
    matroska, windowsMedia, flashVideo, font, compound, zip, gzip, bzip2, xz, zstandard, lz4, lzma, compressed, sevenZip, rar, cabinet, tar,
    cpio,
    otherArchive, iso, virtualDisk,
  ]
}
