#include "population_impl.hpp"

#include "controlled_motion.hpp"
#include "encounters.hpp"
#include "motion_loop.hpp"
#include "pair_kernel_choice.hpp"

#include "paget/core/error.hpp"
#include "paget/parallel/places.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace paget::agents
{
namespace
{
constexpr double fastest_drift_um_per_min = 100.0; // as the largest speed of crawling

/// In a step, from which on no rank sorts the ids of all mothers by itself: a few milliseconds.
constexpr std::uint64_t many_births = 65536;
} // namespace

Population::Impl::Impl(const mesh::Partition& partition, const parallel::Communicator& communicator,
                       const std::vector<CellType>& cell_types, OrganKey organ_id, RandomNumbers numbers,
                       MechanicsStep step)
    : grid(partition.grid()),
      comm(&communicator),
      types(&cell_types),
      organ(organ_id),
      random(numbers),
      mechanics(step),
      law(cell_types),
      pairs(law, pair_kernel(step.kernels)),
      walls(grid),
      colony(partition, law, communicator, largest_reach_um(cell_types), step.skin_um, circuit_width(cell_types))
{
    ensure(partition.ranks() == communicator.size(), "an organ's partition and its communicator differ in size");
    ensure(step.step_min > 0.0 && step.skin_um > 0.0, "mechanics needs a positive sub-step and skin");
    if (needs_experience(cell_types)) {
        colony.cells().keep_experience();
    }
}

bool Population::Impl::make_ready(bool good, const char* message)
{
    std::array<std::int64_t, 3> flags{good ? 0 : 1, settled ? 0 : 1, cells().size() > 0 ? 1 : 0};
    comm->maximum(flags);
    ensure(flags[0] == 0, message);
    if (flags[1] != 0) {
        settle();
    }
    return flags[2] != 0;
}

void Population::Impl::settle()
{
    colony.settle();
    pairs.measure_squeeze(cells(), colony.bins());
    settled = true;
}

void Population::Impl::let_drift(const std::vector<Vec3>& velocity_um_per_min)
{
    if (velocity_um_per_min.empty()) {
        return;
    }
    cells().begin_drift();
    for (std::size_t i = 0; i < cells().size(); ++i) {
        const double speed = norm(velocity_um_per_min[i]);
        if (speed > 0.0 && cells().fate[i] == Fate::cycling && !cells().holds_another(i)) {
            const Vec3 v = (std::min(speed, fastest_drift_um_per_min) / speed) * velocity_um_per_min[i];
            cells().drift_um_per_min[i] = {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
        }
    }
}

void Population::Impl::give_strengths(const RuledValues& ruled)
{
    if (!any_rules_on(*types, Behaviour::adhesion) && !any_rules_on(*types, Behaviour::repulsion)) {
        return;
    }
    Columns& c = cells();
    c.begin_strengths();
    for (std::size_t i = 0; i < c.size(); ++i) {
        const MechanicsParameters& own = (*types)[c.type[i]].mechanics;
        const double adhesion = own.adhesion_um_per_min[static_cast<std::size_t>(c.state[i])];
        const bool lives = is_living(c.fate[i]);
        const auto by_rules = [&](Behaviour behaviour, double otherwise) {
            return law.root_of(lives ? ruled.value(i, c.type[i], behaviour, otherwise) : otherwise);
        };
        c.strength[i] = {by_rules(Behaviour::repulsion, own.repulsion_um_per_min),
                         lives ? by_rules(Behaviour::adhesion, adhesion) : 0.0F};
    }
    colony.halo().refresh(c.strength);
}

void Population::Impl::move_cells(const TimeStep& step)
{
    const Coincidence coincidence{random, step.begin, grid.planar()};
    MotionLoop loop(colony, pairs, law, coincidence, walls, *comm);
    const double minutes = step.minutes();
    if (mechanics.tolerance_um > 0.0) {
        ControlledMotion(loop, mechanics.tolerance_um, mechanics.step_min).run(minutes);
    } else {
        const int sub_steps = std::max(1, static_cast<int>(std::ceil(minutes / mechanics.step_min - 1e-9)));
        loop.run(sub_steps, minutes / sub_steps);
    }
}

double Population::Impl::largest_contact_um() const
{
    const Columns& columns = colony.cells();
    const auto largest = std::max_element(columns.radius_um.begin(), columns.radius_um.end());
    return 2.0 * comm->maximum(largest == columns.radius_um.end() ? 0.0 : double{*largest});
}

bool Population::Impl::acceptable(const CellRecord& cell) const
{
    const Vec3& p = cell.position_um;
    if (cell.type >= types->size() || !std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z)) {
        return false;
    }
    const CellType& type = (*types)[cell.type];
    const double volume = cell.volume.total_um3();
    const bool known_phase =
        !is_living(cell.fate) || type.cycle.phases.empty() || cell.phase < type.cycle.phases.size();
    return known_phase && volume >= 0.0 && volume <= largest_volume_um3(type) * (1.0 + 1e-9);
}

bool Population::Impl::fits(const Environment& e, Stage stage)
{
    const auto heard = signals_heard(*types, stage);
    const std::size_t n = cells().size();
    return e.oxygen_mmHg.size() == n && e.tgf_beta.size() == n && e.chemoattractant.size() == n &&
           e.matrix_direction.size() == n && e.matrix_density.size() == n && e.drug_death_per_min.size() == n &&
           (e.drift_um_per_min.empty() || e.drift_um_per_min.size() == n) &&
           std::all_of(heard.begin(), heard.end(), [&](std::uint32_t signal) {
               const std::size_t place = std::size_t{signal} - own_signal_count;
               return signal < own_signal_count || (place < e.signals.size() && e.signals[place].size() == n);
           });
}

std::vector<std::uint64_t> Population::Impl::number_births(std::span<const std::size_t> mothers)
{
    std::vector<std::uint64_t> ids;
    ids.reserve(mothers.size());
    for (const std::size_t mother : mothers) {
        ids.push_back(cells().id[mother].value);
    }
    // All ranks choose alike, without a message: births in one step are about as many as in the step before.
    const auto places_of = births < many_births ? parallel::places_by_gathering : parallel::places_by_sorting;
    parallel::Places places = places_of(*comm, ids);
    for (std::uint64_t& place : places.place) {
        place += next_number;
    }
    births = places.total;
    next_number += births;
    return std::move(places.place);
}

std::vector<CellRecord> Population::Impl::give_birth(const Decision& decision, std::span<const std::size_t> mothers)
{
    std::vector<CellRecord> daughters = divide(decision, mothers, number_births(mothers), organ);
    for (const std::size_t mother : mothers) {
        cells().set_place(mother, walls.mirrored(cells().place(mother)));
    }
    return daughters;
}

void Population::Impl::take_in(const std::vector<CellRecord>& daughters)
{
    Columns& c = cells();
    c.reserve(c.size() + daughters.size());
    for (const CellRecord& daughter : daughters) {
        c.append(daughter);
        c.set_place(c.size() - 1, walls.mirrored(c.place(c.size() - 1)));
    }
}

} // namespace paget::agents
