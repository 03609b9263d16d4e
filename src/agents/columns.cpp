#include "columns.hpp"

#include "paget/agents/cell_type.hpp"

#include <utility>

namespace paget::agents
{
namespace
{
/// One entry of every cycle of a permutation that moves anything. Cells hardly change their order between two
/// settlings, so following cycles in place touches little and needs no second copy of the columns.
std::vector<std::uint32_t> cycle_starts(std::span<const std::uint32_t> order)
{
    std::vector<std::uint32_t> starts;
    std::vector<bool> seen(order.size());
    for (std::uint32_t start = 0; start < order.size(); ++start) {
        if (seen[start] || order[start] == start) {
            continue;
        }
        starts.push_back(start);
        for (std::uint32_t at = start; !seen[at]; at = order[at]) {
            seen[at] = true;
        }
    }
    return starts;
}

template <class T>
void permute(std::vector<T>& column, std::span<const std::uint32_t> order, std::span<const std::uint32_t> starts)
{
    for (const std::uint32_t start : starts) {
        const T first = column[start];
        std::uint32_t at = start;
        for (; order[at] != start; at = order[at]) {
            column[at] = column[order[at]];
        }
        column[at] = first;
    }
}

template <class T>
void compact(std::vector<T>& column, const std::vector<bool>& keep)
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < keep.size(); ++i) {
        if (keep[i]) {
            column[kept++] = column[i];
        }
    }
    column.resize(kept);
}
} // namespace

template <class Self, class Function>
void Columns::for_each(Self& self, const Function& function)
{
    function(self.id);
    function(self.sphere);
    function(self.mechanics);
    function(self.parent);
    function(self.born_at);
    function(self.phase_entered_at);
    function(self.velocity_um_per_min);
    function(self.heading);
    function(self.volume);
    function(self.traits);
    function(self.pressure);
    function(self.crawl_um_per_min);
    function(self.clone);
    function(self.journeys);
    function(self.type);
    function(self.state);
    function(self.fate);
    function(self.phase);
}

CellRecord Columns::record(std::size_t i) const
{
    CellRecord cell;
    cell.id = id[i];
    cell.parent = parent[i];
    cell.born_at = born_at[i];
    cell.phase_entered_at = phase_entered_at[i];
    cell.position_um = sphere[i].centre_um;
    cell.velocity_um_per_min = velocity_um_per_min[i];
    cell.heading = heading[i];
    cell.volume = volume[i];
    cell.traits = traits[i];
    cell.clone = clone[i];
    cell.journeys = journeys[i];
    cell.type = type[i];
    cell.state = state[i];
    cell.fate = fate[i];
    cell.phase = phase[i];
    return cell;
}

void Columns::append(const CellRecord& cell)
{
    id.push_back(cell.id);
    sphere.push_back({cell.position_um, radius_from_volume_um(cell.volume.total_um3())});
    mechanics.push_back(0);
    parent.push_back(cell.parent);
    born_at.push_back(cell.born_at);
    phase_entered_at.push_back(cell.phase_entered_at);
    velocity_um_per_min.push_back(cell.velocity_um_per_min);
    heading.push_back(cell.heading);
    volume.push_back(cell.volume);
    traits.push_back(cell.traits);
    pressure.push_back(0.0);
    crawl_um_per_min.push_back(0.0);
    clone.push_back(cell.clone);
    journeys.push_back(cell.journeys);
    type.push_back(cell.type);
    state.push_back(cell.state);
    fate.push_back(cell.fate);
    phase.push_back(cell.phase);
}

void Columns::set_volume(std::size_t cell, const Volume& v)
{
    volume[cell] = v;
    sphere[cell].radius_um = radius_from_volume_um(v.total_um3());
}

void Columns::drop_ghosts()
{
    id.resize(size());
    sphere.resize(size());
    mechanics.resize(size());
}

void Columns::append_ghosts(std::size_t count)
{
    id.resize(size() + count);
    sphere.resize(size() + count);
    mechanics.resize(size() + count);
}

void Columns::keep(const std::vector<bool>& chosen)
{
    for_each(*this, [&](auto& column) { compact(column, chosen); });
}

void Columns::reorder(std::span<const std::uint32_t> order)
{
    const auto starts = cycle_starts(order);
    for_each(*this, [&](auto& column) { permute(column, order, starts); });
}

std::size_t Columns::bytes_per_cell()
{
    std::size_t bytes = 0;
    const Columns none;
    for_each(none, [&](const auto& column) { bytes += sizeof(column.data()[0]); });
    return bytes;
}

} // namespace paget::agents
