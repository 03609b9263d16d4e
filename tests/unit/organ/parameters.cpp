#include "paget/agents/cell_type.hpp"
#include "paget/config/case.hpp"
#include "paget/core/ids.hpp"
#include "paget/organ/description.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace paget::organ
{
namespace
{
using testing::AllOf;
using testing::HasSubstr;

/// A case with one cell type, one organ and a field of mass per volume; `more` is added to it.
constexpr const char* small_case = R"(
[field.oxygen]
unit = mmHg
[field.tgf_beta]
unit = ng/ml
[cell.cancer]
cycle.model = live
[organ.breast]
size.x = 200 um
size.y = 300 um
size.z = 0.4 mm
founders.type = cancer
founders.count = 10
)";

struct Read {
    TissueDescription tissue;
    std::vector<OrganDescription> organs;
    std::string problems; ///< one per line as `key: message`
};

Read read(const std::map<std::string, std::string>& keys = {}, const std::string& more = {})
{
    config::Catalogue catalogue;
    agents::declare_parameters(catalogue);
    declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(small_case + more, "small.ini");
    for (const auto& [key, value] : keys) {
        description.set_from_command_line(key, value);
    }
    description.check();
    Read result;
    result.tissue = read_tissue(description);
    result.organs = read_organs(description, result.tissue, 1);
    for (const config::Problem& problem : description.problems()) {
        result.problems += problem.key + ": " + problem.message + "\n";
    }
    return result;
}

std::string problems_with(const std::string& key, const std::string& value) { return read({{key, value}}).problems; }
} // namespace

TEST(ReadTissue, ConvertsSecretionToTheUnitOfTheField)
{
    // 1 ng/ml um^3 = 1e-21 g, so 1.06e-20 g/s are 10.6 * 60 of it per minute.
    const Read made = read({{"cell.cancer.tgf_beta.secretion", "1.06e-20 g/s"}});
    EXPECT_EQ(made.problems, "");
    for (const double secretion : made.tissue.exchange[0][1].secretion_um3_per_min) {
        EXPECT_NEAR(secretion, 636.0, 1e-9);
    }
    EXPECT_EQ(made.tissue.exchange[0][0].secretion_um3_per_min[0], 0.0);
}

TEST(ReadTissue, StatesMaySecreteDifferently)
{
    const Read made = read(
        {{"cell.cancer.tgf_beta.secretion", "1e-21 g/min"}, {"cell.cancer.tgf_beta.secretion.hybrid", "0.06 zg/s"}});
    EXPECT_EQ(made.problems, "");
    const auto& secretion = made.tissue.exchange[0][1].secretion_um3_per_min;
    EXPECT_NEAR(secretion[0], 1.0, 1e-12);
    EXPECT_NEAR(secretion[1], 3.6, 1e-12);
    EXPECT_NEAR(secretion[2], 1.0, 1e-12);
}

TEST(ReadTissue, ReportsWrongDimensionsWithTheirKey)
{
    for (const auto& [key, value] :
         std::map<std::string, std::string>{{"cell.cancer.tgf_beta.secretion", "3 g"},
                                            {"cell.cancer.oxygen.secretion", "1e-20 g/s"},
                                            {"cell.cancer.tgf_beta.uptake", "3 um"},
                                            {"organ.breast.oxygen.blood", "45 um"},
                                            {"organ.breast.oxygen.initial", "2 ng/ml"},
                                            {"organ.breast.tgf_beta.tissue_release", "1 ng/ml"}}) {
        const std::string problems = problems_with(key, value);
        EXPECT_THAT(problems, HasSubstr(key));
        EXPECT_THAT(problems, HasSubstr("wrong dimension"));
    }
}

TEST(ReadTissue, ReportsAWrongValueOnce)
{
    // The value is read for three states and all organs: one mistake, one message.
    const std::string problems = problems_with("cell.cancer.tgf_beta.secretion", "3 g");
    EXPECT_EQ(problems.find('\n'), problems.size() - 1) << problems;
    const std::string unit = problems_with("field.tgf_beta.unit", "bushels");
    EXPECT_EQ(unit.find("is not a unit"), unit.rfind("is not a unit")) << unit;
}

TEST(ReadTissue, AmountsAndConcentrationsAreNotNegativeNorInfinite)
{
    EXPECT_THAT(problems_with("cell.cancer.tgf_beta.secretion", "-1e-20 g/s"), HasSubstr("must not be negative"));
    EXPECT_THAT(problems_with("organ.breast.oxygen.blood", "-1 mmHg"), HasSubstr("must not be negative"));
    EXPECT_THAT(problems_with("organ.breast.oxygen.blood", "nan mmHg"), HasSubstr("not a number"));
    EXPECT_THAT(problems_with("organ.breast.oxygen.blood", "inf mmHg"), HasSubstr("not a number"));
    EXPECT_THAT(problems_with("organ.breast.oxygen.blood", "1e308 kPa"), HasSubstr("organ.breast.oxygen.blood"));
}

TEST(ReadTissue, ChemotaxisNeedsAFieldOfTheCase)
{
    EXPECT_THAT(problems_with("cell.cancer.chemotaxis.field", "ketchup"), HasSubstr("no field 'ketchup'"));
    const Read made =
        read({{"cell.cancer.chemotaxis.field", "tgf_beta"}, {"cell.cancer.chemotaxis.gradient_half", "50 ng/ml/mm"}});
    EXPECT_EQ(made.problems, "");
    EXPECT_EQ(made.tissue.behaviour[0].chemoattractant, "tgf_beta");
    EXPECT_NEAR(made.tissue.behaviour[0].gradient_half_per_um, 0.05, 1e-15);
}

TEST(ReadTissue, WhatWouldDoNothingIsRefused)
{
    const std::map<std::string, std::string> in_vain{{"chemotaxis.sensitivity", "600 um^2/min"},
                                                     {"chemotaxis.bias", "0.5"},
                                                     {"recruitment.threshold", "0.2"},
                                                     {"recruitment.saturation", "2"},
                                                     {"cycle.spread", "0.2"}};
    for (const auto& [key, value] : in_vain) {
        EXPECT_THAT(problems_with("cell.cancer." + key, value),
                    AllOf(HasSubstr("cell.cancer." + key + ": is given, but no "), HasSubstr("or leave it out.")));
    }
    EXPECT_EQ(problems_with("cell.cancer.cycle.spread", "0.1"), "") << "the default, as in a resolved case";
    EXPECT_EQ(read({{"cell.cancer.cycle.spread", "0.2"}, {"cell.cancer.cycle.timing", "gaussian"}}).problems, "");
    EXPECT_EQ(read({{"cell.cancer.recruitment.threshold", "0.2 ng/ml"}, {"cell.cancer.recruitment.field", "tgf_beta"}})
                  .problems,
              "");
}

TEST(ReadOrgans, NichesThatNobodyPreparesAreRefused)
{
    for (const char* key : {"preparation", "loss"}) {
        EXPECT_THAT(problems_with(std::string("organ.breast.niche.") + key, "2 1/day"),
                    HasSubstr("but not whose tumour prepares the niche"));
    }
    for (const char* key : {"gain", "half_cells"}) {
        EXPECT_THAT(problems_with(std::string("organ.breast.niche.") + key, "7"),
                    HasSubstr("Set organ.breast.niche.prepared_by, or leave it out."));
    }
    EXPECT_EQ(problems_with("organ.breast.niche.gain", "5"), "") << "the default, as in a resolved case";
}

TEST(ReadOrgans, ATableOfFoundersIsNotNeededByARunThatGoesOn)
{
    const auto problems = [](FirstCells first_cells, const std::string& count) {
        config::Catalogue catalogue;
        agents::declare_parameters(catalogue);
        declare_parameters(catalogue);
        config::Case description(catalogue);
        description.read_text(small_case, "small.ini");
        description.set_from_command_line("organ.breast.founders.file", "gone.csv");
        description.set_from_command_line("organ.breast.founders.count", count);
        description.check();
        const auto organs = read_organs(description, read_tissue(description), 1, first_cells);
        EXPECT_EQ(organs.front().founders.front().count, std::stoi(count));
        return description.problems().empty() ? "" : description.problems().front().message;
    };
    EXPECT_EQ(problems(FirstCells::saved_state, "12"), "");
    EXPECT_THAT(problems(FirstCells::founders, "12"), HasSubstr("'gone.csv' cannot be read"));
}

TEST(ReadOrgans, ConvertsBloodAndReleaseToTheFieldsUnit)
{
    const Read made = read({{"field.oxygen.blood", "6 kPa"},
                            {"organ.breast.tgf_beta.tissue_release", "6 pg/ml/h"},
                            {"field.tgf_beta.initial", "3 ug/l"}});
    EXPECT_EQ(made.problems, "");
    const auto& fields = made.organs[0].fields;
    EXPECT_NEAR(fields[0].vessel_concentration, 6.0 * 7.50062, 1e-3);
    EXPECT_NEAR(fields[1].tissue_gain_per_min, 1e-4, 1e-15);
    EXPECT_NEAR(fields[1].substance.initial, 3.0, 1e-12);
    EXPECT_EQ(fields[1].substance.unit, "ng/ml");
}

TEST(ReadOrgans, OrgansInheritTheFieldAndMayDiffer)
{
    const Read made = read({{"field.oxygen.decay", "6 1/h"}, {"organ.lung.oxygen.decay", "1 1/s"}}, "[organ.lung]\n");
    EXPECT_EQ(made.problems, "");
    ASSERT_EQ(made.organs.size(), 2U);
    EXPECT_NEAR(made.organs[0].fields[0].substance.decay_per_min, 0.1, 1e-15);
    EXPECT_NEAR(made.organs[1].fields[0].substance.decay_per_min, 60.0, 1e-12);
}

TEST(ReadOrgans, GridsAreWholeVoxels)
{
    const Read made = read();
    EXPECT_EQ(made.problems, "");
    EXPECT_EQ(made.organs[0].grid.voxels, (mesh::Index3{10, 15, 20}));
    EXPECT_EQ(made.organs[0].grid.spacing_um, (std::array{20.0, 20.0, 20.0}));
    EXPECT_THAT(problems_with("organ.breast.size.x", "210 um"), HasSubstr("whole number"));
    EXPECT_TRUE(read({{"organ.breast.size.z", "20 um"}, {"organ.breast.founders.count", "3"}}).organs[0].grid.planar());
}

TEST(ReadOrgans, WallsAreHeldFaceByFace)
{
    const Read made = read({{"field.oxygen.wall_value", "38 mmHg"}, {"organ.breast.oxygen.wall.x_low", "held"}});
    EXPECT_EQ(made.problems, "");
    const auto& walls = made.organs[0].fields[0].substance.walls;
    EXPECT_EQ(walls[0], 38.0);
    for (std::size_t face = 1; face < 6; ++face) {
        EXPECT_FALSE(walls[face].has_value());
    }
    const Read flat = read({{"field.oxygen.walls", "held"}, {"organ.breast.size.z", "20 um"}});
    EXPECT_TRUE(flat.organs[0].fields[0].substance.walls[3].has_value());
    EXPECT_FALSE(flat.organs[0].fields[0].substance.walls[4].has_value()); // no walls across a plane
}

TEST(ReadOrgans, FoundersMustFitAndBeOfAKnownType)
{
    EXPECT_THAT(problems_with("organ.breast.niche.prepared_by", "breast"), HasSubstr("is no other organ"));
    EXPECT_THAT(problems_with("organ.breast.niche.preparation", "1 1/day"), HasSubstr("not whose tumour"));
    EXPECT_THAT(problems_with("organ.breast.founders.type", "benign"), HasSubstr("'benign' is not a cell type"));
    EXPECT_THAT(problems_with("organ.breast.founders.count", "100000"), HasSubstr("do not fit"));
    const Read shares = read({{"organ.breast.founders.hybrid", "0.6"}, {"organ.breast.founders.mesenchymal", "0.6"}});
    EXPECT_THAT(shares.problems, HasSubstr("sum to more than 1"));
    EXPECT_EQ(read().organs[0].founders.size(), 1U);
    EXPECT_TRUE(read({{"organ.breast.founders.count", "0"}}).organs[0].founders.empty());
}

TEST(ReadOrgans, OrgansWithEqualKeysAreRefused)
{
    std::map<OrganKey, std::string> seen; // by the birthday problem two of some hundred names agree in 16 bits
    std::string first;
    std::string second;
    for (int i = 0; second.empty(); ++i) {
        const std::string name = std::string("o").append(std::to_string(i));
        const auto [other, fresh] = seen.emplace(organ_key(name), name);
        if (!fresh) {
            first = other->second;
            second = name;
        }
    }
    const Read made = read({}, "[organ." + first + "]\n[organ." + second + "]\n");
    EXPECT_THAT(made.problems, HasSubstr("organ." + second + ": has the same key"));
    EXPECT_THAT(made.problems, HasSubstr("'" + first + "'"));
}

TEST(ReadOrgans, VesselFilesMustBeNamedAndReadable)
{
    EXPECT_THAT(problems_with("organ.breast.vessels.source", "file"), HasSubstr("no file is named"));
    const Read missing = read({{"organ.breast.vessels.source", "file"}, {"organ.breast.vessels.file", "no/such.dat"}});
    EXPECT_THAT(missing.problems, HasSubstr("organ.breast.vessels.file"));
    EXPECT_FALSE(read({{"organ.breast.vessels.source", "capillary_bed"}}).organs[0].vessels.segments.empty());
}

} // namespace paget::organ
