#include "stencil_rows.hpp"

#include "paget/core/hash.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace paget::fields
{
namespace
{
constexpr std::size_t cells = 77; // vectors of any width, and a rest

/// Numbers in [0, 1), one cell before the row and one after it included.
template <class T>
std::vector<T> numbers(std::uint64_t salt)
{
    std::vector<T> row;
    for (std::uint64_t i = 0; i < cells + 2; ++i) {
        row.push_back(static_cast<T>(static_cast<double>(mix64(mix64(i) ^ mix64(salt)) >> 11U) * 0x1p-53));
    }
    return row;
}

/// Rows with rates that differ from cell to cell. The plain twins below are what one would write for a single cell.
template <class T>
struct Row {
    std::vector<T> low = numbers<T>(1), high = numbers<T>(2), both = numbers<T>(3), removal = numbers<T>(4),
                   rhs = numbers<T>(5), here = numbers<T>(6), y_low = numbers<T>(7), y_high = numbers<T>(8),
                   z_low = numbers<T>(9), z_high = numbers<T>(10);

    RowRates<T> rates() const
    {
        return {low.data() + 1, high.data() + 1, both.data() + 1, T(2.1), T(2.2), T(2.3), T(2.4), T(9.0)};
    }
    RowValues<T> values() const
    {
        return {here.data() + 1, y_low.data() + 1, y_high.data() + 1, z_low.data() + 1, z_high.data() + 1};
    }
    T outflow(std::size_t i) const
    {
        const std::size_t at = i + 1;
        const T u = here[at];
        const T x = low[at] * (u - here[at - 1]) + high[at] * (u - here[at + 1]);
        const T y = T(2.1) * (u - y_low[at]) + T(2.2) * (u - y_high[at]);
        const T z = T(2.3) * (u - z_low[at]) + T(2.4) * (u - z_high[at]);
        return x + (y + z);
    }
    T residual(std::size_t i) const { return rhs[i + 1] - (outflow(i) + removal[i + 1] * here[i + 1]); }
    T diagonal(std::size_t i) const { return (both[i + 1] + T(9.0)) + removal[i + 1]; }
};
} // namespace

TEST(StencilRows, SmoothingStepsHaveTheBitsOfThePlainExpression)
{
    const Row<float> row;
    std::vector<float> from_zero(cells);
    std::vector<float> step(cells);
    step_row_from_zero(cells, 0.7F, row.rates(), row.removal.data() + 1, row.rhs.data() + 1, from_zero.data());
    step_row(cells, 0.7F, row.rates(), row.values(), row.removal.data() + 1, row.rhs.data() + 1, step.data());
    for (std::size_t i = 0; i < cells; ++i) {
        EXPECT_EQ(from_zero[i], 0.7F * (row.rhs[i + 1] / row.diagonal(i)));
        EXPECT_EQ(step[i], row.here[i + 1] + 0.7F * (row.residual(i) / row.diagonal(i)));
    }
}

TEST(StencilRows, ResidualsHaveTheBitsOfThePlainExpression)
{
    const Row<float> row;
    const std::vector<float> weights = numbers<float>(12);
    for (const bool weighted : {false, true}) {
        std::vector<float> sum(cells, 0.5F);
        add_residual_row(cells, 0.25F, weighted ? weights.data() : nullptr, row.rates(), row.values(),
                         row.removal.data() + 1, row.rhs.data() + 1, sum.data());
        for (std::size_t i = 0; i < cells; ++i) {
            const float weight = weighted ? weights[i] : 1.0F;
            EXPECT_EQ(sum[i], 0.5F + 0.25F * (row.residual(i) * weight));
        }
    }
}

TEST(StencilRows, WeightedSumsHaveTheBitsOfThePlainExpression)
{
    const Row<float> row;
    std::vector<float> removed(cells, 0.5F);
    std::vector<float> kept(cells, 0.25F);
    std::vector<float> sum(cells);
    add_removal_row(cells, 0.5F, 3.0F, row.removal.data() + 1, removed.data(), kept.data());
    add_weighted_row(cells, row.low.data() + 1, row.here.data() + 1, row.rhs.data() + 1, sum.data());
    for (std::size_t i = 0; i < cells; ++i) {
        const float weight = 3.0F / (3.0F + row.removal[i + 1]);
        EXPECT_EQ(removed[i], 0.5F + (0.5F * weight) * row.removal[i + 1]);
        EXPECT_EQ(kept[i], 0.25F + 0.5F * weight);
        EXPECT_EQ(sum[i], row.here[i + 1] + row.rhs[i + 1] * row.low[i + 1]);
    }
}

TEST(StencilRows, TheOperatorHasTheBitsOfThePlainExpression)
{
    const Row<double> row;
    std::vector<double> applied(cells);
    std::vector<float> residual(cells);
    apply_row(cells, row.rates(), row.values(), row.removal.data() + 1, 0.3, applied.data());
    scaled_residual_row(cells, 0.125, row.rates(), row.values(), row.removal.data() + 1, 0.3, row.rhs.data() + 1,
                        residual.data());
    for (std::size_t i = 0; i < cells; ++i) {
        const double expected = row.outflow(i) + (row.removal[i + 1] + 0.3) * row.here[i + 1];
        EXPECT_EQ(applied[i], expected);
        EXPECT_EQ(residual[i], static_cast<float>(0.125 * (row.rhs[i + 1] - expected)));
    }
}

TEST(StencilRows, CorrectionsAreAddedAndTheLargestValueKept)
{
    const Row<float> row;
    std::vector<double> u = numbers<double>(11);
    std::vector<double> largest(cells, 0.6);
    const std::vector<double> before = u;
    add_correction_row(cells, -2.0, row.rhs.data(), u.data(), largest.data());
    for (std::size_t i = 0; i < cells; ++i) {
        EXPECT_EQ(u[i], before[i] + -2.0 * static_cast<double>(row.rhs[i]));
        EXPECT_EQ(largest[i], std::max(0.6, std::fabs(u[i])));
    }
}

} // namespace paget::fields
