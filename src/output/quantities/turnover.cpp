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
        for (std::size_t cause = 0; cause < agents::death_cause_count; ++cause) {
            row.add(prefix + "died." + death_names[cause], totals.died[cause]);
        }
        row.add(prefix + "shed", totals.shed);
        row.add(prefix + "arrived", totals.arrived);
    }
}

} // namespace paget::output
