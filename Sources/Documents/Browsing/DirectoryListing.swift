public import SystemPackage

/// The entries of a folder as a browser shows them: sorted, filtered, with or without hidden ones. A value.
///
/// Holds names and kinds only, so that a hundred thousand entries appear at once; sizes and times are asked for the rows on the screen
/// (`DirectoryReader.details`). Select and act by `DirectoryEntry.ID`, never by row: rows move.
public struct DirectoryListing: Sendable {
  public enum SortKey: String, Sendable, Hashable, CaseIterable {
    /// `kind` is the name's ending: what a file really is would mean reading it.
    case name, kind, size, modified
  }

  public let path: FilePath
  public private(set) var filter = ""
  public private(set) var showsHidden = false
  public private(set) var sortKey = SortKey.name
  public private(set) var isDescending = false

  private let table: NameTable
  private var folded: NameTable?
  private var details: [Int: EntryDetails] = [:]
  /// All entries in their order, and the rows that pass the filter in the same order.
  private var sorted: [UInt32]
  private var rows: [UInt32] = []

  init(path: FilePath, table: NameTable) {
    self.path = path
    self.table = table
    sorted = Array(0..<UInt32(table.count))
    sort()
  }

  /// Rows on the screen.
  public var count: Int { rows.count }
  /// Entries in the folder, hidden ones too.
  public var totalCount: Int { table.count }

  /// The entry in a row.
  public subscript(row: Int) -> DirectoryEntry {
    let index = Int(rows[row])
    return DirectoryEntry(name: table.name(index), kind: table.kinds[index])
  }

  /// Where an entry is now; nil when it is gone or filtered out.
  public func row(of id: DirectoryEntry.ID) -> Int? {
    table.index(of: id.bytes).flatMap { index in rows.firstIndex(of: UInt32(index)) }
  }

  /// All entries of the folder, in no order that matters.
  public var ids: [DirectoryEntry.ID] { (0..<table.count).map { DirectoryEntry.ID(bytes: table.name($0)) } }

  public func path(of id: DirectoryEntry.ID) -> FilePath { path.appending(entry: id.bytes) }

  /// Shows only names that hold `text`, upper and lower case alike; the empty text shows all. Quick enough for every key press.
  public mutating func setFilter(_ text: String) {
    guard text != filter else { return }
    // What does not hold the shorter text cannot hold the longer one.
    let narrows = !filter.isEmpty && text.hasPrefix(filter)
    filter = text
    select(from: narrows ? rows : sorted)
  }

  public mutating func setShowsHidden(_ shows: Bool) {
    guard shows != showsHidden else { return }
    showsHidden = shows
    select(from: sorted)
  }

  /// Folders stay first. By size or time, entries whose details are not known (`note`) come last, by name.
  public mutating func sort(by key: SortKey, descending: Bool = false) {
    (sortKey, isDescending) = (key, descending)
    sort()
  }

  /// Takes in details, for sorting by them. Does not sort anew by itself: rows must not jump while someone reads.
  public mutating func note(_ found: [DirectoryEntry.ID: EntryDetails]) {
    if found.isEmpty { return }
    for index in 0..<table.count {
      if let known = found[DirectoryEntry.ID(bytes: table.name(index))] { details[index] = known }
    }
  }

  /// Names that begin with these bytes, for completing a typed path; folders first. Hidden ones only when the dot is typed.
  public func completions(of prefix: [UInt8], limit: Int = 200) -> [DirectoryEntry] {
    sorted.lazy.map(Int.init)
      .filter { table.bytes[table.range($0)].starts(with: prefix) && (prefix.first == UInt8(ascii: ".") || !table.isHidden($0)) }
      .prefix(limit).map { DirectoryEntry(name: table.name($0), kind: table.kinds[$0]) }
  }

  private mutating func sort() {
    let (table, details, key, descending) = (table, details, sortKey, isDescending)
    table.bytes.withUnsafeBufferPointer { bytes in
      table.starts.withUnsafeBufferPointer { starts in
        table.kinds.withUnsafeBufferPointer { kinds in
          func name(_ index: UInt32) -> UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(rebasing: bytes[Int(starts[Int(index)])..<Int(starts[Int(index) + 1])])
          }
          func isFolder(_ index: UInt32) -> Bool {
            kinds[Int(index)] == .folder || (kinds[Int(index)] != .file && details[Int(index)]?.kind == .folder)
          }
          func value(_ index: UInt32) -> Int64? {
            switch key {
            case .name, .kind: nil
            case .size: details[Int(index)].map { Int64($0.byteCount) }
            case .modified: details[Int(index)].map(\.modifiedNanoseconds)
            }
          }
          sorted.sort { left, right in
            let (a, b) = (isFolder(left), isFolder(right))
            if a != b { return a }
            if key == .kind {
              switch NameOrder.compareEndings(name(left), name(right)) {
              case 0: return NameOrder.areInOrder(name(left), name(right))
              case let order: return descending ? order > 0 : order < 0
              }
            }
            if key != .name {
              switch (value(left), value(right)) {
              case (let x?, let y?) where x != y: return descending ? x > y : x < y
              case (nil, .some): return false
              case (.some, nil): return true
              default: return NameOrder.areInOrder(name(left), name(right))
              }
            }
            return descending ? NameOrder.areInOrder(name(right), name(left)) : NameOrder.areInOrder(name(left), name(right))
          }
        }
      }
    }
    select(from: sorted)
  }

  private mutating func select(from candidates: [UInt32]) {
    if filter.isEmpty {
      rows = showsHidden ? candidates : candidates.filter { !table.isHidden(Int($0)) }
      return
    }
    let names = folded ?? table.folded()
    folded = names
    let wanted = NameFilter(filter)
    rows = names.bytes.withUnsafeBufferPointer { bytes in
      candidates.filter { index in
        (showsHidden || !table.isHidden(Int(index)))
          && wanted.matches(UnsafeBufferPointer(rebasing: bytes[names.range(Int(index))]))
      }
    }
  }
}
