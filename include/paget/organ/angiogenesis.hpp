#pragma once

#include "paget/core/clock.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace paget::config
{
class Case;
class Catalogue;
} // namespace paget::config

namespace paget::organ
{

/// How the vessels of an organ grow and change (docs/model/angiogenesis.md). A field's value c acts by
/// s(c) = (c - threshold) / (c - threshold + half), 0 below the threshold.
struct Angiogenesis {
    std::string field = "none";            ///< that vessels grow towards; none: they stay as they are
    Tick interval = 60 * ticks_per_minute; ///< between two updates of the vessels
    double threshold = 0.0;                ///< in the field's unit
    double half = 1.0;                     ///< in the field's unit
    double sprouting_per_um_min = 0.0;     ///< hazard of a new tip cell per length of flowing vessel, times s
    double sprout_distance_um = 0.0;       ///< no new tip nearer to another one, or to where one began
    double sprout_radius_um = 4.0;         ///< of new vessels
    double tip_speed_um_per_min = 0.0;     ///< up a steep gradient
    double gradient_half_per_um = 1.0;     ///< gradient of half that speed [field unit / um]
    double tip_random_um_per_min = 0.0;    ///< standard deviation of a tip's velocity along every axis
    double tip_persistence_min = 1.0;      ///< time in which a tip forgets its velocity
    double branching_per_min = 0.0;        ///< hazard that a tip becomes two, times s
    double branching_age_min = 0.0;        ///< not before
    double fusion_reach_um = 0.0;          ///< from a tip's wall to that of the vessel it joins
    double starvation_min = 0.0;           ///< a tip gives up after so long below the threshold
    double maturation_per_min = 0.0;       ///< of walls through which blood flows
    double destabilisation_per_min = 0.0;  ///< loss of maturity, times s
    double entry_factor = 1.0;             ///< of intravasation through a wall of maturity 0
    double least_shear_pa = 0.0;           ///< new vessels with less shear at the wall ...
    double stagnation_min = 0.0;           ///< ... for so long ...
    double regression_per_min = 0.0;       ///< ... vanish with this hazard, times (1 - maturity)
    double collapse_pressure = 0.0;        ///< of cells at the wall, that closes a vessel; 0: none does
    double reopening_pressure = 0.0;       ///< below which it opens again
    std::optional<std::size_t> blocker{};  ///< drug that binds the field's substance, by its number in the case
    double blocker_kd_mg_per_l = 1.0;      ///< the share 1 / (1 + drug / kd) of the substance is free

    bool on() const { return field != "none"; }
    /// s(c). Local.
    double response(double value) const
    {
        return value > threshold ? (value - threshold) / (value - threshold + half) : 0.0;
    }
};

} // namespace paget::organ
