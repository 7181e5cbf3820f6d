import ClinicalMessages

extension JSONValue {
  /// The value at the end of a path of keys and indices, as `["Orders", "0", "ID"]`.
  func at(_ path: String...) -> JSONValue? {
    path.reduce(self as JSONValue?) { value, step in
      switch value {
      case .object(let members): members.first { $0.key == step }?.value
      case .array(let elements): Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
      default: nil
      }
    }
  }

  /// The first resource of this type in a Bundle.
  func resource(_ type: String) -> JSONValue? {
    guard case .array(let entries)? = at("entry") else { return nil }
    return entries.compactMap { $0.at("resource") }.first { $0.at("resourceType") == .string(type) }
  }

  /// Every value with its path, containers included.
  func visit(path: String = "", _ body: (String, JSONValue) -> Void) {
    body(path, self)
    switch self {
    case .object(let members): members.forEach { $0.value.visit(path: "\(path).\($0.key)", body) }
    case .array(let elements): elements.enumerated().forEach { $1.visit(path: "\(path)[\($0)]", body) }
    case .string, .number, .bool, .hole: break
    }
  }
}

/// Random numbers that are the same on every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Scalars of every sort, with the troublesome ones more often than chance would give.
  mutating func text(upTo length: Int) -> String {
    let troublesome: [ClosedRange<UInt32>] = [
      0...0x1F, 0x20...0x7E, 0x7F...0xA0, 0x200B...0x2029, 0x202A...0x202F, 0x2066...0x2069, 0xFE00...0xFEFF,
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...length, using: &self) {
      let range = Bool.random(using: &self) ? troublesome.randomElement(using: &self) ?? 0...0x1F : 0...0x10FFFF
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) { text.unicodeScalars.append(scalar) }
    }
    return text
  }
}
