#include "problems.hpp"

#include <fmt/format.h>

#include <cmath>

namespace paget::therapy
{

std::vector<DrugProblem> find_problems(const Drug& drug)
{
    std::vector<DrugProblem> problems;
    const auto demand = [&](bool good, const char* key, double value, const char* why_and_what) {
        if (!good) {
            problems.push_back({key, fmt::format("drug {}: {} is {} ({}", drug.name, key, value, why_and_what)});
        }
    };
    const auto finite_from = [](double value, double lowest) { return value >= lowest && std::isfinite(value); };
    constexpr const char* no_less_than_zero = "it cannot be negative). Give 0 or more.";
    constexpr const char* above_zero = "it divides). Give a number above 0.";
    demand(finite_from(drug.dose_mg, 0.0), "dose", drug.dose_mg, no_less_than_zero);
    demand(finite_from(drug.first_dose_min, 0.0), "first_dose", drug.first_dose_min, no_less_than_zero);
    demand(drug.doses >= 0, "doses", drug.doses, no_less_than_zero);
    demand(drug.doses < 2 || finite_from(drug.interval_min, minutes_from_ticks(1)), "interval", drug.interval_min,
           "several doses need time between them). Give the time from one dose to the next.");
    demand(finite_from(drug.infusion_min, minutes_from_ticks(1)), "infusion", drug.infusion_min,
           "a dose takes time to flow in). Give at least 60 ms.");
    demand(finite_from(drug.volume_l, 0.0) && drug.volume_l > 0.0, "volume", drug.volume_l, above_zero);
    demand(finite_from(drug.clearance_l_per_min, 0.0), "clearance", drug.clearance_l_per_min, no_less_than_zero);
    demand(finite_from(drug.kill_per_min, 0.0), "kill", drug.kill_per_min, no_less_than_zero);
    demand(finite_from(drug.ic50_mg_per_l, 0.0) && drug.ic50_mg_per_l > 0.0, "ic50", drug.ic50_mg_per_l, above_zero);
    return problems;
}

} // namespace paget::therapy
