import ArgumentParser

/// The program's exit statuses; documented in `--help` and in the README.
enum ExitStatus: Int32 {
  case done = 0
  case notAccepted = 1
  case uncertain = 3
  case warnings = 10
  case refused = 20
  case usage = 64
  case notFound = 66
  case configuration = 78
  case interrupted = 130

  /// What a command throws to end with this status, once it has said why.
  var asError: ExitCode { ExitCode(rawValue) }
}
