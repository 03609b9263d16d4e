#include "behaviours.hpp"

#include "volume_model.hpp"

#include <algorithm>
#include <optional>
#include <vector>

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

/// The laws of all cells over one step; there are few, and each is worked out when the first cell needs it.
class Laws
{
public:
    explicit Laws(double minutes) : minutes_(minutes) {}

    const Relaxation& of(const CellType& type, std::uint8_t type_number, Fate fate, std::uint8_t phase)
    {
        const std::size_t place =
            (std::size_t{type_number} * fate_count + static_cast<std::size_t>(fate)) * phases + phase;
        if (place >= laws_.size()) {
            laws_.resize(place + 1);
        }
        if (!laws_[place]) {
            laws_[place].emplace(volume_law(type, fate, phase), minutes_);
        }
        return *laws_[place];
    }

private:
    static constexpr std::size_t phases = 256; // a phase is one byte

    double minutes_;
    std::vector<std::optional<Relaxation>> laws_;
};
} // namespace

void grow(const Decision& d)
{
    Laws laws(d.step.minutes());
    for (std::size_t i = 0; i < d.cells.size(); ++i) {
        const CellType& type = d.type_of(i);
        Volume volume = laws.of(type, d.cells.type[i], d.cells.fate[i], d.cells.phase[i])(d.cells.volume[i]);
        if (d.cells.fate[i] == Fate::necrotic && d.cells.phase[i] == necrotic_swelling) {
            burst_if_full(d.cells, i, type.volume, volume);
        }
        d.cells.set_volume(i, volume);
    }
}

} // namespace paget::agents
