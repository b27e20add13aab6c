// GMP's integers for Swift. Functions of gmp.h are seen under their link names (`__gmpz_add`);
// what gmp.h offers only as a macro, or what would need one allocation per call from Swift, is a
// small function here.
#ifndef FLOWCHECK_CGMP_SHIM_H
#define FLOWCHECK_CGMP_SHIM_H

#include <gmp.h>
#include <stdint.h>

_Static_assert(GMP_LIMB_BITS == 64 && GMP_NAIL_BITS == 0, "limbs of 64 bits without nails");

// The sign of a number: -1, 0 or 1.
static inline int cgmp_sign(const __mpz_struct *value) { return mpz_sgn(value); }

// Sets a number to (high * 2^64 + low), negated if asked.
static inline void cgmp_set_words(
    __mpz_struct *result, uint64_t high, uint64_t low, int negative) {
  mp_limb_t *limbs = mpz_limbs_write(result, 2);
  limbs[0] = low;
  limbs[1] = high;
  mpz_limbs_finish(result, negative ? -2 : 2);
}

// A read-only view of (limbs[1] * 2^64 + limbs[0]), negated if asked; it owns nothing, must not be
// cleared or written, and lives no longer than the limbs.
static inline __mpz_struct cgmp_view(const mp_limb_t *limbs, int negative) {
  __mpz_struct view;
  mpz_roinit_n(&view, limbs, negative ? -2 : 2);
  return view;
}

#endif
