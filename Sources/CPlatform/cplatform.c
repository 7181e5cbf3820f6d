#include "cplatform.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

void cp_disable_core_dumps(void) {
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

int cp_memory_file(void) {
#ifdef __linux__
  return memfd_create("frame", MFD_CLOEXEC);
#else
  return -1;
#endif
}

int cp_rename_without_replacing(const char *from, const char *to) {
#if defined(__APPLE__)
  return renamex_np(from, to, RENAME_EXCL);
#elif defined(SYS_renameat2)
  // By its number: not every C library has the function. 1 is RENAME_NOREPLACE (linux/fs.h).
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 1);
#else
  errno = ENOSYS;
  return -1;
#endif
}

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS};
enum { fatal_count = sizeof fatal_signals / sizeof fatal_signals[0] };

static struct {
  volatile sig_atomic_t is_armed;
  int has_modes;
  int fd;
  struct termios modes;
  uint8_t farewell[1024];
  size_t farewell_count;
  struct sigaction former[fatal_count];
} guard;

// Only async-signal-safe calls here. The former handler is not asked: a backtrace could print what the screen showed.
static void on_fatal_signal(int number) {
  if (guard.is_armed) {
    guard.is_armed = 0;
    for (size_t done = 0; done < guard.farewell_count;) {
      ssize_t written = write(guard.fd, guard.farewell + done, guard.farewell_count - done);
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) break;
      done += (size_t)written;
    }
    if (guard.has_modes) tcsetattr(guard.fd, TCSANOW, &guard.modes);
  }
  signal(number, SIG_DFL);
  raise(number);
}

int cp_remember_terminal_modes(int fd) {
  guard.fd = fd;
  guard.has_modes = tcgetattr(fd, &guard.modes) == 0;
  return guard.has_modes ? 0 : -1;
}

void cp_guard_terminal(const uint8_t *farewell, size_t count) {
  if (guard.is_armed) cp_unguard_terminal();
  guard.farewell_count = count < sizeof guard.farewell ? count : sizeof guard.farewell;
  memcpy(guard.farewell, farewell, guard.farewell_count);
  // A stack overflow leaves no room for a handler on the stack that overflowed.
  static uint8_t handler_stack[64 * 1024];
  stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack, .ss_flags = 0};
  sigaltstack(&stack, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_fatal_signal;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < fatal_count; i++) sigaction(fatal_signals[i], &action, &guard.former[i]);
  guard.is_armed = 1;
}

void cp_unguard_terminal(void) {
  if (!guard.is_armed) return;
  guard.is_armed = 0;
  for (int i = 0; i < fatal_count; i++) sigaction(fatal_signals[i], &guard.former[i], NULL);
}

void cp_restore_terminal_modes(void) {
  if (guard.has_modes) tcsetattr(guard.fd, TCSANOW, &guard.modes);
}
