#pragma once

#include "paget/parallel/communicator.hpp"

namespace paget::output
{

/// Bytes per second that memory gives a rank while all ranks of `world` use it: mean over the ranks of STREAM's triad
/// (McCalpin 1995), a = b + s c, with 24 bytes counted per element, in three arrays of 16 MiB each. The best of three
/// passes, in about 50 ms. Collective; the same on all ranks.
double triad_bytes_per_s(const parallel::Communicator& world);

} // namespace paget::output
