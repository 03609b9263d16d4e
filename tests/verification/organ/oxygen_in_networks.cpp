// Oxygen in measured networks, against the values that the Green's function method of Secomb et al. 2004 gives for the
// cortex, and against conservation.

#include "oxygen_case.hpp"

#include "support/obtained.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::test
{
namespace
{
class OxygenInNetworks : public testing::Test
{
protected:
    void SetUp() override
    {
        if (!measured_networks_are_here()) {
            GTEST_SKIP() << "skipped: data not present";
        }
    }

    /// What leaves the blood is what tissue consumes.
    void expect_conserved(const OxygenCase& of, const std::string& name)
    {
        const organ::SupplyReport& supply = of.supply();
        const double consumed = of.consumed();
        const double missing = supply.carried_in - supply.carried_out;
        EXPECT_NEAR(missing / consumed, 1.0, 1e-6);
        EXPECT_NEAR(supply.given_off / consumed, 1.0, 1e-6);
        EXPECT_NEAR(supply.received / consumed, 1.0, 1e-6);
        EXPECT_GT(missing, 0.1 * supply.carried_in);
        if (world_.is_root()) {
            obtained(name + ": what leaves the blood over what tissue consumes, less one",
                     fmt::format("{:.2g} in {} rounds", missing / consumed - 1.0, supply.rounds), 0.0);
        }
    }

    parallel::Communicator world_ = parallel::Communicator::world();
};
} // namespace

TEST_F(OxygenInNetworks, TheCortexIsThatOfTheGreensFunctionMethod)
{
    const OxygenCase cortex("cortex-oxygen.ini", {}, world_);
    const PublishedOxygen published = read_published_oxygen(cortex.organ().description().grid.extent_um());
    ASSERT_EQ(published.mmhg.size(), 1000U);
    const std::vector<double> found = cortex.at(published.points_um);
    const double r = correlation(found, published.mmhg);
    EXPECT_NEAR(mean_of(found) / mean_of(published.mmhg), 1.0, 0.05);
    EXPECT_GT(r, 0.95);
    expect_conserved(cortex, "cortex");
    if (world_.is_root()) {
        obtained("cortex, voxels of 10 um: mean oxygen [mmHg]", fmt::format("{:.3f}", mean_of(found)),
                 mean_of(published.mmhg));
        obtained("cortex, voxels of 10 um: correlation of points", fmt::format("{:.4f}", r), 1.0);
    }
}

TEST_F(OxygenInNetworks, HalfTheVoxelMovesTheCortexLittle)
{
    const OxygenCase coarse("cortex-oxygen.ini", {}, world_);
    const OxygenCase fine("cortex-oxygen.ini", {{"organ.brain.voxel", "5 um"}}, world_);
    const double change = fine.mean_in_tissue() / coarse.mean_in_tissue() - 1.0;
    EXPECT_LT(std::fabs(change), 0.02);
    if (world_.is_root()) {
        obtained("cortex: change of the mean by voxels of 5 for 10 um", fmt::format("{:.4f}", change), 0.0);
    }
}

TEST_F(OxygenInNetworks, TheTumourConservesOxygen)
{
    const OxygenCase tumour("tumour-oxygen.ini", {}, world_);
    expect_conserved(tumour, "mammary carcinoma, voxels of 20 um");
    EXPECT_LT(tumour.organ().blood_flow()->correction, 1e-3);
}

/// The same with pressures instead of measured flows, with red cells that separate at forks.
TEST_F(OxygenInNetworks, BloodDrivenByPressureConservesOxygenToo)
{
    const OxygenCase cortex(
        "cortex-oxygen.ini",
        {{"organ.brain.vessels.flow", "pressure"}, {"organ.brain.vessels.haematocrit", "separated"}}, world_);
    expect_conserved(cortex, "cortex, flow by pressure");
}

TEST_F(OxygenInNetworks, TheBitsAreThoseOfOneRank)
{
    for (const char* file : {"cortex-oxygen.ini", "tumour-oxygen.ini"}) {
        const OxygenCase together(file, {}, world_);
        const Vec3 end_um = together.organ().description().grid.extent_um();
        std::vector<Vec3> points;
        for (int i = 1; i < 1000; ++i) { // scattered all over
            points.push_back({end_um.x * (0.1 + 0.0008 * (i * 7 % 1000)), end_um.y * (0.1 + 0.0008 * (i * 31 % 1000)),
                              end_um.z * (0.1 + 0.0008 * (i * 117 % 1000))});
        }
        const std::vector<double> values = together.at(points);
        const auto blood = together.organ().carried(0)->blood_in_segments(together.organ().fields()[0]);
        if (world_.is_root()) {
            const auto self = parallel::Communicator::self();
            const OxygenCase alone(file, {}, self);
            EXPECT_EQ(values, alone.at(points)) << file;
            EXPECT_EQ(blood, alone.organ().carried(0)->blood_in_segments(alone.organ().fields()[0])) << file;
            EXPECT_EQ(together.supply().given_off, alone.supply().given_off);
            EXPECT_EQ(together.supply().received, alone.supply().received);
        }
    }
}

TEST_F(OxygenInNetworks, BloodInSegmentsFallsFromItsInlets)
{
    const OxygenCase cortex("cortex-oxygen.ini", {}, world_);
    const auto& organ = cortex.organ();
    const std::vector<double> blood = organ.carried(0)->blood_in_segments(organ.fields()[0]);
    ASSERT_EQ(blood.size(), 50U);
    for (const double p : blood) {
        EXPECT_TRUE(p > 20.0 && p < 50.0) << p; // 50 mmHg come in
    }
}

} // namespace paget::test
