#include "paget/agents/population.hpp"

#include "contacts.hpp"
#include "encounters.hpp"
#include "full_voxels.hpp"
#include "motion.hpp"
#include "population_impl.hpp"
#include "ruled_values.hpp"

#include "paget/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace paget::agents
{

Environment::Environment(std::size_t cells)
    : oxygen_mmHg(cells, 160.0),
      tgf_beta(cells, 0.0),
      chemoattractant(cells),
      matrix_direction(cells),
      matrix_density(cells, 0.5),
      drug_death_per_min(cells, 0.0)
{
}

std::size_t bytes_per_cell()
{
    return Columns::bytes_per_cell() + Colony::work_bytes_per_cell + PairSummation::work_bytes_per_cell;
}

void check_voxels(const mesh::Grid& grid, const std::vector<CellType>& types, double skin_um)
{
    least_part(grid, types, skin_um);
}

mesh::Index3 least_part(const mesh::Grid& grid, const std::vector<CellType>& types, double skin_um)
{
    mesh::Index3 voxels{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        voxels[axis] = least_part(grid, axis, largest_reach_um(types), skin_um);
    }
    return voxels;
}

Population::Population(const mesh::Partition& partition, const parallel::Communicator& comm,
                       const std::vector<CellType>& types, OrganKey organ, RandomNumbers random,
                       MechanicsStep mechanics)
    : impl_(std::make_unique<Impl>(partition, comm, types, organ, random, mechanics))
{
}
Population::~Population() = default;
Population::Population(Population&&) noexcept = default;
Population& Population::operator=(Population&&) noexcept = default;

std::size_t Population::size() const { return impl_->cells().size(); }
std::size_t Population::bytes() const { return impl_->colony.bytes() + impl_->pairs.bytes(); }
CellRecord Population::record(std::size_t cell) const { return impl_->cells().record(cell); }
Vec3 Population::position_um(std::size_t cell) const { return impl_->cells().position_um(cell); }
double Population::radius_um(std::size_t cell) const { return impl_->cells().radius_um[cell]; }
double Population::volume_um3(std::size_t cell) const { return impl_->cells().volume[cell].total_um3(); }
State Population::state(std::size_t cell) const { return impl_->cells().state[cell]; }
Fate Population::fate(std::size_t cell) const { return impl_->cells().fate[cell]; }
std::uint8_t Population::phase(std::size_t cell) const { return impl_->cells().phase[cell]; }
std::uint8_t Population::type(std::size_t cell) const { return impl_->cells().type[cell]; }
CellId Population::id(std::size_t cell) const { return impl_->cells().id[cell]; }
std::uint16_t Population::journeys(std::size_t cell) const { return impl_->cells().journeys[cell]; }
double Population::pressure(std::size_t cell) const { return impl_->cells().pressure(cell); }
const std::vector<CellType>& Population::types() const { return *impl_->types; }
std::uint64_t Population::next_number() const { return impl_->next_number; }

void Population::insert(std::vector<CellRecord> cells)
{
    const bool good =
        std::all_of(cells.begin(), cells.end(), [&](const CellRecord& cell) { return impl_->acceptable(cell); });
    const bool bad_anywhere = impl_->comm->any(!good);
    ensure(!bad_anywhere, "a cell to be inserted has an unknown type or phase, no place, or an impossible volume");
    if (!impl_->comm->any(!cells.empty() || !impl_->settled)) {
        return;
    }
    Columns& columns = impl_->cells();
    columns.drop_ghosts();
    columns.reserve(columns.size() + cells.size());
    for (CellRecord& cell : cells) {
        begin_circuit((*impl_->types)[cell.type], cell);
        columns.append(cell);
        columns.set_place(columns.size() - 1, impl_->walls.confined(cell.position_um));
    }
    impl_->settle();
}

std::uint64_t Population::reserve_numbers(std::uint64_t count)
{
    const std::uint64_t first = impl_->next_number;
    impl_->next_number += count;
    return first;
}

Tally Population::decide(const Environment& environment, const TimeStep& step)
{
    Tally tally;
    if (!impl_->make_ready(impl_->fits(environment, Stage::decision),
                           "the environment does not fit the cells that decide")) {
        return tally;
    }
    Columns& cells = impl_->cells();
    const RuledValues ruled(cells, *impl_->types, environment, step.begin, Stage::decision);
    const Decision decision{cells, *impl_->types, environment, step, impl_->random, ruled, impl_->grid.planar()};
    const Encounters encounters(impl_->colony, impl_->law, *impl_->comm, decision);
    cells.drop_ghosts();
    make_transitions(decision);
    let_die(decision, encounters, tally);
    take_damage(decision, encounters);
    std::vector<bool> keep = corpses_to_clear(decision, encounters);
    keep.flip();
    grow(decision);
    Crowding crowding(cells, *impl_->types, impl_->grid);
    const std::vector<std::size_t> mothers = advance_cycles(decision, crowding);
    const std::vector<CellRecord> daughters = impl_->give_birth(decision, mothers);
    turn(decision);
    emigrate(decision, tally, keep);
    turn_into_others(decision);
    if (std::find(keep.begin(), keep.end(), false) != keep.end()) {
        cells.keep(keep);
    }
    impl_->take_in(daughters);
    impl_->colony.settle();
    tally.born = static_cast<std::int64_t>(daughters.size());
    return tally;
}

void Population::move(const Environment& environment, const TimeStep& step)
{
    if (!impl_->make_ready(impl_->fits(environment, Stage::motion),
                           "the environment does not fit the cells that move")) {
        return;
    }
    Columns& cells = impl_->cells();
    const RuledValues ruled(cells, *impl_->types, environment, step.begin, Stage::motion);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const CellType& type = (*impl_->types)[cells.type[i]];
        const double own = type.motility.speed_um_per_min[static_cast<std::size_t>(cells.state[i])];
        const double speed = cells.holds_another(i) ? 0.0 : ruled.value(i, cells.type[i], Behaviour::speed, own);
        cells.crawl_um_per_min[i] =
            static_cast<float>(crawl_speed_um_per_min(type, speed, cells.fate[i], environment.matrix_density[i]));
    }
    impl_->let_drift(environment.drift_um_per_min);
    stay_out_of_full_voxels({cells, *impl_->types, impl_->colony.partition(), *impl_->comm, impl_->walls},
                            impl_->random, step);
    impl_->give_strengths(ruled);
    impl_->move_cells(step);
    cells.end_strengths();
    cells.end_drift();
    impl_->settle();
}

std::vector<CellRecord> Population::remove(const std::vector<bool>& chosen)
{
    Columns& cells = impl_->cells();
    ensure(chosen.size() == cells.size(), "one choice is needed for every cell");
    std::vector<CellRecord> removed;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (chosen[i]) {
            removed.push_back(cells.record(i));
        }
    }
    if (!removed.empty()) {
        std::vector<bool> keep = chosen;
        keep.flip();
        cells.drop_ghosts();
        cells.keep(keep);
        impl_->settled = false;
    }
    return removed;
}

void Population::visit_contacts(const std::vector<std::uint64_t>& marks, double reach,
                                const ContactVisitor& visit) const
{
    const double farthest_um = reach * impl_->largest_contact_um();
    const bool good = marks.size() == impl_->cells().size() && farthest_um <= impl_->colony.bins().grid().edge_um();
    // Settling after a removal keeps the order of the remaining cells, so the marks still fit.
    impl_->make_ready(good, "marks do not fit the cells, or contacts are sought farther than cells interact");
    const Columns& cells = impl_->cells();
    std::vector<std::uint64_t> known = marks;
    known.resize(cells.size_with_ghosts());
    impl_->colony.halo().refresh(known);
    if (std::all_of(known.begin(), known.end(), [](std::uint64_t mark) { return mark == 0; })) {
        return; // the rule: few cells are marked, rarely
    }
    for_each_contact(cells, impl_->colony.bins(), reach, [&](std::uint32_t cell, std::uint32_t neighbour) {
        if (known[neighbour] != 0) {
            visit(cell, cells.id[neighbour], known[neighbour]);
        }
    });
}

void Population::visit_neighbours(const NeighbourKind& sought, const NeighbourVisitor& visit) const
{
    impl_->make_ready(true, "");
    const Columns& cells = impl_->cells();
    std::vector<std::uint8_t> marked(cells.mechanics.size());
    std::transform(cells.mechanics.begin(), cells.mechanics.end(), marked.begin(),
                   [&](std::uint16_t row) { return sought(impl_->law.type_of(row), impl_->law.lives(row)) ? 1 : 0; });
    for_each_marked_in_reach(cells, impl_->colony.bins(), marked, [&](std::uint32_t cell, std::uint32_t neighbour) {
        const std::uint16_t row = cells.mechanics[neighbour];
        visit(cell, impl_->law.type_of(row), impl_->law.lives(row));
    });
}

void Population::apply_rules(Behaviour behaviour, const Environment& environment, Tick now,
                             std::vector<double>& values) const
{
    agents::apply_rules(impl_->cells(), *impl_->types, behaviour, environment, now, values);
}

void Population::set_fate(std::size_t cell, Fate fate, Tick now)
{
    Columns& cells = impl_->cells();
    ensure(is_living(cells.fate[cell]), "the dead stay dead");
    if (!is_living(fate)) {
        cells.phase[cell] = 0;
    }
    if (fate != Fate::dormant) {
        cells.phase_entered_at[cell] = now;
    }
    cells.fate[cell] = fate;
}

void Population::restore(std::vector<CellRecord> cells, std::uint64_t next_number)
{
    impl_->cells().drop_ghosts();
    impl_->cells().keep(std::vector<bool>(impl_->cells().size(), false));
    impl_->settled = false;
    impl_->next_number = next_number;
    insert(std::move(cells));
}

} // namespace paget::agents
