#include "infusions.hpp"

#include <algorithm>

namespace paget::therapy
{

Infusion infusion(const Drug& drug, int index)
{
    const Tick begin = ticks_from_minutes(drug.first_dose_min + static_cast<double>(index) * drug.interval_min);
    return {begin, begin + ticks_from_minutes(drug.infusion_min)};
}

double infused_mg_per_min(const Drug& drug, Tick tick)
{
    int running = 0;
    for (int i = 0; i < drug.doses; ++i) {
        const Infusion given = infusion(drug, i);
        running += given.begin <= tick && tick < given.end ? 1 : 0;
    }
    return static_cast<double>(running) * drug.dose_mg / minutes_from_ticks(ticks_from_minutes(drug.infusion_min));
}

std::optional<Tick> next_change(const Drug& drug, Tick now)
{
    std::optional<Tick> next;
    for (int i = 0; i < drug.doses; ++i) {
        const Infusion given = infusion(drug, i);
        for (const Tick change : {given.begin, given.end}) {
            if (change > now && (!next || change < *next)) {
                next = change;
            }
        }
    }
    return next;
}

} // namespace paget::therapy
