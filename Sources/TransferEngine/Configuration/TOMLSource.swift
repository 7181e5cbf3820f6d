internal import SystemPackage
internal import TOMLKit

/// A parsed TOML file as plain values, with the line that each key stands on.
struct TOMLSource: Sendable {
  /// A value that is no table.
  enum Value: Sendable, Hashable {
    case text(String)
    case integer(Int)
    case real(Double)
    case flag(Bool)
    case list([Value])
    /// A date, a time or a list of tables: nothing that a configuration needs; kept to be able to complain about it.
    case other(String)
    /// A table without keys.
    case emptyTable
  }

  struct SyntaxError: Error, Hashable {
    var line: Int
    var column: Int
    var reason: String
  }

  let path: FilePath
  /// Every value by its whole path of keys; tables in a list are counted from 1.
  let values: [[String]: Value]
  private let lines: [[String]: Int]

  init(_ text: String, path: FilePath) throws(SyntaxError) {
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw SyntaxError(line: error.source.begin.line, column: error.source.begin.column, reason: error.description)
    } catch {
      throw SyntaxError(line: 1, column: 1, reason: "This is not TOML.")
    }
    self.path = path
    var values: [[String]: Value] = [:]
    Self.flatten(table, under: [], into: &values)
    self.values = values
    self.lines = TOMLLineIndex.lines(in: text)
  }

  /// The line of a key; of the table that it ought to stand in when it is absent or inside an inline table.
  func line(of key: [String]) -> Int? {
    var path = key
    while !path.isEmpty {
      if let line = lines[path] { return line }
      path.removeLast()
    }
    return nil
  }

  private static func flatten(_ table: TOMLTable, under path: [String], into values: inout [[String]: Value]) {
    if table.isEmpty, !path.isEmpty { values[path] = .emptyTable }
    for key in table.keys {
      guard let value = table[key] else { continue }
      if let inner = value.table {
        flatten(inner, under: path + [key], into: &values)
      } else if let tables = tables(in: value) {
        for (index, element) in tables.enumerated() { flatten(element, under: path + [key, String(index + 1)], into: &values) }
      } else {
        values[path + [key]] = plain(value)
      }
    }
  }

  /// The elements of `[[key]]`, or of a list of inline tables; nil for any other value.
  private static func tables(in value: any TOMLValueConvertible) -> [TOMLTable]? {
    guard let array = value.array, !array.isEmpty else { return nil }
    let tables = array.compactMap(\.table)
    return tables.count == array.count ? tables : nil
  }

  private static func plain(_ value: any TOMLValueConvertible) -> Value {
    if let text = value.string { return .text(text) }
    if let flag = value.bool { return .flag(flag) }
    if let integer = value.int { return .integer(integer) }
    if let real = value.double { return .real(real) }
    if let array = value.array { return .list(array.map { plain($0) }) }
    return .other(value.type.description)
  }
}
