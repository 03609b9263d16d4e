#include "plane_runs.hpp"

#include "paget/core/hash.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace paget::fields
{
namespace
{
constexpr std::size_t cells = 77; // vectors of any width, and a rest
constexpr std::size_t row = 40;

/// Numbers in [0, 1) for the run, a row before it and one after it.
std::vector<float> numbers(std::uint64_t salt)
{
    std::vector<float> run;
    for (std::uint64_t i = 0; i < cells + 2 * row; ++i) {
        run.push_back(static_cast<float>(static_cast<double>(mix64(mix64(i) ^ mix64(salt)) >> 11U) * 0x1p-53));
    }
    return run;
}

/// A run with all that belongs to it. The plain twins are what one would write for a single cell.
struct Plane {
    std::array<std::vector<float>, 4> rate{numbers(1), numbers(2), numbers(3), numbers(4)};
    std::vector<float> inverse = numbers(5), rhs = numbers(6), removal = numbers(7), weights = numbers(8),
                       here = numbers(9), z_low = numbers(10), z_high = numbers(11);
    bool equal;

    explicit Plane(bool rates_are_equal) : equal(rates_are_equal) {}

    RunRates rates() const
    {
        RunRates rates;
        rates.x = 2.1F;
        rates.y = 2.2F;
        rates.z_low = 2.3F;
        rates.z_high = 2.4F;
        if (!equal) {
            rates.x_low = rate[0].data();
            rates.x_high = rate[1].data();
            rates.y_low = rate[2].data();
            rates.y_high = rate[3].data();
        }
        return equal ? rates : rates.after(row);
    }
    RunValues values() const { return {here.data() + row, z_low.data() + row, z_high.data() + row, row}; }

    /// What comes from the neighbours of a cell whose own value counts as `own`.
    float exchanged(std::size_t i, float own, float sign) const
    {
        const std::size_t at = i + row;
        const auto part = [&](float value) { return sign * (value - own); };
        const float z = 2.3F * part(z_low[at]) + 2.4F * part(z_high[at]);
        if (equal) {
            return 2.1F * (part(here[at - 1]) + part(here[at + 1])) +
                   (2.2F * (part(here[at - row]) + part(here[at + row])) + z);
        }
        const float x = rate[0][at] * part(here[at - 1]) + rate[1][at] * part(here[at + 1]);
        const float y = rate[2][at] * part(here[at - row]) + rate[3][at] * part(here[at + row]);
        return x + (y + z);
    }
};
} // namespace

class PlaneRuns : public testing::TestWithParam<bool>
{
};

TEST_P(PlaneRuns, StepsHaveTheBitsOfThePlainExpression)
{
    const Plane plane(GetParam());
    std::vector<float> from_zero(cells);
    std::vector<float> step(cells);
    const float* inverse = plane.inverse.data() + row;
    const float* rhs = plane.rhs.data() + row;
    step_run_from_zero(cells, 0.7F, inverse, rhs, from_zero.data());
    step_run(cells, 0.7F, plane.rates(), plane.values(), inverse, rhs, step.data());
    for (std::size_t i = 0; i < cells; ++i) {
        const float u = plane.here[i + row];
        EXPECT_EQ(from_zero[i], 0.7F * (inverse[i] * rhs[i]));
        EXPECT_EQ(step[i], u + 0.7F * (inverse[i] * (rhs[i] + plane.exchanged(i, 0.0F, 1.0F)) - u));
    }
}

TEST_P(PlaneRuns, ResidualsHaveTheBitsOfThePlainExpression)
{
    const Plane plane(GetParam());
    for (const bool weighted : {false, true}) {
        std::vector<float> sum(cells, 0.5F);
        const float* removal = plane.removal.data() + row;
        const float* rhs = plane.rhs.data() + row;
        const float* weights = plane.weights.data() + row;
        add_residual_run(cells, 0.25F, weighted ? weights : nullptr, plane.rates(), plane.values(), removal, rhs,
                         sum.data());
        std::vector<float> first(cells, 0.5F);
        residual_run(cells, 0.25F, weighted ? weights : nullptr, plane.rates(), plane.values(), removal, rhs,
                     first.data());
        for (std::size_t i = 0; i < cells; ++i) {
            const float u = plane.here[i + row];
            const float residual = rhs[i] - (plane.exchanged(i, u, -1.0F) + removal[i] * u);
            EXPECT_EQ(sum[i], 0.5F + 0.25F * (residual * (weighted ? weights[i] : 1.0F)));
            EXPECT_EQ(first[i], 0.25F * (residual * (weighted ? weights[i] : 1.0F)));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(EqualOrNot, PlaneRuns, testing::Bool());

TEST(PlaneRows, SumsHaveTheBitsOfThePlainExpression)
{
    const Plane plane(true);
    const auto& [a, b, shares, other] = plane.rate;
    std::vector<float> merged(30);
    std::vector<float> inverse(cells);
    std::vector<float> removed(cells, 0.5F);
    std::vector<float> kept(cells, 0.25F);
    merge_rows(30, 0.4F, a.data(), 0.6F, b.data(), shares.data(), merged.data());
    invert_diagonal_row(cells, 3.0F, a.data(), plane.removal.data(), inverse.data());
    add_removal_row(cells, 0.5F, 3.0F, plane.removal.data(), removed.data(), kept.data());
    std::vector<float> all(cells, 0.5F);
    add_removal_row(cells, 0.5F, 3.0F, plane.removal.data(), all.data(), nullptr);
    for (std::size_t p = 0; p < merged.size(); ++p) {
        const float low = 0.4F * a[2 * p] + 0.6F * b[2 * p];
        const float high = 0.4F * a[2 * p + 1] + 0.6F * b[2 * p + 1];
        EXPECT_EQ(merged[p], shares[2 * p] * low + shares[2 * p + 1] * high);
    }
    for (std::size_t i = 0; i < cells; ++i) {
        const float weight = 3.0F / (3.0F + plane.removal[i]);
        EXPECT_EQ(inverse[i], 1.0F / ((a[i] + 3.0F) + plane.removal[i]));
        EXPECT_EQ(removed[i], 0.5F + (0.5F * weight) * plane.removal[i]);
        EXPECT_EQ(kept[i], 0.25F + 0.5F * weight);
        EXPECT_EQ(all[i], 0.5F + 0.5F * plane.removal[i]);
    }
}

TEST(PlaneRows, InterpolationHasTheBitsOfThePlainExpression)
{
    const Plane plane(true);
    const std::vector<float>& e = plane.rate[0];
    const std::vector<float>& beside = plane.rate[1];
    const std::vector<float>& above = plane.rate[2];
    const PairShares shares{0.25F, 0.375F};
    const ParentRows rows{e.data() + 1, beside.data() + 1, above.data() + 1, 0.25F, 0.2F, 0.9F};
    for (const float* weights : {static_cast<const float*>(nullptr), plane.weights.data()}) {
        std::vector<float> out(60);
        add_to_pairs(30, rows, shares, weights, plane.here.data(), out.data());
        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::size_t p = i / 2 + 1;
            const std::size_t beyond = i % 2 == 0 ? p - 1 : p + 1;
            const float across = 0.9F * (e[p] + (0.25F * (beside[p] - e[p]) + 0.2F * (above[p] - e[p])));
            const float share = i % 2 == 0 ? shares.first : shares.second;
            const float value = across + share * (0.9F * e[beyond] - 0.9F * e[p]);
            EXPECT_EQ(out[i], plane.here[i] + value * (weights == nullptr ? 1.0F : weights[i]));
        }
    }
}

} // namespace paget::fields
