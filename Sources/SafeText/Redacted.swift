/// A value that identifies a patient. It never prints: descriptions, dumps and reflection show `<redacted>`.
///
/// `reveal()` is the only way in, so that a search for it finds every place that shows or sends such a value.
public struct Redacted<Wrapped> {
  private let value: Wrapped

  public init(_ value: Wrapped) { self.value = value }

  /// The value itself, for a screen, for a message or for a comparison; never for a log.
  public func reveal() -> Wrapped { value }

  public func map<Other>(_ transform: (Wrapped) throws -> Other) rethrows -> Redacted<Other> {
    Redacted<Other>(try transform(value))
  }
}

extension Redacted: Sendable where Wrapped: Sendable {}
extension Redacted: Equatable where Wrapped: Equatable {}
extension Redacted: Hashable where Wrapped: Hashable {}

extension Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "<redacted>" }
  public var debugDescription: String { "<redacted>" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
