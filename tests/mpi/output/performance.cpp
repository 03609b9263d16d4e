// The performance report on several ranks: the memory's bandwidth, and what is said of long and of short runs.

#include "performance.hpp"

#include "memory_bandwidth.hpp"
#include "run_example.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace paget;

TEST(MemoryBandwidth, IsThatOfAMachineAndTheSameOnAllRanks)
{
    const auto world = parallel::Communicator::world();
    const double rate = output::triad_bytes_per_s(world);
    EXPECT_GT(rate, 1e7); // with many ranks on a busy core
    EXPECT_LT(rate, 1e12);
    EXPECT_EQ(world.minimum(rate), world.maximum(rate));
}

class PerformanceReport : public testing::Test
{
protected:
    PerformanceReport() { test::advance(body_, nullptr, 0, example_.body.end); }

    nlohmann::ordered_json report(double wall_seconds, std::int64_t cycles) const
    {
        output::Work work{wall_seconds, 10, 0, {}};
        work.solver.assign(example_.body.organs.size(), {1, cycles});
        return output::performance_json(output::measure_performance(body_, {}, {}, {}, work));
    }

    parallel::Communicator world_ = parallel::Communicator::world();
    test::Example example_ = test::read_example();
    body::Body body_{example_.body, world_};
};

TEST_F(PerformanceReport, TakesTheBandwidthInLongRunsOnly)
{
    EXPECT_TRUE(report(59.0, 3)["field_bandwidth_share"].is_null());
    const auto once = report(61.0, 3);
    const auto twice = report(61.0, 6);
    EXPECT_GT(once["field_bandwidth_share"].get<double>(), 0.0);
    EXPECT_DOUBLE_EQ(once["field_bandwidth_share"].get<double>(), once["field_bytes_per_s_and_rank"].get<double>() /
                                                                      once["triad_bytes_per_s_and_rank"].get<double>());
    EXPECT_DOUBLE_EQ(twice["field_bytes_per_s_and_rank"].get<double>(),
                     2.0 * once["field_bytes_per_s_and_rank"].get<double>());
}

TEST_F(PerformanceReport, CountsBytesByVoxelsAndCycles)
{
    const auto p = report(61.0, 3);
    std::int64_t voxels = 0;
    double computing_s = 0.0;
    for (const auto& organ : example_.body.organs) {
        voxels += organ.grid.voxel_count();
        const auto& fields = p["parts"]["organs"][organ.name]["fields"];
        computing_s += (fields["mean_s"].get<double>() - fields["mpi_s"].get<double>()) * fields["ranks"].get<double>();
    }
    EXPECT_NEAR(p["field_bytes_per_s_and_rank"].get<double>() * computing_s, 79.0 * 3.0 * static_cast<double>(voxels),
                1.0);
}

TEST_F(PerformanceReport, KnowsItsOwnCost)
{
    const double seconds = 100.0;
    const double share = report(seconds, 3)["measuring_share"].get<double>();
    EXPECT_GT(share, 0.0);
    EXPECT_LT(share, 0.01);
    EXPECT_GT(parallel::seconds_to_count_a_call(), 0.0);
    EXPECT_LT(parallel::seconds_to_count_a_call(), 1e-5);
}
