import CPlatform
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What keeps patient data of this process to itself: private files, no core dump, and no death by a closed pipe.
enum ProcessHardening {
  static func apply() {
    umask(0o077)
    cp_disable_core_dumps()
    signal(SIGPIPE, SIG_IGN)
  }
}
