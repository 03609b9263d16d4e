#include "columns.hpp"

#include "paget/agents/cell_type.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace paget::agents
{
namespace
{
constexpr std::size_t chunk = 4096;

/// How cells are put into a new order without a second copy of a column: chunk by chunk from the end. Cells hardly
/// change their order between two settlings, but daughters stand at the end; so what a chunk needs lies before it or in
/// it, but for few entries, the late ones, which are set aside first.
struct Reordering {
    std::span<const std::uint32_t> order;
    std::vector<std::uint32_t> late; ///< entries whose sources are overwritten before their turn; descending
    std::size_t first = 0;           ///< chunks before this entry stay as they are
};

Reordering plan(std::span<const std::uint32_t> order)
{
    Reordering plan{order, {}, 0};
    while (plan.first < order.size() && order[plan.first] == plan.first) {
        ++plan.first;
    }
    plan.first -= plan.first % chunk;
    for (std::size_t i = order.size(); i-- > plan.first;) {
        if (order[i] >= (i / chunk + 1) * chunk) {
            plan.late.push_back(static_cast<std::uint32_t>(i));
        }
    }
    return plan;
}

template <class T>
void permute(std::vector<T>& column, const Reordering& plan)
{
    std::vector<T> set_aside(plan.late.size());
    for (std::size_t k = 0; k < set_aside.size(); ++k) {
        set_aside[k] = column[plan.order[plan.late[k]]];
    }
    std::array<T, chunk> entries;
    std::size_t next_late = 0;
    for (std::size_t end = column.size(); end > plan.first;) {
        const std::size_t begin = (end - 1) / chunk * chunk;
        for (std::size_t i = end; i-- > begin;) {
            const bool late = next_late < plan.late.size() && plan.late[next_late] == i;
            entries[i - begin] = late ? set_aside[next_late] : column[plan.order[i]];
            next_late += late ? 1U : 0U;
        }
        std::copy_n(entries.begin(), end - begin, column.begin() + static_cast<std::ptrdiff_t>(begin));
        end = begin;
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

/// Nearest whole number that 32 bits hold.
std::int32_t whole(double x)
{
    constexpr double most = std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int32_t>(std::lrint(std::clamp(x, -most, most)));
}

constexpr double twelve_close_packed = 0.02729; // sum of (1 - d/R)^2 at 12 neighbours of a close packing
} // namespace

template <class Self, class Function>
void Columns::for_each_shared(Self& self, const Function& function)
{
    function(self.x);
    function(self.y);
    function(self.z);
    function(self.rest);
    function(self.id);
    function(self.radius_um);
    function(self.reach_um);
    function(self.mechanics);
    if (self.has_strengths_) {
        function(self.strength);
    }
}

template <class Self, class Function>
void Columns::for_each(Self& self, const Function& function)
{
    for_each_shared(self, function);
    function(self.parent);
    function(self.born_at);
    function(self.phase_entered_at);
    function(self.velocity);
    function(self.heading);
    function(self.volume);
    function(self.traits);
    if (self.experienced_) {
        function(self.experience);
    }
    function(self.squeeze);
    function(self.crawl_um_per_min);
    if (self.drifts_) {
        function(self.drift_um_per_min);
    }
    if (self.in_steps_) {
        function(self.step);
        function(self.velocity_before);
    }
    function(self.clone);
    function(self.journeys);
    function(self.type);
    function(self.state);
    function(self.fate);
    function(self.phase);
    for (std::size_t v = 0; v < self.circuit_variables_; ++v) {
        function(self.circuit[v]);
    }
}

Columns::Columns(double velocity_quantum_um_per_min, std::size_t circuit_variables)
    : velocity_quantum_um_per_min_(velocity_quantum_um_per_min),
      circuit_variables_(circuit_variables)
{
}

void Columns::begin_steps()
{
    in_steps_ = true;
    step.assign(size(), {});
    velocity_before.assign(size(), {});
}

void Columns::end_steps()
{
    in_steps_ = false;
    step.clear();
    velocity_before.clear();
}

void Columns::begin_drift()
{
    drifts_ = true;
    drift_um_per_min.assign(size(), {});
}

void Columns::end_drift()
{
    drifts_ = false;
    drift_um_per_min.clear();
}

void Columns::begin_strengths()
{
    has_strengths_ = true;
    strength.assign(size_with_ghosts(), {});
}

void Columns::end_strengths()
{
    has_strengths_ = false;
    strength.clear();
}

Vec3 Columns::drift_of(std::size_t cell) const
{
    if (!drifts_) {
        return {};
    }
    const Triple<float>& d = drift_um_per_min[cell];
    return {d.x, d.y, d.z};
}

void Columns::set_heading(std::size_t cell, const Vec3& d)
{
    heading[cell] = {static_cast<float>(d.x), static_cast<float>(d.y), static_cast<float>(d.z)};
}

void Columns::set_traits(std::size_t cell, const Traits& t)
{
    traits[cell] = {static_cast<float>(t.il6_response), static_cast<float>(t.il8_response), static_cast<float>(t.mmp1),
                    static_cast<float>(t.fscn1)};
}

Traits Columns::traits_of(std::size_t cell) const
{
    const KeptTraits& t = traits[cell];
    return {t.il6_response, t.il8_response, t.mmp1, t.fscn1};
}

CircuitState Columns::circuit_of(std::size_t cell) const
{
    CircuitState values{};
    for (std::size_t v = 0; v < circuit_variables_; ++v) {
        values[v] = circuit[v][cell];
    }
    return values;
}

void Columns::set_circuit(std::size_t cell, const CircuitState& values)
{
    for (std::size_t v = 0; v < circuit_variables_; ++v) {
        circuit[v][cell] = values[v];
    }
}

double Columns::pressure(std::size_t cell) const
{
    return static_cast<double>(squeeze[cell]) / double{squeeze_quanta} / twelve_close_packed;
}

CellRecord Columns::record(std::size_t i) const
{
    CellRecord cell;
    cell.id = id[i];
    cell.parent = parent[i];
    cell.born_at = born_at[i];
    cell.phase_entered_at = phase_entered_at[i];
    cell.position_um = position_um(i);
    cell.velocity_um_per_min = velocity_quantum_um_per_min_ * real(velocity[i]);
    cell.heading = heading_of(i);
    cell.volume = volume[i];
    cell.traits = traits_of(i);
    if (experienced_) {
        const KeptExperience& e = experience[i];
        cell.experience = {e.attached_to, e.divided_at, e.damage_min, e.exhaustion};
    }
    cell.clone = clone[i];
    cell.journeys = journeys[i];
    cell.type = type[i];
    cell.state = state[i];
    cell.fate = fate[i];
    cell.phase = phase[i];
    cell.circuit = circuit_of(i);
    return cell;
}

void Columns::append(const CellRecord& cell)
{
    for_each(*this, [](auto& column) { column.emplace_back(); });
    const std::size_t i = size() - 1;
    id[i] = cell.id;
    parent[i] = cell.parent;
    born_at[i] = cell.born_at;
    phase_entered_at[i] = cell.phase_entered_at;
    set_place(i, nearest_place(cell.position_um));
    const Vec3 v = (1.0 / velocity_quantum_um_per_min_) * cell.velocity_um_per_min;
    velocity[i] = {whole(v.x), whole(v.y), whole(v.z)};
    set_heading(i, cell.heading);
    set_volume(i, cell.volume);
    set_traits(i, cell.traits);
    if (experienced_) {
        const Experience& e = cell.experience;
        experience[i] = {e.attached_to, e.divided_at, static_cast<float>(e.damage_min),
                         static_cast<float>(e.exhaustion)};
    }
    clone[i] = cell.clone;
    journeys[i] = cell.journeys;
    type[i] = cell.type;
    state[i] = cell.state;
    fate[i] = cell.fate;
    phase[i] = cell.phase;
    set_circuit(i, cell.circuit);
}

void Columns::set_volume(std::size_t cell, const Volume& v)
{
    volume[cell] = v;
    radius_um[cell] = static_cast<float>(radius_from_volume_um(v.total_um3()));
}

void Columns::drop_ghosts()
{
    for_each_shared(*this, [owned = size()](auto& column) { column.resize(owned); });
}

void Columns::append_ghosts(std::size_t count)
{
    for_each_shared(*this, [all = size() + count](auto& column) {
        make_room(column, all);
        column.resize(all);
    });
}

void Columns::reserve(std::size_t cells)
{
    for_each(*this, [cells](auto& column) { make_room(column, cells); });
}

void Columns::keep(const std::vector<bool>& chosen)
{
    for_each(*this, [&](auto& column) { compact(column, chosen); });
}

void Columns::reorder(std::span<const std::uint32_t> order)
{
    const Reordering reordering = plan(order);
    for_each(*this, [&](auto& column) { permute(column, reordering); });
}

std::size_t Columns::bytes() const
{
    std::size_t bytes = 0;
    const auto add = [&](const auto& column) { bytes += column.capacity() * sizeof(column.data()[0]); };
    for_each(*this, add);
    if (!in_steps_) {
        add(step); // kept for the next step
        add(velocity_before);
    }
    if (!drifts_) {
        add(drift_um_per_min);
    }
    if (!has_strengths_) {
        add(strength);
    }
    return bytes;
}

std::size_t Columns::bytes_per_cell()
{
    Columns none(1.0);
    none.begin_steps();
    std::size_t bytes = 0;
    for_each(none, [&](const auto& column) { bytes += sizeof(column.data()[0]); });
    return bytes;
}

} // namespace paget::agents
