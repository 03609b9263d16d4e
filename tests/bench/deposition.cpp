// What cells do to a field: Paget's integer deposition of uptake and secretion into voxels.

#include "support/bench.hpp"
#include "support/machine.hpp"
#include "support/tissue.hpp"
#include "tissue_exchange.hpp"

#include <fmt/format.h>

#include <cmath>

namespace paget::bench
{
namespace
{
constexpr double uptake_per_min = 10.0;

/// Position, volumes, fate, type and state of a cell, its hypoxia, the index of its voxel written and read.
constexpr double bytes_per_cell = 24 + 24 + 3 + 8 + 16;

organ::TissueDescription breathing(const agents::Population& population)
{
    organ::TissueDescription tissue;
    tissue.types = population.types();
    tissue.exchange = {{{.uptake_per_min = uptake_per_min}}};
    tissue.behaviour = {{}};
    return tissue;
}

/// What all cells take up per minute at unit concentration [um^3/min], and what reached the voxels.
void check_sum(::benchmark::State& state, const Bench& bench, const agents::Population& population,
               const organ::VoxelRates& rates, double voxel_volume_um3)
{
    double given = 0.0;
    for (std::size_t cell = 0; cell < population.size(); ++cell) {
        given += uptake_per_min * population.volume_um3(cell);
    }
    double arrived = 0.0;
    for (const double loss : rates.loss_per_min) {
        arrived += loss * voxel_volume_um3;
    }
    state.counters["sum_difference"] = std::fabs(arrived - given) / given;
    bench.require(state, std::fabs(arrived - given) < 1e-10 * given, "what voxels lose is not what cells take up");
}

void measure(::benchmark::State& state, int per_edge, const Bench& bench)
{
    Tissue tissue(per_edge, bench.world(), {});
    tissue.found();
    const agents::Population& population = tissue.population();
    const mesh::Grid& grid = tissue.partition().grid();
    const organ::TissueDescription description = breathing(population);
    const std::vector<organ::FieldDescription> fields(1);
    const organ::VesselMap vessels({}, grid, grid.box(), 0.0);
    const std::vector<double> hypoxia(population.size(), 0.0);
    std::vector<organ::VoxelRates> rates;
    for (auto iteration : state) {
        rates = organ::exchange_rates(population, description, fields, vessels, grid, grid.box(), hypoxia);
    }
    check_sum(state, bench, population, rates.front(), grid.voxel_volume_um3());
    const double triad = triad_bytes_per_s(static_cast<std::size_t>(bytes_per_cell * tissue.cells()));
    state.counters["cells"] = tissue.cells();
    report(state, {"M cells/s", tissue.cells() / 1e6, triad / bytes_per_cell / 1e6,
                   fmt::format("triad of the same size {:.1f} GB/s; {:.0f} B per cell", triad / 1e9, bytes_per_cell)});
}
} // namespace

void register_benchmarks(const Bench& bench)
{
    for (const int per_edge : bench.choose<std::vector<int>>({12}, {46}, {46, 100})) {
        bench.add(fmt::format("deposition/{}", per_edge * per_edge * per_edge), 5,
                  [&bench, per_edge](auto& state) { measure(state, per_edge, bench); });
    }
}

std::vector<std::string> petsc_options() { return {}; }

} // namespace paget::bench
