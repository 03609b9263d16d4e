#include "recruitment.hpp"

#include "paget/agents/rules.hpp"

namespace paget::circulation
{
namespace
{
/// What rules make of a behaviour of a cell in the blood of an organ. Rules say its value without signals themselves.
double by_rules(const rules::Response& response, const agents::CellRecord& cell, Tick now, const OrganCues& cues)
{
    std::vector<double> signals(agents::own_signal_count + cues.signals.size());
    for (const auto* influences : {&response.raising, &response.lowering}) {
        for (const rules::Influence& influence : *influences) {
            const std::size_t s = influence.signal;
            signals[s] = s < agents::own_signal_count
                             ? agents::signal_in_blood(cell, static_cast<agents::OwnSignal>(s), now)
                             : cues.signals[s - agents::own_signal_count];
        }
    }
    return rules::value_of(response, 0.0, signals.data());
}
} // namespace

double recruitment(const Bed& bed, const agents::Traits& traits, const Blood& blood)
{
    if (bed.organ == OrganId::none) {
        return 1.0; // of a lumped organ nothing is known that could recruit
    }
    const OrganCues& cues = blood.cues[static_cast<std::size_t>(index_of(bed.organ))];
    const double by_il6 = bed.il6_gain * hill(cues.il6, blood.journey.il6_half, 1.0) * traits.il6_response;
    const double by_il8 = bed.il8_gain * hill(cues.il8, blood.journey.il8_half, 1.0) * traits.il8_response;
    return 1.0 + by_il6 + by_il8;
}

double capture_probability(const Bed& bed, const Convoy& convoy, const Blood& blood)
{
    const double p = convoy.is_cluster() ? bed.capture_cluster : bed.capture_single;
    const double amplification = recruitment(bed, convoy.leader().traits, blood);
    return amplification == 1.0 ? p : 1.0 - portable_pow(1.0 - p, amplification);
}

double extravasation_per_min(const Bed& bed, const agents::CellRecord& leader, Tick now, const Blood& blood)
{
    const double infiltration = bed.infiltration_needs_mmp1_fscn1 ? leader.traits.mmp1 * leader.traits.fscn1 : 1.0;
    const double own = blood.journey.extravasation_per_min * bed.extravasation_factor * infiltration;
    if (bed.organ == OrganId::none) {
        return own;
    }
    const OrganCues& cues = blood.cues[static_cast<std::size_t>(index_of(bed.organ))];
    const auto& rules = blood.rules.extravasation;
    if (leader.type < rules.size() && rules[leader.type]) {
        return by_rules(*rules[leader.type], leader, now, cues);
    }
    return own * (1.0 + cues.niche_gain);
}

} // namespace paget::circulation
