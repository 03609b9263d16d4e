#pragma once

#include <cstddef>

namespace paget::bench
{

/// Bytes of the largest cache that one core sees, as the operating system tells (0: unknown).
std::size_t largest_cache_bytes();

/// A size for triad arrays that caches cannot hold: four times the largest cache for each, as STREAM demands.
std::size_t triad_array_bytes();

/// Bandwidth of one core [bytes/s of CPU time] by McCalpin's STREAM triad a = b + s c: 24 bytes are counted per element
/// (what a write first reads is not), best of a few passes, for a working set of all three arrays together.
double triad_bytes_per_s(std::size_t working_set_bytes);

/// Single-precision additions and multiplications per second of one core, full vectors, not fused (Paget never fuses).
double float_operations_per_s();

/// Multiplies and adds in registers, `times` times about 0.1 ms: work that nothing but the core's own speed limits.
void work_in_registers(int times);

/// 64-bit integer additions, exclusive ors and rotations per second of one core, as scalar code does them.
double integer_operations_per_s();

} // namespace paget::bench
