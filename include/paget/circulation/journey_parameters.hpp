#pragma once

#include "paget/rules/response.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace paget::circulation
{

/// Laws of the journey; all organs share them.
struct JourneyParameters {
    double disaggregation_probability = 0.0; ///< per cell of a cluster, on entering the blood
    double survival_single = 1.0;            ///< of detachment (anoikis), on entering the blood
    double survival_cluster = 1.0;           ///< likewise, for a cluster as a whole
    double shear_death_per_min = 0.0;        ///< while flowing in the arteries
    double flow_death_per_min = 0.0;         ///< while flowing in blood: NK cells and all other clearance
    double lymph_death_per_min = 0.0;        ///< while under way in lymph
    double platelets = 1.0;                  ///< relative to their normal number
    double platelets_half = 0.25;            ///< such a number that coats half as well as one without end
    double platelet_shield_single = 0.0;  ///< share of shear and of NK cells that a full coat keeps off a single cell
    double platelet_shield_cluster = 0.0; ///< ... off a cell of a cluster
    double cluster_protection = 0.2;      ///< factor on death in flow for cells of clusters
    double extravasation_per_min = 0.0;
    double arrest_death_per_min = 0.0;       ///< of arrested cells, by other causes than NK cells
    double nk_encounters_per_min = 0.0;      ///< of arrested cells with NK cells
    double nk_lethality = 0.0;               ///< of an encounter just after arrest; falls
    double nk_lethality_plateau_min = 240.0; ///< constant until here,
    double nk_lethality_end_min = 1440.0;    ///< then linearly to zero here
    double blood_volume_ml = 5000.0;
    double il6_half = 1.0; ///< in the unit of the IL-6 field
    double il8_half = 1.0;
};

/// Rules of cell types on what cells do in the blood.
struct RulesInBlood {
    std::vector<std::optional<rules::Response>> extravasation; ///< [type]; empty if no type has any
    std::size_t tissue_signals = 0;                            ///< that they may listen to, see OrganCues
};

/// What an organ tells the blood: means over its perfused voxels, and how it is prepared.
struct OrganCues {
    double il6 = 0.0;
    double il8 = 0.0;
    double niche_gain = 0.0;       ///< a niche multiplies extravasation into the organ by one plus this
    std::vector<double> signals{}; ///< by which rules go, as many as RulesInBlood says
};

} // namespace paget::circulation
