// The keys output.*.

#include "paget/output/plan.hpp"

#include "paget/body/description.hpp"
#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace paget;

namespace
{
using testing::HasSubstr;

const std::string organs = "[organ.breast]\n[organ.lung]\n";

output::Plan plan_of(const std::string& text)
{
    config::Catalogue catalogue;
    body::declare_parameters(catalogue);
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
    EXPECT_EQ(plan.tracks_every, 0);
    EXPECT_FALSE(plan.phases);
    EXPECT_FALSE(plan.shape);
    EXPECT_TRUE(plan.probes.empty());
}

TEST(OutputPlan, RefusesNamesThatOutputsUse)
{
    for (const char* section : {"field.ecm", "organ.blood", "organ.unresolved", "cell.epithelial", "cell.hybrid"}) {
        try {
            plan_of(organs + "[" + section + "]\n");
            ADD_FAILURE() << section << " is accepted";
        } catch (const InputError& error) {
            EXPECT_THAT(error.what(), HasSubstr(std::string("test.ini:3: ") + section + ": '"));
            EXPECT_THAT(error.what(), HasSubstr("(two columns would have one name)"));
        }
    }
}

TEST(OutputPlan, ReadsProbes)
{
    const output::Plan plan = plan_of(organs + "[probe]\ncorner = lung 10 20,30\nmiddle = breast 0.1 0.2 0.15 mm\n");
    ASSERT_EQ(plan.probes.size(), 2U);
    EXPECT_EQ(plan.probes[0].name, "corner");
    EXPECT_EQ(plan.probes[0].organ, OrganId{1});
    EXPECT_EQ(plan.probes[0].position_um, (Vec3{10.0, 20.0, 30.0}));
    EXPECT_EQ(plan.probes[1].organ, OrganId{0});
    EXPECT_NEAR(plan.probes[1].position_um.y, 200.0, 1e-9);
}

TEST(OutputPlan, RefusesProbesThatReadNothing)
{
    const auto refusal = [](const std::string& probe) {
        try {
            plan_of(organs + "[probe]\np = " + probe + "\n");
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_THAT(refusal("lung 1 2"), HasSubstr("test.ini:4: probe.p: names no point"));
    EXPECT_THAT(refusal("liver 1 2 3"), HasSubstr("'liver' is not an organ of this case (its fields are to be read). "
                                                  "Name one of: breast, lung"));
    EXPECT_THAT(refusal("lung 1 2 9999 um"), HasSubstr("z = 9999 um is outside 'lung'"));
    EXPECT_THAT(refusal("lung 1 -2 3 um"), HasSubstr("y = -2 um is outside 'lung'"));
    EXPECT_THAT(refusal("lung 1 2 3 mmHg"), HasSubstr("dimension"));
    EXPECT_THAT(refusal("lung 1 far 3 um"), HasSubstr("far"));
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
