/// LOINC codes: up to seven digits, a hyphen, and a mod 10 check digit over the digits.
public enum LOINC {
  /// Digits, a hyphen, a digit.
  public static func hasForm(_ code: String) -> Bool {
    let parts = code.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && (1...7).contains(parts[0].utf8.count) && parts[1].utf8.count == 1 && Luhn.digits(parts[0] + parts[1]) != nil
  }

  /// True when `code` has the form of a LOINC code and its check digit is right, which finds a mistyped code without a table.
  public static func isWellFormed(_ code: String) -> Bool {
    let parts = code.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...7).contains(parts[0].utf8.count), parts[1].utf8.count == 1,
      let number = Luhn.digits(parts[0]), let check = Luhn.digits(parts[1])
    else { return false }
    return Luhn.isValid(number + check)
  }
}

/// The ten-digit number of a health care provider in the United States.
public enum NationalProviderIdentifier {
  /// Ten digits.
  public static func hasForm(_ number: String) -> Bool { Luhn.digits(number)?.count == 10 }

  /// True when the last digit is the right one: the mod 10 check runs over 80840, the issuer's prefix, and all ten digits.
  public static func isValid(_ number: String) -> Bool {
    guard let digits = Luhn.digits(number), digits.count == 10 else { return false }
    return Luhn.isValid([8, 0, 8, 4, 0] + digits)
  }
}

/// The mod 10 check that LOINC and NPI share (ISO/IEC 7812-1).
enum Luhn {
  /// Nil when there is anything but ASCII digits.
  static func digits(_ text: some StringProtocol) -> [Int]? {
    var digits: [Int] = []
    for byte in text.utf8 {
      guard (0x30...0x39).contains(byte) else { return nil }
      digits.append(Int(byte) - 0x30)
    }
    return digits
  }

  /// - Parameter digits: The check digit is the last one.
  static func isValid(_ digits: [Int]) -> Bool {
    var sum = 0
    for (position, digit) in digits.reversed().enumerated() {
      let weighted = position.isMultiple(of: 2) ? digit : 2 * digit
      sum += weighted > 9 ? weighted - 9 : weighted
    }
    return !digits.isEmpty && sum.isMultiple(of: 10)
  }
}
