#pragma once

// Cells with rules, for tests of whether they follow them.

#include "culture.hpp"
#include "paget/agents/rules.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <utility>
#include <vector>

namespace paget::agents::test
{
inline const mesh::Grid wide{{120, 120, 1}, 40.0};
inline constexpr double certain = 1e9; // as a rate [1/min]: an event is certain in any step

inline std::uint32_t number(OwnSignal signal) { return static_cast<std::uint32_t>(signal); }
inline std::uint32_t field(std::size_t place) { return static_cast<std::uint32_t>(own_signal_count + place); }

inline RuledBehaviour raised(Behaviour behaviour, double base, double most, const rules::Influence& by)
{
    RuledBehaviour ruled{behaviour, {}};
    ruled.response.base = base;
    ruled.response.most = most;
    ruled.response.raising = {by};
    return ruled;
}

inline RuledBehaviour lowered(Behaviour behaviour, double base, double least, const rules::Influence& by)
{
    RuledBehaviour ruled{behaviour, {}};
    ruled.response.base = base;
    ruled.response.least = least;
    ruled.response.lowering = {by};
    return ruled;
}

/// A rule on a signal that is not there: it holds, and leaves the behaviour's own parameter.
inline RuledBehaviour unstirred(Behaviour behaviour)
{
    RuledBehaviour ruled{behaviour, {}};
    ruled.response.most = 1e12;
    ruled.response.raising = {{field(0), 1.0, 4.0}};
    return ruled;
}

/// The Hill function by the C library.
inline double hill_of(double signal, double half, double n) { return 1.0 / (1.0 + std::pow(half / signal, n)); }

/// Divides with a constant hazard, undisturbed by pressure; touches nobody.
inline CellType loner(double births_per_min = 0.0)
{
    CellType type = resting_type();
    if (births_per_min > 0.0) {
        type.cycle.phases = standard_phases("live");
        type.cycle.phases[0].rate_per_min = births_per_min;
        type.cycle.pressure_limit = 1e300;
    }
    type.mechanics.repulsion_um_per_min = 0.0;
    type.mechanics.adhesion_um_per_min = {0.0, 0.0, 0.0};
    type.motility.matrix_optimum = 0.0;
    return type;
}

/// In a plane, 47 um apart.
inline std::vector<CellRecord> spread(const CellType& type, std::uint64_t count)
{
    std::vector<CellRecord> cells;
    for (std::uint64_t n = 0; n < count; ++n) {
        const auto column = static_cast<double>(n % 100);
        const auto row = static_cast<double>(n / 100 % 100);
        cells.push_back(cell_at(type, n, {47.0 * column + 30.0, 47.0 * row + 30.0, 20.0}));
        cells.back().heading = {1.0, 0.0, 0.0};
    }
    return cells;
}

/// Cells of all clones sense signals[clone % signals.size()] of the only field.
inline Culture::Sensing by_clone(std::vector<double> values)
{
    return [values = std::move(values)](const Population& p) {
        Environment environment(p.size());
        environment.signals.resize(1);
        for (std::size_t i = 0; i < p.size(); ++i) {
            environment.signals[0].push_back(values[p.record(i).clone % values.size()]);
        }
        return environment;
    };
}

/// How many cells of each of `groups` groups of clones fulfil a condition.
inline std::vector<double> count_by_clone(const Population& population, std::size_t groups,
                                          const std::function<bool(const CellRecord&)>& counts)
{
    std::vector<double> count(groups);
    for (std::size_t i = 0; i < population.size(); ++i) {
        const CellRecord cell = population.record(i);
        count[cell.clone % groups] += counts(cell) ? 1.0 : 0.0;
    }
    return count;
}

inline void expect_share(double count, double total, double share)
{
    EXPECT_NEAR(count / total, share, 3.0 * std::sqrt(share * (1.0 - share) / total));
}

} // namespace paget::agents::test
