#include "behaviours.hpp"

#include "volume_model.hpp"

#include <algorithm>

namespace paget::agents
{
namespace
{
/// A swelling necrotic cell bursts at its rupture volume and loses what came in too much.
void burst_if_full(Columns& cells, std::size_t cell, const VolumeParameters& parameters, Volume& volume)
{
    const double rupture = parameters.rupture_relative_volume * parameters.total_um3;
    if (volume.total_um3() < rupture) {
        return;
    }
    const double solids = volume.nuclear_solid_um3 + volume.cytoplasmic_solid_um3;
    volume.fluid_um3 = std::max(0.0, rupture - solids);
    cells.phase[cell] = necrotic_lysis;
}
} // namespace

void grow(const Decision& d)
{
    for (std::size_t i = 0; i < d.cells.size(); ++i) {
        const CellType& type = d.type_of(i);
        const VolumeLaw law = volume_law(type, d.cells.fate[i], d.cells.phase[i]);
        Volume volume = relaxed(d.cells.volume[i], law, d.step.minutes());
        if (d.cells.fate[i] == Fate::necrotic && d.cells.phase[i] == necrotic_swelling) {
            burst_if_full(d.cells, i, type.volume, volume);
        }
        d.cells.set_volume(i, volume);
    }
}

} // namespace paget::agents
