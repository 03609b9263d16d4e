#pragma once

#include "blood.hpp"

#include "paget/core/clock.hpp"

namespace paget::circulation
{

/// The way by which cells shed together leave their tissue: lymph, by the organ's share, or what drains its bed.
Vessel way_out(const Convoy& shed, const Blood& blood);

/// Lets a convoy that survived detachment into the vessel by which it leaves, when it is due. Returns that time [min
/// after the step's begin].
double set_out(Convoy& convoy, const Vessel& way, const TimeStep& step, const Blood& blood);

/// Lets a flowing convoy run from place to place from `from_min` after the step's begin until the step ends, it
/// arrests, or its last cell dies. Exact in time: deaths come as competing exponential clocks in each passage, a
/// passage that the step's end cuts goes on in the next step, and arrest happens on entering a bed. Ends because every
/// passage takes time.
void flow(Convoy& convoy, double from_min, const TimeStep& step, const Blood& blood, BloodLedger& ledger);

} // namespace paget::circulation
