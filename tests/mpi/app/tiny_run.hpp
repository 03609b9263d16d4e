#pragma once

#include "paget/app/checkpoint.hpp"
#include "paget/app/loaded_case.hpp"

namespace paget::test
{

/// Two organs of one brick and a layer, 40 cells that soon are in the blood; steps of an hour.
app::LoadedCase tiny_case();

/// The same from the resolved text of a checkpoint.
app::LoadedCase case_of(const app::CheckpointFacts& facts);

/// What a checkpoint says besides the state, the same on every machine and on any number of ranks.
app::CheckpointFacts plain_facts(const app::LoadedCase& loaded, Tick now);

std::uint64_t hash_of(const body::Body& body);

inline constexpr Tick one_hour = 60 * ticks_per_minute;

} // namespace paget::test
