/// Writes `JSONValue` as the text that is sent: two spaces a level, so that what a person previews is what travels.
enum JSONWriter {
  static func split(_ json: JSONValue) -> (prefix: [UInt8], suffix: [UInt8]) { ([], []) }
  static func escaped(_ text: String) -> [UInt8] { [] }
}
