internal import Crypto
internal import Documents
internal import SafeText
internal import SystemPackage

/// The key of the outbox: 32 random bytes as hexadecimal text, in a file of its own, 0600.
enum OutboxKey {
  /// - Parameter mayCreate: false when there is a database already; a new key could not open it.
  static func load(_ path: FilePath, mayCreate: Bool, files: some TrustedFiles = SystemTrustedFiles()) throws(OutboxError) -> SymmetricKey {
    var text: String?
    do throws(TrustedFileError) {
      text = try files.read(path, isSecret: true)
    } catch {
      guard error == .notFound else {
        let words = error.words(for: path)
        throw .notWritable(words.reason + " " + words.remedy)
      }
    }
    if let text { return try parse(text, path) }
    guard mayCreate else {
      throw .damaged("The outbox's key \(DisplayText(path)) is missing; without it the outbox cannot be read.")
    }
    try create(path)
    // Another process may have been quicker; what is in the file counts.
    return try load(path, mayCreate: false, files: files)
  }

  private static func create(_ path: FilePath) throws(OutboxError) {
    let digits = Array("0123456789abcdef".utf8)
    let key = SymmetricKey(size: .bits256).withUnsafeBytes { bytes in bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] } }
    do throws(PrivateFile.Failure) {
      try PrivateFile.create(path, contents: key + [0x0A])
    } catch {
      switch error {
      case .exists: return
      case .failed(let number) where Errno(rawValue: number) == .noSpace: throw .diskFull
      case .failed(let number): throw .notWritable("\(DisplayText(path)): \(Errno(rawValue: number).description).")
      }
    }
  }

  private static func parse(_ text: String, _ path: FilePath) throws(OutboxError) -> SymmetricKey {
    let digits = text.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
    guard digits.count == 64 else { throw .damaged("\(DisplayText(path)) is not an outbox's key.") }
    return SymmetricKey(data: stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
  }
}
