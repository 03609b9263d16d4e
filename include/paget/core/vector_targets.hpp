#pragma once

/// Before a function: compiles it several times, for the vector instructions of x86-64, x86-64-v3 and x86-64-v4, and
/// takes the machine's best version at run time. The results are the same bits: contraction is off everywhere.
/// Nothing where the compiler does not offer it, or in sanitizer builds (cmake/PagetCompiler.cmake).
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(PAGET_ONE_VECTOR_TARGET)
#define PAGET_VECTOR_TARGETS __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define PAGET_VECTOR_TARGETS
#endif
