// V13: cells shed at a constant rate and cleared at rate k: N = S/k; after the source is gone N falls as exp(-k t); the
// count of a blood sample is a Poisson variate.

#include "paget/circulation/liquid_biopsy.hpp"
#include "support/blood_cases.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::circulation
{
namespace
{
constexpr Tick minute = ticks_per_minute;
constexpr double half_life_min = 90.0; // 1 to 2.4 h in patients (Meng 2004)
constexpr double clearance_per_min = 0.69314718055994530942 / half_life_min;
constexpr int shed_per_step = 400;
constexpr Tick step_length = 6 * minute;

struct Patient {
    parallel::Communicator world = parallel::Communicator::self();
    Circulation blood;
    Tick now = 0;
    std::uint64_t next = 1;

    Patient() : blood(VascularGraph(cases::small_body(0.0), 5.0, 3.0), journey(), world, {{0}, {0}}, RandomNumbers(30))
    {
    }

    static JourneyParameters journey()
    {
        JourneyParameters journey;
        journey.flow_death_per_min = clearance_per_min;
        return journey;
    }
    void step(int shed)
    {
        blood.collect(cases::singles(next, shed));
        next += static_cast<std::uint64_t>(shed);
        blood.advance({now, step_length});
        now += step_length;
    }
    double cells() const { return static_cast<double>(blood.count().flowing_cells); }
};
} // namespace

// N = S/k = 8656 in the mean of a step; just before the next cells are shed it is S dt/(exp(k dt) - 1). Every shed cell
// is an independent survivor: variance below that of a Poisson variate, so 3 s.d. are passed less than once in 370.
// Four counts two half-lives apart: one in 92; with the mean, below one in 60 (the seed is fixed).
TEST(Clearance, SteadyStateIsSheddingOverClearance)
{
    const double k_dt = clearance_per_min * minutes_from_ticks(step_length);
    const double steady = shed_per_step / (clearance_per_min * minutes_from_ticks(step_length));
    const double before_shedding = shed_per_step / std::expm1(k_dt);
    Patient patient;
    for (int i = 0; i < 150; ++i) { // 10 half-lives
        patient.step(shed_per_step);
    }
    double mean = 0.0;
    for (int sample = 0; sample < 4; ++sample) {
        for (int i = 0; i < 30; ++i) {
            patient.step(shed_per_step);
        }
        EXPECT_NEAR(patient.cells(), before_shedding, 3.0 * std::sqrt(before_shedding));
        mean += (patient.cells() + 0.5 * shed_per_step) / 4.0; // the middle of a step, to second order in k dt
    }
    EXPECT_NEAR(mean, steady, 3.0 * std::sqrt(steady / 4.0) + steady * k_dt * k_dt / 12.0);
}

// 20000 cells; six counts, each within 3 standard errors: a new seed fails one in 62.
TEST(Clearance, DecaysWhenTheSourceIsGone)
{
    Patient patient;
    constexpr int start = 20000;
    patient.step(start);
    for (int i = 1; i <= 6; ++i) {
        const double left = std::exp(-clearance_per_min * minutes_from_ticks(patient.now));
        EXPECT_LT(std::fabs(cases::standard_errors(patient.cells(), start, left)), 3.0) << i;
        for (int k = 0; k < 10; ++k) {
            patient.step(0);
        }
    }
}

// 3333 cells in 5 L are 5 in 7.5 mL. 20000 draws for each mean, P(>= 5) within 3 standard errors: a new seed fails one
// of four in 92.
TEST(Clearance, FiveCellsInASample)
{
    const RandomNumbers random(31);
    constexpr int draws = 20000;
    struct Row {
        std::int64_t in_blood;
        double mean;
        double five_or_more;
    };
    for (const Row& row :
         {Row{667, 1.0, 0.0037}, Row{1333, 2.0, 0.0527}, Row{3333, 5.0, 0.5595}, Row{6667, 10.0, 0.9707}}) {
        EXPECT_NEAR(expected_in_sample(row.in_blood, 5000.0, cellsearch_volume_ml), row.mean, 1e-3);
        EXPECT_NEAR(probability_at_least(5, row.mean), row.five_or_more, 5e-5);
        const double expected = probability_at_least(5, expected_in_sample(row.in_blood, 5000.0, cellsearch_volume_ml));
        int positive = 0;
        for (std::uint64_t patient = 0; patient < draws; ++patient) {
            const BloodSample sample =
                blood_sample(row.in_blood, 5000.0, cellsearch_volume_ml, random, patient, row.in_blood);
            positive += sample.cells >= 5 ? 1 : 0;
        }
        EXPECT_LT(std::fabs(cases::standard_errors(positive, draws, expected)), 3.0) << row.mean;
    }
}

} // namespace paget::circulation
