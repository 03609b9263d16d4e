#pragma once

#include "paget/body/body.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace paget::config
{
class Case;
class Catalogue;
} // namespace paget::config

namespace paget::body
{

/// When a run looks at the balance of its ranks, and from when on it acts.
struct BalancePlan {
    Tick every = 0;         ///< simulated time between two looks; 0: never
    double threshold = 1.1; ///< of the busiest rank's computing over the mean
};

/// Adds the keys `balance.*`.
void declare_balance(config::Catalogue& catalogue);
BalancePlan read_balance(config::Case& description);

/// A body that was cut anew.
struct Recut {
    double expected = 1.0; ///< busiest rank over mean, by the work measured before
    double seconds = 0.0;  ///< that planning and moving took
};

/// What was seen of the balance since the look before.
struct BalanceLook {
    Tick at = 0;
    double imbalance = 1.0;     ///< computing of the busiest rank over the mean
    std::optional<Recut> recut; ///< that followed
};

using BalanceRecord = std::vector<BalanceLook>;

/// Keeps the ranks' work even: measures what each computes, and cuts the body anew where that promises to help. Time
/// decides only where cells live, never what they do.
class LoadBalance
{
public:
    /// `body` stands at `now` and must outlive it.
    LoadBalance(const BalancePlan& plan, Body& body, Tick now);

    /// Between two steps. Looks if it is time to, and moves the body if that helps; returns the look that it did so
    /// after. The same on all ranks. Collective.
    std::optional<BalanceLook> after_step(Tick now);

    /// A last look, at the end of the run. Collective.
    void finish(Tick now);

    /// The same on all ranks.
    const BalanceRecord& record() const { return record_; }

private:
    /// Computing of this rank [ns].
    struct Spent {
        std::int64_t all = 0;
        std::vector<std::int64_t> fields; ///< [organ]
        std::vector<std::int64_t> cells;  ///< [organ]
    };

    Spent spent() const;
    BalanceLook look(Tick now, const Spent& now_spent);
    std::vector<mesh::OrganLoad> measured_loads(const Spent& now_spent) const;
    std::optional<Recut> recut(const Spent& now_spent);

    BalancePlan plan_;
    Body* body_;
    Tick last_;
    Spent before_;
    BalanceRecord record_;
};

} // namespace paget::body
