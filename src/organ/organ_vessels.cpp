// The vessels of an organ that grow, and what is made from vessels.

#include "organ_vessels.hpp"

#include "sensing.hpp"
#include "vessel_surroundings.hpp"

#include "paget/core/error.hpp"
#include "paget/organ/organ.hpp"

#include <algorithm>

namespace paget::organ
{

double largest_reach_um(const TissueDescription& tissue)
{
    double reach = 0.0;
    for (std::size_t type = 0; type < tissue.types.size(); ++type) {
        const agents::CellType& cells = tissue.types[type];
        const double largest_um = agents::radius_from_volume_um(agents::largest_volume_um3(cells));
        reach = std::max(reach, tissue.behaviour[type].reach_um + largest_um);
    }
    return reach;
}

std::optional<VesselDistance> distances_in(const VesselNetwork& vessels, const TissueDescription& tissue)
{
    const bool heard = std::any_of(tissue.signals.begin(), tissue.signals.end(), [](const TissueSignal& signal) {
        return signal.kind == TissueSignal::Kind::vessel_distance;
    });
    return heard ? std::optional<VesselDistance>(vessels) : std::nullopt;
}

std::vector<std::optional<CarriedField>> make_carried(const OrganDescription& organ, const VesselNetwork& vessels,
                                                      const VesselFlow* flow, const mesh::Partition& partition,
                                                      const parallel::Communicator& comm)
{
    std::vector<std::optional<CarriedField>> made(organ.fields.size());
    for (std::size_t i = 0; i < made.size(); ++i) {
        const FieldDescription& field = organ.fields[i];
        if (field.carriage.carried) {
            ensure(flow != nullptr, "a field is carried by blood whose flow is not known");
            made[i].emplace(vessels, *flow, field.carriage, field.substance, partition, comm);
        }
    }
    return made;
}

void Organ::lay_vessels()
{
    const mesh::Box box = partition_.box(comm_->rank());
    vessel_map_ = VesselMap(vessels(), description_->grid, box, largest_reach_um(*tissue_));
    vessel_distance_ = distances_in(vessels(), *tissue_);
    carried_ = make_carried(*description_, vessels(), blood_flow(), partition_, *comm_);
    std::fill(mean_at_vessels_.begin(), mean_at_vessels_.end(), std::nullopt);
}

void Organ::grow_vessels(const TimeStep& step)
{
    const Angiogenesis& rules = description_->angiogenesis;
    if (!growing_ || step.end() / rules.interval <= step.begin / rules.interval) {
        return;
    }
    double free_share = 1.0;
    if (rules.blocker) {
        free_share = 1.0 / (1.0 + plasma_.concentration_mg_per_l[*rules.blocker] / rules.blocker_kd_mg_per_l);
    }
    const auto& field = fields_[*find_field(description_->fields, rules.field)].concentration();
    const std::vector<double> pressure = rules.collapse_pressure > 0.0
                                             ? pressure_in_voxels(population_, description_->grid, field.box())
                                             : std::vector<double>{};
    if (growing_->advance(surroundings_of(growing_->state(), field, free_share, pressure, description_->grid, *comm_),
                          step.end())) {
        lay_vessels();
    }
}

} // namespace paget::organ
