import CPlatform
import Foundation
import SystemPackage
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A process of its own that goes on with what this one hands over: without a terminal, in a session of its own, so that neither the
/// end of this program nor of its terminal touches it.
struct BackgroundDelivery {
  /// What `deliver` is told: the configuration that this program uses. Says nothing about patients or documents.
  let arguments: [String]

  /// - Parameter folder: where a relative path of the configuration begins.
  init(_ options: CommonOptions, folder: FilePath) {
    let file = options.config.map { folder.pushing(FilePath($0)).lexicallyNormalized().string }
    arguments = ["deliver", "--until-drained"] + (file.map { ["--config", $0] } ?? [])
  }

  /// - Returns: false when it cannot be started; then nobody delivers until the program is opened again.
  func start() -> Bool {
    var attributes = posix_spawnattr_t()
    var actions = posix_spawn_file_actions_t()
    guard posix_spawnattr_init(&attributes) == 0 else { return false }
    defer { posix_spawnattr_destroy(&attributes) }
    guard posix_spawn_file_actions_init(&actions) == 0 else { return false }
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      guard posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0) == 0 else { return false }
    }
    // What this process ignores or holds back for its screen's sake is no business of the other's.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    guard posix_spawnattr_setsigmask(&attributes, &none) == 0, posix_spawnattr_setsigdefault(&attributes, &all) == 0,
      posix_spawnattr_setflags(&attributes, Self.flags) == 0
    else { return false }
    var process = pid_t()
    return withCStrings([CommandLine.arguments.first ?? "chartdrop"] + arguments) { words in
      guard posix_spawn(&process, Self.executable, &actions, &attributes, words, environ) == 0 else { return false }
      // Should this program outlive it, its end is taken note of.
      Thread.detachNewThread { [process] in _ = waitpid(process, nil, 0) }
      return true
    }
  }

  private static let flags = cp_spawn_new_session | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)

  /// This very program, also when its file has been replaced meanwhile.
  private static let executable: String = {
    #if os(Linux)
    "/proc/self/exe"
    #else
    Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }()

  private func withCStrings<Value>(_ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value) -> Value {
    let copies = words.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
  }
}
