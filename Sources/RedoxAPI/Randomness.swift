/// Where random numbers come from: the system's generator, or a test's.
public typealias RandomSource = @Sendable () -> UInt64

extension RedoxDestination {
  /// The system's cryptographic generator.
  public static let systemRandom: RandomSource = { UInt64.random(in: .min ... .max) }
}

/// 128 random bits as 32 hexadecimal digits.
func randomHex(_ random: RandomSource) -> String {
  (0..<2).map { _ in
    let digits = String(random(), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }.joined()
}
