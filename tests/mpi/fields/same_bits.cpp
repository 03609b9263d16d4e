// Promise 1 for fields: the same bits on any number of ranks and for any cut. What one rank computes alone is computed
// in the same program, on a communicator of its own.

#include "paget/fields/diffusing_field.hpp"
#include "paget/fields/matrix_field.hpp"

#include "support/field_case.hpp"
#include "support/random_cuts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
using Run = std::function<std::uint64_t(const mesh::Partition&, const parallel::Communicator&)>;

void expect_same_bits(const mesh::Grid& grid, const Run& run)
{
    const auto world = parallel::Communicator::world();
    const auto alone = parallel::Communicator::self();
    const std::uint64_t expected = run(mesh::Partition(grid, {1, 1, 1}), alone);
    const auto partitions = all_partitions(grid, world.size());
    ASSERT_FALSE(partitions.empty());
    // On large grids the first and the last (cut along z, and along x) have to do.
    const std::size_t stride = grid.voxel_count() > 50'000 ? std::max<std::size_t>(partitions.size() - 1, 1) : 1;
    for (std::size_t i = 0; i < partitions.size(); i += stride) {
        const auto& partition = partitions[i];
        const auto& p = partition.parts();
        EXPECT_EQ(run(partition, world), expected) << p[0] << 'x' << p[1] << 'x' << p[2] << " ranks";
    }
    const auto uneven = test::random_partition(grid, world.size(), 1, static_cast<std::uint64_t>(grid.voxel_count()));
    ASSERT_TRUE(uneven.has_value());
    EXPECT_EQ(run(*uneven, world), expected) << "cuts at " << testing::PrintToString(uneven->cuts());
}

/// Checksum of a balance.
std::uint64_t checksum(const FieldBalance& balance)
{
    UnorderedChecksum sum;
    std::uint64_t part = 0;
    for (const double value :
         {balance.change, balance.gain, balance.decay, balance.consumption, balance.wall_inflow, balance.clipped}) {
        sum.add(part++, value);
    }
    return sum.value();
}

/// A few steps with losses that change, from the steady state: what is left, and its last balance.
std::uint64_t history(const mesh::Partition& partition, const parallel::Communicator& comm, const Substance& substance,
                      Rates rates, double minutes)
{
    DiffusingField field(partition, comm, substance, "lung_oxygen_");
    if (substance.scheme != Scheme::implicit) {
        field.solve_steady(rates.reaction());
    }
    field.keep_balance(true);
    SolveReport report;
    for (int step = 0; step < 2; ++step) {
        Reaction reaction = rates.reaction();
        if (substance.half_saturation > 0.0) {
            reaction.saturating_loss_per_min = rates.loss_per_min;
        }
        report = field.advance(reaction, minutes);
        for (double& loss : rates.loss_per_min) {
            loss *= 1.1;
        }
    }
    return testing_fields::checksum(partition.grid(), field.concentration(), comm) ^ mix64(checksum(report.balance));
}

class SameBits : public testing::TestWithParam<mesh::Index3>
{
protected:
    const mesh::Grid grid_{GetParam(), 20.0};
};
} // namespace

TEST_P(SameBits, OxygenBetweenHeldWalls)
{
    expect_same_bits(grid_, [](const auto& partition, const auto& comm) {
        return history(partition, comm, oxygen(), scattered_cells(partition.grid(), partition.box(comm.rank())), 6.0);
    });
}

/// Large enough that the two finest grids are cut.
TEST(SameBitsOnTwoGrids, OxygenBetweenHeldWalls)
{
    expect_same_bits({{72, 64, 66}, 20.0}, [](const auto& partition, const auto& comm) {
        return history(partition, comm, oxygen(), scattered_cells(partition.grid(), partition.box(comm.rank())), 60.0);
    });
}

TEST_P(SameBits, CytokineBetweenClosedWalls)
{
    Substance substance = oxygen();
    substance.walls = {};
    substance.diffusivity_um2_per_min = 3000.0;
    substance.decay_per_min = 0.01;
    substance.initial = 0.0;
    substance.scheme = Scheme::implicit;
    expect_same_bits(grid_, [&](const auto& partition, const auto& comm) {
        return history(partition, comm, substance, scattered_cells(partition.grid(), partition.box(comm.rank())), 1.0);
    });
}

TEST_P(SameBits, HeldVoxelsAndMixedWalls)
{
    Substance substance = oxygen();
    substance.walls = {38.0, std::nullopt, std::nullopt, 20.0, std::nullopt, std::nullopt};
    expect_same_bits(grid_, [&](const auto& partition, const auto& comm) {
        const mesh::Grid& grid = partition.grid();
        const mesh::Box box = partition.box(comm.rank());
        Rates rates = scattered_cells(grid, box);
        for_voxels(box, [&](const mesh::Index3& v) {
            if (random_at(grid, v, 31) < 0.01) {
                rates.loss_per_min[box.offset(v)] = 2.5e10;
                rates.gain_per_min[box.offset(v)] = 2.5e10 * 38.0;
            }
        });
        return history(partition, comm, substance, rates, 6.0);
    });
}

TEST_P(SameBits, BackwardEulerWhereSdirkUndershoots)
{
    Substance substance = oxygen();
    substance.walls = {};
    substance.scheme = Scheme::implicit;
    substance.diffusivity_um2_per_min = 10.0;
    expect_same_bits(grid_, [&](const auto& partition, const auto& comm) {
        return history(partition, comm, substance, scattered_cells(partition.grid(), partition.box(comm.rank())), 1.0);
    });
}

TEST(SameBitsOfSteps, ControlledByTheirError)
{
    Substance substance = oxygen();
    substance.walls = {};
    substance.scheme = Scheme::automatic;
    substance.diffusivity_um2_per_min = 300.0;
    expect_same_bits({{37, 20, 11}, 20.0}, [&](const auto& partition, const auto& comm) {
        return history(partition, comm, substance, scattered_cells(partition.grid(), partition.box(comm.rank())), 0.1);
    });
}

TEST_P(SameBits, SaturatingUptake)
{
    Substance substance = oxygen();
    substance.half_saturation = 2.0;
    expect_same_bits(grid_, [&](const auto& partition, const auto& comm) {
        return history(partition, comm, substance, scattered_cells(partition.grid(), partition.box(comm.rank())), 6.0);
    });
}

TEST_P(SameBits, MatrixAndItsGradient)
{
    expect_same_bits(grid_, [](const auto& partition, const auto& comm) {
        const mesh::Grid& grid = partition.grid();
        MatrixField matrix(partition, comm, 1.0);
        const auto rates = scattered_cells(grid, partition.box(comm.rank()));
        matrix.advance(rates.loss_per_min, 0.01, 0.3);
        UnorderedChecksum sum(testing_fields::checksum(grid, matrix.density(), comm));
        for_voxels(matrix.density().box(), [&](const mesh::Index3& v) {
            const Vec3 gradient = matrix.density().gradient_per_um(v);
            sum.add(3 * grid.global_index(v), gradient.x);
            sum.add(3 * grid.global_index(v) + 1, gradient.y);
            sum.add(3 * grid.global_index(v) + 2, gradient.z);
        });
        return comm.sum_modulo(sum.value());
    });
}

INSTANTIATE_TEST_SUITE_P(Shapes, SameBits,
                         testing::Values(mesh::Index3{40, 24, 16}, mesh::Index3{37, 20, 11}, mesh::Index3{48, 32, 1},
                                         mesh::Index3{48, 41, 40}));

} // namespace paget::fields
