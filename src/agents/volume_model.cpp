#include "volume_model.hpp"

#include "paget/core/math.hpp"

#include <algorithm>

namespace paget::agents
{
namespace
{
/// Integral over s in [0,t] of exp(-a s) exp(-b (t - s)); also where a and b are equal or nearly so.
double convolved_decays(double a, double b, double t)
{
    const double slow = std::min(a, b);
    const double x = (std::max(a, b) - slow) * t;
    const double mean = x > 0.0 ? event_probability(x, 1.0) / x : 1.0; // (1 - e^-x)/x
    return portable_exp(-slow * t) * t * mean;
}

VolumeLaw living_law(const CellType& type, std::uint8_t phase)
{
    const VolumeParameters& v = type.volume;
    const Volume reference = type.reference_volume();
    const double factor = volume_target_factor(type.cycle, phase);
    return {v.fluid_fraction,
            v.fluid_rate_per_min,
            factor * reference.nuclear_solid_um3,
            v.nucleus_rate_per_min,
            factor * reference.cytoplasmic_solid_um3,
            v.cytoplasm_rate_per_min};
}

VolumeLaw apoptotic_law(const VolumeParameters& v)
{
    return {0.0, v.fluid_rate_per_min, 0.0, v.apoptosis_nucleus_rate_per_min, 0.0, v.apoptosis_cytoplasm_rate_per_min};
}

VolumeLaw necrotic_law(const VolumeParameters& v, std::uint8_t phase)
{
    const double fluid_fraction = phase == necrotic_swelling ? 1.0 : 0.0; // water comes in until the membrane bursts
    return {fluid_fraction,
            v.lysis_fluid_rate_per_min,
            0.0,
            v.lysis_nucleus_rate_per_min,
            0.0,
            v.lysis_biomass_rate_per_min};
}
} // namespace

double volume_target_factor(const CycleParameters& cycle, std::uint8_t phase)
{
    for (std::size_t p = phase;; --p) {
        if (p < cycle.phases.size() && cycle.phases[p].doubles_nucleus) {
            return 2.0;
        }
        if (p == 0 || (p <= cycle.phases.size() && cycle.phases[p - 1].divides_at_exit)) {
            return 1.0;
        }
    }
}

VolumeLaw volume_law(const CellType& type, Fate fate, std::uint8_t phase)
{
    switch (fate) {
    case Fate::apoptotic:
        return apoptotic_law(type.volume);
    case Fate::necrotic:
        return necrotic_law(type.volume, phase);
    case Fate::cycling:
    case Fate::dormant:
        break;
    }
    return living_law(type, phase);
}

Relaxation::Relaxation(const VolumeLaw& law, double minutes)
    : nuclear_solid_um3(law.nuclear_solid_um3),
      cytoplasmic_solid_um3(law.cytoplasmic_solid_um3),
      nuclear_left(portable_exp(-law.nucleus_rate_per_min * minutes)),
      cytoplasmic_left(portable_exp(-law.cytoplasm_rate_per_min * minutes))
{
    // f' = -loss f + gain (n + c), with n and c known exponentials.
    const double loss = law.fluid_rate_per_min * (1.0 - law.fluid_fraction);
    const double gain = law.fluid_rate_per_min * law.fluid_fraction;
    fluid_left = portable_exp(-loss * minutes);
    inflow_um3 = gain * (nuclear_solid_um3 + cytoplasmic_solid_um3) * convolved_decays(0.0, loss, minutes);
    nuclear_inflow = gain * convolved_decays(law.nucleus_rate_per_min, loss, minutes);
    cytoplasmic_inflow = gain * convolved_decays(law.cytoplasm_rate_per_min, loss, minutes);
}

Volume Relaxation::operator()(const Volume& volume) const
{
    const double nuclear_off = volume.nuclear_solid_um3 - nuclear_solid_um3;
    const double cytoplasmic_off = volume.cytoplasmic_solid_um3 - cytoplasmic_solid_um3;
    return {volume.fluid_um3 * fluid_left +
                (inflow_um3 + nuclear_off * nuclear_inflow + cytoplasmic_off * cytoplasmic_inflow),
            nuclear_solid_um3 + nuclear_off * nuclear_left, cytoplasmic_solid_um3 + cytoplasmic_off * cytoplasmic_left};
}

} // namespace paget::agents
