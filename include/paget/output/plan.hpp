#pragma once

#include "paget/core/clock.hpp"
#include "paget/core/ids.hpp"
#include "paget/core/vec3.hpp"

#include <string>
#include <vector>

namespace paget::config
{
class Case;
class Catalogue;
} // namespace paget::config

namespace paget::output
{

/// A point of an organ at which all fields are written.
struct Probe {
    std::string name;
    OrganId organ = OrganId::none;
    Vec3 position_um;
};

/// What a run writes, and when.
struct Plan {
    Tick series_every = 0;   ///< between rows of the time series
    Tick snapshot_every = 0; ///< between snapshots; 0: only at the start and the end
    double sample_ml = 7.5;  ///< blood drawn for the liquid biopsy
    Tick tracks_every = 0;   ///< between lines of a cell in tracks.csv; 0: no such file
    bool types = false;      ///< columns of the time series with cells by type
    bool phases = false;     ///< columns of the time series with cells by phase
    bool shape = false;      ///< columns of the time series with the shape of the organs' cells
    std::vector<Probe> probes;
};

/// Adds the keys `output.*` and `probe.*`.
void declare_parameters(config::Catalogue& catalogue);

/// Problems are noted in the case. With probes, the case must know the keys of organs.
Plan read_plan(config::Case& description);

} // namespace paget::output
