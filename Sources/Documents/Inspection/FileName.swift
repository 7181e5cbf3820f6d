internal import SafeText

/// What a file's name claims. The content decides what a file is; the name may still make it unfit to be sent.
struct FileName {
  /// The last ending, in lower case, as a desktop sees it: blanks, dots and invisible characters at the end do not count.
  let ending: String
  /// Endings before the last.
  private let innerEndings: [String]
  private let hasDirectionOverride: Bool

  init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    hasDirectionOverride = text.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) }
    let visible = text.unicodeScalars.filter { $0.properties.generalCategory != .format }
    var name = String(String.UnicodeScalarView(visible))
    while let last = name.last, last == "." || last.isWhitespace { name.removeLast() }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().map { $0.lowercased() }
    ending = parts.last ?? ""
    innerEndings = Array(parts.dropLast())
  }

  /// Adds what the name has to say to what the content said.
  func examine(_ examination: inout Examination) {
    if Self.runnable.contains(ending) {
      examination.refuse("A name that ends in .\(ending) makes a desktop run the file when it is opened.")
    }
    if hasDirectionOverride { examination.warn("The name holds invisible marks that make it read differently from what it is.") }
    if let inner = innerEndings.last, Self.runnable.contains(inner), inner.count > 2, inner != "com" {
      examination.warn("The name has two endings, .\(inner) and .\(ending), as disguised programs do.")
    }
    if disagrees(with: examination.kind) {
      examination.warn("The name ends in .\(ending), but the content is another kind: \(examination.kind.name).")
    }
  }

  /// Whether the ending belongs to another kind. An ending that no kind has says nothing.
  private func disagrees(with kind: FileKind) -> Bool {
    !ending.isEmpty && !kind.extensions.contains(ending) && Self.known.contains(ending)
  }

  private static let known = Set((FileKind.documents + FileKind.others).flatMap(\.extensions))

  static func isRunnable(_ name: some StringProtocol) -> Bool { runnable.contains(FileName(Array(name.utf8)).ending) }

  /// Endings of files that an archiver made.
  static func isArchive(_ name: some StringProtocol) -> Bool { archives.contains(FileName(Array(name.utf8)).ending) }

  private static let archives: Set<String> = Set(FileKind.others.filter(\.isRefused).flatMap(\.extensions))

  /// Endings that Windows, macOS or a Linux desktop run, install or follow when such a file is opened.
  private static let runnable: Set<String> = [
    "exe", "dll", "scr", "pif", "com", "cpl", "ocx", "sys", "drv", "msi", "msp", "mst", "msc", "msix", "appx", "msixbundle", "appxbundle",
    "gadget",
    "bat", "cmd", "ps1", "psm1", "psd1", "ps1xml", "psc1", "vbs", "vbe", "vb", "js", "jse", "mjs", "cjs", "ws", "wsf", "wsh", "wsc", "sct",
    "hta", "reg",
    "inf", "scf", "lnk", "url", "website", "library-ms", "search-ms", "searchconnector-ms", "settingcontent-ms", "appref-ms", "application",
    "xbap",
    "chm", "hlp", "jar", "jnlp", "xll", "wll", "ade", "adp", "mde", "rdp", "diagcab", "theme", "themepack", "deskthemepack",
    "sh", "bash", "zsh", "ksh", "csh", "fish", "run", "command", "tool", "terminal", "action", "workflow", "scpt", "scptd", "applescript",
    "osx",
    "app", "pkg", "mpkg", "dmg", "desktop", "appimage", "snap", "flatpak", "flatpakref", "deb", "rpm", "apk", "ipa", "xpi", "crx", "vsix",
    "py", "pyw", "pyc", "pyo", "pyz", "rb", "pl", "pm", "lua", "php", "php3", "php4", "php5", "phtml", "phar", "asp", "aspx", "ashx", "jsp",
    "jspx", "cgi",
    "tcl", "awk", "groovy", "so", "dylib", "elf", "class", "wasm", "webloc", "inetloc", "fileloc", "mobileconfig", "service", "iqy", "slk",
  ]
}
