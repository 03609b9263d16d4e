#include "quantities.hpp"

#include "names.hpp"

namespace paget::output
{

void add_turnover(Row& row, const Sample& sample)
{
    for (std::size_t i = 0; i < sample.census.organs.size(); ++i) {
        const agents::Tally& totals = sample.census.organs[i].totals;
        const std::string prefix = sample.body->organs[i].name + ".";
        row.add(prefix + "founded", totals.founded);
        row.add(prefix + "born", totals.born);
        const bool open = sample.body->tissue.open;
        for (std::size_t cause = 0; cause < agents::death_cause_count; ++cause) {
            if (open || static_cast<agents::DeathCause>(cause) != agents::DeathCause::killed) {
                row.add(prefix + "died." + death_names[cause], totals.died[cause]);
            }
        }
        row.add(prefix + "shed", totals.shed);
        row.add(prefix + "arrived", totals.arrived);
        if (open) {
            row.add(prefix + "recruited", totals.recruited);
            row.add(prefix + "left", totals.left);
        }
    }
}

} // namespace paget::output
