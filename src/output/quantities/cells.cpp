#include "quantities.hpp"

#include "names.hpp"

namespace paget::output
{

void add_cells(Row& row, const Sample& sample)
{
    for (std::size_t i = 0; i < sample.census.organs.size(); ++i) {
        const auto& organ = sample.census.organs[i];
        const std::string prefix = sample.body->organs[i].name + ".";
        row.add(prefix + "living", organ.living());
        for (std::size_t state = 0; state < agents::state_count; ++state) {
            for (std::size_t fate = 0; fate < agents::fate_count; ++fate) {
                row.add(prefix + state_names[state] + "." + fate_names[fate], organ.cells[state][fate]);
            }
        }
    }
}

} // namespace paget::output
