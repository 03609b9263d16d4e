#pragma once

#include "pair_kernel.hpp"

#include "paget/agents/population.hpp"

namespace paget::agents
{

/// The kernel that was asked for; the fastest that this processor has for `automatic`. Throws InputError if the
/// processor lacks what the kernel needs. Local.
PairKernel pair_kernel(KernelChoice choice);

} // namespace paget::agents
