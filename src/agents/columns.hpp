#pragma once

#include "paget/agents/cell.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace paget::agents
{

/// What a neighbour needs to know of a cell in every sub-step; two fit a cache line.
struct Sphere {
    Vec3 centre_um;
    double radius_um = 0.0;
};

/// The cells of one rank as a structure of arrays. The first three columns are what kernels read of neighbours: behind
/// the owned cells they hold the ghosts, copies of cells of the neighbouring ranks.
class Columns
{
public:
    std::vector<CellId> id;
    std::vector<Sphere> sphere;
    std::vector<std::uint16_t> mechanics; ///< row in the tables of PairLaw; set when cells settle

    std::vector<CellId> parent;
    std::vector<Tick> born_at;
    std::vector<Tick> phase_entered_at;
    std::vector<Vec3> velocity_um_per_min;
    std::vector<Vec3> heading;
    std::vector<Volume> volume;
    std::vector<Traits> traits;
    std::vector<double> pressure;
    std::vector<double> crawl_um_per_min; ///< speed of active motion in the present move
    std::vector<std::uint32_t> clone;
    std::vector<std::uint16_t> journeys;
    std::vector<std::uint8_t> type;
    std::vector<State> state;
    std::vector<Fate> fate;
    std::vector<std::uint8_t> phase;

    /// Owned cells.
    std::size_t size() const { return fate.size(); }
    std::size_t size_with_ghosts() const { return sphere.size(); }

    CellRecord record(std::size_t cell) const;
    /// Adds a cell at the end; there must be no ghosts.
    void append(const CellRecord& record);
    /// Sets the volume and the radius that belongs to it.
    void set_volume(std::size_t cell, const Volume& volume);

    void drop_ghosts();
    void append_ghosts(std::size_t count);
    /// Keeps the cells for which `keep` is set, in their order. Without ghosts.
    void keep(const std::vector<bool>& keep);
    /// Entry i becomes what was entry order[i]. Without ghosts.
    void reorder(std::span<const std::uint32_t> order);

    /// Memory of one owned cell, without neighbour lists.
    static std::size_t bytes_per_cell();

private:
    template <class Self, class Function>
    static void for_each(Self& self, const Function& function);
};

} // namespace paget::agents
