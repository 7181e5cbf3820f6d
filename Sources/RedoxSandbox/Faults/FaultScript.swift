/// What happens to request after request: each line strikes the next request that it fits, once.
///
/// A line is a fault as `--fault` takes it without a time, or `ok` for a request that is let pass. `#` begins a comment; empty lines say
/// nothing. A request takes the first line left that fits its endpoint; when none does, the rules decide.
///
/// ```
/// token:ok
/// upload:500         # the first upload fails
/// upload:ok          # the second does not
/// message:lost-answer
/// ```
public struct FaultScript: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    /// nil for any.
    public var endpoint: FaultEndpoint?
    /// nil lets the request pass.
    public var fault: Fault?

    public init(_ fault: Fault?, at endpoint: FaultEndpoint? = nil) {
      self.endpoint = endpoint
      self.fault = fault
    }

    func fits(_ request: FaultEndpoint) -> Bool {
      (endpoint ?? request) == request && fault?.kind.endpoints.contains(request) != false
    }
  }

  public var lines: [Line]

  public init(_ lines: [Line] = []) {
    self.lines = lines
  }

  public init(parsing text: String) throws(FaultSyntaxError) {
    lines = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let content = line.prefix { $0 != "#" }.trimmingBlanks
      guard !content.isEmpty else { continue }
      do {
        lines.append(try Self.line(content))
      } catch {
        throw FaultSyntaxError(text: error.text, problem: error.problem, line: index + 1)
      }
    }
  }

  private static func line(_ text: String) throws(FaultSyntaxError) -> Line {
    if text == "ok" || text == "any:ok" { return Line(nil) }
    if text.hasSuffix(":ok"), let endpoint = FaultEndpoint(rawValue: String(text.dropLast(3))) { return Line(nil, at: endpoint) }
    let rule = try FaultRule(parsing: text)
    guard !rule.fault.kind.strikesConnections else { throw FaultSyntaxError(text: text, problem: .strikesConnections(rule.fault.kind)) }
    guard rule.when == .always else { throw FaultSyntaxError(text: text, problem: .whenInScript) }
    return Line(rule.fault, at: rule.endpoint)
  }
}
