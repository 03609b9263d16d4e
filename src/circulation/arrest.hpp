#pragma once

#include "blood.hpp"

#include "paget/core/clock.hpp"

#include <optional>

namespace paget::circulation
{

/// Lets an arrested convoy wait from its arrest, or the step's begin, to the step's end. Its cells die one by one, by
/// NK cells (lethality falls with the time since arrest) or otherwise; the convoy extravasates as a whole at the rate
/// of who leads it at the begin. The three clocks compete exactly. Returns when the living leave the blood, if they do.
std::optional<Tick> wait_in_arrest(Convoy& convoy, const TimeStep& step, const Blood& blood, BloodLedger& ledger);

} // namespace paget::circulation
