// Birth, death, cycle and change of state against their closed forms (V9). Stochastic checks allow three standard
// errors: with the fixed seeds they pass or fail for good; for a free seed each would raise a false alarm in 0.3 %.

#include "culture.hpp"
#include "support/obtained.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace paget::agents::test
{
namespace
{
const mesh::Grid wide{{120, 120, 1}, 40.0};

/// Divides and dies with constant hazards, undisturbed by pressure.
CellType birth_and_death(double births_per_min, double deaths_per_min)
{
    CellType type = resting_type();
    type.cycle.phases = standard_phases("live");
    type.cycle.phases[0].rate_per_min = births_per_min;
    type.cycle.pressure_limit = 1e12;
    type.death.apoptosis_per_min = deaths_per_min;
    type.death.apoptosis_duration_min = 1.0;
    return type;
}

std::vector<CellRecord> spread(const CellType& type, std::uint64_t count)
{
    std::vector<CellRecord> cells;
    for (std::uint64_t n = 0; n < count; ++n) {
        const auto column = static_cast<double>(n % 100);
        const auto row = static_cast<double>(n / 100 % 100);
        cells.push_back(cell_at(type, n, {47.0 * column + 30.0, 47.0 * row + 30.0, 0.0}));
    }
    return cells;
}

std::int64_t died(const Tally& tally) { return tally.died[0] + tally.died[1] + tally.died[2] + tally.died[3]; }

std::int64_t count_state(const Population& population, State state)
{
    std::int64_t count = 0;
    for (std::size_t i = 0; i < population.size(); ++i) {
        count += population.state(i) == state ? 1 : 0;
    }
    return count;
}
} // namespace

TEST(BirthAndDeath, GrowExponentially) // V9
{
    const auto comm = parallel::Communicator::self();
    const double b = 0.0432 / 60.0;
    for (const double d : {0.0, 0.25 * b}) {
        Culture culture(wide, {1, 1, 1}, comm, {birth_and_death(b, d)}, 11);
        const std::int64_t founders = 4000;
        culture.found(spread(culture.types[0], founders));
        const double minutes = 16.05 * 60.0;
        const double step = 8.025;
        for (int k = 0; k < 120; ++k) {
            culture.decide(step);
        }
        const double factor = std::exp((b - d) * minutes);
        const double mean = static_cast<double>(founders) * factor;
        if (d == 0.0) {
            EXPECT_NEAR(factor, 2.0, 0.001); // doubles in 16.05 h
        }
        const double variance = static_cast<double>(founders) * (b + d) / (b - d) * factor * (factor - 1.0);
        // A cell divides at most once per step: 0.5 (b step) (b + d) minutes of the mean are lost to that.
        const double lost = 0.5 * b * step * (b + d) * minutes * mean + 0.5 * b * step * b * minutes * mean;
        std::int64_t living = 0;
        for (std::size_t i = 0; i < culture.population.size(); ++i) {
            living += is_living(culture.population.fate(i)) ? 1 : 0;
        }
        const double growth = static_cast<double>(living) / static_cast<double>(founders);
        paget::test::obtained(
            fmt::format("V9, growth with d/b = {}", d / b),
            fmt::format("{:.4f}, s.d. {:.3f}", growth, std::sqrt(variance) / static_cast<double>(founders)), factor);
        EXPECT_NEAR(static_cast<double>(living), mean, 3.0 * std::sqrt(variance) + lost);
        EXPECT_EQ(living, founders + culture.tally.born - died(culture.tally)); // every cell is accounted for
        EXPECT_EQ(culture.population.next_number(), static_cast<std::uint64_t>(founders + culture.tally.born));
    }
}

TEST(BirthAndDeath, ExtinguishLineages) // V9: (d/b)^k for k founders
{
    const auto comm = parallel::Communicator::self();
    const double b = 0.01;
    const double d = 0.005;
    const double step = 2.0;
    Culture culture(wide, {1, 1, 1}, comm, {birth_and_death(b, d)}, 12);
    constexpr std::int64_t lineages_of_one = 1500;
    constexpr std::int64_t lineages_of_two = 1500;
    auto founders = spread(culture.types[0], lineages_of_one + 2 * lineages_of_two);
    for (std::size_t n = 0; n < founders.size(); ++n) {
        const auto extra = n < lineages_of_one ? 0 : (n - lineages_of_one) / 2;
        founders[n].clone = static_cast<std::uint32_t>(n < lineages_of_one ? n : lineages_of_one + extra);
    }
    culture.found(founders);
    std::vector<std::int64_t> alive(lineages_of_one + lineages_of_two);
    std::vector<bool> safe(alive.size());
    while (culture.cells() > 0) {
        culture.decide(step);
        std::fill(alive.begin(), alive.end(), 0);
        for (std::size_t i = 0; i < culture.population.size(); ++i) {
            alive[culture.population.record(i).clone] += 1;
        }
        // A lineage of 16 dies out with probability 2^-16 only: it counts as saved and is taken out.
        std::vector<bool> leaves(culture.population.size());
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            const std::uint32_t clone = culture.population.record(i).clone;
            leaves[i] = alive[clone] >= 16;
            safe[clone] = safe[clone] || leaves[i];
        }
        culture.population.remove(leaves);
    }
    std::int64_t lost_of_one = 0;
    std::int64_t lost_of_two = 0;
    for (std::size_t k = 0; k < safe.size(); ++k) {
        (k < lineages_of_one ? lost_of_one : lost_of_two) += safe[k] ? 0 : 1;
    }
    // In steps, a cell dies with probability p or else divides with probability q: extinction p/((1-p) q) -> d/b.
    const double p = 1.0 - std::exp(-d * step);
    const double q = 1.0 - std::exp(-b * step);
    const double extinction = p / ((1.0 - p) * q);
    EXPECT_NEAR(extinction, d / b, 0.02 * d / b);
    const auto expect_share = [](std::int64_t lost, double count, double share) {
        paget::test::obtained("V9, share of lineages lost", fmt::format("{:.4f}", static_cast<double>(lost) / count),
                              share);
        EXPECT_NEAR(static_cast<double>(lost) / count, share, 3.0 * std::sqrt(share * (1.0 - share) / count));
    };
    expect_share(lost_of_one, lineages_of_one, extinction);
    expect_share(lost_of_two, lineages_of_two, extinction * extinction);
}

TEST(Cycle, ModelsTakeTheirPublishedTimes)
{
    const auto comm = parallel::Communicator::self();
    const std::map<std::string, double> hours{{"live", 1.0 / 0.0432},
                                              {"ki67_basic", 4.59 + 15.5},
                                              {"ki67_advanced", 3.62 + 13.0},
                                              {"flow_cytometry_separated", 4.98 + 8.0 + 4.0 + 1.0}};
    for (const std::string& model : cycle_model_names()) {
        CellType type = birth_and_death(1.0, 0.0);
        type.cycle.phases = standard_phases(model);
        Culture culture(wide, {1, 1, 1}, comm, {type}, 13);
        const std::int64_t founders = 2000;
        culture.found(spread(type, founders));
        double sum = 0.0;
        double squares = 0.0;
        std::int64_t divided = 0;
        const double step = 10.0;
        while (divided < founders) { // times to the first division of every founder
            const Tick before = culture.now;
            culture.decide(step);
            std::vector<bool> leaves(culture.population.size());
            for (std::size_t i = 0; i < leaves.size(); ++i) {
                const CellRecord cell = culture.population.record(i);
                leaves[i] = cell.parent != no_cell;
                if (leaves[i]) {
                    const double time = minutes_from_ticks(before) + 0.5 * step;
                    sum += time;
                    squares += time * time;
                    ++divided;
                }
            }
            // Take out daughters and their mothers: only first divisions count.
            std::map<std::uint64_t, bool> mother;
            for (std::size_t i = 0; i < leaves.size(); ++i) {
                if (leaves[i]) {
                    mother[culture.population.record(i).parent.value] = true;
                }
            }
            for (std::size_t i = 0; i < leaves.size(); ++i) {
                leaves[i] = leaves[i] || mother.count(culture.population.id(i).value) > 0;
            }
            culture.population.remove(leaves);
        }
        const double mean = sum / static_cast<double>(founders);
        const double deviation = std::sqrt(squares / static_cast<double>(founders) - mean * mean);
        const double error = 3.0 * deviation / std::sqrt(static_cast<double>(founders));
        // A phase ends with a step: every phase after the first may cost up to half a step more.
        EXPECT_NEAR(mean, hours.at(model) * 60.0, error + 0.5 * step * 4.0) << model;
    }
}

namespace
{
/// Times at which each of many cells divides for the first and for the second time [min], in steps that divide no
/// phase.
std::array<std::vector<double>, 2> division_times(double spread_of_phases)
{
    const auto comm = parallel::Communicator::self();
    CellType type = birth_and_death(0.0, 0.0);
    type.cycle.phases = standard_phases("flow_cytometry_separated");
    const std::array<double, 4> hours{7.0, 6.0, 3.0, 2.0};
    for (std::size_t p = 0; p < hours.size(); ++p) {
        type.cycle.phases[p].rate_per_min = 1.0 / (60.0 * hours[p]);
        type.cycle.phases[p].fixed = true;
        type.cycle.phases[p].spread = spread_of_phases;
    }
    Culture culture(wide, {1, 1, 1}, comm, {type}, 23);
    culture.found(spread(type, 2000));
    std::array<std::vector<double>, 2> times;
    while (culture.now < ticks_from_minutes(2600.0)) {
        culture.decide(11.0);
        std::map<std::uint64_t, std::size_t> daughters;
        std::vector<std::uint64_t> mothers_now;
        for (std::size_t i = 0; i < culture.population.size(); ++i) {
            const CellRecord cell = culture.population.record(i);
            if (cell.parent != no_cell && cell.parent.number() < 2000) {
                ++daughters[cell.parent.value];
                if (cell.born_at == culture.now) {
                    mothers_now.push_back(cell.parent.value);
                }
            }
        }
        for (const std::uint64_t mother : mothers_now) {
            times.at(daughters[mother] - 1).push_back(minutes_from_ticks(culture.now));
        }
    }
    return times;
}

double mean_of(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}
} // namespace

TEST(Cycle, ExactPhasesDoNotAddUpTheRestOfASteps)
{
    const auto times = division_times(0.0);
    ASSERT_EQ(times[0].size(), 2000U);
    ASSERT_EQ(times[1].size(), 2000U);
    EXPECT_EQ(times[0][0], 1089.0); // 18 h = 1080 min: the first multiple of 11 min from there
    EXPECT_EQ(times[1][0], 2167.0); // 36 h = 2160 min; with the rests added up it would be 2178
}

TEST(Cycle, DrawnPhasesHaveTheirMeanAndSpread)
{
    const auto times = division_times(0.1);
    ASSERT_EQ(times[0].size(), 2000U);
    const double deviation = 0.1 * 60.0 * std::sqrt(7.0 * 7.0 + 6.0 * 6.0 + 3.0 * 3.0 + 2.0 * 2.0); // 59.4 min
    const double late = 5.5; // a division is seen at the end of its step
    double squares = 0.0;
    for (const double time : times[0]) {
        squares += (time - 1080.0 - late) * (time - 1080.0 - late) / 2000.0;
    }
    EXPECT_NEAR(mean_of(times[0]), 1080.0 + late, 3.0 * deviation / std::sqrt(2000.0));
    EXPECT_NEAR(std::sqrt(squares), deviation, 3.0 * deviation / std::sqrt(4000.0));
    ASSERT_EQ(times[1].size(), 2000U);
    EXPECT_NEAR(mean_of(times[1]), 2160.0 + late, 3.0 * deviation * std::sqrt(2.0 / 2000.0));
}

TEST(Cycle, NeedsOxygenAndSpace)
{
    const auto comm = parallel::Communicator::self();
    CellType type = birth_and_death(0.02, 0.0);
    type.cycle.pressure_limit = 1.0;
    const auto born_in = [&](double oxygen_mmHg, double crowding_um) {
        Culture culture(wide, {1, 1, 1}, comm, {type}, 14);
        culture.sense = [&](const Population& p) {
            Environment environment(p.size());
            environment.oxygen_mmHg.assign(p.size(), oxygen_mmHg);
            return environment;
        };
        auto cells = spread(type, 2000);
        for (std::size_t n = 0; n < cells.size(); n += 2) {
            cells[n + 1].position_um = cells[n].position_um + Vec3{crowding_um, 0.0, 0.0};
        }
        culture.found(cells);
        culture.decide(6.0);
        return static_cast<double>(culture.tally.born);
    };
    const double free = born_in(160.0, 20.0);
    EXPECT_NEAR(free, 2000.0 * (1.0 - std::exp(-0.12)), 3.0 * 15.0);
    EXPECT_NEAR(born_in(82.5, 20.0), 2000.0 * (1.0 - std::exp(-0.06)), 3.0 * 11.0);
    EXPECT_EQ(born_in(5.0, 20.0), 0.0);
    EXPECT_EQ(born_in(160.0, 1.0), 0.0);               // two cells nearly in one place: far beyond the limit
    const double gap = 1.0 - std::sqrt(0.5 * 0.02729); // half the limit's pressure by one neighbour
    EXPECT_NEAR(born_in(160.0, gap * 2.0 * type.radius_um()), 2000.0 * (1.0 - std::exp(-0.06)), 3.0 * 11.0);
}

TEST(Cycle, StopsAtTheCapacityOfAVoxel)
{
    const auto comm = parallel::Communicator::self();
    CellType type = birth_and_death(0.01, 0.0); // exactly 100 min
    type.cycle.phases[0].fixed = true;
    type.cycle.capacity = 4.0;
    Culture culture(wide, {1, 1, 1}, comm, {type}, 18);
    std::vector<CellRecord> cells;
    for (std::uint64_t n = 0; n < 6; ++n) { // voxels with 1, 2 and 3 cells in their middles
        const double x = n < 1 ? 420.0 : (n < 3 ? 820.0 : 1220.0);
        cells.push_back(cell_at(type, n, {x, 420.0, 0.0}));
    }
    culture.found(cells);
    const auto count_near = [&](double x) {
        std::int64_t count = 0;
        for (std::size_t i = 0; i < culture.population.size(); ++i) {
            count += std::fabs(culture.population.position_um(i).x - x) < 20.0 ? 1 : 0;
        }
        return count;
    };
    culture.decide(95.0);
    EXPECT_EQ(culture.cells(), 6);
    culture.decide(10.0);
    EXPECT_EQ(count_near(420.0), 2);
    EXPECT_EQ(count_near(820.0), 4);
    EXPECT_EQ(count_near(1220.0), 4); // the first divided, the others found no room
    culture.decide(90.0);             // nobody tries again before 200 min
    EXPECT_EQ(culture.cells(), 10);
    culture.decide(10.0);
    EXPECT_EQ(count_near(420.0), 4);
    EXPECT_EQ(culture.cells(), 12);
    culture.decide(100.0);
    EXPECT_EQ(culture.cells(), 12);
}

TEST(Death, CountsItsCauses)
{
    const auto comm = parallel::Communicator::self();
    CellType type = birth_and_death(0.0, 0.001);
    Culture culture(wide, {1, 1, 1}, comm, {type}, 15);
    culture.sense = [](const Population& p) {
        Environment environment(p.size());
        environment.oxygen_mmHg.assign(p.size(), 3.75); // half way between threshold and maximum
        environment.drug_death_per_min.assign(p.size(), 0.002);
        return environment;
    };
    auto cells = spread(type, 9000);
    for (std::size_t n = 0; n < 3000; ++n) {
        cells[n].fate = Fate::dormant; // drugs spare them
    }
    culture.found(cells);
    culture.decide(100.0);
    const double necrosis = 0.5 / 360.0;
    const auto share = [&](double part, double total) { return part / total * (1.0 - std::exp(-total * 100.0)); };
    const double cycling = 0.001 + necrosis + 0.002;
    const double dormant = 0.001 + necrosis;
    const auto expect_count = [](std::int64_t count, double expected) {
        EXPECT_NEAR(static_cast<double>(count), expected, 3.0 * std::sqrt(expected));
    };
    expect_count(culture.tally.died[0], 6000 * share(0.001, cycling) + 3000 * share(0.001, dormant));
    expect_count(culture.tally.died[1], 6000 * share(necrosis, cycling) + 3000 * share(necrosis, dormant));
    expect_count(culture.tally.died[2], 6000 * share(0.002, cycling));
    EXPECT_EQ(culture.tally.died[3], 0);
}

TEST(Transition, FollowsItsCue)
{
    const auto comm = parallel::Communicator::self();
    CellType type = resting_type();
    type.transition = {1e-4, 2e-3, 1e-3, 4e-3, 3e-3, 0.1, 2.0, 15.0, 4.0};
    const auto changed = [&](State from, State to, double tgf_beta, double oxygen_mmHg) {
        Culture culture(wide, {1, 1, 1}, comm, {type}, 16);
        culture.sense = [&](const Population& p) {
            Environment environment(p.size());
            environment.tgf_beta.assign(p.size(), tgf_beta);
            environment.oxygen_mmHg.assign(p.size(), oxygen_mmHg);
            return environment;
        };
        auto cells = spread(type, 8000);
        for (CellRecord& cell : cells) {
            cell.state = from;
        }
        culture.found(cells);
        culture.decide(60.0);
        return static_cast<double>(count_state(culture.population, to)) / 8000.0;
    };
    const auto expect_share = [](double share, double rate, double total_rate) {
        const double p = total_rate > 0.0 ? rate / total_rate * (1.0 - std::exp(-total_rate * 60.0)) : 0.0;
        EXPECT_NEAR(share, p, 3.0 * std::sqrt(p * (1.0 - p) / 8000.0));
    };
    const auto e = State::epithelial;
    const auto h = State::hybrid;
    const auto m = State::mesenchymal;
    expect_share(changed(e, h, 0.0, 160.0), 1e-4, 1e-4);                           // spontaneous
    expect_share(changed(e, h, 0.1, 160.0), 1e-4 + 1e-3, 1e-4 + 1e-3);             // half of the cue by TGF-beta
    expect_share(changed(e, h, 0.0, 4.0), 2.1e-3, 2.1e-3);                         // all of it by hypoxia
    expect_share(changed(e, h, 0.1, 9.5), 1e-4 + 0.75 * 2e-3, 1e-4 + 0.75 * 2e-3); // halves of both
    expect_share(changed(h, m, 0.1, 160.0), 0.5e-3, 0.5e-3 + 1.5e-3);
    expect_share(changed(h, e, 0.1, 160.0), 1.5e-3, 0.5e-3 + 1.5e-3);
    expect_share(changed(h, e, 0.0, 160.0), 3e-3, 3e-3); // MET where the cue is missing
    expect_share(changed(m, h, 0.0, 160.0), 4e-3, 4e-3);
    EXPECT_EQ(changed(m, h, 0.0, 2.0), 0.0);
}

} // namespace paget::agents::test
