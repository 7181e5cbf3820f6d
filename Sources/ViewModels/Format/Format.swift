public import SafeText

/// Numbers as the screens write them.
public enum Format {
  /// `512 bytes`, `152 KB`, `4.1 MB`. KB = 10³, MB = 10⁶ as Redox counts; never rounds up to a limit that is not reached.
  public static func size(_ bytes: Int) -> DisplayText {
    switch bytes {
    case ..<1: "0 bytes"
    case 1: "1 byte"
    case ..<1000: "\(bytes) bytes"
    case ..<1_000_000: "\(bytes / 1000) KB"
    case ..<1_000_000_000: "\(tenths(bytes, of: 1_000_000)) MB"
    default: "\(tenths(bytes, of: 1_000_000_000)) GB"
    }
  }

  /// Bytes per second: `1.2 MB/s`.
  public static func rate(_ bytesPerSecond: Double) -> DisplayText {
    guard bytesPerSecond.isFinite, bytesPerSecond >= 0 else { return "" }
    return size(Int(min(bytesPerSecond, 1e15))) + "/s"
  }

  /// `7 s`, `2 min 5 s`, `1 h 4 min`.
  public static func duration(_ seconds: Double) -> DisplayText {
    guard seconds.isFinite, seconds >= 0 else { return "" }
    let whole = Int(min(seconds, 1e9).rounded(.up))
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s"
    default: return whole / 60 % 60 == 0 ? "\(whole / 3600) h" : "\(whole / 3600) h \(whole / 60 % 60) min"
    }
  }

  /// How long ago, coarsely: `now`, `3 min`, `5 h`, `12 d`, `3 y`. A time ahead of the clock is `now`.
  public static func age(seconds: Double) -> DisplayText {
    guard seconds.isFinite else { return "" }
    let whole = Int(max(0, min(seconds, 1e11)))
    switch whole {
    case ..<60: return "now"
    case ..<3600: return "\(whole / 60) min"
    case ..<86_400: return "\(whole / 3600) h"
    case ..<31_557_600: return "\(whole / 86_400) d"
    default: return "\(whole / 31_557_600) y"
    }
  }

  /// `1 transfer`, `3 transfers`
  public static func count(_ number: Int, _ one: DisplayText, _ many: DisplayText) -> DisplayText {
    "\(number) \(number == 1 ? one : many)"
  }

  private static func tenths(_ bytes: Int, of unit: Int) -> String {
    let whole = bytes / unit
    let tenth = bytes % unit / (unit / 10)
    return tenth == 0 ? String(whole) : "\(whole).\(tenth)"
  }
}
