public import SafeText

/// The table of keys as text: for the command that prints it and for the README.
public enum KeyListing {
  public struct Section: Sendable, Hashable {
    public var title: DisplayText
    public var bindings: [Binding]
  }

  /// One section per place, in the order in which a person meets them.
  public static var sections: [Section] {
    KeyContext.allCases.map { Section(title: Words.Help.title(of: $0), bindings: Bindings.bindings(in: $0)) }
  }

  /// For a terminal: keys in one column, what they do in the next.
  public static var plain: String {
    sections.map { section in
      let width = section.bindings.map(\.keyNames.width).max() ?? 0
      let rows = section.bindings.map { binding in
        "  \(binding.keyNames.string)\(String(repeating: " ", count: width - binding.keyNames.width))  \(binding.tooltip.string)"
      }
      return ([section.title.string] + rows).joined(separator: "\n")
    }.joined(separator: "\n\n") + "\n"
  }

  /// For the README: one row for each command that hints show, with the places where it is valid.
  public static var markdown: String {
    let rows = Bindings.all.filter { $0.hint != nil }.map { binding in
      let places = binding.contexts.map { Words.Help.title(of: $0) }.joined(separator: ", ")
      return "| \(binding.keys.map { "`\($0.name)`" }.joined(separator: " ")) | \(binding.tooltip.string) | \(places.string) |"
    }
    return (["| Keys | What they do | Where |", "| --- | --- | --- |"] + rows).joined(separator: "\n") + "\n"
  }
}
