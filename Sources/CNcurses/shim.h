#pragma once
// What Swift's importer cannot see of ncurses: global variables, function-like macros, variadic calls.
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

static const attr_t cn_A_BOLD = A_BOLD;
static const attr_t cn_A_DIM = A_DIM;
static const attr_t cn_A_UNDERLINE = A_UNDERLINE;
static const attr_t cn_A_REVERSE = A_REVERSE;
static const attr_t cn_A_ITALIC = A_ITALIC;

// term.h names hundreds of capabilities by macros such as `lines` and `columns`; none of them is wanted in Swift.
#undef lines
#undef columns
#undef tab

/// Takes the character type from the environment. False when it is not UTF-8; ncurses decodes UTF-8 all the same.
static inline bool cn_adopt_locale(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
  if (!setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "en_US.UTF-8");
  return false;
}

/// `newterm` on file descriptors, which belong to ncurses from then on; null when the terminal type is unknown.
static inline SCREEN *cn_newterm(const char *type, int output, int input) {
  FILE *to = fdopen(output, "w");
  FILE *from = fdopen(input, "r");
  return to && from ? newterm((char *)type, to, from) : NULL;
}

static inline WINDOW *cn_stdscr(void) { return stdscr; }
static inline WINDOW *cn_curscr(void) { return curscr; }
static inline int cn_colors(void) { return COLORS; }
static inline int cn_color_pairs(void) { return COLOR_PAIRS; }

/// A terminfo string, or null when the terminal has none by that name.
static inline const char *cn_capability(const char *name) {
  char *value = tigetstr((char *)name);
  return value == (char *)-1 ? NULL : value;
}

static inline void cn_set_attributes(WINDOW *window, attr_t attributes, int pair) {
  wattr_set(window, attributes, 0, &pair);
}

/// Terminal's size by the kernel; false when it does not know.
static inline bool cn_window_size(int fd, int *rows, int *width) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
  *rows = size.ws_row;
  *width = size.ws_col;
  return true;
}

/// Bytes that wait to be read; -1 when the descriptor is dead.
static inline int cn_waiting_bytes(int fd) {
  int count = 0;
  return ioctl(fd, FIONREAD, &count) == 0 ? count : -1;
}
