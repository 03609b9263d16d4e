#include "entry.hpp"

namespace paget::circulation
{
namespace
{
using Cells = std::vector<agents::CellRecord>;

bool survives_detachment(const Convoy& convoy, const Blood& blood)
{
    const double probability = convoy.is_cluster() ? blood.journey.survival_cluster : blood.journey.survival_single;
    return blood.draw(Purpose::disaggregation, convoy.leader(), convoy)[convoy.is_cluster() ? 2 : 1] < probability;
}

/// One entry per group that goes on together: the cluster's rest, if any, then the singles.
std::vector<Cells> disaggregate(const Convoy& shed, const Blood& blood)
{
    std::vector<Cells> groups(1);
    for (const agents::CellRecord& cell : shed.cells) {
        const bool leaves = shed.is_cluster() && blood.draw(Purpose::disaggregation, cell, shed)[0] <
                                                     blood.journey.disaggregation_probability;
        if (leaves) {
            groups.push_back({cell});
        } else {
            groups.front().push_back(cell);
        }
    }
    return groups;
}
} // namespace

std::vector<Convoy> enter_blood(const Convoy& shed, const Blood& blood, BloodLedger& ledger)
{
    std::vector<Convoy> survivors;
    for (Cells& cells : disaggregate(shed, blood)) {
        if (cells.empty()) {
            continue;
        }
        Convoy convoy = shed.with(std::move(cells));
        if (survives_detachment(convoy, blood)) {
            survivors.push_back(std::move(convoy));
        } else {
            count_death(ledger, BloodDeath::anoikis, convoy.cells.size());
        }
    }
    return survivors;
}

} // namespace paget::circulation
