#include "results.hpp"

#include "names.hpp"
#include "paget/output/provenance.hpp"
#include "progress.hpp"
#include "sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace paget::output
{
namespace
{
std::string headline(const Results& r)
{
    const double days = minutes_from_ticks(r.now) / minutes_per_day;
    return fmt::format("Paget {}: {}, seed {}: {:.4g} days in {} on {} {}{}\n", program_versions().at("version"),
                       r.facts.case_path, r.body->seed, days, duration_text(r.wall_seconds), r.world_size,
                       r.world_size == 1 ? "rank" : "ranks",
                       r.stopped_early ? fmt::format(" (STOPPED EARLY, planned were {:.4g} days)",
                                                     minutes_from_ticks(r.facts.end) / minutes_per_day)
                                       : "");
}

/// "13 from breast, 2 from lung", counting cells that grow or sleep.
std::string seeds_text(const Results& r, OrganId destination)
{
    std::string text;
    for (const auto& [source, outcomes] : r.seedings.sources_of(destination)) {
        if (outcomes.seeded() > 0) {
            text +=
                fmt::format("{}{} from {}", text.empty() ? "" : ", ", outcomes.seeded(), organ_name(*r.body, source));
        }
    }
    return text.empty() ? "none" : text;
}

std::size_t name_width(const Results& r)
{
    std::size_t width = 5;
    for (const auto& organ : r.body->organs) {
        width = std::max(width, organ.name.size());
    }
    return width;
}

std::string organ_lines(const Results& r)
{
    const std::size_t width = name_width(r);
    std::string text = fmt::format("\n  {:<{}} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}  {}\n", "organ", width, "at start",
                                   "at end", "born", "died", "shed", "arrived", "took root there");
    for (std::size_t i = 0; i < r.end.organs.size(); ++i) {
        const auto& census = r.end.organs[i];
        text += fmt::format("  {:<{}} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}  {}\n", r.body->organs[i].name, width,
                            r.start.organs[i].living(), census.living(), census.totals.born, census.died(),
                            census.totals.shed, census.totals.arrived,
                            seeds_text(r, OrganId{static_cast<std::int32_t>(i)}));
    }
    return text + "\n";
}

std::string blood_lines(const Results& r)
{
    const auto& now = r.end.in_blood;
    const auto& ledger = r.end.blood;
    const auto died = std::accumulate(ledger.died.begin(), ledger.died.end(), std::int64_t{0});
    std::string causes;
    for (std::size_t cause = 0; cause < ledger.died.size(); ++cause) {
        causes += fmt::format("{}{} {}", causes.empty() ? "" : ", ", blood_death_names[cause], ledger.died[cause]);
    }
    const std::string lymph = r.body->has_lymph() ? fmt::format(", {} are in lymph", now.lymph_cells) : std::string();
    return fmt::format("  blood: {} cells entered; {} flow ({} single, {} clusters), {} are arrested{}, {} died ({}),\n"
                       "         {} left into these organs, {} into the rest of the body\n"
                       "         a sample of {} ml holds {} tumour cells ({:.3g} expected)\n",
                       ledger.shed, now.flowing_cells, now.flowing_singles, now.flowing_clusters, now.arrested_cells,
                       lymph, died, causes, ledger.extravasated, ledger.extravasated_lumped, r.sample_ml,
                       r.sample.cells, r.sample.expected_cells);
}

std::string self_seeding_line(const Results& r)
{
    const OrganId primary = r.body->primary();
    const auto& census = r.end.organs[static_cast<std::size_t>(index_of(primary))];
    return fmt::format("  self-seeding: {:.3g} % of the living cells of the primary ({}) came back through the blood, "
                       "or descend from such cells\n",
                       100.0 * returned_share(census), organ_name(*r.body, primary));
}
} // namespace

std::string result_table(const Results& r)
{
    return headline(r) + organ_lines(r) + blood_lines(r) + self_seeding_line(r) + performance_lines(r.performance) +
           fmt::format("  ledger: closed, every cell is accounted for\n  state hash: {}\n  results: {}\n",
                       hash_text_of(r.state_hash), r.folder);
}

} // namespace paget::output
