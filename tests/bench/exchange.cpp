// Work on one and two ranks, and what ranks send each other. Wall times: run it on idle cores. The driver runs it with
// one and with two ranks and compares.

#include "colony.hpp"
#include "pair_law.hpp"
#include "support/bench.hpp"
#include "support/machine.hpp"
#include "support/model_problem.hpp"
#include "support/tissue.hpp"

#include "paget/fields/concentration.hpp"
#include "paget/parallel/meter.hpp"

#include <fmt/format.h>
#include <mpi.h>

#include <algorithm>
#include <memory>

namespace paget::bench
{
namespace
{
mesh::Index3 parts_for(const mesh::Grid& grid, const Bench& bench)
{
    return mesh::choose_parts(grid, bench.world().size()).value();
}

mesh::Grid cube(int edge) { return {{edge, edge, edge}, 20.0}; }

/// Bytes per second that two ranks send each other at a time, in messages of that size (best of ten). Collective.
double exchange_bytes_per_s(std::size_t bytes, const parallel::Communicator& comm)
{
    const std::vector<char> sent(bytes, 'x');
    std::vector<char> received(bytes);
    double best = 1e300;
    for (int turn = 0; turn < 10; ++turn) {
        comm.barrier();
        const double begin = MPI_Wtime();
        if (comm.rank() < 2) {
            parallel::check(MPI_Sendrecv(sent.data(), static_cast<int>(bytes), MPI_BYTE, 1 - comm.rank(), 0,
                                         received.data(), static_cast<int>(bytes), MPI_BYTE, 1 - comm.rank(), 0,
                                         comm.handle(), MPI_STATUS_IGNORE));
        }
        best = std::min(best, comm.maximum(MPI_Wtime() - begin));
    }
    return static_cast<double>(bytes) / best;
}

void mark_ranks(::benchmark::State& state, const Bench& bench) { state.counters["ranks"] = bench.world().size(); }

/// What keeps two ranks from twice the speed: time in MPI (messages, and waiting for the slower rank) and computing
/// time, each of the rank that has most of it, in milliseconds. Collective.
void split_time(::benchmark::State& state, const parallel::Use& use, const Bench& bench)
{
    const double mpi_s = bench.world().maximum(use.mpi_seconds());
    const double computing_s = bench.world().maximum(use.seconds() - use.mpi_seconds());
    state.counters["mpi_ms"] = 1e3 * mpi_s;
    state.counters["computing_ms"] = 1e3 * computing_s;
}

/// What the machine gives two ranks that share work without loss but wait for each other: loops in registers, shared
/// evenly, with a barrier after each. Twice the speed only if both cores are equally fast in each of them.
void measure_ideal(::benchmark::State& state, int loops, const Bench& bench)
{
    const parallel::Communicator& world = bench.world();
    constexpr int per_loop = 80; // about 10 ms on one rank
    world.barrier();
    for (auto iteration : state) {
        for (int loop = 0; loop < loops; ++loop) {
            work_in_registers(per_loop / world.size());
            world.barrier();
        }
    }
    mark_ranks(state, bench);
    report(state, {"loops/s", static_cast<double>(loops), 0.0, "twice the figure of one rank"});
}

void measure_field(::benchmark::State& state, int edge, const Bench& bench)
{
    const parallel::Communicator& world = bench.world();
    const ModelProblem problem(edge, parts_for(cube(edge), bench), world);
    const std::vector<double> loss = problem.loss_per_min(0.0);
    const std::vector<double> zero(problem.owned(), 0.0);
    fields::DiffusingField field = problem.make_field(1e-6, "shared_");
    field.solve_steady(problem.reaction(loss));
    field.assign(zero);
    world.barrier();
    parallel::Meter meter;
    for (auto iteration : state) {
        const auto measured = meter.measure();
        field.solve_steady(problem.reaction(loss));
        world.barrier();
    }
    mark_ranks(state, bench);
    split_time(state, meter.use(), bench);
    const auto checksum = testing_fields::checksum(problem.partition().grid(), field.concentration(), world);
    state.counters["checksum"] = static_cast<double>(checksum >> 16U); // exact in a double
    report(state, {"M voxels/s", problem.voxels() / 1e6, 0.0, "twice the figure of one rank"});
}

void measure_cells(::benchmark::State& state, int per_edge, const Bench& bench)
{
    const parallel::Communicator& world = bench.world();
    Tissue tissue(per_edge, world, {});
    tissue.found();
    constexpr double minutes = 2.0;
    world.barrier();
    parallel::Meter meter;
    for (auto iteration : state) {
        const auto measured = meter.measure();
        tissue.move(minutes);
        world.barrier();
    }
    mark_ranks(state, bench);
    split_time(state, meter.use(), bench);
    UnorderedChecksum sum;
    for (std::size_t cell = 0; cell < tissue.population().size(); ++cell) {
        sum.add(tissue.population().id(cell).value, tissue.population().position_um(cell).x);
    }
    state.counters["checksum"] = static_cast<double>(world.sum_modulo(sum.value()) >> 16U);
    report(state, {"M cell updates/s", tissue.cells() * minutes / agents::MechanicsStep{}.step_min / 1e6, 0.0,
                   "twice the figure of one rank"});
}

/// The layer of voxels around a rank's box, with the copying of the box that goes with it.
void measure_field_halo(::benchmark::State& state, int edge, const Bench& bench)
{
    const parallel::Communicator& world = bench.world();
    const mesh::Partition partition(cube(edge), parts_for(cube(edge), bench));
    fields::Concentration field(partition, world, 1.0);
    const std::vector<double> values(static_cast<std::size_t>(field.box().volume()), 2.0);
    const auto bytes = sizeof(double) * static_cast<std::size_t>(edge) * static_cast<std::size_t>(edge);
    const double bound = exchange_bytes_per_s(bytes, world);
    constexpr int refreshes = 5;
    world.barrier();
    for (auto iteration : state) {
        for (int i = 0; i < refreshes; ++i) {
            field.assign(values);
        }
        world.barrier();
    }
    mark_ranks(state, bench);
    report(state, {"GB/s", refreshes * static_cast<double>(bytes) / 1e9, bound / 1e9,
                   fmt::format("one message of a face each way {:.2f} GB/s", bound / 1e9)});
}

/// The places of all ghosts in one layer of bins, as they go between ranks after every sub-step.
void measure_cell_halo(::benchmark::State& state, int per_edge, const Bench& bench)
{
    const parallel::Communicator& world = bench.world();
    const Tissue tissue(per_edge, world, {});
    const std::vector<agents::CellType>& types = tissue.population().types();
    const agents::PairLaw law(types);
    agents::Colony colony(tissue.partition(), law, world, agents::largest_reach_um(types),
                          agents::MechanicsStep{}.skin_um, 0);
    for (const agents::CellRecord& cell : tissue.founders(world.rank(), world.size())) {
        colony.cells().append(cell);
    }
    colony.settle();
    const auto mine = static_cast<std::int64_t>(colony.cells().size_with_ghosts() - colony.cells().size());
    const std::int64_t ghosts = world.maximum(mine);
    const std::size_t bytes = static_cast<std::size_t>(ghosts) * 3 * sizeof(std::int32_t);
    const double bound = exchange_bytes_per_s(bytes, world);
    constexpr int refreshes = 20;
    world.barrier();
    for (auto iteration : state) {
        for (int i = 0; i < refreshes; ++i) {
            colony.refresh_places();
        }
        world.barrier();
    }
    mark_ranks(state, bench);
    state.counters["ghosts"] = static_cast<double>(ghosts);
    report(state, {"GB/s", refreshes * static_cast<double>(bytes) / 1e9, bound / 1e9,
                   fmt::format("one message each way {:.2f} GB/s; 12 B per ghost", bound / 1e9)});
}

/// Every rank hands in cells of the other: all of them migrate, are sorted into bins and get their ghosts.
void measure_migration(::benchmark::State& state, int per_edge, const Bench& bench)
{
    const parallel::Communicator& world = bench.world();
    Tissue tissue(per_edge, world, {});
    std::vector<agents::CellRecord> strangers;
    for (const agents::CellRecord& cell : tissue.founders()) {
        const int owner = tissue.partition().owner(cell.position_um);
        if ((owner + 1) % world.size() == world.rank()) {
            strangers.push_back(cell);
        }
    }
    const double bytes = sizeof(agents::CellRecord) * tissue.cells() / world.size();
    const double bound = exchange_bytes_per_s(static_cast<std::size_t>(bytes), world) * world.size();
    tissue.population().reserve_numbers(static_cast<std::uint64_t>(tissue.cells()));
    world.barrier();
    for (auto iteration : state) {
        tissue.population().insert(std::move(strangers));
        world.barrier();
    }
    mark_ranks(state, bench);
    bench.require(state,
                  world.sum(static_cast<std::int64_t>(tissue.population().size())) ==
                      static_cast<std::int64_t>(tissue.cells()),
                  "cells were lost or gained on the way");
    report(state, {"M cells/s", tissue.cells() / 1e6, bound / sizeof(agents::CellRecord) / 1e6,
                   fmt::format("one message each way; {} B per cell", sizeof(agents::CellRecord))});
}
} // namespace

void register_benchmarks(const Bench& bench)
{
    constexpr bool wall = true;
    const int edge = bench.choose(32, 64, 128);
    const int per_edge = bench.choose(24, 46, 100);
    const int cells = per_edge * per_edge * per_edge;
    const int loops = bench.choose(4, 50, 200);
    bench.add(
        fmt::format("exchange/ideal/{}", loops), 5, [=, &bench](auto& state) { measure_ideal(state, loops, bench); },
        wall);
    bench.add(
        fmt::format("exchange/field_solve/{}", edge), 5,
        [=, &bench](auto& state) { measure_field(state, edge, bench); }, wall);
    bench.add(
        fmt::format("exchange/cells/{}", cells), 3, [=, &bench](auto& state) { measure_cells(state, per_edge, bench); },
        wall);
    if (bench.world().size() == 2) {
        bench.add(
            fmt::format("exchange/cell_halo/{}", cells), 9,
            [=, &bench](auto& state) { measure_cell_halo(state, per_edge, bench); }, wall);
        bench.add(
            fmt::format("exchange/field_halo/{}", edge), 9,
            [=, &bench](auto& state) { measure_field_halo(state, edge, bench); }, wall);
        bench.add(
            fmt::format("exchange/migration/{}", cells), 3,
            [=, &bench](auto& state) { measure_migration(state, per_edge, bench); }, wall);
    }
}

std::vector<std::string> petsc_options() { return {}; }

} // namespace paget::bench
