// Memory per cell and per voxel: growth of the resident set, beside what must be kept.

#include "support/bench.hpp"
#include "support/model_problem.hpp"
#include "support/tissue.hpp"

#include <fmt/format.h>

#include <malloc.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace paget::bench
{
namespace
{
/// Bytes of this process in memory, after what has been freed is given back.
double resident_bytes()
{
    malloc_trim(0);
    std::ifstream file("/proc/self/statm");
    long total_pages = 0;
    long resident_pages = 0;
    file >> total_pages >> resident_pages;
    return static_cast<double>(resident_pages) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// Largest number of bytes in memory since the last call of forget_peak().
double peak_bytes()
{
    std::ifstream file("/proc/self/status");
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with("VmHWM:")) {
            return 1024.0 * std::stod(line.substr(6));
        }
    }
    return 0.0;
}

void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5\n"; }

/// Not a rate: the figure is what was measured, the bound the least that could be, and the share their ratio.
void report_bytes(::benchmark::State& state, const char* unit, double measured, double least, const std::string& why)
{
    state.counters["figure"] = measured;
    state.counters["bound"] = least;
    state.counters["share"] = least / measured;
    state.SetLabel(fmt::format("{} | {}", unit, why));
}

/// Columns of a cell: place 18, id and parent 16, two times 16, velocity and heading 24, volumes 24, traits 16, radius
/// and reach 8, squeeze and speed 8, clone, journeys, row of the force table, and four small ones 12.
constexpr double bytes_of_columns = 142.0;

void measure_cells(::benchmark::State& state, int per_edge, double allowed, const Bench& bench)
{
    for (auto iteration : state) {
        const double before = resident_bytes();
        Tissue tissue(per_edge, bench.world(), {});
        tissue.found();
        forget_peak();
        tissue.move(1.0);
        state.counters["peak_while_moving"] = (peak_bytes() - before) / tissue.cells();
        const double per_cell = (resident_bytes() - before) / tissue.cells();
        state.counters["cells"] = tissue.cells();
        report_bytes(state, "B/cell", per_cell, bytes_of_columns,
                     fmt::format("columns of what is known of a cell: {:.0f} B", bytes_of_columns));
        bench.require(state, per_cell < allowed, fmt::format("{:.0f} B per cell", per_cell));
    }
}

void measure_field(::benchmark::State& state, int edge, double allowed, const Bench& bench)
{
    const ModelProblem problem(edge, {1, 1, 1}, bench.world());
    const std::vector<double> loss = problem.loss_per_min(0.0);
    for (auto iteration : state) {
        const double before = resident_bytes();
        fields::DiffusingField field = problem.make_field(1e-6, "memory_");
        field.advance(problem.reaction(loss), ModelProblem::minutes);
        const double per_voxel = (resident_bytes() - before) / problem.voxels();
        state.counters["voxels"] = problem.voxels();
        report_bytes(state, "B/voxel", per_voxel, 3 * sizeof(double), "values, right-hand side and loss: 24 B");
        bench.require(state, per_voxel < allowed, fmt::format("{:.0f} B per voxel", per_voxel));
    }
}
} // namespace

void register_benchmarks(const Bench& bench)
{
    // What a process keeps for itself shows in small problems, so their limits are loose.
    const int per_edge = bench.choose(30, 46, 100);
    const int edge = bench.choose(40, 64, 128);
    const bool small = bench.scale() == Scale::smoke;
    bench.add(fmt::format("memory/cells/{}", per_edge * per_edge * per_edge), 1,
              [=, &bench](auto& state) { measure_cells(state, per_edge, small ? 5000.0 : 2000.0, bench); });
    bench.add(fmt::format("memory/field/{}", edge), 1,
              [=, &bench](auto& state) { measure_field(state, edge, small ? 2000.0 : 500.0, bench); });
}

std::vector<std::string> petsc_options() { return {}; }

} // namespace paget::bench
