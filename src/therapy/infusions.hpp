#pragma once

#include "paget/therapy/therapy.hpp"

namespace paget::therapy
{

/// Times of an infusion on the clock. Its rate follows from them, so that the whole dose is given.
struct Infusion {
    Tick begin = 0;
    Tick end = 0;
};

/// Infusion number `index` (from 0) of a drug.
Infusion infusion(const Drug& drug, int index);

/// Rate at which the drug flows in just after `tick` [mg/min]; infusions that overlap add up.
double infused_mg_per_min(const Drug& drug, Tick tick);

/// First tick after `now` at which an infusion of the drug begins or ends.
std::optional<Tick> next_change(const Drug& drug, Tick now);

} // namespace paget::therapy
