public import SystemPackage

extension DirectoryListing {
  /// A listing of entries that come from elsewhere than a folder of this machine.
  public init(path: FilePath, entries: [DirectoryEntry]) {
    var table = NameTable()
    for entry in entries {
      entry.name.withUnsafeBufferPointer { table.append($0, kind: entry.kind) }
    }
    self.init(path: path, table: table)
  }
}
