// Promise 2: every cell is accounted for.

#include "small_body.hpp"

#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <numeric>

namespace paget::test
{
namespace
{
using testing::HasSubstr;

/// What check_ledger says of a census that was changed so.
std::string complaint(const body::Body& body, body::BodyCensus census,
                      const std::function<void(body::BodyCensus&)>& change)
{
    change(census);
    try {
        body.check_ledger(census);
    } catch (const BugError& error) {
        return error.what();
    }
    return {};
}

std::int64_t sum_of(const auto& numbers) { return std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0}); }
} // namespace

class LedgerTest : public testing::Test
{
protected:
    parallel::Communicator world_ = parallel::Communicator::world();
    body::BodyDescription description_ = small_body();
    body::Body body_{description_, world_};
};

TEST_F(LedgerTest, StartsWithTheFounders)
{
    const auto census = body_.census();
    EXPECT_EQ(census.organs[0].totals.founded, 60);
    EXPECT_EQ(census.organs[0].living(), 60);
    EXPECT_EQ(census.organs[1].living(), 0);
    EXPECT_NO_THROW(body_.check_ledger(census));
}

TEST_F(LedgerTest, BalancesAtEveryStep)
{
    body::BodyCensus before = body_.census();
    for (int step = 0; step < 10; ++step) {
        const auto report = body_.advance({step * one_hour, one_hour});
        const auto& now = report.census;
        std::int64_t shed = 0;
        std::int64_t arrived = 0;
        for (std::int32_t i = 0; i < 2; ++i) {
            const auto& organ = now.organs[static_cast<std::size_t>(i)];
            const auto& t = organ.totals;
            EXPECT_EQ(t.founded + t.born + t.arrived, organ.living() + organ.died() + t.shed);
            const auto* here = body_.organ(OrganId{i}); // counted anew, cell by cell
            std::int64_t living = 0;
            for (std::size_t cell = 0; here != nullptr && cell < here->population().size(); ++cell) {
                living += agents::is_living(here->population().fate(cell)) ? 1 : 0;
            }
            EXPECT_EQ(world_.sum(living), organ.living());
            const auto& old = before.organs[static_cast<std::size_t>(i)].totals;
            EXPECT_EQ(t.founded, old.founded);
            EXPECT_GE(t.born, old.born);
            EXPECT_GE(t.arrived, old.arrived);
            EXPECT_GE(t.shed, old.shed);
            shed += t.shed;
            arrived += t.arrived;
        }
        EXPECT_EQ(shed, now.blood.shed);
        EXPECT_EQ(arrived, now.blood.extravasated);
        EXPECT_EQ(now.blood.shed, now.in_blood.flowing_cells + now.in_blood.arrested_cells + sum_of(now.blood.died) +
                                      now.blood.extravasated + now.blood.extravasated_lumped);
        before = now;
    }
    EXPECT_GT(before.organs[0].totals.shed, 0);
    EXPECT_GT(before.organs[1].totals.arrived, 0);
}

TEST_F(LedgerTest, ALostOrGainedCellIsABugThatNamesTheOrgan)
{
    const auto census = live_until(body_, 0, 4 * one_hour).census;
    EXPECT_EQ(complaint(body_, census, [](auto&) {}), "");
    for (std::size_t organ = 0; organ < 2; ++organ) {
        const std::string name = organ == 0 ? "'breast'" : "'lung'";
        const std::vector<std::function<void(organ::Census&)>> changes{
            [](organ::Census& c) { c.totals.founded += 1; }, [](organ::Census& c) { c.totals.born -= 1; },
            [](organ::Census& c) { c.totals.arrived += 1; }, [](organ::Census& c) { c.totals.shed += 1; },
            [](organ::Census& c) { c.totals.died[2] += 1; }, [](organ::Census& c) { c.cells[1][0] += 1; },
            [](organ::Census& c) { c.cells[2][1] -= 1; }};
        for (const auto& change : changes) {
            EXPECT_THAT(complaint(body_, census, [&](auto& c) { change(c.organs[organ]); }), HasSubstr(name));
        }
        // Corpses are no longer counted: they died before.
        EXPECT_EQ(complaint(body_, census, [&](auto& c) { c.organs[organ].cells[0][2] += 5; }), "");
    }
}

TEST_F(LedgerTest, ACellLostInTheBloodIsABug)
{
    const auto census = live_until(body_, 0, 4 * one_hour).census;
    const std::vector<std::function<void(body::BodyCensus&)>> changes{
        [](auto& c) { c.blood.shed += 1; },
        [](auto& c) { c.blood.died[1] += 1; },
        [](auto& c) { c.blood.extravasated += 1; },
        [](auto& c) { c.blood.extravasated_lumped -= 1; },
        [](auto& c) { c.in_blood.flowing_cells += 1; },
        [](auto& c) { c.in_blood.arrested_cells -= 1; },
        [](auto& c) { // shed by the organ, but never received
            c.organs[0].totals.shed += 1;
            c.organs[0].totals.born += 1;
        },
        [](auto& c) { // arrived from nowhere
            c.organs[1].totals.arrived += 1;
            c.organs[1].cells[0][0] += 1;
        }};
    for (const auto& change : changes) {
        EXPECT_THAT(complaint(body_, census, change), HasSubstr("in the blood"));
    }
}

} // namespace paget::test
