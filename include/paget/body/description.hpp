#pragma once

#include "paget/circulation/circulation.hpp"
#include "paget/core/clock.hpp"
#include "paget/mesh/layout.hpp"
#include "paget/organ/description.hpp"
#include "paget/therapy/therapy.hpp"

#include <cstdint>
#include <vector>

namespace paget::body
{

/// A run as the case describes it, without anything of its execution.
struct BodyDescription {
    std::uint64_t seed = 1;
    Tick coupling_step = 0; ///< longest step between two meetings of organs and blood
    Tick end = 0;
    organ::TissueDescription tissue;
    std::vector<organ::OrganDescription> organs;
    std::vector<circulation::Bed> beds; ///< Bed::organ refers to `organs`
    double veins_min = 0.0;
    double arteries_min = 0.0;
    circulation::JourneyParameters journey;
    std::vector<therapy::Drug> drugs;

    /// Estimated work of each organ at the start, where its voxels and founders are, for the layout on ranks. Local.
    std::vector<mesh::OrganLoad> loads() const;
    /// The organ with the most founders: the primary tumour's.
    OrganId primary() const;
    /// Whether any organ has a niche that a tumour elsewhere prepares.
    bool has_niches() const;
    /// Whether vessels of any organ grow.
    bool has_angiogenesis() const;
    /// Whether cells may leave an organ by lymph.
    bool has_lymph() const;
};

/// Adds the keys `run.seed`, `run.step`, `run.end` and those of all parts of the body.
void declare_parameters(config::Catalogue& catalogue);

/// Reads the whole description; problems are noted in the case.
BodyDescription read_body(config::Case& description, organ::FirstCells first_cells = organ::FirstCells::founders);

} // namespace paget::body
