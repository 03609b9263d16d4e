// Oxygen in measured networks on fine voxels.

#include "oxygen_case.hpp"

#include "support/obtained.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::test
{
namespace
{
class OxygenFine : public testing::Test
{
protected:
    void SetUp() override
    {
        if (!measured_networks_are_here()) {
            GTEST_SKIP() << "skipped: data not present";
        }
    }

    void note(const std::string& what, double found, double expected) const
    {
        if (world_.is_root()) {
            obtained(what, fmt::format("{:.4f}", found), expected);
        }
    }

    parallel::Communicator world_ = parallel::Communicator::world();
};
} // namespace

TEST_F(OxygenFine, TheCortexStaysWhereItIs)
{
    double coarser = 0.0;
    for (const char* voxel : {"5 um", "2.5 um"}) {
        const OxygenCase cortex("cortex-oxygen.ini", {{"organ.brain.voxel", voxel}}, world_);
        const PublishedOxygen published = read_published_oxygen(cortex.organ().description().grid.extent_um());
        const std::vector<double> found = cortex.at(published.points_um);
        const double r = correlation(found, published.mmhg);
        EXPECT_NEAR(mean_of(found) / mean_of(published.mmhg), 1.0, 0.05) << voxel;
        EXPECT_GT(r, 0.95) << voxel;
        note(std::string("cortex, voxels of ") + voxel + ": mean oxygen [mmHg]", mean_of(found),
             mean_of(published.mmhg));
        note(std::string("cortex, voxels of ") + voxel + ": correlation", r, 1.0);
        const double mean = cortex.mean_in_tissue();
        EXPECT_TRUE(coarser == 0.0 || std::fabs(mean / coarser - 1.0) < 0.02) << voxel;
        coarser = mean;
    }
}

TEST_F(OxygenFine, TheTumourConservesOxygenOnFineVoxels)
{
    double coarser = 0.0;
    for (const char* voxel : {"10 um", "5 um"}) {
        const OxygenCase tumour("tumour-oxygen.ini", {{"organ.breast.voxel", voxel}}, world_);
        const double consumed = tumour.consumed();
        const double missing = tumour.supply().carried_in - tumour.supply().carried_out;
        EXPECT_NEAR(missing / consumed, 1.0, 1e-6) << voxel;
        const double mean = tumour.mean_in_tissue();
        EXPECT_TRUE(coarser == 0.0 || std::fabs(mean / coarser - 1.0) < 0.02) << voxel;
        note(std::string("mammary carcinoma, voxels of ") + voxel + ": mean oxygen [mmHg]", mean, coarser);
        coarser = mean;
    }
}

} // namespace paget::test
