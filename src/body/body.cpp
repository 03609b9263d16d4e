#include "paget/body/body.hpp"

#include "read_state.hpp"
#include "work.hpp"

#include "paget/io/memory_state.hpp"

#include <algorithm>

namespace paget::body
{
namespace
{
std::vector<std::vector<int>> ranks_of(const std::vector<mesh::OrganPlacement>& layout)
{
    std::vector<std::vector<int>> ranks;
    for (const auto& placement : layout) {
        ranks.push_back(placement.ranks);
    }
    return ranks;
}

/// The organs that this rank works on, from a saved state if there is one. Groups are made in the order of the case on
/// all ranks, as overlapping ones need; all ranks read together.
std::vector<organ::Organ> build_organs(const BodyDescription& description, const parallel::Communicator& world,
                                       const std::vector<mesh::OrganPlacement>& layout, const RandomNumbers& random,
                                       io::StateReader* saved)
{
    std::vector<organ::Organ> organs;
    for (std::size_t i = 0; i < layout.size(); ++i) {
        const auto& ranks = layout[i].ranks;
        auto state = saved != nullptr ? read_organ(*saved, description, i, layout[i], world) : organ::OrganState{};
        if (std::find(ranks.begin(), ranks.end(), world.rank()) == ranks.end()) {
            continue;
        }
        const auto& about = description.organs[i];
        const OrganId id{static_cast<std::int32_t>(i)};
        const mesh::Partition partition = layout[i].partition(about.grid);
        auto comm = world.create_group(ranks, static_cast<int>(i));
        if (saved != nullptr) {
            organs.emplace_back(about, description.tissue, id, partition, std::move(comm), random, std::move(state));
        } else {
            organs.emplace_back(about, description.tissue, id, partition, std::move(comm), random);
        }
    }
    return organs;
}

circulation::RulesInBlood rules_in_blood(const organ::TissueDescription& tissue)
{
    circulation::RulesInBlood in_blood;
    if (!agents::any_rules_on(tissue.types, agents::Behaviour::extravasation)) {
        return in_blood;
    }
    in_blood.tissue_signals = tissue.signals.size();
    for (const agents::CellType& type : tissue.types) {
        auto& response = in_blood.extravasation.emplace_back();
        for (const agents::RuledBehaviour& ruled : type.rules) {
            if (ruled.behaviour == agents::Behaviour::extravasation) {
                response = ruled.response;
            }
        }
    }
    return in_blood;
}

circulation::Circulation make_circulation(const BodyDescription& description, const parallel::Communicator& world,
                                          const std::vector<mesh::OrganPlacement>& layout, const RandomNumbers& random)
{
    return {circulation::VascularGraph(description.beds, description.veins_min, description.arteries_min),
            description.journey,
            world,
            ranks_of(layout),
            random,
            rules_in_blood(description.tissue)};
}
} // namespace

Body::Body(const BodyDescription& description, const parallel::Communicator& world)
    : Body(description, world, mesh::plan_layout(description.loads(), world.size()))
{
}

Body::Body(const BodyDescription& description, const parallel::Communicator& world, Layout layout)
    : Body(description, world, std::move(layout), nullptr)
{
}

Body::Body(const BodyDescription& description, const parallel::Communicator& world, io::StateReader& saved)
    : Body(description, world, mesh::plan_layout(saved_loads(description, world, saved), world.size()), &saved)
{
    restore_the_rest(saved);
}

/// All but organs.
void Body::restore_the_rest(io::StateReader& saved)
{
    circulation_.restore(read_travellers(saved, *description_, *world_), read_blood_ledger(saved, *world_));
    therapy_.restore(read_drugs(saved, *description_, *world_));
    niches_.restore(read_niches(saved, *description_, *world_));
    check_ledger(census());
}

Body::Body(const BodyDescription& description, const parallel::Communicator& world, Layout layout,
           io::StateReader* saved)
    : description_(&description),
      world_(&world),
      random_(description.seed),
      layout_(std::move(layout)),
      organs_(build_organs(description, world, layout_, random_, saved)),
      circulation_(make_circulation(description, world, layout_, random_)),
      therapy_(description.drugs),
      niches_(description.organs),
      meters_{std::vector<OrganMeters>(description.organs.size()), {}, {}},
      solver_before_(description.organs.size())
{
}

void Body::move_to(Layout layout)
{
    io::MemoryState state(*world_);
    write_state(state);
    solver_before_ = solver_totals();
    organs_.clear(); // before there are others: a node need not hold both
    layout_ = std::move(layout);
    organs_ = build_organs(*description_, *world_, layout_, random_, &state);
    circulation_ = make_circulation(*description_, *world_, layout_, random_);
    restore_the_rest(state);
}

std::vector<organ::SolverTotals> Body::solver_totals() const
{
    std::vector<std::int64_t> numbers(2 * solver_before_.size(), 0);
    for (const organ::Organ& organ : organs_) {
        const auto i = static_cast<std::size_t>(index_of(organ.id()));
        numbers[2 * i] = organ.solver_totals().solves;
        numbers[2 * i + 1] = organ.solver_totals().iterations;
    }
    world_->maximum(std::span(numbers)); // known on the organ's ranks
    std::vector<organ::SolverTotals> totals = solver_before_;
    for (std::size_t i = 0; i < totals.size(); ++i) {
        totals[i].solves += numbers[2 * i];
        totals[i].iterations += numbers[2 * i + 1];
    }
    return totals;
}

/// Operator splitting, argued in docs/model/splitting.md. Organs meet only in the blood, so their order cannot matter.
StepReport Body::advance(const TimeStep& step)
{
    StepReport report;
    report.step = step;
    const Plasma plasma = therapy_.advance(step);       // drug concentrations in blood
    for (organ::Organ& organ : organs_) {               // the organs that this rank works on
        organ.set_niche(niches_.readiness(organ.id())); // as the last step left it
        advance_tissue(organ, step, plasma);            // fields and cells
        leave_tissue(organ, step);                      // intravasation: singles and clusters
    }
    {
        const auto measured = meters_.blood.measure();
        circulation_.advance(step); // flow, death in blood, arrest in a capillary bed
    }
    for (organ::Organ& organ : organs_) {
        const auto measured = meters_of(organ).arrivals.measure();
        organ.receive(circulation_.arrivals(organ.id()), step,
                      niches_.gain(organ.id())); // extravasation, seeding, self-seeding
        report.add(organ.seeding_events());
    }
    take_account(report);
    return report;
}

void Body::advance_tissue(organ::Organ& organ, const TimeStep& step, const Plasma& plasma)
{
    OrganMeters& meters = meters_of(organ);
    {
        const auto measured = meters.fields.measure();
        organ.advance_fields(step, plasma); // diffusion, decay, uptake, secretion
    }
    const auto measured = meters.cells.measure();
    organ.advance_cells(step); // sense, decide, move, divide, die
}

void Body::leave_tissue(organ::Organ& organ, const TimeStep& step)
{
    const auto measured = meters_of(organ).shedding.measure();
    circulation_.collect(organ.shed_into_blood(step));
    circulation_.set_cues(organ.id(), {organ.mean_at_vessels("il6"), organ.mean_at_vessels("il8"),
                                       niches_.gain(organ.id()), organ.signals_for_blood()});
}

void Body::take_account(StepReport& report)
{
    const auto measured = meters_.accounts.measure();
    report.census = census();
    check_ledger(report.census);
    niches_.advance(report.census.organs, report.step); // by the tumours as they are now
    report.census.niches = niches_.readiness();
}

OrganMeters& Body::meters_of(const organ::Organ& organ)
{
    return meters_.organs[static_cast<std::size_t>(index_of(organ.id()))];
}

StepLimit Body::longest_step(Tick now) const
{
    StepLimit limit{description_->coupling_step, "the coupling step run.step"};
    const auto dose = therapy_.next_event(now);
    if (dose && *dose - now < limit.length) {
        limit = {*dose - now, "an infusion begins or ends"};
    }
    return limit;
}

const organ::Organ* Body::organ(OrganId id) const
{
    const auto found = std::find_if(organs_.begin(), organs_.end(), [&](const auto& o) { return o.id() == id; });
    return found == organs_.end() ? nullptr : &*found;
}

} // namespace paget::body
