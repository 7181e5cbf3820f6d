/// JSON as an ordered tree, with one more leaf: the hole where the file goes.
public indirect enum JSONValue: Sendable, Hashable {
  case object([Member])
  case array([JSONValue])
  case string(String)
  case number(Int)
  case bool(Bool)
  /// A string whose content comes later: the file's base64 or its upload's URI.
  case hole

  public struct Member: Sendable, Hashable {
    public let key: String
    public let value: JSONValue
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }
}
