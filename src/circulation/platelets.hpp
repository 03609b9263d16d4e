#pragma once

#include "paget/circulation/journey_parameters.hpp"

namespace paget::circulation
{

/// Share of the shear and of the encounters with NK cells that reaches a cell through its coat of platelets; 1 without
/// one. The coat is n / (n + half) for the relative number n of platelets (assumption).
inline double unshielded(bool in_cluster, const JourneyParameters& journey)
{
    const double shield = in_cluster ? journey.platelet_shield_cluster : journey.platelet_shield_single;
    return 1.0 - shield * journey.platelets / (journey.platelets + journey.platelets_half);
}

} // namespace paget::circulation
