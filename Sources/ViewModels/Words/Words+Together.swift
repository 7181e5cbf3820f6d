internal import ClinicalMessages
internal import SafeText

extension Words {
  /// Several documents that are sent together.
  enum Together {
    // MARK: Marks

    static func cleared(_ count: Int) -> DisplayText { Format.count(count, "mark was", "marks were") + " cleared." }
    static func lost(_ lost: LostMarks) -> DisplayText {
      switch lost {
      case .left(let count): "Marks belong to one folder: \(Format.count(count, "mark was", "marks were")) cleared."
      case .gone(let count): Format.count(count, "marked file is", "marked files are") + " not there any more."
      }
    }
    /// `5 PDF, 1 PNG, 1 other`: the most frequent first.
    static func kinds(_ kinds: [(name: DisplayText, count: Int)]) -> DisplayText {
      kinds.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
    }
    static let otherKind: DisplayText = "other"

    // MARK: Reading

    static func place(_ number: Int, of count: Int) -> DisplayText { "\(number) of \(count)" }
    static func ready(_ count: Int) -> DisplayText { "\(count) files are read. Press c to go on with them." }
    static func undecided(_ left: Int, of count: Int) -> DisplayText { "\(leftOut(left, of: count)). Press c to see which." }
    static func leftOut(_ left: Int, of count: Int) -> DisplayText {
      left == count ? "None of the \(count) files can be sent" : "\(left) of \(count) files cannot be sent"
    }
    static let back: DisplayText = "Back"
    static func goOnWithout(_ rest: Int) -> DisplayText { "Go on with \(rest)" }
    static let noneLeft: DisplayText = "None of them can be sent. Enter goes back to the files."
    static func warned(_ count: Int, of all: Int) -> DisplayText {
      "\(count) of \(all) files \(count == 1 ? "has a warning" : "have warnings" as DisplayText); the message lists \(count == 1 ? "it" : "them" as DisplayText)."
    }
    static func files(_ count: Int) -> DisplayText { "\(count) files" }

    // MARK: Message and preview

    static func total(_ count: Int, bytes: Int) -> DisplayText { "\(count) documents, \(Format.size(bytes))" }
    static func byFile(_ types: [(name: DisplayText, count: Int)]) -> DisplayText {
      "by file: \(types.map { types.count == 1 ? $0.name : "\($0.count) × \($0.name)" }.joined(separator: ", "))"
    }
    static let ownNames: DisplayText = "each file's own name"
    /// `5 inside the message, 2 uploaded first`
    static func methods(embedded: Int, uploaded: Int) -> DisplayText {
      [
        embedded > 0 ? "\(embedded) \(Message.method(.embed))" : nil, uploaded > 0 ? "\(uploaded) \(Message.method(.upload))" : nil,
      ].compactMap(\.self).joined(separator: ", ")
    }
    static let methodByFile: DisplayText = "Each file goes the way that its size asks for."
    static func sizeInAll(_ bytes: Int) -> DisplayText { "\(Format.size(bytes)) in all" }
    static func isLeftOut(_ name: DisplayText, _ rest: Int) -> DisplayText {
      "\(name) is left out; \(Format.count(rest, "document remains", "documents remain"))."
    }
    static let onlyOne: DisplayText = "There is only this document."

    // MARK: Review and afterwards

    static let documents: DisplayText = "Documents"
    static func countAndSize(_ count: Int, bytes: Int) -> DisplayText { "\(count), \(sizeInAll(bytes))" }
    static func asSent(_ bytes: Int, _ method: DisplayText) -> DisplayText { "\(method), \(Format.size(bytes)) as sent" }
    static func sameContent(_ name: DisplayText) -> DisplayText { "It has the same content as \(name), which is sent with it." }
    static let sameContentRemedy: DisplayText = "Unmark one of them, unless the chart needs both."
    /// What is wrong, after the names of the files that it is about.
    static func changed(_ names: [DisplayText], _ change: DisplayText) -> DisplayText {
      let others = names.count - 2
      let all = names.prefix(2).joined(separator: ", ") + (others > 0 ? " and \(others) more" : "")
      return "\(all): \(change)"
    }
    static func recorded(_ count: Int, _ environment: DisplayText) -> DisplayText {
      "\(count) documents recorded, and on their way to \(environment)."
    }
  }
}
