// Niches become ready at the rate that a tumour elsewhere gives, and are lost without one.

#include "small_body.hpp"

#include "paget/body/niches.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::test
{
namespace
{
/// A breast that prepares the lung: p = 2/day * N/(100 + N), l = 0.5/day.
const std::map<std::string, std::string> prepared{{"organ.lung.niche.prepared_by", "breast"},
                                                  {"organ.lung.niche.preparation", "2 1/day"},
                                                  {"organ.lung.niche.loss", "0.5 1/day"},
                                                  {"organ.lung.niche.half_cells", "100"},
                                                  {"organ.lung.niche.gain", "3"}};
constexpr double days_of_an_hour = 1.0 / 24.0;

/// Counts of a body with so many living cells in the breast.
std::vector<organ::Census> breast_of(std::int64_t cells)
{
    std::vector<organ::Census> counted(2);
    counted[0].cells[0][static_cast<std::size_t>(agents::Fate::cycling)] = cells;
    return counted;
}
} // namespace

// dn/dt = p (1 - n) - l n, by the closed form while 300 cells prepare and after the tumour is gone.
TEST(Niches, FollowTheTumourThatPreparesThem)
{
    const auto description = small_body(prepared);
    body::Niches niches(description.organs);
    EXPECT_EQ(niches.readiness(), (std::vector<double>{0.0, 0.0}));
    for (int hour = 0; hour < 48; ++hour) {
        niches.advance(breast_of(300), {hour * one_hour, one_hour});
    }
    const double ready = 1.5 / 2.0 * (1.0 - std::exp(-2.0 * 2.0)); // p = 1.5/day, p + l = 2/day
    EXPECT_NEAR(niches.readiness()[1], ready, 1e-12);
    EXPECT_EQ(niches.readiness()[0], 0.0) << "nothing prepares the breast";
    EXPECT_NEAR(niches.gain(OrganId{1}), 3.0 * ready, 1e-12);
    niches.advance(breast_of(0), {48 * one_hour, 24 * one_hour});
    EXPECT_NEAR(niches.readiness()[1], ready * std::exp(-0.5), 1e-12);
}

TEST(Niches, OfABodyAreThoseOfItsCells)
{
    const auto world = parallel::Communicator::world();
    const auto description = small_body(prepared);
    body::Body body(description, world);
    double expected = 0.0;
    for (int hour = 0; hour < 6; ++hour) {
        const auto report = body.advance({hour * one_hour, one_hour});
        const auto cells = static_cast<double>(report.census.organs[0].living());
        const double p = 2.0 * cells / (100.0 + cells);
        const double limit = p / (p + 0.5);
        expected = limit + (expected - limit) * std::exp(-(p + 0.5) * days_of_an_hour);
        EXPECT_NEAR(report.census.niches[1], expected, 1e-12);
        EXPECT_EQ(report.census.niches, body.census().niches);
    }
    EXPECT_GT(expected, 0.1);
}

// The same seed, with and without a gain: a ready niche lets more cells in, and more of them grow.
TEST(Niches, LetMoreCellsInAndMoreGrow)
{
    const auto world = parallel::Communicator::world();
    auto keys = prepared;
    keys["organ.lung.niche.preparation"] = "1000 1/day";
    keys["organ.lung.soil"] = "0.1";
    keys["organ.lung.dormancy"] = "0";
    keys["circulation.extravasation"] = "0.02 1/h";
    const auto outcome = [&](const char* gain) {
        keys["organ.lung.niche.gain"] = gain;
        const auto description = small_body(keys);
        body::Body body(description, world);
        const organ::Census lung = live_until(body, 0, 12 * one_hour).census.organs[1];
        return std::pair(lung.totals.arrived, lung.totals.arrived - lung.died());
    };
    const auto [arrived, grew] = outcome("0");
    const auto [arrived_prepared, grew_prepared] = outcome("9");
    EXPECT_GT(arrived_prepared, 3 * arrived);
    EXPECT_GT(static_cast<double>(grew_prepared), 0.8 * static_cast<double>(arrived_prepared));
    EXPECT_LT(static_cast<double>(grew), 0.5 * static_cast<double>(arrived));
}

} // namespace paget::test
