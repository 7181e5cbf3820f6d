internal import SafeText
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Makes a roster out of a file's bytes. CSV, a FHIR Bundle or NDJSON are told apart by the content, never by the name.
public enum RosterLoader {
  /// - Throws: the first thing that is wrong, by line or record and column, without any patient data.
  public static func roster(from bytes: [UInt8], columns: RosterColumns = RosterColumns()) throws(RosterError) -> Roster {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      throw .malformed(record: 1, field: "header", reason: "This is UTF-16 text. Save the file as CSV in UTF-8.")
    }
    switch text.first(where: { $0 > 0x20 }) {
    case UInt8(ascii: "{"): return try Roster(try FHIRRoster.patients(in: text))
    case nil, UInt8(ascii: "["): throw .unknownFormat
    default:
      if text.prefix(4096).contains(where: { $0 == 0 || $0 == 0x7F }) { throw .unknownFormat }
      return try Roster(try CSVRoster.patients(in: text, columns: columns))
    }
  }

  /// More than any roster has: a hundred thousand patients in FHIR take about as much. The file is read whole.
  static let maximumBytes = 256_000_000

  /// Reads the file at `path` whole. May block on the disk. Only regular files are read; one of more than 256 MB is `unreadable(EFBIG)`.
  public static func load(path: String, columns: RosterColumns = RosterColumns()) throws(RosterError) -> Roster {
    try roster(from: try contents(of: path), columns: columns)
  }

  private static func contents(of path: String) throws(RosterError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .unreadable(EISDIR)
    // A pipe or a device may never end.
    default: throw .unknownFormat
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let got = read(descriptor, &buffer, buffer.count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .unreadable(errno) }
      if got == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<got])
      guard bytes.count <= maximumBytes else { throw .unreadable(EFBIG) }
    }
  }
}
