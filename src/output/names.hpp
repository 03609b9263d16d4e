#pragma once

#include "paget/agents/cell.hpp"
#include "paget/body/description.hpp"
#include "paget/circulation/traveller.hpp"
#include "paget/organ/growing_vessels.hpp"

#include <array>
#include <string>

namespace paget::output
{

// Words for the values of enumerations, in their order.
inline constexpr std::array<const char*, agents::state_count> state_names{"epithelial", "hybrid", "mesenchymal"};
inline constexpr std::array<const char*, agents::fate_count> fate_names{"cycling", "dormant", "apoptotic", "necrotic"};
inline constexpr std::array<const char*, agents::death_cause_count> death_names{"apoptosis", "necrosis", "drug",
                                                                                "failed_to_colonise", "killed"};
inline constexpr std::array<const char*, circulation::blood_death_count> blood_death_names{"anoikis", "shear",
                                                                                           "nk_cell", "arrested"};

inline constexpr std::array<const char*, organ::VesselEvents::count> vessel_event_names{
    "sprouts", "branches", "fusions", "starved", "regressed", "collapses"};

inline std::string organ_name(const body::BodyDescription& body, OrganId organ)
{
    return organ == OrganId::none ? "unresolved" : body.organs[static_cast<std::size_t>(index_of(organ))].name;
}

} // namespace paget::output
