#pragma once
// C for what Swift cannot call: variadic functions, constants or structures its headers hide, and code that runs in signal handlers.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <locale.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

/// Columns that a terminal gives to one Unicode scalar: 0, 1 or 2; -1 for control characters and unassigned code points.
/// Always answers for UTF-8, whatever the process's locale is.
static inline int cp_wcwidth(uint32_t scalar) {
  static locale_t utf8 = (locale_t)0;
  locale_t table = __atomic_load_n(&utf8, __ATOMIC_ACQUIRE);
  if (table == (locale_t)0) {
    table = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (table == (locale_t)0) table = newlocale(LC_CTYPE_MASK, "UTF-8", (locale_t)0);
    if (table == (locale_t)0) return scalar < 0x20 || (scalar >= 0x7f && scalar < 0xa0) ? -1 : 1;
    __atomic_store_n(&utf8, table, __ATOMIC_RELEASE);
  }
  locale_t before = uselocale(table);
  int width = wcwidth((wchar_t)scalar);
  uselocale(before);
  return width;
}

/// `POSIX_SPAWN_SETSID`: the new process leads a session of its own.
static const short cp_spawn_new_session = POSIX_SPAWN_SETSID;

/// Forbids core dumps and reading of this process's memory by other processes of the same user.
void cp_disable_core_dumps(void);

/// A file that is in memory only and has no name; -1 where there is none.
int cp_memory_file(void);

/// Gives a file another name on the same file system, unless that name is taken (EEXIST). Returns 0, or -1 with errno set: EINVAL, ENOSYS or
/// ENOTSUP where the system or the file system cannot promise that it replaces nothing.
int cp_rename_without_replacing(const char *from, const char *to);

/// Remembers the modes of the terminal at `fd`, for `cp_guard_terminal` and `cp_restore_terminal_modes`. Called before they are
/// changed. Returns 0, or -1 when `fd` is not a terminal.
int cp_remember_terminal_modes(int fd);

/// Installs handlers for the signals of a fault (SEGV, BUS, ILL, TRAP, ABRT, FPE, SYS). When one comes, `farewell` is written to the
/// terminal, its remembered modes are put back, and the signal takes its default course. `farewell` is copied, up to 1024 bytes.
void cp_guard_terminal(const uint8_t *farewell, size_t count);

/// Puts the former handlers back.
void cp_unguard_terminal(void);

/// Puts the remembered modes back.
void cp_restore_terminal_modes(void);
