#include "paget/organ/organ.hpp"

#include "founders.hpp"
#include "intravasation.hpp"
#include "organ_vessels.hpp"
#include "recruitment.hpp"
#include "seeding.hpp"
#include "sensing.hpp"
#include "values_by_rules.hpp"

#include "paget/core/error.hpp"
#include "paget/core/math.hpp"

#include <algorithm>

namespace paget::organ
{
namespace
{
std::vector<fields::DiffusingField> make_fields(const OrganDescription& organ, const mesh::Partition& partition,
                                                const parallel::Communicator& comm)
{
    std::vector<fields::DiffusingField> made;
    for (const FieldDescription& field : organ.fields) {
        made.emplace_back(partition, comm, field.substance, organ.name + "_" + field.substance.name + "_");
    }
    return made;
}

/// Of vessels that stay as they are.
std::unique_ptr<VesselFlow> flow_in(const OrganDescription& organ)
{
    return organ.flow.source == FlowSource::none || organ.angiogenesis.on()
               ? nullptr
               : std::make_unique<VesselFlow>(find_flow(organ.vessels, organ.flow));
}

std::unique_ptr<GrowingVessels> make_growing(const OrganDescription& organ, const RandomNumbers& random)
{
    return organ.angiogenesis.on()
               ? std::make_unique<GrowingVessels>(organ.vessels, organ.flow, organ.angiogenesis, organ.grid, random,
                                                  static_cast<std::uint64_t>(organ_key(organ.name)))
               : nullptr;
}

agents::MechanicsStep mechanics_of(const TissueDescription& tissue)
{
    return {tissue.mechanics_step_min, tissue.skin_um, tissue.kernels, tissue.mechanics_tolerance_um};
}
} // namespace

Organ::Organ(Empty, const OrganDescription& description, const TissueDescription& tissue, OrganId id,
             const mesh::Partition& partition, parallel::Communicator comm, const RandomNumbers& random)
    : description_(&description),
      tissue_(&tissue),
      id_(id),
      random_(random),
      comm_(std::make_unique<parallel::Communicator>(std::move(comm))),
      partition_(partition),
      growing_(make_growing(description, random)),
      vessel_map_(vessels(), description.grid, partition.box(comm_->rank()), largest_reach_um(tissue)),
      vessel_distance_(distances_in(vessels(), tissue)),
      fields_(make_fields(description, partition_, *comm_)),
      blood_flow_(flow_in(description)),
      carried_(make_carried(description, vessels(), blood_flow(), partition_, *comm_)),
      matrix_(partition_, *comm_, description.matrix.initial),
      population_(partition_, *comm_, tissue.types, organ_key(description.name), random, mechanics_of(tissue)),
      at_rest_(fields_.size(), false),
      mean_at_vessels_(fields_.size())
{
}

Organ::Organ(const OrganDescription& description, const TissueDescription& tissue, OrganId id,
             const mesh::Partition& partition, parallel::Communicator comm, const RandomNumbers& random)
    : Organ(Empty{}, description, tissue, id, partition, std::move(comm), random)
{
    found_tumour();
    start_fields();
}

void Organ::found_tumour()
{
    for (const Founders& founders : description_->founders) {
        const auto type = std::find_if(tissue_->types.begin(), tissue_->types.end(),
                                       [&](const auto& t) { return t.name == founders.type; });
        const std::uint64_t first = population_.reserve_numbers(static_cast<std::uint64_t>(founders.count));
        std::vector<agents::CellRecord> cells;
        if (comm_->is_root()) { // one rank makes them all: copies on every rank would fill a node's memory
            cells = place_founders(founders, *type, static_cast<std::uint8_t>(type - tissue_->types.begin()),
                                   description_->grid, organ_key(description_->name), first, random_);
        }
        totals_.founded += static_cast<std::int64_t>(cells.size());
        population_.insert(std::move(cells));
    }
}

agents::Environment Organ::sense(const std::vector<std::uint32_t>& heard) const
{
    agents::Environment environment =
        sense_tissue(population_, *tissue_, description_->fields, fields_, matrix_, description_->grid);
    std::fill(environment.drug_death_per_min.begin(), environment.drug_death_per_min.end(), plasma_.death_per_min);
    sense_signals(population_, *tissue_,
                  {fields_, vessel_distance_ ? &*vessel_distance_ : nullptr, plasma_, id_, niche_, description_->grid},
                  heard, environment);
    return environment;
}

std::vector<double> Organ::signals_for_blood()
{
    const auto heard = agents::signals_heard(tissue_->types, agents::Stage::blood);
    std::vector<double> values(
        agents::any_rules_on(tissue_->types, agents::Behaviour::extravasation) ? tissue_->signals.size() : 0);
    for (const std::uint32_t number : heard) {
        if (number >= agents::own_signal_count) {
            const std::size_t s = number - agents::own_signal_count;
            const TissueSignal& signal = tissue_->signals[s];
            values[s] = signal.kind == TissueSignal::Kind::concentration
                            ? mean_at_vessels(description_->fields[signal.index].substance.name)
                            : signal_everywhere(signal, {fields_, nullptr, plasma_, id_, niche_, description_->grid});
        }
    }
    return values;
}

void Organ::advance_cells(const TimeStep& step)
{
    if (occupied_) {
        wake_and_lull(step);
        totals_ += population_.decide(sense(agents::signals_heard(tissue_->types, agents::Stage::decision)), step);
        population_.move(sense(agents::signals_heard(tissue_->types, agents::Stage::motion)),
                         step); // sensed anew: there are daughters now
    }
    recruit(step);
}

/// Newcomers are numbered like births: by their places over the whole organ.
void Organ::recruit(const TimeStep& step)
{
    if (!anybody_comes(*tissue_)) {
        return;
    }
    const auto came = recruits(*tissue_, description_->fields, fields_, vessel_map_, description_->grid,
                               partition_.box(comm_->rank()), organ_key(description_->name), random_, step);
    std::vector<std::uint64_t> keys;
    for (const Recruit& recruit : came) {
        keys.push_back(recruit.key);
    }
    std::vector<std::uint64_t> all = comm_->all_gather<std::uint64_t>(keys);
    if (all.empty()) {
        return;
    }
    wake(!came.empty(), step.end());
    std::sort(all.begin(), all.end());
    const std::uint64_t first = population_.reserve_numbers(all.size());
    std::vector<agents::CellRecord> cells;
    for (const Recruit& recruit : came) {
        const auto place = std::lower_bound(all.begin(), all.end(), recruit.key) - all.begin();
        const std::uint64_t number = first + static_cast<std::uint64_t>(place);
        cells.push_back(recruit.cell);
        cells.back().id = CellId::make(organ_key(description_->name), number);
        cells.back().clone = static_cast<std::uint32_t>(number);
    }
    totals_.recruited += static_cast<std::int64_t>(cells.size());
    population_.insert(std::move(cells));
}

template <class Own>
std::vector<double> Organ::ruled(agents::Behaviour behaviour, const TimeStep& step, const Own& own) const
{
    const auto sensed = [&] { return sense(agents::signals_heard(tissue_->types, behaviour)); };
    return values_by_rules(population_, behaviour, step.begin, sensed, own);
}

/// Cells fall asleep in the first phase of their cycle only: later they are bound to divide.
void Organ::wake_and_lull(const TimeStep& step)
{
    const double soil_per_min = description_->soil.wake_per_min;
    const auto waking_per_min = ruled(agents::Behaviour::waking, step, [&](std::size_t) { return soil_per_min; });
    const auto lulled_per_min = ruled(agents::Behaviour::falling_asleep, step, [](std::size_t) { return 0.0; });
    const auto rate_of = [](const std::vector<double>& by_rules, std::size_t cell, double otherwise) {
        return by_rules.empty() ? otherwise : by_rules[cell];
    };
    for (std::size_t cell = 0; cell < population_.size(); ++cell) {
        const agents::Fate fate = population_.fate(cell);
        const bool awake = fate == agents::Fate::cycling && population_.phase(cell) == 0;
        if (fate != agents::Fate::dormant && !awake) {
            continue;
        }
        const double rate_per_min =
            awake ? rate_of(lulled_per_min, cell, 0.0) : rate_of(waking_per_min, cell, soil_per_min);
        if (rate_per_min > 0.0 && random_.uniform(Purpose::dormancy, population_.id(cell).value, step.begin) <
                                      event_probability(rate_per_min, step.minutes())) {
            population_.set_fate(cell, awake ? agents::Fate::dormant : agents::Fate::cycling, step.begin);
        }
    }
}

std::vector<double> Organ::intravasation_per_min(const TimeStep& step) const
{
    const auto own = [&](std::size_t cell) {
        const TissueBehaviour& behaviour = tissue_->behaviour[population_.type(cell)];
        return behaviour.intravasation_per_min[static_cast<std::size_t>(population_.state(cell))];
    };
    std::vector<double> rates = ruled(agents::Behaviour::intravasation, step, own);
    for (std::size_t cell = rates.size(); cell < population_.size(); ++cell) { // without rules there are none yet
        rates.push_back(own(cell));
    }
    return rates;
}

std::vector<agents::ShedCell> Organ::shed_into_blood(const TimeStep& step)
{
    if (!occupied_) {
        return {};
    }
    const double immature_factor = growing_ ? description_->angiogenesis.entry_factor : 1.0;
    const DoorsToBlood doors{vessel_map_, vessels(), immature_factor};
    const auto leaders = choose_leaders(population_, *tissue_, doors, intravasation_per_min(step), random_, step);
    std::vector<bool> leaves(leaders.size());
    std::vector<CellId> cluster;
    for (std::size_t cell = 0; cell < leaders.size(); ++cell) {
        leaves[cell] = leaders[cell] != no_cell;
        if (leaves[cell]) {
            cluster.push_back(leaders[cell]);
        }
    }
    std::vector<agents::ShedCell> shed;
    for (const agents::CellRecord& cell : population_.remove(leaves)) {
        const CellId leader = cluster[shed.size()];
        // Cells leave all through the step, so that counts in the blood are those of a steady stream.
        const double after_min = step.minutes() * random_.uniform(Purpose::entry_time, leader.value, step.begin);
        shed.push_back({cell, leader, id_, after_min});
    }
    totals_.shed += static_cast<std::int64_t>(shed.size());
    return shed;
}

void Organ::receive(const std::vector<agents::Arrival>& arrivals, const TimeStep& step, double niche_gain)
{
    const Seeding seeding(*description_, vessels(), random_, niche_gain);
    events_.clear();
    wake(!arrivals.empty(), step.end());
    std::vector<agents::CellRecord> cells;
    for (const agents::Arrival& arrival : arrivals) {
        cells.push_back(seeding.settle(arrival, step));
        events_.push_back(event_of(arrival, cells.back(), step.end()));
        totals_.arrived += 1;
        if (!agents::is_living(cells.back().fate)) {
            totals_.died[static_cast<std::size_t>(agents::DeathCause::failed_to_colonise)] += 1;
        }
    }
    population_.insert(std::move(cells));
}

} // namespace paget::organ
