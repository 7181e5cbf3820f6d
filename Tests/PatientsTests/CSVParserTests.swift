import Testing

@testable import Patients

@Suite struct CSVParserTests {
  private func parse(_ text: String) throws -> [[String]] {
    var parser = CSVParser(Array(text.utf8)[...])
    var records: [[String]] = []
    while let record = try parser.next() { records.append(record.fields.map { String(decoding: $0, as: UTF8.self) }) }
    return records
  }

  @Test func quotesHoldSeparatorsLineBreaksAndQuotes() throws {
    #expect(try parse("a,\"b,\r\n\"\"c\"\"\",d\r\n\"\",x") == [["a", "b,\r\n\"c\"", "d"], ["", "x"]])
  }

  @Test func emptyFieldsCountAndEmptyLinesDoNot() throws {
    #expect(try parse(",\n\n\r\na,,\n") == [["", ""], ["a", "", ""]])
  }

  @Test func aQuoteInsideAnUnquotedFieldIsItself() throws {
    #expect(try parse("5\" tall,x") == [["5\" tall", "x"]])
  }

  /// Whatever fields are written by the rules come back as they were, for every line end.
  @Test(arguments: ["\n", "\r\n", "\r"])
  func writtenRecordsComeBack(lineEnd: String) throws {
    let alphabet = ["a", "\"", ",", "\n", "\r", "\r\n", " ", "é", ""]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let records = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<Int.random(in: 2...4, using: &random)).map { _ in
          (0..<Int.random(in: 0...6, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
        }
      }
      let text = records.map { record in
        record.map { "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" }.joined(
          separator: ",")
      }.joined(separator: lineEnd)
      #expect(try parse(text) == records)
    }
  }
}
