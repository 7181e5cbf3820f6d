import Testing

@testable import Documents

@Suite struct NameOrderTests {
  private func sorted(_ names: [String]) -> [String] {
    names.sorted { left, right in
      Array(left.utf8).withUnsafeBufferPointer { a in Array(right.utf8).withUnsafeBufferPointer { b in NameOrder.areInOrder(a, b) } }
    }
  }

  @Test func numbersAreOrderedByValueAndCaseDoesNotMatter() {
    let expected = ["Alpha", "beta", "page 1", "page 2", "Page 9", "page 10", "page 10a", "page 100", "zeta"]
    #expect(sorted(expected.reversed()) == expected)
  }

  @Test func digitsLongerThanAnyIntegerAreCompared() {
    let (small, large) = ("x" + String(repeating: "9", count: 40), "x1" + String(repeating: "0", count: 40))
    #expect(sorted([large, small]) == [small, large])
  }

  @Test func theOrderIsTotal() {
    let names = ["a", "A", "a0", "a00", "a1", "a01", "", "1", "01", "a1b", "a01b", "é"]
    func before(_ left: String, _ right: String) -> Bool {
      Array(left.utf8).withUnsafeBufferPointer { a in Array(right.utf8).withUnsafeBufferPointer { b in NameOrder.areInOrder(a, b) } }
    }
    for a in names {
      for b in names {
        #expect(before(a, b) != before(b, a) || a == b)
        for c in names where before(a, b) && before(b, c) { #expect(before(a, c)) }
      }
    }
  }
}
