internal import RedoxAPI
internal import SafeText

/// Whether a value is of its key's kind, and what to write instead.
enum ConfigurationValueCheck {
  static func complaint(about value: TOMLSource.Value, as kind: ConfigurationSchema.Kind) -> (reason: DisplayText, remedy: DisplayText?)? {
    switch (kind, value) {
    case (.text, .text(let text)), (.path, .text(let text)):
      return text.isEmpty ? ("It is empty.", "Fill it in, or remove the line.") : nil
    case (.text, _): return ("It must be text.", "Put it in quotation marks.")
    case (.path, _): return ("It must be a path.", "Put it in quotation marks.")
    case (.choice(let words), .text(let text)):
      if words.contains(text) { return nil }
      let near = NearMiss.of(text, among: words).map { DisplayText(" Did you mean \"\($0)\"?") } ?? ""
      return ("\"\(text)\" is not one of the words that are possible here.", "Write \(alternatives(words))." + near)
    case (.choice(let words), _): return ("It must be text.", "Write \(alternatives(words)).")
    case (.flag, .flag): return nil
    case (.flag, _): return ("It must be true or false.", "Write it without quotation marks.")
    case (.integer(let range), .integer(let number)):
      return range.contains(number)
        ? nil : ("\(number) is out of range.", "Write a number from \(range.lowerBound) to \(range.upperBound).")
    case (.integer(let range), _):
      return ("It must be a whole number.", "Write a number from \(range.lowerBound) to \(range.upperBound), without quotation marks.")
    case (.seconds(let range), .integer(let number)): return seconds(Double(number), range)
    case (.seconds(let range), .real(let number)): return seconds(number, range)
    case (.seconds(let range), _): return ("It must be a number of seconds.", secondsRemedy(range))
    case (.uuid, .text(let text)):
      return isUUID(text) ? nil : ("It is not a UUID.", "Copy it from Redox's dashboard: 8-4-4-4-12 hexadecimal digits.")
    case (.uuid, _): return ("It must be a UUID.", "Put it in quotation marks.")
    case (.url, .text(let text)): return url(text)
    case (.url, _): return ("It must be a URL.", "Put it in quotation marks.")
    case (.proxy, .text(let text)):
      let isProxy = WebAddress(text).map { !$0.isSecure && $0.isServiceAddress } ?? false
      return isProxy ? nil : ("It is not a proxy's address.", "Write http://HOST:PORT.")
    case (.proxy, _): return ("It must be a proxy's address.", "Write \"http://HOST:PORT\".")
    case (.list(let words), .list(let list)):
      for item in list {
        guard case .text(let text) = item, words.contains(text) else {
          return ("The list holds something that is not possible here.", "Its items can be \(alternatives(words)).")
        }
      }
      return nil
    case (.anyList, .list(let list)):
      for item in list {
        guard case .text = item else { return ("The list must hold text only.", "Put each item in quotation marks.") }
      }
      return nil
    case (.list, _), (.anyList, _): return ("It must be a list.", "Write [\"…\", \"…\"].")
    }
  }

  private static func seconds(_ number: Double, _ range: ClosedRange<Double>) -> (reason: DisplayText, remedy: DisplayText?)? {
    range.contains(number) ? nil : ("It is out of range.", secondsRemedy(range))
  }

  private static func secondsRemedy(_ range: ClosedRange<Double>) -> DisplayText {
    "Write a number of seconds from \(Int(range.lowerBound)) to \(Int(range.upperBound))."
  }

  private static func url(_ text: String) -> (reason: DisplayText, remedy: DisplayText?)? {
    // Braces, which are no part of URLs, stand for words that are filled in later.
    let filled = text.replacing("{destination}", with: "destination").replacing("{environment}", with: "environment")
    guard let address = WebAddress(filled), address.isServiceAddress else { return ("It is not a URL.", "Write https://HOST/PATH.") }
    if address.isSecure || address.isLoopback { return nil }
    return ("It would send patient data unencrypted.", "Write https; http is for this machine (127.0.0.1, localhost) only.")
  }

  private static func alternatives(_ words: [String]) -> DisplayText {
    let quoted = words.map { DisplayText("\"\($0)\"") }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }

  static func isUUID(_ text: String) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }
}
