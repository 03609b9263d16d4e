#pragma once

#include "paget/circulation/journey_parameters.hpp"

namespace paget::circulation
{

/// Lethality of NK encounters integrated from arrest to `since_arrest_min` [min]: constant to the plateau's end, then
/// linear to zero. Times the rate of encounters it is the integrated hazard; survival is the exponential of its
/// negative (Ichise et al. 2022, eLife: encounters every 2 h, half lethal for 4 h, harmless after 24 h: exp(-3.5)).
double lethality_integral_min(const JourneyParameters& journey, double since_arrest_min);

/// Minutes from now until the hazard integrated from now reaches `exposure` (a standard exponential variate: then it is
/// the time to death), for a cell arrested `since_arrest_min` ago. Infinite if NK cells never kill it.
double nk_death_after_min(const JourneyParameters& journey, double since_arrest_min, double exposure);

} // namespace paget::circulation
