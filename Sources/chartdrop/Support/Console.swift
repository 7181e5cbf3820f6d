import SafeText
import Synchronization
import SystemPackage
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Plain lines on standard output and standard error. Takes `DisplayText` only, so that nothing from outside reaches a terminal raw.
enum Console {
  static func print(_ line: DisplayText) { write(line.string + "\n", to: STDOUT_FILENO) }
  static func complain(_ line: DisplayText) { write("chartdrop: " + line.string + "\n", to: STDERR_FILENO) }

  /// Prints text that a program reads (JSON): its writer has escaped it for that reader.
  static func printMachineReadable(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// Why standard output did not take something, for the end of the command to tell; nil while it has taken all.
  static var outputFailure: Errno? { failure.withLock { $0 } }

  private static let failure = Mutex<Errno?>(nil)

  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let base = rest.baseAddress, !rest.isEmpty {
        #if canImport(Glibc)
        let written = Glibc.write(descriptor, base, rest.count)
        #else
        let written = Darwin.write(descriptor, base, rest.count)
        #endif
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else {
          if descriptor == STDOUT_FILENO { note(Errno(rawValue: written < 0 ? errno : EIO)) }
          return
        }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
      }
    }
  }

  private static func note(_ error: Errno) {
    failure.withLock { $0 = $0 ?? error }
  }

  /// One line of standard input without its end; nil at the end of input. Asks first when a person is there.
  static func readLine(prompt: DisplayText) -> String? {
    if isatty(STDIN_FILENO) == 1 { write(prompt.string + " ", to: STDERR_FILENO) }
    return Swift.readLine(strippingNewline: true)
  }

  /// All of standard input, as bytes.
  static func readAll() -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return result }
      result.append(contentsOf: buffer[..<count])
    }
  }
}
