/// Text that a shell, a desktop or a server would run.
enum ScriptText {
  /// The kind of a text that says by its first line, or by a word that only scripts have, that it is one.
  static func kind(_ start: TextStart, _ markup: MarkupScan) -> FileKind? {
    let text = start.lower
    if text.hasPrefix("#!"), text.dropFirst(2).drop(while: { $0 == " " || $0 == "\t" }).first == "/" { return .script }
    if text.hasPrefix("<?php") || text.hasPrefix("<%@") || text.hasPrefix("#@~^") { return .script }
    if text.hasPrefix("windows registry editor version") || text.hasPrefix("regedit4") { return .registry }
    for section in ["[internetshortcut]", "[desktop entry]", "[shell]", "[autorun]", "[{000214a0", "[default]\nbaseurl"]
    where text.hasPrefix(section) {
      return .shortcut
    }
    if markup.features.contains(.application) { return .script }
    let isMarkup = text.hasPrefix("<")
    if isMarkup, markup.features.contains(.serverCode) { return .script }
    if isMarkup, text.contains("<job") || text.contains("<component") || text.contains("<?job"), text.contains("<script language") {
      return .script
    }
    if text.contains("http://schemas.microsoft.com/developer/msbuild"), text.contains("<usingtask") { return .script }
    let lines = start.lines.prefix(400).map { $0.drop(while: { $0 == " " || $0 == "\t" }) }
    if let first = lines.first,
      first.hasPrefix("@echo o") || first.hasPrefix("@if ") || first.hasPrefix("@rem ") || first.hasPrefix("@set "),
      first == "@echo off" || first.hasPrefix("@echo off ") == false || first.hasPrefix("@echo off &")
    {
      return .script
    }
    // Manuals quote commands.
    return unmistakableCount(text) >= 2 && !FileKind.markdown.extensions.contains(start.name.ending) ? .script : nil
  }

  /// Two of these do not meet in prose.
  private static let unmistakable = [
    "wscript.shell", "wscript.createobject", "scripting.filesystemobject", "new activexobject", "createobject(\"", "invoke-expression",
    "downloadstring(", "downloadfile(", "-executionpolicy bypass", "set-executionpolicy", "new-object net.webclient",
    "new-object system.net.webclient",
    "frombase64string(", "iex (", "iex(", "%~dp0", "require('child_process')", "require(\"child_process\")", "__import__('os')",
    "/bin/sh -i",
    "/dev/tcp/",
  ]

  private static func unmistakableCount(_ text: String) -> Int { unmistakable.filter { text.contains($0) }.count }

  /// Whether most lines look like statements of a programming language.
  static func readsLikeScript(_ start: TextStart) -> Bool {
    if unmistakableCount(start.lower) >= 2 { return true }
    let lines = start.lines.prefix(200).map { $0.drop { $0 == " " || $0 == "\t" } }.filter {
      !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix("//")
    }
    guard lines.count >= 2, !start.lower.hasPrefix("<"), !start.lower.hasPrefix("{") else { return false }
    let statements = lines.filter(isStatement).count
    return statements >= 2 && statements * 2 >= lines.count
  }

  private static let openings = [
    "import ", "from ", "def ", "class ", "echo ", "set ", "export ", "function ", "function(", "var ", "let ", "const ", "if (", "if [",
    "fi", "done", "for (",
    "while (", "return ", "return;", "print(", "dim ", "sub ", "end sub", "end if", "goto ", "rem ", "call ", "del ", "copy ", "start ",
    "param(", "write-host",
    "get-", "set-", "new-", "invoke-", "remove-", "try {", "} catch", "}", "});", "require ", "require(", "puts ", "use ", "my $", "local ",
    "cd ", "mkdir ", "rm ", "sudo ",
    "curl ", "wget ", "exit", "os.", "sys.", "eval(", "alert(", "document.", "window.", "console.", "wscript.", "msgbox", "else:", "try:",
    "except", "elif ",
    "then", "do", "pause", "exec ",
  ]

  /// Statements that are a single word.
  private static let words: Set<String> = [
    "fi", "done", "then", "do", "else", "else:", "try:", "pause", "exit", "end if", "end sub", "return",
  ]

  private static func isStatement(_ line: Substring) -> Bool {
    if line.hasPrefix("$"), line.contains("=") { return true }
    guard openings.contains(where: line.hasPrefix) else { return false }
    // Sentences begin with some of these words too; statements have signs that sentences lack, or are very short.
    if line.contains(where: { "()=;{}$[]/\\|<>".contains($0) }) { return true }
    if line.hasPrefix("from ") { return line.contains(" import ") }
    return words.contains(String(line)) || line.hasPrefix("import ") && line.split(separator: " ").count == 2
  }
}
