// The keys output.*.

#include "paget/output/plan.hpp"

#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"

#include <gtest/gtest.h>

using namespace paget;

namespace
{
output::Plan plan_of(const std::string& text)
{
    config::Catalogue catalogue;
    output::declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(text, "test.ini");
    description.check();
    const output::Plan plan = output::read_plan(description);
    description.throw_if_problems();
    return plan;
}
} // namespace

TEST(OutputPlan, HasDefaults)
{
    const output::Plan plan = plan_of("");
    EXPECT_EQ(plan.series_every, 60 * ticks_per_minute);
    EXPECT_EQ(plan.snapshot_every, 0);
    EXPECT_EQ(plan.sample_ml, 7.5);
}

TEST(OutputPlan, ReadsUnits)
{
    const output::Plan plan =
        plan_of("[output]\nseries_every = 0.5 h\nsnapshot_every = 1 day\nsample_volume = 0.001 L\n");
    EXPECT_EQ(plan.series_every, 30 * ticks_per_minute);
    EXPECT_EQ(plan.snapshot_every, 1440 * ticks_per_minute);
    EXPECT_DOUBLE_EQ(plan.sample_ml, 1.0);
}

TEST(OutputPlan, AnIntervalIsNeverRoundedToNever)
{
    EXPECT_EQ(plan_of("[output]\nseries_every = 1e-6 s\n").series_every, 1);
}
