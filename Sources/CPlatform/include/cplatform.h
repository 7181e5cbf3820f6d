#pragma once
// Header-only C for what Swift cannot call: variadic functions, and constants or structures its headers hide.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <locale.h>
#include <stdint.h>
#include <wchar.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

/// Columns that a terminal gives to one Unicode scalar: 0, 1 or 2; -1 for control characters and unassigned code points.
/// Always answers for UTF-8, whatever the process's locale is.
static inline int cp_wcwidth(uint32_t scalar) {
  static locale_t utf8 = (locale_t)0;
  if (utf8 == (locale_t)0) {
    locale_t made = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (made == (locale_t)0) made = newlocale(LC_CTYPE_MASK, "UTF-8", (locale_t)0);
    if (made == (locale_t)0) return scalar < 0x20 || (scalar >= 0x7f && scalar < 0xa0) ? -1 : 1;
    __atomic_store_n(&utf8, made, __ATOMIC_RELEASE);
  }
  locale_t before = uselocale(utf8);
  int width = wcwidth((wchar_t)scalar);
  uselocale(before);
  return width;
}
