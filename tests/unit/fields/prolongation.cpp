#include "prolongation.hpp"

#include "level_shape.hpp"

#include "support/field_case.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
/// Centres of the cells of an axis, in voxels.
std::vector<double> centres(const LevelShape& shape, std::size_t axis)
{
    std::vector<double> at;
    double edge = 0.0;
    for (const double width : shape.axes[axis].width) {
        at.push_back(edge + 0.5 * width);
        edge += width;
    }
    return at;
}

class ProlongationOn : public testing::TestWithParam<mesh::Index3>
{
protected:
    /// What becomes of f, given at the centres of the coarse cells, at those of the fine ones: calls see(position of
    /// the fine cell, value) for all of them, for the grid and the next coarser one.
    template <class F, class See>
    void spread(std::size_t level, const std::array<bool, 6>& held, Spread how, F f, See see) const
    {
        const mesh::Grid grid{GetParam(), 20.0};
        const auto shapes = level_shapes(mesh::Partition(grid, {1, 1, 1}), 0, {250.0, 250.0, 250.0}, held, 1);
        const LevelShape& fine = shapes[level];
        const LevelShape& coarse = shapes[level + 1];
        const PaddedBox fine_box = padded_towards(no_neighbours, fine.cells, 2);
        const PaddedBox coarse_box = padded_towards(no_neighbours, coarse.cells, 2);
        std::vector<float> values(coarse_box.size());
        std::vector<float> row(fine_box.row_length());
        const std::vector<float> zeros(fine_box.row_length(), 0.0F);
        for_voxels({{0, 0, 0}, coarse.cells}, [&](const mesh::Index3& v) {
            values[coarse_box.row(v[1], v[2]) + static_cast<std::size_t>(v[0])] = static_cast<float>(
                f(Vec3{centres(coarse, 0)[v[0]], centres(coarse, 1)[v[1]], centres(coarse, 2)[v[2]]}));
        });
        Prolongation prolongation(fine, coarse, held, how);
        for (int k = 0; k < fine.cells[2]; ++k) {
            for (int j = 0; j < fine.cells[1]; ++j) {
                prolongation.add_row(values.data(), coarse_box, fine_box, j, k, nullptr, zeros.data() + 1,
                                     row.data() + 1);
                for (int i = 0; i < fine.cells[0]; ++i) {
                    see({centres(fine, 0)[i], centres(fine, 1)[j], centres(fine, 2)[k]}, row[i + 1]);
                }
            }
        }
    }
};
} // namespace

TEST_P(ProlongationOn, IsExactForLinearFunctionsAwayFromWalls)
{
    const auto linear = [](const Vec3& p) { return 1.0 + 0.5 * p.x - 0.25 * p.y + 2.0 * p.z; };
    for (std::size_t level = 0; level < 2; ++level) {
        const double margin = level == 0 ? 1.0 : 2.0; // half a coarse cell
        const auto& n = GetParam();
        spread(level, {}, Spread::linear, linear, [&](const Vec3& p, float value) {
            const bool inside = p.x >= margin && p.x <= n[0] - margin && p.y >= margin && p.y <= n[1] - margin &&
                                (n[2] == 1 || (p.z >= margin && p.z <= n[2] - margin));
            if (inside) {
                EXPECT_NEAR(value, linear(p), 1e-4) << p.x << ' ' << p.y << ' ' << p.z;
            }
        });
    }
}

TEST_P(ProlongationOn, KeepsConstantsBetweenClosedWallsAndFallsTowardsHeldOnes)
{
    const auto one = [](const Vec3&) { return 1.0; };
    for (const Spread how : {Spread::constant, Spread::linear}) {
        spread(0, {}, how, one, [](const Vec3&, float value) { EXPECT_EQ(value, 1.0F); });
    }
    const std::array<bool, 6> held{true, false, false, false, false, false};
    const bool falls = GetParam()[0] > 1;
    spread(0, held, Spread::linear, one,
           [&](const Vec3& p, float value) { EXPECT_NEAR(value, falls && p.x < 1.0 ? 0.5F : 1.0F, 1e-6); });
}

INSTANTIATE_TEST_SUITE_P(Shapes, ProlongationOn,
                         testing::Values(mesh::Index3{8, 6, 10}, mesh::Index3{13, 7, 9}, mesh::Index3{10, 11, 1},
                                         mesh::Index3{7, 1, 1}));

} // namespace paget::fields
