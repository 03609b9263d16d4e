#include "quantities.hpp"

#include "names.hpp"

#include <fmt/format.h>

namespace paget::output
{

void add_blood(Row& row, const Sample& sample)
{
    const auto& now = sample.census.in_blood;
    row.add("blood.flowing_singles", now.flowing_singles);
    row.add("blood.flowing_clusters", now.flowing_clusters);
    row.add("blood.flowing_cells", now.flowing_cells);
    row.add("blood.arrested_cells", now.arrested_cells);
    if (sample.body->has_lymph()) {
        row.add("blood.lymph_cells", now.lymph_cells);
    }
    row.add(fmt::format("blood.expected_in_{}_ml", sample.sample_ml), sample.blood_sample.expected_cells);
    row.add(fmt::format("blood.drawn_in_{}_ml", sample.sample_ml), sample.blood_sample.cells);
    const auto& ledger = sample.census.blood;
    row.add("blood.shed", ledger.shed);
    for (std::size_t cause = 0; cause < circulation::blood_death_count; ++cause) {
        row.add(std::string("blood.died.") + blood_death_names[cause], ledger.died[cause]);
    }
    row.add("blood.extravasated", ledger.extravasated);
    row.add("blood.extravasated_unresolved", ledger.extravasated_lumped);
}

} // namespace paget::output
