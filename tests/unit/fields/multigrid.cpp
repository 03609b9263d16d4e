#include "multigrid.hpp"

#include "support/field_case.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>

namespace paget::fields
{
namespace
{
using namespace testing_fields;

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}
} // namespace

class MultigridOn : public testing::TestWithParam<mesh::Grid>
{
protected:
    std::vector<double> random(std::uint64_t salt) const
    {
        return values_on(grid_.box(), [&](const auto& v) { return random_at(grid_, v, salt) - 0.5; });
    }

    const mesh::Grid grid_ = GetParam();
    const parallel::Communicator comm_ = parallel::Communicator::self();
    const Rates rates_ = scattered_cells(grid_, grid_.box());
};

TEST_P(MultigridOn, CoarsensToASingleCell)
{
    const std::array<bool, 6> held{};
    const auto shapes = level_shapes(mesh::Partition(grid_, {1, 1, 1}), 0, {250.0, 100.0, 900.0}, held, 100);
    EXPECT_EQ(shapes.back().cells, (mesh::Index3{1, 1, 1}));
    for (const auto& shape : shapes) {
        for (std::size_t a = 0; a < 3; ++a) {
            double width = 0.0;
            for (const double w : shape.axes[a].width) {
                width += w;
            }
            EXPECT_EQ(width, grid_.voxels[a]) << "every grid covers the organ exactly";
        }
    }
}

TEST_P(MultigridOn, CycleIsSymmetricAndPositive)
{
    StencilOperator stencil(mesh::Partition(grid_, {1, 1, 1}), comm_, oxygen());
    stencil.set_removal(0.1, rates_.loss_per_min);
    Multigrid multigrid(stencil);
    multigrid.update();
    const auto x = random(11);
    const auto y = random(12);
    std::vector<double> bx(x.size());
    std::vector<double> by(x.size());
    multigrid.apply(x.data(), bx.data());
    multigrid.apply(y.data(), by.data());
    const double size = std::sqrt(dot(x, bx) * dot(y, by));
    EXPECT_NEAR(dot(y, bx), dot(x, by), 1e-5 * size); // single precision
    EXPECT_GT(dot(x, bx), 0.0);
    EXPECT_GT(dot(y, by), 0.0);
}

TEST_P(MultigridOn, CyclesAloneConverge)
{
    StencilOperator stencil(mesh::Partition(grid_, {1, 1, 1}), comm_, oxygen());
    stencil.set_removal(0.1, rates_.loss_per_min);
    Multigrid multigrid(stencil);
    multigrid.update();
    std::vector<double> error = random(13); // of A u = 0
    const std::vector<double> none(error.size(), 0.0);
    const auto largest = [](const std::vector<double>& u) {
        return std::fabs(
            *std::max_element(u.begin(), u.end(), [](double a, double b) { return std::fabs(a) < std::fabs(b); }));
    };
    const double before = largest(error);
    constexpr int cycles = 8;
    for (int cycle = 0; cycle < cycles; ++cycle) {
        const auto previous = error;
        const auto sizes = multigrid.improve(stencil, none.data(), error.data(), cycle, false);
        EXPECT_EQ(sizes.solution, largest(error));
        std::vector<double> correction(error.size());
        std::transform(error.begin(), error.end(), previous.begin(), correction.begin(), std::minus<>());
        EXPECT_NEAR(sizes.correction, largest(correction), 1e-12 * before);
    }
    EXPECT_LT(largest(error), before * std::pow(0.25, cycles));
}

TEST_P(MultigridOn, FromZeroTheResidualIsTheRightHandSide)
{
    StencilOperator stencil(mesh::Partition(grid_, {1, 1, 1}), comm_, oxygen());
    stencil.set_removal(0.1, rates_.loss_per_min);
    Multigrid multigrid(stencil);
    multigrid.update();
    const auto rhs = random(14);
    std::vector<double> told(rhs.size(), 0.0);
    std::vector<double> computed(rhs.size(), 0.0);
    multigrid.improve(stencil, rhs.data(), told.data(), 0, true);
    multigrid.improve(stencil, rhs.data(), computed.data(), 0, false);
    EXPECT_EQ(told, computed);
}

INSTANTIATE_TEST_SUITE_P(Shapes, MultigridOn,
                         testing::Values(mesh::Grid{{32, 32, 32}, 20.0}, mesh::Grid{{37, 20, 11}, 20.0},
                                         mesh::Grid{{48, 33, 1}, 20.0}, mesh::Grid{{100, 1, 1}, 20.0},
                                         mesh::Grid{{1, 1, 1}, 20.0}, mesh::Grid{{7, 7, 65}, 20.0},
                                         mesh::Grid{{32, 32, 16}, {20.0, 20.0, 60.0}},
                                         mesh::Grid{{40, 9, 31}, {5.0, 40.0, 13.0}},
                                         mesh::Grid{{64, 33, 1}, {10.0, 35.0, 35.0}}));

} // namespace paget::fields
