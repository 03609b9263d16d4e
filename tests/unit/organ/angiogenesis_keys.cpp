#include "paget/agents/cell_type.hpp"
#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/organ/description.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace paget::organ
{
namespace
{
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* growing_text = R"(
[field.vegf]
unit = ng/ml
[organ.breast]
vessels.source = capillary_bed
vessels.flow = pressure
angiogenesis.field = vegf
angiogenesis.threshold = 2 ug/l
angiogenesis.half = 4 ng/ml
angiogenesis.gradient_half = 10 ng/ml/mm
angiogenesis.interval = 30 min
angiogenesis.speed = 12 um/h
)";

struct Grown {
    OrganDescription organ;
    std::string problems; ///< one per line as `key: message`
};

Grown read_growing(const std::map<std::string, std::string>& keys = {}, const std::string& more = {})
{
    config::Catalogue catalogue;
    agents::declare_parameters(catalogue);
    declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(growing_text + more, "growing.ini");
    for (const auto& [key, value] : keys) {
        description.set_from_command_line(key, value);
    }
    description.check();
    Grown read;
    read.organ = read_organs(description, read_tissue(description), 1).at(0);
    for (const config::Problem& problem : description.problems()) {
        read.problems += problem.key + ": " + problem.message + "\n";
    }
    return read;
}

std::string problems_of_growing(const std::string& key, const std::string& value)
{
    return read_growing({{"organ.breast." + key, value}}).problems;
}
} // namespace

TEST(AngiogenesisKeys, AreReadInTheFieldsUnit)
{
    const Grown read = read_growing();
    EXPECT_THAT(read.problems, IsEmpty());
    const Angiogenesis& rules = read.organ.angiogenesis;
    EXPECT_TRUE(rules.on());
    EXPECT_NEAR(rules.threshold, 2.0, 1e-12);
    EXPECT_NEAR(rules.half, 4.0, 1e-12);
    EXPECT_NEAR(rules.gradient_half_per_um, 0.01, 1e-12);
    EXPECT_EQ(rules.interval, 30 * ticks_per_minute);
    EXPECT_NEAR(rules.tip_speed_um_per_min, 0.2, 1e-12);
    EXPECT_EQ(rules.response(1.9), 0.0);
    EXPECT_NEAR(rules.response(6.0), 0.5, 1e-12);
    EXPECT_FALSE(read.organ.vessels.boundary.empty());
}

TEST(AngiogenesisKeys, WithoutAFieldTheyDoNothing)
{
    const Grown read =
        read_growing({{"organ.breast.angiogenesis.field", "none"}, {"organ.breast.vessels.flow", "none"}});
    EXPECT_FALSE(read.organ.angiogenesis.on());
    EXPECT_TRUE(read.organ.vessels.nodes.empty());
    for (const char* key : {"threshold", "half", "gradient_half", "interval", "speed"}) {
        EXPECT_THAT(read.problems, HasSubstr("organ.breast.angiogenesis." + std::string(key) + ": is given, but"));
    }
    EXPECT_THAT(problems_of_growing("vessels.inflow_pressure", "10 mmHg"), HasSubstr("would not flow that way"));
    EXPECT_THAT(
        read_growing({{"organ.breast.vessels.inflow_pressure", "30 mmHg"}, {"organ.breast.vessels.flow", "none"}})
            .problems,
        HasSubstr("inflow_pressure: is given, but blood does not flow by pressure"));
}

TEST(AngiogenesisKeys, WhatCannotGrowIsRefused)
{
    EXPECT_THAT(problems_of_growing("angiogenesis.field", "vegff"), HasSubstr("no field 'vegff' in this case"));
    EXPECT_THAT(problems_of_growing("angiogenesis.half", "0 ng/ml"), HasSubstr("is not above 0"));
    EXPECT_THAT(problems_of_growing("angiogenesis.gradient_half", "3 ng/ml"), HasSubstr("gradient_half"));
    EXPECT_THAT(problems_of_growing("angiogenesis.blocker", "bevacizumab"), HasSubstr("no drug of this case"));
    EXPECT_THAT(problems_of_growing("angiogenesis.blocker_kd", "3 mg/l"), HasSubstr("no drug binds the field"));
    EXPECT_THAT(problems_of_growing("angiogenesis.reopening_pressure", "2"),
                HasSubstr("closed vessels would open at once"));
    EXPECT_THAT(problems_of_growing("vessels.flow", "none"), HasSubstr("Set organ.breast.vessels.flow = pressure"));
    EXPECT_THAT(problems_of_growing("vessels.source", "none"), HasSubstr("has no vessels"));
    EXPECT_THAT(problems_of_growing("size.z", "20 um"), HasSubstr("2-D organ"));
    EXPECT_THAT(problems_of_growing("vessels.haematocrit", "file"), HasSubstr("mixed or separated"));
    EXPECT_THAT(problems_of_growing("angiogenesis.speed", "3 ng/ml"), HasSubstr("speed"));
}

} // namespace paget::organ
