// Rows of tables: numbers that read back to the same bits, under names that say unit and meaning.

#include "row.hpp"

#include "example_body.hpp"
#include "paget/core/error.hpp"
#include "quantities/quantities.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

using namespace paget;

namespace
{
std::map<std::string, double> numbers_of(const output::Row& row)
{
    std::map<std::string, double> numbers;
    for (const auto& entry : row.entries()) {
        numbers[entry.name] = std::visit([](auto value) { return static_cast<double>(value); }, entry.value);
    }
    return numbers;
}
} // namespace

TEST(Row, DoublesReadBackToTheSameBits)
{
    for (const double x : {0.1, 1.0 / 3.0, 1e-300, 6.02214076e23, -0.0, 5e-324}) {
        output::Row row;
        row.add("x", x);
        const std::string line = row.value_line();
        EXPECT_EQ(std::bit_cast<std::uint64_t>(std::strtod(line.c_str(), nullptr)), std::bit_cast<std::uint64_t>(x));
        EXPECT_LE(line.size(), 25U);
    }
}

TEST(Row, IsReadBackFromItsLine)
{
    output::Row row;
    row.add("time_h", 0.1);
    row.add("cells", std::int64_t{-7});
    row.add("whole", 5.0); // looks like a count, and stays a double
    row.add("zero", -0.0);
    std::string line = row.value_line();
    line.pop_back();
    const output::Row again = row.read(line);
    EXPECT_EQ(again.header_line(), row.header_line());
    EXPECT_EQ(again.value_line(), row.value_line());
    EXPECT_EQ(std::get<double>(again.entries()[2].value), 5.0);
    EXPECT_TRUE(std::signbit(std::get<double>(again.entries()[3].value)));
    for (const char* other : {"", "0.1", "0.1,-7,5", "0.1,-7,5,0,1", "0.1,-7.5,5,0", "0.1,-7,five,0", "0.1,,5,0"}) {
        EXPECT_THROW(row.read(other), FileError) << other;
    }
}

TEST(Row, LinesAreCsv)
{
    output::Row row;
    row.add("time_h", 0.5);
    row.add("a,\"b\"", std::int64_t{-3});
    EXPECT_EQ(row.header_line(), "time_h,\"a,\"\"b\"\"\"\n");
    EXPECT_EQ(row.value_line(), "0.5,-3\n");
}

TEST(Row, UnitsBecomePartsOfNames)
{
    EXPECT_EQ(output::unit_in_name("mmHg"), "mmHg");
    EXPECT_EQ(output::unit_in_name("nmol/l"), "nmol_per_l");
}

TEST(SeriesRow, HasEveryQuantityOnce)
{
    const auto body = test::example_body();
    const output::Row row = output::make_row(test::example_sample(body));
    const auto numbers = numbers_of(row);
    EXPECT_EQ(numbers.size(), row.entries().size()) << "a name is there twice";
    EXPECT_EQ(row.entries().front().name, "time_h");
    const std::map<std::string, double> expected{{"time_h", 1.5},
                                                 {"breast.living", 10},
                                                 {"breast.epithelial.cycling", 6},
                                                 {"breast.hybrid.dormant", 1},
                                                 {"breast.mesenchymal.necrotic", 1},
                                                 {"breast.founded", 8},
                                                 {"breast.born", 12},
                                                 {"breast.died.necrosis", 1},
                                                 {"breast.shed", 9},
                                                 {"lung.arrived", 2},
                                                 {"lung.died.failed_to_colonise", 1},
                                                 {"blood.flowing_cells", 3},
                                                 {"blood.flowing_clusters", 1},
                                                 {"blood.expected_in_7.5_ml", 1.5},
                                                 {"blood.drawn_in_7.5_ml", 2},
                                                 {"blood.died.nk_cell", 1},
                                                 {"breast.self_seeded_share", 0.1},
                                                 {"breast.oxygen.mean_mmHg", 2.5},
                                                 {"breast.vegf.maximum_nmol_per_l", 0.2},
                                                 {"lung.ecm.minimum", 1.0}};
    for (const auto& [name, value] : expected) {
        ASSERT_TRUE(numbers.count(name)) << name;
        EXPECT_EQ(numbers.at(name), value) << name;
    }
}

TEST(SeriesRow, HasPhasesShapesAndProbesIfTheyWereMeasured)
{
    auto body = test::example_body();
    body.tissue.types.resize(1);
    body.tissue.types[0].name = "tumour";
    body.tissue.types[0].cycle.phases = {{"early", 0.1}, {"late", 0.2}};
    auto sample = test::example_sample(body);
    const std::size_t columns = output::make_row(sample).entries().size();
    sample.phases = {{{3, 7}}, {{0, 1}}};
    sample.shapes = {{{10.0, 20.0, 30.0}, 4.0, {1.0, 2.0, 3.0}, {19.0, 38.0, 57.0}, 1234.0}, {}};
    sample.probes = {{"centre", OrganId{1}, {}}};
    sample.probed = {{12.5, 0.25, 0.75}};
    const output::Row row = output::make_row(sample);
    const auto numbers = numbers_of(row);
    EXPECT_EQ(row.entries().size(), columns + 4 + 2 * 11 + 3);
    EXPECT_EQ(numbers.size(), row.entries().size()) << "a name is there twice";
    const std::map<std::string, double> expected{{"breast.tumour.in_early", 3},
                                                 {"breast.tumour.in_late", 7},
                                                 {"lung.tumour.in_late", 1},
                                                 {"breast.centre_y_um", 20},
                                                 {"breast.gyration_um", 4},
                                                 {"breast.low_x_um", 1},
                                                 {"breast.high_z_um", 57},
                                                 {"breast.cell_volume_um3", 1234},
                                                 {"lung.gyration_um", 0},
                                                 {"lung.oxygen.at_centre_mmHg", 12.5},
                                                 {"lung.vegf.at_centre_nmol_per_l", 0.25},
                                                 {"lung.ecm.at_centre", 0.75}};
    for (const auto& [name, value] : expected) {
        ASSERT_TRUE(numbers.count(name)) << name;
        EXPECT_EQ(numbers.at(name), value) << name;
    }
}

TEST(SeriesRow, AnEmptyPrimaryHasNoSelfSeededShare) { EXPECT_EQ(output::returned_share(organ::Census{}), 0.0); }

TEST(SeriesRow, TheBloodSampleIsThatOfItsTime)
{
    const auto body = test::example_body();
    auto census = test::example_census();
    census.in_blood.flowing_cells = 3000;
    const auto sample = output::draw_blood(body, census, 7.5, 100);
    EXPECT_DOUBLE_EQ(sample.expected_cells, 1500.0);
    EXPECT_EQ(output::draw_blood(body, census, 7.5, 100).cells, sample.cells);
    std::set<std::int64_t> draws;
    for (Tick now = 0; now < 10; ++now) {
        draws.insert(output::draw_blood(body, census, 7.5, now).cells);
    }
    EXPECT_GT(draws.size(), 1U) << "ten draws of mean 1500 are all the same (chance below 1e-16)";
}
