#include "paget/fields/concentration.hpp"

#include "support/field_case.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
const mesh::Grid grid{{6, 5, 4}, 10.0};

double linear(const mesh::Index3& v) { return 2.0 * v[0] - 3.0 * v[1] + 5.0 * v[2]; }
} // namespace

TEST(Concentration, GradientOfALinearFieldIsExactInsideAndHalvedAtWalls)
{
    const auto comm = parallel::Communicator::self();
    Concentration field(mesh::Partition(grid, {1, 1, 1}), comm, 0.0);
    field.assign(values_on(grid.box(), linear));
    EXPECT_EQ(field.gradient_per_um({2, 2, 1}), (Vec3{0.2, -0.3, 0.5}));
    EXPECT_EQ(field.gradient_per_um({0, 2, 1}), (Vec3{0.1, -0.3, 0.5}));
    EXPECT_EQ(field.gradient_per_um({5, 4, 3}), (Vec3{0.1, -0.15, 0.25}));
}

TEST(Concentration, OutsideIsTheMirrorOfTheNearestVoxel)
{
    const auto comm = parallel::Communicator::self();
    Concentration field(mesh::Partition(grid, {1, 1, 1}), comm, 0.0);
    field.assign(values_on(grid.box(), linear));
    EXPECT_EQ(field.at({-1, 2, 3}), linear({0, 2, 3}));
    EXPECT_EQ(field.at({6, 5, 4}), linear({5, 4, 3}));
    EXPECT_EQ(field.at({-1, -1, -1}), linear({0, 0, 0}));
}

TEST(Concentration, NothingChangesAlongZIn2d)
{
    const mesh::Grid layer{{6, 5, 1}, 10.0};
    const auto comm = parallel::Communicator::self();
    Concentration field(mesh::Partition(layer, {1, 1, 1}), comm, 0.0);
    field.assign(values_on(layer.box(), linear));
    EXPECT_EQ(field.gradient_per_um({2, 2, 0}), (Vec3{0.2, -0.3, 0.0}));
}

TEST(Concentration, CopiesOutWhatWasAssigned)
{
    const auto comm = parallel::Communicator::self();
    Concentration field(mesh::Partition(grid, {1, 1, 1}), comm, 1.5);
    EXPECT_EQ(field.owned(), std::vector<double>(120, 1.5));
    const auto values = values_on(grid.box(), linear);
    field.assign(values);
    EXPECT_EQ(field.owned(), values);
}

TEST(Concentration, ClipsOnlyWhatIsNegative)
{
    const auto comm = parallel::Communicator::self();
    Concentration field(mesh::Partition(grid, {1, 1, 1}), comm, 1.5);
    auto values = values_on(grid.box(), linear);
    std::vector<double> expected = values;
    std::replace_if(
        expected.begin(), expected.end(), [](double u) { return u < 0.0; }, 0.0);
    EXPECT_NE(values, expected);
    field.assign_clipped(values);
    EXPECT_EQ(values, expected);
    EXPECT_EQ(field.owned(), expected);
    EXPECT_EQ(field.at({-1, 4, 0}), 0.0);
}

} // namespace paget::fields
