#include "recruitment.hpp"

namespace paget::circulation
{

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

double extravasation_per_min(const Bed& bed, const agents::Traits& traits, const Blood& blood)
{
    const double infiltration = bed.infiltration_needs_mmp1_fscn1 ? traits.mmp1 * traits.fscn1 : 1.0;
    const double niche_gain =
        bed.organ == OrganId::none ? 0.0 : blood.cues[static_cast<std::size_t>(index_of(bed.organ))].niche_gain;
    return blood.journey.extravasation_per_min * bed.extravasation_factor * infiltration * (1.0 + niche_gain);
}

} // namespace paget::circulation
