#include "stencil_operator.hpp"

#include "dense_twin.hpp"
#include "support/field_case.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace paget::fields
{
namespace
{
using namespace testing_fields;

Substance half_held_oxygen()
{
    Substance substance = oxygen();
    substance.walls = {38.0, std::nullopt, std::nullopt, 7.0, 3.0, std::nullopt};
    return substance;
}

class StencilOperatorOn : public testing::TestWithParam<mesh::Grid>
{
protected:
    const mesh::Grid grid_ = GetParam();
    const mesh::Partition partition_{grid_, {1, 1, 1}};
    const parallel::Communicator comm_ = parallel::Communicator::self();
    const Rates rates_ = scattered_cells(grid_, grid_.box());
    const std::vector<double> u_ = values_on(grid_.box(), [&](const auto& v) { return random_at(grid_, v, 9) - 0.3; });
};
} // namespace

TEST_P(StencilOperatorOn, MultipliesAsTheDenseMatrix)
{
    StencilOperator stencil(partition_, comm_, half_held_oxygen());
    stencil.set_removal(0.1 + 2.0, rates_.loss_per_min);
    std::vector<double> product(u_.size());
    stencil.apply(u_.data(), product.data());
    const auto expected = DenseTwin(grid_, half_held_oxygen(), rates_.reaction(), 2.0).multiply(u_);
    for (std::size_t i = 0; i < u_.size(); ++i) {
        EXPECT_NEAR(product[i], expected[i], 1e-10) << i;
    }
}

TEST_P(StencilOperatorOn, SuppliesAndDiagonalMatchTheDenseMatrix)
{
    StencilOperator stencil(partition_, comm_, half_held_oxygen());
    stencil.set_removal(0.1, rates_.loss_per_min);
    const DenseTwin twin(grid_, half_held_oxygen(), rates_.reaction(), 0.0);
    std::vector<double> rhs = rates_.gain_per_min;
    stencil.add_wall_supply(rhs.data());
    std::vector<double> diagonal(u_.size());
    stencil.diagonal(diagonal.data());
    for (std::size_t i = 0; i < u_.size(); ++i) {
        std::vector<double> unit(u_.size());
        unit[i] = 1.0;
        EXPECT_NEAR(rhs[i], twin.rhs()[i], 1e-10);
        EXPECT_NEAR(diagonal[i], twin.multiply(unit)[i], 1e-10);
    }
}

TEST_P(StencilOperatorOn, RemovalRangeIsExact)
{
    StencilOperator stencil(partition_, comm_, half_held_oxygen());
    stencil.set_removal(0.1, rates_.loss_per_min);
    const auto& loss = rates_.loss_per_min;
    EXPECT_EQ(stencil.removal_range()[0], 0.1 + *std::min_element(loss.begin(), loss.end()));
    EXPECT_EQ(stencil.removal_range()[1], 0.1 + *std::max_element(loss.begin(), loss.end()));
}

INSTANTIATE_TEST_SUITE_P(Shapes, StencilOperatorOn,
                         testing::Values(mesh::Grid{{5, 4, 3}, 20.0}, mesh::Grid{{9, 7, 1}, 20.0},
                                         mesh::Grid{{1, 6, 2}, 20.0}, mesh::Grid{{11, 1, 1}, 20.0},
                                         mesh::Grid{{2, 1, 9}, 20.0}, mesh::Grid{{1, 1, 1}, 20.0},
                                         mesh::Grid{{5, 4, 3}, {20.0, 10.0, 45.0}},
                                         mesh::Grid{{9, 7, 1}, {8.0, 20.0, 50.0}}));

TEST(StencilOperator, ConservesWhatDiffusesBetweenClosedWalls)
{
    const mesh::Grid grid{{12, 9, 7}, 20.0};
    Substance substance = oxygen();
    substance.walls = {};
    const auto comm = parallel::Communicator::self();
    StencilOperator stencil(mesh::Partition(grid, {1, 1, 1}), comm, substance);
    const auto u = values_on(grid.box(), [&](const auto& v) { return random_at(grid, v, 1); });
    std::vector<double> outflow(u.size());
    stencil.apply(u.data(), outflow.data());
    double sum = 0.0;
    for (const double flow : outflow) {
        sum += flow;
    }
    EXPECT_NEAR(sum, 0.0, 1e-9);
}

} // namespace paget::fields
