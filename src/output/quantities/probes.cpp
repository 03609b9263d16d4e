#include "quantities.hpp"

#include <limits>

namespace paget::output
{
namespace
{
/// Of all fields of the organ and its matrix in the voxel that holds the probe, if this rank owns it.
void read_here(const body::Body& body, const Probe& probe, std::span<double> values)
{
    const organ::Organ* organ = body.organ(probe.organ);
    if (organ == nullptr) {
        return;
    }
    const mesh::Index3 voxel = organ->description().grid.voxel_at(probe.position_um);
    if (!organ->partition().box(organ->communicator().rank()).contains(voxel)) {
        return;
    }
    for (std::size_t f = 0; f < organ->fields().size(); ++f) {
        values[f] = organ->fields()[f].concentration().at(voxel);
    }
    values[organ->fields().size()] = organ->matrix().density().at(voxel);
}
} // namespace

std::vector<std::vector<double>> read_probes(const body::Body& body, const std::vector<Probe>& probes)
{
    std::vector<std::vector<double>> all;
    for (const Probe& probe : probes) {
        const auto& organ = body.description().organs[static_cast<std::size_t>(index_of(probe.organ))];
        std::vector<double> values(organ.fields.size() + 1, -std::numeric_limits<double>::infinity());
        read_here(body, probe, values);
        body.world().maximum(std::span<double>(values));
        all.push_back(std::move(values));
    }
    return all;
}

void add_probes(Row& row, const Sample& sample)
{
    for (std::size_t p = 0; p < sample.probed.size(); ++p) {
        const Probe& probe = sample.probes[p];
        const auto& organ = sample.body->organs[static_cast<std::size_t>(index_of(probe.organ))];
        for (std::size_t f = 0; f < sample.probed[p].size(); ++f) {
            const std::string field = f < organ.fields.size() ? organ.fields[f].substance.name : "ecm";
            row.add(organ.name + "." + field + ".at_" + probe.name + unit_suffix(organ, f), sample.probed[p][f]);
        }
    }
}

} // namespace paget::output
