internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

extension Words {
  enum Preview {
    /// - Parameter name: What the block is, where it says so itself.
    static func folded(_ lines: Int, name: DisplayText?) -> DisplayText {
      let count = Format.count(lines, "line", "lines")
      return name.map { " ⟨\($0), \(count)⟩ " } ?? " ⟨\(count)⟩ "
    }
    static func found(_ lines: Int) -> DisplayText { lines == 0 ? "not found" : Format.count(lines, "line", "lines") }
    static func problem(_ number: Int, of count: Int, _ problem: ProblemLine) -> DisplayText {
      "Problem \(number) of \(count) · \(problem.place): \(problem.reason)"
    }

    static let noSearch: DisplayText = "Nothing is looked for. Press / and type a word."
    static let notFound: DisplayText = "It is nowhere in this message."
    static let noProblem: DisplayText = "There is no problem."
    static let nothingToFold: DisplayText = "There is nothing to fold here."

    /// - Parameter number: Of several documents.
    static func fileName(_ kind: MessageKind, number: Int?) -> String { "\(kind.rawValue)-message\(number.map { "-\($0)" } ?? "").json" }
    static let badName: DisplayText = "Type the name of a file, such as ~/message.json."
    static func saved(_ name: DisplayText) -> DisplayText { "Saved as \(name). It holds patient data: delete it when you are done." }
    static func saveFailed(_ error: SaveError, _ name: DisplayText) -> DisplayText {
      switch error {
      case .exists: "\(name) exists already and was left as it is. Type another name."
      case .noFolder: "There is no such folder. Type another name."
      case .permissionDenied: "You may not write there. Type another name, such as ~/\(name)."
      case .diskFull: "The disk is full. Free some space, or type another place."
      case .failed(let number): "It cannot be written (system error \(number)). Type another name."
      }
    }
  }
}
