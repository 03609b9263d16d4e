#include "paget/agents/cell_type.hpp"
#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/organ/description.hpp"

#include "tissue_exchange.hpp"

#include "unit/agents/culture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numeric>

namespace paget::organ
{
namespace
{
using testing::HasSubstr;

/// Blood carries oxygen through the fork of tests/unit/organ_vessels.
constexpr const char* flowing_case = R"(
[field.oxygen]
unit = mmHg
scheme = steady
carried = yes
tissue_solubility = 3e-5 1/mmHg
blood_solubility = 3.1e-5 1/mmHg
binding_capacity = 0.5
binding_half = 5 kPa
binding_hill = 3
wall_resistance = 4:2.45 5:2.00, 8:1.44
[field.il6]
unit = ng/ml
[organ.brain]
voxel = 10 um
size.x = 100 um
size.y = 80 um
size.z = 60 um
vessels.source = file
vessels.flow = pressure
)";

struct Flowing {
    OrganDescription organ;
    std::string problems; ///< one per line as `key: message`
};

Flowing read_flowing(const std::map<std::string, std::string>& keys = {}, const std::string& more = {})
{
    config::Catalogue catalogue;
    agents::declare_parameters(catalogue);
    declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(flowing_case + more, "flowing.ini");
    if (!keys.contains("organ.brain.vessels.file")) {
        description.set_from_command_line("organ.brain.vessels.file", PAGET_TINY_NETWORK);
    }
    for (const auto& [key, value] : keys) {
        description.set_from_command_line(key, value);
    }
    description.check();
    Flowing result;
    result.organ = read_organs(description, read_tissue(description), 1).front();
    for (const config::Problem& problem : description.problems()) {
        result.problems += problem.key + ": " + problem.message + "\n";
    }
    return result;
}

std::string problems_of(const std::string& key, const std::string& value)
{
    return read_flowing({{key, value}}).problems;
}
} // namespace

TEST(BloodFlowKeys, AreReadInTheFieldsUnits)
{
    const Flowing read = read_flowing();
    EXPECT_EQ(read.problems, "");
    EXPECT_EQ(read.organ.flow.source, FlowSource::pressure);
    const BloodCarriage& carriage = read.organ.fields[0].carriage;
    EXPECT_TRUE(carriage.carried);
    EXPECT_DOUBLE_EQ(carriage.tissue_solubility, 3e-5);
    EXPECT_NEAR(carriage.binding_half, 37.503, 1e-3); // 5 kPa in mmHg
    ASSERT_EQ(carriage.walls.size(), 3U);
    EXPECT_NEAR(carriage.walls[1].min_per_um2, 2.0 * 3e-5 / 60.0, 1e-18);
    EXPECT_DOUBLE_EQ(carriage.unit_per_mmhg, 1.0);
    EXPECT_FALSE(read.organ.fields[1].carriage.carried);
}

TEST(BloodFlowKeys, WhereFlowIsNotGivenBloodIsAsBefore)
{
    const Flowing read =
        read_flowing({{"organ.brain.vessels.flow", "none"}, {"field.oxygen.permeability", "100 um/min"}});
    EXPECT_EQ(read.problems, "");
    EXPECT_FALSE(read.organ.fields[0].carriage.carried);
    EXPECT_EQ(read.organ.fields[0].vessel_permeability_um_per_min, 100.0);
    const Flowing carried = read_flowing({{"field.oxygen.permeability", "100 um/min"}});
    EXPECT_EQ(carried.organ.fields[0].vessel_permeability_um_per_min, 0.0);
}

TEST(BloodFlowKeys, SolubilityIsPerUnitOfTheField)
{
    EXPECT_THAT(problems_of("field.oxygen.tissue_solubility", "3e-5 um"), HasSubstr("oxygen.tissue_solubility"));
    EXPECT_THAT(problems_of("field.oxygen.blood_solubility", "0 1/mmHg"), HasSubstr("is not above 0"));
    EXPECT_NEAR(
        read_flowing({{"field.oxygen.tissue_solubility", "3e-5 1/kPa"}}).organ.fields[0].carriage.tissue_solubility,
        4e-6, 1e-8);
}

TEST(BloodFlowKeys, ATableOfWallsThatIsNoneIsRefused)
{
    for (const char* table : {"4", "4:2 3:1", "4:2 5:0", "4:2 x", "4:2:1", "-4:2"}) {
        EXPECT_THAT(problems_of("field.oxygen.wall_resistance", table), HasSubstr("DIAMETER:RESISTANCE")) << table;
    }
    EXPECT_THAT(problems_of("field.oxygen.wall_resistance", ""), HasSubstr("nothing passes the walls"));
}

TEST(BloodFlowKeys, ContradictionsAreRefused)
{
    EXPECT_THAT(problems_of("field.oxygen.scheme", "implicit"), HasSubstr("must be steady where blood carries"));
    EXPECT_THAT(problems_of("field.oxygen.binding_half", "0 mmHg"), HasSubstr("always be full"));
    EXPECT_THAT(problems_of("field.oxygen.diffusivity", "0 um^2/s"), HasSubstr("Give a diffusivity"));
    EXPECT_THAT(problems_of("field.oxygen.carried", "no"), HasSubstr("blood carries none of the fields"));
    EXPECT_THAT(
        read_flowing({{"organ.brain.vessels.source", "capillary_bed"}, {"organ.brain.vessels.flow", "file"}}).problems,
        HasSubstr("no nodes at which blood"));
    EXPECT_THAT(read_flowing({{"organ.brain.vessels.source", "capillary_bed"},
                              {"organ.brain.vessels.inflow_pressure", "10 mmHg"}})
                    .problems,
                HasSubstr("blood would not flow that way"));
    // The file's flows do not add up at its fork: 2 nl/min come, 1.25 go.
    EXPECT_THAT(problems_of("organ.brain.vessels.flow", "file"), HasSubstr("node 40: 2 nl/min come and 1.25 go"));
}

TEST(BloodFlowKeys, WhatWouldDoNothingIsRefused)
{
    for (const char* key : {"vessels.flow_factor", "vessels.plasma_viscosity"}) {
        const std::string problems =
            read_flowing({{"organ.brain.vessels.flow", "none"}, {std::string("organ.brain.") + key, "2"}}).problems;
        EXPECT_THAT(problems, HasSubstr(std::string("organ.brain.") + key + ": ")) << key;
        EXPECT_THAT(problems, HasSubstr("Set organ.brain.vessels.flow")) << key;
    }
    EXPECT_THAT(problems_of("field.il6.binding_capacity", "0.1"),
                HasSubstr("field.il6.binding_capacity: is given, but blood does not carry the field along the vessels "
                          "(it would do nothing). Set 'carried = yes', or leave it out."));
    EXPECT_THAT(problems_of("organ.brain.il6.binding_hill", "3"), HasSubstr("organ.brain.il6.binding_hill: is given"));
    EXPECT_EQ(problems_of("field.il6.binding_capacity", "0"), "") << "what is as without the key is in resolved cases";
}

TEST(BloodFlowKeys, AMarginTakesUpNothing)
{
    const Flowing read = read_flowing({{"organ.brain.tissue_margin", "20 um"},
                                       {"field.oxygen.tissue_uptake", "3 1/min"},
                                       {"field.il6.tissue_release", "2 ng/ml/min"}});
    EXPECT_EQ(read.problems, "");
    const mesh::Grid& grid = read.organ.grid;
    const auto comm = parallel::Communicator::self();
    const std::vector<agents::CellType> types{agents::test::resting_type()};
    TissueDescription tissue;
    tissue.types = types;
    tissue.exchange.resize(1, std::vector<CellExchange>(2));
    const agents::Population none(mesh::Partition(grid, {1, 1, 1}), comm, types, OrganKey{}, RandomNumbers(1), {});
    const auto rates = exchange_rates(none, tissue, read.organ.fields,
                                      VesselMap(read.organ.vessels, grid, grid.box(), 0.0), grid, grid.box(), {});
    const auto sum = [](const std::vector<double>& v) { return std::accumulate(v.begin(), v.end(), 0.0); };
    EXPECT_DOUBLE_EQ(sum(rates[0].loss_per_min), 3.0 * 6 * 4 * 2); // 10 x 8 x 6 voxels, two at each face left out
    EXPECT_DOUBLE_EQ(sum(rates[1].gain_per_min), 2.0 * 6 * 4 * 2);
    EXPECT_EQ(rates[0].loss_per_min[grid.box().offset({2, 2, 2})], 3.0);
    EXPECT_EQ(rates[0].loss_per_min[grid.box().offset({1, 2, 2})], 0.0);
}

} // namespace paget::organ
