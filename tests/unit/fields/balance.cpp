// What a field gains, loses and passes through walls adds up to its change.

#include "paget/fields/diffusing_field.hpp"

#include "support/field_case.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <ostream>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
struct Way {
    const char* name;
    Scheme scheme;
    double diffusivity;
    double half_saturation;
    double minutes;

    friend std::ostream& operator<<(std::ostream& out, const Way& way) { return out << way.name; }
};

class Balance : public testing::TestWithParam<Way>
{
protected:
    DiffusingField field() const
    {
        Substance substance = oxygen();
        substance.walls = {38.0, std::nullopt, std::nullopt, 20.0, std::nullopt, std::nullopt};
        substance.scheme = GetParam().scheme;
        substance.diffusivity_um2_per_min = GetParam().diffusivity;
        substance.half_saturation = GetParam().half_saturation;
        return {mesh::Partition(grid_, {1, 1, 1}), comm_, substance, "lung_oxygen_"};
    }

    Reaction reaction() const
    {
        Reaction reaction = rates_.reaction();
        if (GetParam().half_saturation > 0.0) {
            reaction.saturating_loss_per_min = more_.loss_per_min;
        }
        return reaction;
    }

    const mesh::Grid grid_{{13, 10, 7}, 20.0};
    const parallel::Communicator comm_ = parallel::Communicator::self();
    const Rates rates_ = scattered_cells(grid_, grid_.box());
    const Rates more_ = scattered_cells(grid_, grid_.box());
};

double total(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }
} // namespace

TEST_P(Balance, Closes)
{
    auto oxygen_field = field();
    oxygen_field.keep_balance(true);
    const auto before = oxygen_field.concentration().owned();
    const SolveReport report = oxygen_field.advance(reaction(), GetParam().minutes);
    const FieldBalance& balance = report.balance;
    const double volume = grid_.voxel_volume_um3();
    const double turnover = balance.gain + balance.decay + balance.consumption + std::fabs(balance.wall_inflow);
    EXPECT_LT(std::fabs(balance.error()), 2e-4 * turnover);
    EXPECT_NEAR(balance.gain, GetParam().minutes * volume * total(rates_.gain_per_min), 1e-9 * turnover);
    EXPECT_NEAR(balance.consumption, volume * total(oxygen_field.consumption()), 1e-9 * turnover);
    EXPECT_GT(balance.consumption, 0.0);
    if (!report.steady) {
        const auto after = oxygen_field.concentration().owned();
        EXPECT_NEAR(balance.change, volume * (total(after) - total(before)), 1e-9 * turnover);
    }
}

TEST_P(Balance, KeepingItChangesNothing)
{
    auto kept = field();
    auto plain = field();
    kept.keep_balance(true);
    kept.advance(reaction(), GetParam().minutes);
    const SolveReport report = plain.advance(reaction(), GetParam().minutes);
    EXPECT_EQ(kept.concentration().owned(), plain.concentration().owned());
    EXPECT_EQ(report.balance.consumption, 0.0);
    EXPECT_TRUE(plain.consumption().empty());
}

INSTANTIATE_TEST_SUITE_P(Ways, Balance,
                         testing::Values(Way{"steady", Scheme::steady, 1e5, 0.0, 6.0},
                                         Way{"steady and saturating", Scheme::steady, 1e5, 2.0, 6.0},
                                         Way{"one step of SDIRK2", Scheme::implicit, 1e5, 0.0, 0.1},
                                         Way{"two of backward Euler", Scheme::implicit, 1.0, 0.0, 1.0},
                                         Way{"saturating SDIRK2", Scheme::implicit, 1e5, 2.0, 0.1},
                                         Way{"one controlled step", Scheme::automatic, 100.0, 0.0, 1e-5},
                                         Way{"many controlled steps", Scheme::automatic, 100.0, 0.0, 0.5},
                                         Way{"many and saturating", Scheme::automatic, 100.0, 2.0, 0.5}));

} // namespace paget::fields
