#include "quantities.hpp"

#include "names.hpp"

namespace paget::output
{

void add_vessels(Row& row, const Sample& sample)
{
    for (std::size_t i = 0; i < sample.census.vessels.size(); ++i) {
        if (!sample.body->organs[i].angiogenesis.on()) {
            continue;
        }
        const organ::VesselSummary& vessels = sample.census.vessels[i];
        const std::string prefix = organ_name(*sample.body, static_cast<OrganId>(i)) + ".vessels.";
        row.add(prefix + "length_um", vessels.length_um);
        row.add(prefix + "flowing_um", vessels.flowing_um);
        row.add(prefix + "collapsed_um", vessels.collapsed_um);
        row.add(prefix + "pressure_mmHg", vessels.mean_pressure_mmhg);
        row.add(prefix + "maturity", vessels.mean_maturity);
        row.add(prefix + "segments", vessels.segments);
        row.add(prefix + "tips", vessels.tips);
        for (std::size_t event = 0; event < organ::VesselEvents::count; ++event) {
            row.add(prefix + vessel_event_names[event], vessels.events.number[event]);
        }
    }
}

} // namespace paget::output
