/// All faults with the end that each must lead to, as text of 80 columns at most; made from the same tables that decide.
public enum FaultList {
  private static let nameWidth = 18
  private static let endWidth = 13

  public static var text: String {
    let heads = ["fault"] + FaultEndpoint.allCases.map(\.rawValue)
    var lines = [row(heads)]
    for kind in Fault.Kind.allCases {
      let name = kind.number == nil ? kind.rawValue : kind.rawValue + "=N"
      let ends = FaultEndpoint.allCases.map { kind.endpoints.contains($0) ? kind.expected(on: $0).rawValue : "-" }
      lines.append(row([name] + ends))
      lines.append("    " + kind.meaning)
      if let number = kind.number {
        lines.append("    N: \(number.unit)" + (number.standard.map { ", \($0) when left out" } ?? "; none when left out"))
      }
    }
    lines += ["", "What must come of it when it strikes once (what stays ends as failed):"]
    lines += ExpectedEnd.allCases.map { "    " + pad($0.rawValue, to: endWidth) + $0.words }
    lines += ["", grammar]
    return lines.joined(separator: "\n")
  }

  /// How `--fault` is written.
  public static let grammar = """
    --fault [ENDPOINT:]FAULT[=N][WHEN]
        ENDPOINT  token, upload, message, search or any; any when left out
        WHEN      @3 the third request, @3+ from the third on, @/3 every third,
                  %20 each with a chance of 20 in a hundred; every one when left out
        refuse and slow-tls count connections, and have no endpoint.
    --fault-script FILE
        One line for each request, as message:500 or upload:ok; the next request
        that fits takes it. # begins a comment.
    """

  private static func row(_ cells: [String]) -> String {
    (pad(cells.first ?? "", to: nameWidth) + cells.dropFirst().map { pad($0, to: endWidth) }.joined()).trimmingTrailingBlanks
  }

  private static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension String {
  fileprivate var trimmingTrailingBlanks: String { String(reversed().drop(while: \.isWhitespace).reversed()) }
}
