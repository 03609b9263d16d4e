// Scripts give the bits of responses that are computed one by one.

#include "paget/rules/script.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace paget::rules
{
namespace
{
/// Responses with exponents of all kinds; two share a power, one listens to a signal that others do not know.
std::vector<Response> responses()
{
    std::vector<Response> all(3);
    all[0].base = 0.1;
    all[0].most = 2.0;
    all[0].raising = {{4, 0.7, 2.7}, {1, 21.5, 4.0}, {9, 3.0, 0.5}};
    all[1].most = 1.0;
    all[1].least = 0.25;
    all[1].raising = {{1, 21.5, 4.0}};
    all[1].lowering = {{4, 0.7, 2.7}, {9, 1e-3, 12.5}};
    all[2].least = 0.5;
    all[2].lowering = {{1, 2.0, 0.05}, {4, 5.0, 20.0}, {6, 1.0, 3.0}};
    return all;
}

/// Many orders of magnitude, and what is no amount.
double signal_of(std::size_t signal, std::size_t cell)
{
    constexpr double odd[] = {0.0,
                              -3.0,
                              1e-320,
                              1e-200,
                              1e300,
                              std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::quiet_NaN()};
    return cell < std::size(odd) ? odd[cell] : std::exp(0.37 * static_cast<double>((cell * (signal + 3)) % 61) - 11.0);
}
} // namespace

TEST(Script, ListensToWhatItsResponsesListenTo)
{
    EXPECT_EQ(Script(responses()).heard(), (std::vector<std::uint32_t>{1, 4, 6, 9}));
    EXPECT_TRUE(Script({}).empty());
    EXPECT_FALSE(Script(responses()).empty());
}

TEST(Script, GivesTheBitsOfItsResponses)
{
    const std::vector<Response> all = responses();
    const Script script(all);
    std::vector<Block> heard(script.heard().size());
    std::vector<Block> values(all.size());
    std::vector<Block> room;
    for (std::size_t k = 0; k < block_cells; ++k) {
        for (std::size_t s = 0; s < heard.size(); ++s) {
            heard[s][k] = signal_of(script.heard()[s], k);
        }
        for (std::size_t r = 0; r < all.size(); ++r) {
            values[r][k] = 0.01 * static_cast<double>(k + r);
        }
    }
    script.follow(heard, values, room);
    for (std::size_t k = 0; k < block_cells; ++k) {
        double signals[10] = {};
        for (std::size_t s = 0; s < heard.size(); ++s) {
            signals[script.heard()[s]] = heard[s][k];
        }
        for (std::size_t r = 0; r < all.size(); ++r) {
            const double expected = value_of(all[r], 0.01 * static_cast<double>(k + r), signals);
            EXPECT_EQ(std::bit_cast<std::uint64_t>(values[r][k]), std::bit_cast<std::uint64_t>(expected))
                << r << " " << k << ": " << values[r][k] << " " << expected;
        }
    }
}

TEST(Script, AnyExponentHasTheSameBitsInAllBuilds)
{
    std::uint64_t bits = 0;
    for (int n = 1; n < 400; ++n) {
        const double signal = 0.01 * n;
        const double joint = joint_hill({{0, 1.3, 0.05 * n + 0.003}}, &signal);
        bits = 31 * bits + std::bit_cast<std::uint64_t>(joint);
    }
    EXPECT_EQ(bits, 0xf40f5103db02e729U);
}

} // namespace paget::rules
