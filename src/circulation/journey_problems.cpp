#include "journey_problems.hpp"

#include <fmt/format.h>

#include <cmath>

namespace paget::circulation
{
namespace
{
class Check
{
public:
    void probability(const char* key, double value)
    {
        note(value >= 0.0 && value <= 1.0, key, value, "it is a probability). Give a number from 0 to 1.");
    }
    void not_negative(const char* key, double value)
    {
        note(value >= 0.0 && std::isfinite(value), key, value, "it cannot be negative). Give 0 or more.");
    }
    void positive(const char* key, double value)
    {
        note(value > 0.0 && std::isfinite(value), key, value, "it divides). Give a number above 0.");
    }
    void ends_after(const char* key, double end, double begin)
    {
        note(end >= begin, key, end,
             "lethality would fall before its plateau ends). Give at least nk.lethality_plateau.");
    }
    std::vector<JourneyProblem> take() { return std::move(problems_); }

private:
    void note(bool good, const char* key, double value, const char* why_and_what)
    {
        if (!good) {
            problems_.push_back({key, fmt::format("circulation.{} is {} ({}", key, value, why_and_what)});
        }
    }

    std::vector<JourneyProblem> problems_;
};
} // namespace

std::vector<JourneyProblem> find_problems(const JourneyParameters& journey)
{
    Check check;
    check.probability("disaggregation", journey.disaggregation_probability);
    check.probability("survival.single", journey.survival_single);
    check.probability("survival.cluster", journey.survival_cluster);
    check.not_negative("shear_death", journey.shear_death_per_min);
    check.not_negative("flow_death", journey.flow_death_per_min);
    check.not_negative("lymph_death", journey.lymph_death_per_min);
    check.not_negative("platelets.count", journey.platelets);
    check.positive("platelets.half", journey.platelets_half);
    check.probability("platelets.shield.single", journey.platelet_shield_single);
    check.probability("platelets.shield.cluster", journey.platelet_shield_cluster);
    check.not_negative("cluster_protection", journey.cluster_protection);
    check.not_negative("extravasation", journey.extravasation_per_min);
    check.not_negative("arrest_death", journey.arrest_death_per_min);
    check.not_negative("nk.encounters", journey.nk_encounters_per_min);
    check.probability("nk.lethality", journey.nk_lethality);
    check.not_negative("nk.lethality_plateau", journey.nk_lethality_plateau_min);
    check.not_negative("nk.lethality_end", journey.nk_lethality_end_min);
    check.ends_after("nk.lethality_end", journey.nk_lethality_end_min, journey.nk_lethality_plateau_min);
    check.positive("blood_volume", journey.blood_volume_ml);
    check.positive("il6_half", journey.il6_half);
    check.positive("il8_half", journey.il8_half);
    return check.take();
}

} // namespace paget::circulation
