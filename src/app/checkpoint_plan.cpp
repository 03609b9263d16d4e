#include "paget/app/checkpoint_plan.hpp"

#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/core/error.hpp"
#include "paget/core/units.hpp"

#include <algorithm>

namespace paget::app
{
namespace
{
constexpr double longest_min = 1e9;
constexpr const char* automatic = "automatic";

/// A duration, or the word `automatic`.
std::optional<double> read_wall_interval(config::Case& description)
{
    const std::string key = "checkpoint.every_wall";
    const std::string text = description.text(key);
    if (text == automatic) {
        return std::nullopt;
    }
    try {
        const double seconds = UnitSystem().read(text, "s");
        if (seconds >= 0.0 && seconds <= 60.0 * longest_min) {
            return seconds;
        }
        description.report(key, "a time between two checkpoints is not negative and ends (here it is " + text +
                                    "). Give a duration, 0 s for none, or automatic.");
    } catch (const InputError& error) {
        description.report(key, std::string(error.what()) + " Give a duration, 0 s for none, or automatic.");
    }
    return std::nullopt;
}
} // namespace

void declare_checkpoint_plan(config::Catalogue& catalogue)
{
    catalogue.add({.pattern = "checkpoint.every",
                   .unit = "min",
                   .default_text = "0 h",
                   .lowest = 0.0,
                   .highest = longest_min,
                   .meaning = "Simulated time between two checkpoints; each is written after the first step that "
                              "reaches it. 0: not by simulated time.",
                   .source = "assumption"});
    catalogue.add({.pattern = "checkpoint.every_wall",
                   .kind = config::Kind::text,
                   .default_text = automatic,
                   .meaning = "Wall time between two checkpoints, as `20 min`. 0 s: not by wall time. `automatic`: "
                              "sqrt(2 C M), where C is the time that a checkpoint is seen to take and M is "
                              "checkpoint.mtbf, but at least 50 C.",
                   .source = "Young 1974, Commun ACM 17:530; Daly 2006, Future Gener Comput Syst 22:303"});
    catalogue.add({.pattern = "checkpoint.mtbf",
                   .unit = "s",
                   .default_text = "1 day",
                   .lowest = 1.0,
                   .highest = 60.0 * longest_min,
                   .meaning = "Mean time between failures of the machine as this job meets them (dying nodes, "
                              "preemption), for the automatic checkpoint.every_wall.",
                   .source = "assumption"});
    catalogue.add({.pattern = "checkpoint.keep",
                   .kind = config::Kind::integer,
                   .unit = "1",
                   .default_text = "3",
                   .lowest = 1,
                   .highest = 1e6,
                   .meaning =
                       "How many checkpoints stay; a new one takes the place of the oldest. With more than one, a "
                       "damaged file costs time but not the run.",
                   .source = "assumption"});
    catalogue.add({.pattern = "checkpoint.on_failure",
                   .kind = config::Kind::choice,
                   .default_text = "stop",
                   .choices = {"stop", "continue"},
                   .meaning = "What to do when a checkpoint cannot be written (disk full, no permission): end the run "
                              "with exit code 4, or warn and go on. Earlier checkpoints stay in either case.",
                   .source = "assumption"});
}

CheckpointPlan read_checkpoint_plan(config::Case& description)
{
    CheckpointPlan plan;
    const double every_min = description.real("checkpoint.every");
    plan.every = every_min > 0.0 ? std::max<Tick>(1, ticks_from_minutes(every_min)) : 0;
    plan.every_wall_s = read_wall_interval(description);
    plan.mean_time_between_failures_s = description.real("checkpoint.mtbf");
    plan.keep = description.integer("checkpoint.keep");
    plan.go_on_after_failure = description.text("checkpoint.on_failure") == "continue";
    return plan;
}

} // namespace paget::app
