internal import Documents
internal import SafeText
internal import SystemPackage

/// The site's file and the user's over it, checked against the schema and laid over each other.
///
/// Collects every problem instead of stopping at the first: a person corrects a file once.
struct ConfigurationLayers {
  private(set) var values: [[String]: (value: TOMLSource.Value, source: TOMLSource)] = [:]
  private(set) var problems: [ConfigurationProblem] = []
  let locked: [[String]]

  /// - Parameters:
  ///   - site: the site's file, which may lock values.
  ///   - user: the user's own file.
  init(site: TOMLSource?, user: TOMLSource?) {
    var locks: [[String]] = []
    var problems: [ConfigurationProblem] = []

    if let site, case .list(let list)? = site.values[["locked"]] {
      for case .text(let name) in list {
        let key = name.split(separator: ".").map(String.init)
        locks.append(key)
        if !site.values.keys.contains(where: { $0.starts(with: key) }) {
          problems.append(
            ConfigurationProblem(
              site, key: ["locked"], reason: "It locks \(name), which this file does not set.",
              remedy: "Set the key here, or remove the lock."))
        }
      }
    }
    if let user, user.values[["locked"]] != nil {
      problems.append(
        ConfigurationProblem(user, key: ["locked"], reason: "Only the site's file can lock values.", remedy: "Remove the line."))
    }
    for source in [site, user].compactMap({ $0 }) {
      for list in Set(source.values.keys.compactMap(ConfigurationSchema.list)) { values = values.filter { !$0.key.starts(with: list) } }
      for (key, value) in source.values.sorted(by: { Self.order($0.key, $1.key, in: source) }) {
        if let problem = Self.check(value, at: key, in: source) {
          problems.append(problem)
        } else {
          values[key] = (value, source)
        }
      }
    }
    if let site, let user {
      for key in user.values.keys.sorted(by: { Self.order($0, $1, in: user) }) {
        guard let lock = locks.first(where: { key.starts(with: $0) }), user.values[key] != site.values[key] else { continue }
        values[key] = site.values[key].map { ($0, site) }
        let siteLine = site.line(of: site.values[key] == nil ? lock : key).map { ":\($0)" } ?? ""
        problems.append(
          ConfigurationProblem(
            user, key: key, reason: "The site has locked this value in \(DisplayText(site.path))\(siteLine).",
            remedy: "Remove it here, or ask whoever looks after that file."))
      }
    }
    self.locked = locks
    self.problems = problems
  }

  /// Names under a table, such as the profiles'.
  func names(under path: [String]) -> [String] {
    Set(values.keys.compactMap { $0.count > path.count && $0.starts(with: path) ? $0[path.count] : nil }).sorted()
  }

  private static func order(_ left: [String], _ right: [String], in source: TOMLSource) -> Bool {
    let lines = (source.line(of: left) ?? 0, source.line(of: right) ?? 0)
    return lines.0 == lines.1 ? left.lexicographicallyPrecedes(right) : lines.0 < lines.1
  }

  private static func check(_ value: TOMLSource.Value, at key: [String], in source: TOMLSource) -> ConfigurationProblem? {
    guard let entry = ConfigurationSchema.entry(for: key) else {
      if value == .emptyTable, ConfigurationSchema.isTable(key) { return nil }
      if ConfigurationSchema.isTable(key) {
        return ConfigurationProblem(
          source, key: key, reason: "This must be a table.", remedy: "Write [\(ConfigurationSchema.dotted(key))] and its keys below.")
      }
      let remedy: DisplayText =
        ConfigurationSchema.suggestion(for: key).map { "Did you mean \($0)?" } ?? "`chartdrop config init` shows every key that there is."
      return ConfigurationProblem(source, key: key, reason: "There is no such key.", remedy: remedy)
    }
    guard let complaint = ConfigurationValueCheck.complaint(about: value, as: entry.kind) else { return nil }
    return ConfigurationProblem(source, key: key, reason: complaint.reason, remedy: complaint.remedy)
  }
}

extension ConfigurationProblem {
  init(_ source: TOMLSource, key: [String], reason: DisplayText, remedy: DisplayText? = nil) {
    self.init(
      file: DisplayText(source.path), line: source.line(of: key), key: DisplayText(escaping: ConfigurationSchema.dotted(key)),
      reason: reason,
      remedy: remedy)
  }
}
