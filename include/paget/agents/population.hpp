#pragma once

#include "paget/agents/cell.hpp"
#include "paget/agents/cell_type.hpp"
#include "paget/core/random.hpp"
#include "paget/mesh/partition.hpp"
#include "paget/parallel/communicator.hpp"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace paget::agents
{

/// What each owned cell senses, one entry per cell in the order of Population::size(). The organ fills it from its
/// fields; without a field its column keeps the neutral value.
struct Environment {
    std::vector<double> oxygen_mmHg;        ///< neutral: 160
    std::vector<double> tgf_beta;           ///< neutral: 0
    std::vector<Vec3> chemoattractant;      ///< direction of increase, length 0..1 (0: no cue)
    std::vector<Vec3> matrix_direction;     ///< direction to denser matrix, length 0..1
    std::vector<double> matrix_density;     ///< 0..1; neutral: 0.5
    std::vector<double> drug_death_per_min; ///< hazard on cells in cycle
    std::vector<Vec3> drift_um_per_min;     ///< active motion up gradients; empty if no cell has any
    /// Of the tissue, for rules: [signal][cell]; empty where no rule listens in the present stage.
    std::vector<std::vector<double>> signals;

    explicit Environment(std::size_t cells);

    static constexpr std::size_t bytes_per_cell(std::size_t signals)
    {
        return (4 + signals) * sizeof(double) + 2 * sizeof(Vec3);
    }
};

/// Which implementation sums over neighbours. All give the same bits.
enum class KernelChoice : std::uint8_t { automatic, portable, avx512 };

/// Whether this processor and this program have the AVX-512 kernel. Local.
bool has_avx512_kernel();

/// Memory of one cell with all that grows with the number of cells, but for spare room and bins [bytes].
std::size_t bytes_per_cell();

/// How cells are moved between two decisions.
struct MechanicsStep {
    double step_min = 0.1; ///< mechanics sub-step; divided so that it fits into the step
    double skin_um = 6.0;  ///< bins are at least this much wider than forces reach
    KernelChoice kernels = KernelChoice::automatic;
    /// Root mean square over moving cells of the estimated error of their places in a sub-step; 0: all sub-steps have
    /// the length above, else it is the shortest.
    double tolerance_um = 0.0;
};

/// Throws InputError with a remedy if cells of these types reach further than a brick of the grid is wide, so that no
/// population can live on it. Local.
void check_voxels(const mesh::Grid& grid, const std::vector<CellType>& types, double skin_um);

/// The least number of voxels along each axis of a part of an organ between two others, so that cells of these types
/// reach no further than its neighbours. Throws as check_voxels() does. Local.
mesh::Index3 least_part(const mesh::Grid& grid, const std::vector<CellType>& types, double skin_um);

/// The cells of one organ, as columns over this rank's cells. Cells are kept in bins, by id inside a bin; sums over
/// neighbours are of integers, so results depend neither on their order nor on the cut into ranks. All cells lie in
/// the organ's box. Members marked collective must be called by all ranks of the organ.
class Population
{
public:
    /// `comm` and `types` must outlive the population. Throws InputError if a brick of the mesh is smaller than the
    /// reach of the largest cells. Collective.
    Population(const mesh::Partition& partition, const parallel::Communicator& comm, const std::vector<CellType>& types,
               OrganKey organ, RandomNumbers random, MechanicsStep mechanics);
    ~Population();
    Population(Population&&) noexcept;
    Population& operator=(Population&&) noexcept;

    std::size_t size() const; ///< cells owned by this rank. Local.
    /// Memory that this rank holds for cells, bins and work arrays [bytes]. Local.
    std::size_t bytes() const;
    CellRecord record(std::size_t cell) const;
    Vec3 position_um(std::size_t cell) const;
    double radius_um(std::size_t cell) const;
    double volume_um3(std::size_t cell) const;
    State state(std::size_t cell) const;
    Fate fate(std::size_t cell) const;
    std::uint8_t phase(std::size_t cell) const;
    std::uint8_t type(std::size_t cell) const;
    CellId id(std::size_t cell) const;
    std::uint16_t journeys(std::size_t cell) const;
    /// Compression by neighbours: 1 for twelve close-packed ones (PhysiCell's simple pressure). A function of positions
    /// and radii at the end of the last move(), insert() or restore(); 0 for a newborn cell until then.
    double pressure(std::size_t cell) const;
    const std::vector<CellType>& types() const;
    /// Number that the next cell born in this organ gets (the same on all ranks).
    std::uint64_t next_number() const;

    /// Adds cells, wherever they lie (any rank may hand in any cell), and settles: every cell is at its owner and in
    /// its bin. Positions outside the box are moved to its wall. Throws BugError on all ranks if a cell is of an
    /// unknown type or larger than cells of its type can be. Collective; hand in nothing where there is nothing.
    void insert(std::vector<CellRecord> cells);

    /// New ids for founders of this organ: the numbers [first, first + count) of the returned first. Same on all ranks.
    std::uint64_t reserve_numbers(std::uint64_t count);

    /// Decisions of one step, in this order: state transitions, death (apoptosis, necrosis, drug), clearing of corpses,
    /// growth, cycle and division, turning. A cell passes at most one transition and one phase of its cycle in a step;
    /// events are dated to its end. Daughters are placed and settled. Deaths by cause and births are counted.
    /// Collective.
    Tally decide(const Environment& environment, const TimeStep& step);

    /// Moves cells by forces and active motion over the step, and settles. The walls of the box mirror centres that
    /// would leave it. Collective.
    void move(const Environment& environment, const TimeStep& step);

    /// Takes out the cells for which `chosen[cell]` is set and returns their records. Indices change. Local, but
    /// followed by the next settling operation.
    std::vector<CellRecord> remove(const std::vector<bool>& chosen);

    /// Calls visit for every pair of an owned cell and a marked neighbour in contact (distance below the sum of radii
    /// times `reach`), ghosts included: cells in order, their neighbours in an order that depends on the cells only.
    /// `marks` holds one value per owned cell, 0 for none, and is made known to the neighbouring ranks first; visit
    /// gets the neighbour's id and mark. Throws BugError if `reach` exceeds what cells reach. Collective.
    using ContactVisitor = std::function<void(std::size_t cell, CellId neighbour, std::uint64_t mark)>;
    void visit_contacts(const std::vector<std::uint64_t>& marks, double reach, const ContactVisitor& visit) const;

    /// Calls visit for every pair of an owned cell and another one that is sought, ghosts included, within reach of
    /// each other's adhesion: the cell, the neighbour's type, and whether that lives. Costs little where few are
    /// sought. Collective.
    using NeighbourKind = std::function<bool(std::uint8_t type, bool lives)>;
    using NeighbourVisitor = std::function<void(std::size_t cell, std::uint8_t type, bool lives)>;
    void visit_neighbours(const NeighbourKind& sought, const NeighbourVisitor& visit) const;

    /// Replaces `values`, what a behaviour of every owned cell is without rules, by what its rules make of it. Local.
    void apply_rules(Behaviour behaviour, const Environment& environment, Tick now, std::vector<double>& values) const;

    /// Puts a dormant cell back into the cycle (its phase begins anew), a cycling cell to sleep, or a living cell to
    /// death. Local.
    void set_fate(std::size_t cell, Fate fate, Tick now);

    /// Restores a population written before: all records, and the next number. Collective.
    void restore(std::vector<CellRecord> cells, std::uint64_t next_number);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace paget::agents
