#include "behaviours.hpp"

namespace paget::agents
{

void emigrate(const Decision& d, Tally& tally, std::vector<bool>& keep)
{
    for (std::size_t i = 0; i < keep.size(); ++i) {
        if (!is_living(d.cells.fate[i]) || !keep[i]) {
            continue;
        }
        const double hazard = d.by_rules(i, Behaviour::emigration, d.type_of(i).attack.emigration_per_min);
        if (hazard > 0.0 &&
            happens(d.random.uniform(Purpose::emigration, d.cells.id[i].value, d.step.begin), hazard, d.step)) {
            keep[i] = false;
            ++tally.left;
        }
    }
}

} // namespace paget::agents
