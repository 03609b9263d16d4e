// Cells pushing and pulling: Population::move as an organ calls it, against a plain twin in the manner of PhysiCell.

#include "support/bench.hpp"
#include "support/machine.hpp"
#include "support/tissue.hpp"
#include "twins/plain_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace paget::bench
{
namespace
{
constexpr double sub_step_min = 0.1;          ///< PhysiCell's mechanics step
constexpr double repulsion_um_per_min = 10.0; ///< of two cells that coincide: the unit of forces
constexpr double moved_min = 2.0;             ///< per timed call
constexpr double controlled_min = 6.0;        ///< with step control

/// Additions and multiplications per cell and sub-step if each looks at the 96 cells of 27 bins of 22.86 um (9 for a
/// distance) and computes the force of 14 (30 each, with a root and a division).
constexpr double operations_per_update = 96 * 9 + 14 * 30;

/// The cells as the population holds them (their places are rounded when they enter it), in the order of their ids.
std::vector<PlainCell> plain_copies(const Tissue& tissue)
{
    const agents::Population& population = tissue.population();
    std::vector<PlainCell> cells(population.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        PlainCell& cell = cells[population.id(i).number()];
        cell.position_um = population.position_um(i);
        cell.radius_um = population.radius_um(i);
    }
    return cells;
}

Figure updates(double cells, double sub_steps)
{
    const double peak = float_operations_per_s();
    return {"M cell updates/s", cells * sub_steps / 1e6, peak / operations_per_update / 1e6,
            fmt::format("{:.0f} GFlop/s; {:.0f} operations per update", peak / 1e9, operations_per_update)};
}

agents::MechanicsStep fixed_steps(double step_min, agents::KernelChoice kernels = agents::KernelChoice::automatic)
{
    agents::MechanicsStep mechanics;
    mechanics.step_min = step_min;
    mechanics.tolerance_um = 0.0;
    mechanics.kernels = kernels;
    return mechanics;
}

void measure_paget(::benchmark::State& state, int per_edge, agents::KernelChoice kernels, const Bench& bench)
{
    Tissue tissue(per_edge, bench.world(), fixed_steps(sub_step_min, kernels));
    tissue.found();
    for (auto iteration : state) {
        tissue.move(moved_min);
    }
    state.counters["cells"] = tissue.cells();
    report(state, updates(tissue.cells(), moved_min / sub_step_min));
}

void measure_plain(::benchmark::State& state, int per_edge, int sub_steps, const Bench& bench)
{
    Tissue tissue(per_edge, bench.world(), fixed_steps(sub_step_min));
    tissue.found();
    PlainCells plain(plain_copies(tissue), tissue.edge_um());
    state.counters["neighbours"] = plain.neighbours();
    state.counters["cells"] = tissue.cells();
    for (auto iteration : state) {
        for (int step = 0; step < sub_steps; ++step) {
            plain.step(sub_step_min);
        }
    }
    report(state, updates(tissue.cells(), sub_steps));
}

/// Where cells are, by id.
std::vector<Vec3> places(const Tissue& tissue)
{
    std::vector<Vec3> found(tissue.population().size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        found[tissue.population().id(i).number()] = tissue.population().position_um(i);
    }
    return found;
}

std::vector<Vec3> places_by_small_steps(int per_edge, const Bench& bench)
{
    Tissue tissue(per_edge, bench.world(), fixed_steps(0.01));
    tissue.found();
    tissue.move(controlled_min);
    return places(tissue);
}

/// Six minutes of unrest, with steps as long as their error allows (or fixed ones), against steps of 0.01 min.
void measure_control(::benchmark::State& state, int per_edge, double tolerance_um, const Bench& bench)
{
    const std::vector<Vec3> expected = places_by_small_steps(per_edge, bench);
    agents::MechanicsStep mechanics = fixed_steps(sub_step_min);
    mechanics.tolerance_um = tolerance_um;
    Tissue tissue(per_edge, bench.world(), mechanics);
    tissue.found();
    for (auto iteration : state) {
        tissue.move(controlled_min);
    }
    const std::vector<Vec3> found = places(tissue);
    double farthest = 0.0;
    double squares = 0.0;
    for (std::size_t cell = 0; cell < found.size(); ++cell) {
        const double off = norm(found[cell] - expected[cell]);
        farthest = std::max(farthest, off);
        squares += off * off;
    }
    state.counters["error_max_um"] = farthest;
    state.counters["error_rms_um"] = std::sqrt(squares / static_cast<double>(found.size()));
    report(state,
           {"M cell minutes/s", tissue.cells() * controlled_min / 1e6, 0.0, "errors: places after six minutes, um"});
    bench.require(state, squares < 0.01 * static_cast<double>(found.size()), "cells are more than 0.1 um off (rms)");
}

struct Differences {
    double velocity = 0.0; ///< largest difference over largest velocity
    double velocity_um_per_min = 0.0;
    double position_um = 0.0;
};

Differences differences(const Tissue& tissue, std::span<const PlainCell> plain)
{
    Differences found;
    double largest = 0.0;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const agents::CellRecord cell = tissue.population().record(i);
        const PlainCell& twin = plain[cell.id.number()];
        largest = std::max(largest, norm(twin.velocity_um_per_min));
        found.velocity = std::max(found.velocity, norm(cell.velocity_um_per_min - twin.velocity_um_per_min));
        found.position_um = std::max(found.position_um, norm(cell.position_um - twin.position_um));
    }
    found.velocity_um_per_min = found.velocity;
    found.velocity /= largest;
    return found;
}

/// Velocities of the first sub-step, and positions after two minutes of twenty, side by side with the twin's.
void measure_difference(::benchmark::State& state, int per_edge, const Bench& bench)
{
    Tissue tissue(per_edge, bench.world(), fixed_steps(sub_step_min));
    tissue.found();
    PlainCells plain(plain_copies(tissue), tissue.edge_um());
    for (auto iteration : state) {
        tissue.move(sub_step_min);
        plain.step(sub_step_min);
        const Differences first = differences(tissue, plain.cells());
        const int more = static_cast<int>(std::lround(moved_min / sub_step_min)) - 1;
        tissue.move(more * sub_step_min);
        for (int step = 0; step < more; ++step) {
            plain.step(sub_step_min);
        }
        const Differences last = differences(tissue, plain.cells());
        state.counters["velocity_difference"] = first.velocity_um_per_min / repulsion_um_per_min;
        state.counters["velocity_difference_of_largest"] = first.velocity;
        state.counters["velocity_difference_um_per_min"] = first.velocity_um_per_min;
        state.counters["position_difference_um"] = last.position_um;
        bench.require(state, first.velocity_um_per_min < 2e-6 * repulsion_um_per_min,
                      fmt::format("velocities differ by {:.1e} um/min", first.velocity_um_per_min));
        bench.require(state, last.position_um < 1e-3, fmt::format("positions differ by {:.1e} um", last.position_um));
    }
    state.SetLabel("checks, not a time | largest differences from the twin");
}
} // namespace

void register_benchmarks(const Bench& bench)
{
    const auto sizes = bench.choose<std::vector<int>>({12}, {46, 100}, {46, 100, 159}); // 1e5, 1e6, 4e6 cells
    for (const int per_edge : sizes) {
        const auto name = [&](const char* what) {
            return fmt::format("mechanics/{}/{}", what, per_edge * per_edge * per_edge);
        };
        for (const auto kernels : {agents::KernelChoice::automatic, agents::KernelChoice::portable}) {
            bench.add(name(kernels == agents::KernelChoice::portable ? "portable" : "paget"), 3,
                      [=, &bench](auto& state) { measure_paget(state, per_edge, kernels, bench); });
        }
        const int sub_steps = per_edge > 50 ? 2 : 10;
        bench.add(name("plain"), per_edge > 50 ? 1 : 3,
                  [&bench, per_edge, sub_steps](auto& state) { measure_plain(state, per_edge, sub_steps, bench); });
    }
    const int checked = sizes.front();
    for (const double tolerance_um : {0.0, 0.01}) {
        bench.add(fmt::format("mechanics/{}/{}", tolerance_um > 0.0 ? "step_control" : "step_fixed",
                              checked * checked * checked),
                  2, [=, &bench](auto& state) { measure_control(state, checked, tolerance_um, bench); });
    }
    bench.add(fmt::format("mechanics/difference/{}", checked * checked * checked), 1,
              [&bench, checked](auto& state) { measure_difference(state, checked, bench); });
}

std::vector<std::string> petsc_options() { return {}; }

} // namespace paget::bench
