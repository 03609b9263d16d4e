#pragma once

#include "columns.hpp"
#include "pair_kernel.hpp"
#include "place.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace paget::agents
{

/// The components of some vectors.
struct VectorColumns {
    double* x;
    double* y;
    double* z;
};

/// How far some cells that follow one another in the columns move in a sub-step [um]. So few that all of it stays in
/// the first cache; what is done to them is compiled for several instruction sets, with the same bits.
class Displacements
{
public:
    static constexpr std::size_t most = 128;

    Displacements(std::size_t first, std::size_t count) : first_(first), count_(count) {}

    /// Adams-Bashforth-2 with equal steps: 1.5 now - 0.5 last; `now` alone where the last velocity is exactly zero.
    void push_by_last_two(const Columns& cells, std::span<const PairSum> now, double um_per_quantum);
    /// (1 + w) v - w v_before, from the columns.
    void push_by_extrapolation(const Columns& cells, double w, double um_per_quantum);
    /// now - v.
    void push_by_change(const Columns& cells, std::span<const PairSum> now, double um_per_quantum);

    /// What is left of pushes: at most a quarter of the cell's radius and 16 um, so that crowded newborn cells do not
    /// fly apart.
    void cut(const Columns& cells);
    /// Active motion: along the cells' headings, and up gradients.
    void add_active_motion(const Columns& cells, double minutes);

    /// Moves the cells; walls mirror. Returns the largest displacement along any axis, in quanta of places. While
    /// sub-steps are made, the columns note the cells' displacements, of less than 32 um: cut() and whoever bounds the
    /// active motion see to it, and mirroring only shortens them.
    std::int64_t move(Columns& cells, const Walls& walls);

    /// The velocities become the cells' last ones.
    void keep_velocities(Columns& cells, std::span<const PairSum> now) const;

private:
    VectorColumns axes() { return {x_.data(), y_.data(), z_.data()}; }

    std::size_t first_;
    std::size_t count_;
    alignas(64) std::array<double, most> x_;
    alignas(64) std::array<double, most> y_;
    alignas(64) std::array<double, most> z_;
};

/// Calls f(displacements) for all owned cells, some after others.
template <class F>
void for_displacements(const Columns& cells, F f)
{
    for (std::size_t first = 0; first < cells.size(); first += Displacements::most) {
        Displacements displacements(first, std::min(Displacements::most, cells.size() - first));
        f(displacements);
    }
}

} // namespace paget::agents
