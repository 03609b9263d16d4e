#include "culture.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace paget::agents::test
{
namespace
{
struct Law {
    double fluid_fraction;
    double fluid_rate;
    double nuclear_target;
    double nuclear_rate;
    double cytoplasmic_target;
    double cytoplasmic_rate;
};

/// The slow, obvious twin: explicit steps of a thousandth of a minute.
Volume by_small_steps(Volume v, const Law& law, double minutes)
{
    const double step = 1e-3;
    for (double t = 0.5 * step; t < minutes; t += step) {
        const Volume now = v;
        v.fluid_um3 += step * law.fluid_rate * (law.fluid_fraction * now.total_um3() - now.fluid_um3);
        v.nuclear_solid_um3 += step * law.nuclear_rate * (law.nuclear_target - now.nuclear_solid_um3);
        v.cytoplasmic_solid_um3 += step * law.cytoplasmic_rate * (law.cytoplasmic_target - now.cytoplasmic_solid_um3);
    }
    return v;
}

void expect_close(const Volume& a, const Volume& b, double relative)
{
    EXPECT_NEAR(a.fluid_um3, b.fluid_um3, relative * b.total_um3());
    EXPECT_NEAR(a.nuclear_solid_um3, b.nuclear_solid_um3, relative * b.total_um3());
    EXPECT_NEAR(a.cytoplasmic_solid_um3, b.cytoplasmic_solid_um3, relative * b.total_um3());
}

CellType dividing_type(const std::string& model)
{
    CellType type = resting_type();
    type.cycle.phases = standard_phases(model);
    for (Phase& phase : type.cycle.phases) {
        phase.rate_per_min = 0.0;
    }
    return type;
}

Volume volume_after(const CellType& type, CellRecord cell, double minutes, double step_min)
{
    const auto comm = parallel::Communicator::self();
    Culture culture({{8, 8, 8}, 20.0}, {1, 1, 1}, comm, {type});
    culture.found({cell});
    for (double t = 0.0; t < minutes - 1e-9; t += step_min) {
        culture.decide(step_min);
    }
    return culture.population.record(0).volume;
}
} // namespace

TEST(Volume, RelaxesAsItsEquationsSay)
{
    const CellType type = dividing_type("flow_cytometry_separated");
    const Volume reference = type.reference_volume();
    for (std::uint8_t phase = 0; phase < 4; ++phase) {
        CellRecord cell = cell_at(type, 0, {80, 80, 80});
        cell.phase = phase;
        cell.volume = {900.0, 60.0, 300.0};
        const double factor = phase == 0 ? 1.0 : 2.0; // doubled from DNA synthesis to division
        const Law law{
            0.75,     0.05, factor * reference.nuclear_solid_um3, 0.33 / 60, factor * reference.cytoplasmic_solid_um3,
            0.27 / 60};
        const Volume expected = by_small_steps(cell.volume, law, 120.0);
        expect_close(volume_after(type, cell, 120.0, 120.0), expected, 1e-5);
        expect_close(volume_after(type, cell, 120.0, 6.0), expected, 1e-5);
        expect_close(volume_after(type, cell, 120.0, 6.0), volume_after(type, cell, 120.0, 120.0), 1e-12);
    }
}

TEST(Volume, RelaxesWhereRatesAreEqual)
{
    CellType type = dividing_type("live");
    type.volume.nucleus_rate_per_min = type.volume.fluid_rate_per_min * (1.0 - type.volume.fluid_fraction);
    type.volume.cytoplasm_rate_per_min = type.volume.nucleus_rate_per_min * (1.0 + 1e-13);
    CellRecord cell = cell_at(type, 0, {80, 80, 80});
    cell.volume = {100.0, 10.0, 50.0};
    const Volume reference = type.reference_volume();
    const Law law{0.75, 0.05, reference.nuclear_solid_um3, 0.0125, reference.cytoplasmic_solid_um3, 0.0125};
    expect_close(volume_after(type, cell, 60.0, 60.0), by_small_steps(cell.volume, law, 60.0), 1e-5);
}

TEST(Volume, OfTheAdvancedKi67ModelIsSingleAfterDivision)
{
    const CellType type = dividing_type("ki67_advanced");
    CellRecord cell = cell_at(type, 0, {80, 80, 80});
    const auto long_after = [&](std::uint8_t phase) {
        cell.phase = phase;
        return volume_after(type, cell, 1e5, 1e5).total_um3();
    };
    EXPECT_NEAR(long_after(0), 2494.0, 1e-6);
    EXPECT_NEAR(long_after(1), 2.0 * 2494.0, 1e-6);
    EXPECT_NEAR(long_after(2), 2494.0, 1e-6);
}

TEST(Volume, OfApoptoticCellsShrinksUntilTheyAreCleared)
{
    const auto comm = parallel::Communicator::self();
    CellType type = dividing_type("live");
    CellRecord cell = cell_at(type, 0, {80, 80, 80});
    cell.fate = Fate::apoptotic;
    const Law law{0.0, 0.05, 0.0, 0.35 / 60, 0.0, 1.0 / 60};
    expect_close(volume_after(type, cell, 60.0, 6.0), by_small_steps(cell.volume, law, 60.0), 2e-5);
    Culture culture({{8, 8, 8}, 20.0}, {1, 1, 1}, comm, {type});
    culture.found({cell});
    while (culture.cells() > 0) {
        ASSERT_LT(minutes_from_ticks(culture.now), 516.0);
        culture.decide(6.0);
    }
    EXPECT_GT(minutes_from_ticks(culture.now), 300.0);
}

TEST(Volume, OfNecroticCellsSwellsBurstsAndDissolves)
{
    const auto comm = parallel::Communicator::self();
    CellType type = dividing_type("live");
    CellRecord cell = cell_at(type, 0, {80, 80, 80});
    cell.fate = Fate::necrotic;
    const Law swelling{1.0, 0.67 / 60, 0.0, 0.013 / 60, 0.0, 0.0032 / 60};
    expect_close(volume_after(type, cell, 120.0, 6.0), by_small_steps(cell.volume, swelling, 120.0), 2e-5);
    Culture culture({{8, 8, 8}, 20.0}, {1, 1, 1}, comm, {type});
    culture.found({cell});
    double largest = 0.0;
    double burst_min = 0.0;
    double volume_after_five_days = 0.0;
    while (culture.cells() > 0) {
        culture.decide(6.0);
        if (culture.cells() == 0) {
            break;
        }
        const double volume = culture.population.volume_um3(0);
        if (volume > largest) {
            largest = volume;
            burst_min = minutes_from_ticks(culture.now);
        }
        if (culture.now == 5 * 1440 * ticks_per_minute) {
            volume_after_five_days = volume;
        }
    }
    EXPECT_NEAR(largest, 2.0 * 2494.0, 1e-9);
    EXPECT_NEAR(burst_min, 360.0, 20.0); // 0.25 of the volume is solid and draws 0.67 of itself per hour
    EXPECT_LT(volume_after_five_days, 0.25 * 2494.0);
    EXPECT_LE(minutes_from_ticks(culture.now), 86400.0);
}

TEST(Radius, IsThatOfASphere)
{
    for (const double radius : {0.1, 1.0, 8.413, 13.7, 500.0}) {
        const double volume = 4.0 / 3.0 * std::numbers::pi * radius * radius * radius;
        EXPECT_NEAR(radius_from_volume_um(volume), radius, 4e-16 * radius);
    }
    EXPECT_EQ(radius_from_volume_um(0.0), 0.0);
    EXPECT_NEAR(resting_type().radius_um(), 8.413, 5e-4);
    EXPECT_NEAR(radius_from_volume_um(540.0), 5.05, 5e-3);
}

} // namespace paget::agents::test
