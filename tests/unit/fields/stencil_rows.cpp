#include "stencil_rows.hpp"

#include "paget/core/hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

namespace paget::fields
{
namespace
{
constexpr std::size_t cells_of_row = 77; // vectors of any width, and a rest

/// Numbers in [0, 1), one cell before the row and one after it included.
template <class T>
std::vector<T> numbers(std::uint64_t salt)
{
    std::vector<T> row;
    for (std::uint64_t i = 0; i < cells_of_row + 2; ++i) {
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
};
} // namespace

TEST(StencilRows, TheOperatorHasTheBitsOfThePlainExpression)
{
    const Row<double> row;
    std::vector<double> applied(cells_of_row);
    apply_row(cells_of_row, row.rates(), row.values(), row.removal.data() + 1, 0.3, applied.data());
    for (std::size_t i = 0; i < cells_of_row; ++i) {
        const double expected = row.outflow(i) + (row.removal[i + 1] + 0.3) * row.here[i + 1];
        EXPECT_EQ(applied[i], expected);
    }
}

TEST(StencilRows, SinglePrecisionIsLimited)
{
    const std::vector<double> from{0.1, 1e30, 1e31, std::numeric_limits<double>::infinity(), 0.0};
    std::vector<float> out(from.size());
    single_precision_row(from.size(), 1e30, from.data(), out.data());
    EXPECT_EQ(out, (std::vector<float>{0.1F, 1e30F, 1e30F, 1e30F, 0.0F}));
}

TEST(StencilRows, ResidualsHaveTheBitsOfThePlainExpressionAlsoAtTheEnds)
{
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}, cells_of_row}) {
        Row<double> row;
        std::fill(row.low.begin(), row.low.end(), 0.7);
        row.high = row.low;
        row.low[1] = 0.4;
        row.high[count] = 0.5;
        std::vector<double> walls(count, 0.3);
        walls.back() = 0.2;
        walls.front() = 0.1;
        const ResidualRow given{row.values(),
                                row.removal.data() + 1,
                                row.rhs.data() + 1,
                                row.here[0],
                                row.here[count + 1],
                                0.7,
                                0.4,
                                0.5,
                                2.1,
                                2.2,
                                2.3,
                                2.4,
                                0.3,
                                0.1,
                                0.2};
        std::vector<float> residual(count);
        scaled_residual_row(count, 0.125, given, residual.data());
        for (std::size_t i = 0; i < count; ++i) {
            const double applied = row.outflow(i) + (row.removal[i + 1] + walls[i]) * row.here[i + 1];
            EXPECT_EQ(residual[i], static_cast<float>(0.125 * (row.rhs[i + 1] - applied)));
        }
    }
}

TEST(StencilRows, CorrectionsAreAddedAndTheLargestMagnitudesKept)
{
    const std::vector<float> correction = numbers<float>(5);
    std::vector<double> u = numbers<double>(11);
    const std::vector<double> before = u;
    LargestBits largest;
    add_correction_rows(2, 30, 40, -2.0, correction.data(), u.data(), largest); // the rows of u are closer together
    float largest_correction = 0.0F;
    double largest_value = 0.0;
    for (std::size_t i = 0; i < 60; ++i) {
        const float added = correction[i < 30 ? i : i + 10];
        EXPECT_EQ(u[i], before[i] + -2.0 * static_cast<double>(added));
        largest_correction = std::max(largest_correction, std::fabs(added));
        largest_value = std::max(largest_value, std::fabs(u[i]));
    }
    EXPECT_EQ(u[60], before[60]);
    EXPECT_EQ(std::bit_cast<float>(largest.correction), largest_correction);
    EXPECT_EQ(std::bit_cast<double>(largest.solution), largest_value);
}

} // namespace paget::fields
