#include "brick_sums.hpp"

#include "support/field_case.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace paget::fields
{
namespace
{
using namespace testing_fields;

long double plain_dot(const std::vector<double>& a, const std::vector<double>& b)
{
    long double sum = 0.0L;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += static_cast<long double>(a[i]) * static_cast<long double>(b[i]);
    }
    return sum;
}
} // namespace

class BrickSumsOn : public testing::TestWithParam<mesh::Index3>
{
protected:
    std::vector<double> values(std::uint64_t salt) const
    {
        return values_on(grid_.box(), [&](const auto& v) { return random_at(grid_, v, salt) - 0.4; });
    }

    const mesh::Grid grid_{GetParam(), 20.0};
    const parallel::Communicator comm_ = parallel::Communicator::self();
};

TEST_P(BrickSumsOn, DotsAgreeWithAPlainLoop)
{
    BrickSums sums(grid_, grid_.box(), comm_);
    const auto a = values(1);
    const auto b = values(2);
    const auto expected = static_cast<double>(plain_dot(a, b));
    EXPECT_NEAR(sums.dot(a.data(), b.data()), expected, 1e-13 * static_cast<double>(a.size()));
    std::array<double, 2> two{};
    const std::array<const double*, 2> operands{b.data(), a.data()};
    sums.dots(a.data(), operands, two);
    EXPECT_EQ(two[0], sums.dot(a.data(), b.data())) << "one at a time and together: the same bits";
    EXPECT_EQ(two[1], sums.dot(a.data(), a.data()));
}

TEST_P(BrickSumsOn, MagnitudesAgreeWithAPlainLoop)
{
    BrickSums sums(grid_, grid_.box(), comm_);
    const auto a = values(3);
    double sum = 0.0;
    double largest = 0.0;
    for (const double x : a) {
        sum += std::fabs(x);
        largest = std::max(largest, std::fabs(x));
    }
    EXPECT_NEAR(sums.sum_of_magnitudes(a.data()), sum, 1e-13 * static_cast<double>(a.size()));
    EXPECT_EQ(sums.largest_magnitude(a.data()), largest);
}

TEST_P(BrickSumsOn, NonFiniteValuesShow)
{
    BrickSums sums(grid_, grid_.box(), comm_);
    auto a = values(3);
    a.back() = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(std::isnan(sums.dot(a.data(), a.data())));
    EXPECT_TRUE(std::isinf(sums.largest_magnitude(a.data())));
}

INSTANTIATE_TEST_SUITE_P(Shapes, BrickSumsOn,
                         testing::Values(mesh::Index3{16, 8, 8}, mesh::Index3{19, 13, 5}, mesh::Index3{7, 20, 1},
                                         mesh::Index3{1, 1, 1}, mesh::Index3{36, 35, 34}, mesh::Index3{80, 65, 52},
                                         mesh::Index3{130, 129, 128}));

} // namespace paget::fields
