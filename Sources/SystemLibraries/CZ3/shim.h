// The C interface of Z3. Every handle arrives in Swift as an `OpaquePointer`; only Z3Bridge may
// import this module, and it wraps each kind of handle in a type of its own.
#ifndef FLOWCHECK_CZ3_SHIM_H
#define FLOWCHECK_CZ3_SHIM_H

#include <z3.h>

#endif
