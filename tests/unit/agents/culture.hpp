#pragma once

#include "paget/agents/population.hpp"
#include "paget/core/hash.hpp"
#include "paget/mesh/partition.hpp"
#include "paget/parallel/communicator.hpp"

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace paget::agents::test
{

/// A cell type that does nothing by itself: no cycle, no death, no motion; default size and stickiness.
inline CellType resting_type()
{
    CellType type;
    type.name = "resting";
    type.motility.speed_um_per_min = {0.0, 0.0, 0.0};
    return type;
}

inline CellRecord cell_at(const CellType& type, std::uint64_t number, const Vec3& position_um)
{
    CellRecord cell;
    cell.id = CellId::make(OrganKey{0}, number);
    cell.position_um = position_um;
    cell.volume = type.reference_volume();
    cell.clone = static_cast<std::uint32_t>(number);
    return cell;
}

/// Cells alone with their environment, on the ranks of a communicator.
class Culture
{
public:
    using Sensing = std::function<Environment(const Population&)>;

    Culture(const mesh::Grid& grid, const mesh::Index3& parts, const parallel::Communicator& communicator,
            std::vector<CellType> cell_types, std::uint64_t seed = 1, MechanicsStep mechanics = {})
        : Culture(mesh::Partition(grid, parts), communicator, std::move(cell_types), seed, mechanics)
    {
    }
    Culture(const mesh::Partition& cut, const parallel::Communicator& communicator, std::vector<CellType> cell_types,
            std::uint64_t seed = 1, MechanicsStep mechanics = {})
        : types(std::move(cell_types)),
          partition(cut),
          comm(communicator),
          population(partition, comm, types, OrganKey{0}, RandomNumbers(seed), mechanics)
    {
    }

    /// The same founders whatever the ranks: the first one hands in all of them.
    void found(const std::vector<CellRecord>& cells)
    {
        population.reserve_numbers(cells.size());
        population.insert(comm.is_root() ? cells : std::vector<CellRecord>{});
        tally.founded += static_cast<std::int64_t>(cells.size());
    }

    TimeStep next_step(double minutes)
    {
        const TimeStep step{now, ticks_from_minutes(minutes)};
        now = step.end();
        return step;
    }
    void decide(double minutes) { tally += population.decide(sense(population), next_step(minutes)); }
    void move(double minutes) { population.move(sense(population), next_step(minutes)); }
    void advance(double minutes)
    {
        const TimeStep step = next_step(minutes);
        tally += population.decide(sense(population), step);
        population.move(sense(population), step);
    }

    /// Sum over the ranks.
    std::int64_t cells() const { return comm.sum(static_cast<std::int64_t>(population.size())); }
    /// Checksum of everything known of all cells; the same on all ranks and for any cut.
    std::uint64_t checksum() const;

    std::vector<CellType> types;
    mesh::Partition partition;
    const parallel::Communicator& comm;
    Population population;
    Sensing sense = [](const Population& p) { return Environment(p.size()); };
    Tally tally; ///< of this rank (founders: of all)
    Tick now = 0;
};

inline void add_vector(UnorderedChecksum& sum, std::uint64_t key, const Vec3& v)
{
    sum.add(key, v.x);
    sum.add(key + 1, v.y);
    sum.add(key + 2, v.z);
}

inline std::uint64_t Culture::checksum() const
{
    UnorderedChecksum sum;
    for (std::size_t i = 0; i < population.size(); ++i) {
        const CellRecord cell = population.record(i);
        const std::uint64_t key = mix64(cell.id.value);
        add_vector(sum, key, cell.position_um);
        add_vector(sum, key + 3, cell.velocity_um_per_min);
        add_vector(sum, key + 6, cell.heading);
        sum.add(key + 9, cell.volume.fluid_um3);
        sum.add(key + 10, cell.volume.nuclear_solid_um3);
        sum.add(key + 11, cell.volume.cytoplasmic_solid_um3);
        sum.add(key + 12, cell.traits.il6_response);
        sum.add(key + 13, cell.traits.fscn1);
        sum.add(key + 14, cell.parent.value);
        sum.add(key + 15, static_cast<std::uint64_t>(cell.born_at));
        sum.add(key + 16, static_cast<std::uint64_t>(cell.phase_entered_at));
        sum.add(key + 17, std::uint64_t{cell.clone} << 32U | static_cast<std::uint64_t>(cell.state) << 16U |
                              static_cast<std::uint64_t>(cell.fate) << 8U | cell.phase);
        sum.add(key + 18, population.pressure(i));
        for (std::size_t v = 0; v < cell.circuit.size(); ++v) {
            sum.add(key + 19 + v, cell.circuit[v]);
        }
    }
    return comm.sum_modulo(sum.value());
}

} // namespace paget::agents::test
