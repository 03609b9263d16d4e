#include "paget/circulation/circulation.hpp"

#include "arrest.hpp"
#include "entry.hpp"
#include "flow.hpp"
#include "journey_problems.hpp"
#include "paget/core/error.hpp"
#include "routing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace paget::circulation
{
namespace
{
/// Everything that does not fit together, told at once.
void validate(const VascularGraph& graph, const JourneyParameters& journey,
              const std::vector<std::vector<int>>& organ_ranks)
{
    std::string text;
    const auto tell = [&](const std::string& message) { text += (text.empty() ? "" : "\n") + message; };
    for (const JourneyProblem& problem : find_problems(journey)) {
        tell(problem.message);
    }
    for (std::size_t organ = 0; organ < organ_ranks.size(); ++organ) {
        ensure(!organ_ranks[organ].empty(), "every organ has a rank that works on it");
        if (!graph.bed_of(static_cast<OrganId>(organ))) {
            tell(fmt::format("organ number {} has no bed (its blood would go nowhere). Add a section [bed.NAME] with "
                             "the organ's name.",
                             organ));
        }
    }
    const auto exists = [&](OrganId organ) { return static_cast<std::size_t>(index_of(organ)) < organ_ranks.size(); };
    for (const Bed& bed : graph.beds()) {
        for (const OrganId source : bed.lymph_of) {
            if (!exists(source)) {
                tell(fmt::format("bed {} receives the lymph of organ number {}, which does not exist (no cell would "
                                 "come from there). Describe the organ, or remove it from lymph_of.",
                                 bed.name, index_of(source)));
            }
        }
        if (bed.organ != OrganId::none && !exists(bed.organ)) {
            tell(fmt::format("bed {} belongs to organ number {}, which does not exist (its arrivals would be lost). "
                             "Describe the organ, or let the bed be a lumped one.",
                             bed.name, index_of(bed.organ)));
        }
    }
    if (!text.empty()) {
        throw InputError(text);
    }
}

Arrival arrival_of(const agents::CellRecord& cell, const Convoy& convoy, OrganId destination, Tick now)
{
    Arrival arrival{cell,
                    convoy.leader().id,
                    static_cast<std::int32_t>(convoy.cells.size()),
                    convoy.source,
                    destination,
                    convoy.shed_at,
                    now};
    if (arrival.cell.journeys < std::numeric_limits<std::uint16_t>::max()) {
        ++arrival.cell.journeys;
    }
    return arrival;
}
} // namespace

Circulation::Circulation(VascularGraph graph, JourneyParameters journey, const parallel::Communicator& world,
                         std::vector<std::vector<int>> organ_ranks, RandomNumbers random, RulesInBlood rules)
    : graph_(std::move(graph)),
      journey_(journey),
      world_(&world),
      organ_ranks_(std::move(organ_ranks)),
      random_(random),
      rules_(std::move(rules)),
      own_cues_(organ_ranks_.size()),
      cues_(organ_ranks_.size())
{
    validate(graph_, journey_, organ_ranks_);
}

void Circulation::collect(std::vector<ShedCell> cells)
{
    for (const ShedCell& shed : cells) {
        ensure(graph_.bed_of(shed.source).has_value(), "a cell was shed by an organ that has no bed");
    }
    collected_.insert(collected_.end(), cells.begin(), cells.end());
}

void Circulation::set_cues(OrganId organ, const OrganCues& cues)
{
    const auto index = static_cast<std::size_t>(index_of(organ));
    ensure(index < own_cues_.size(), "cues of an organ that does not exist");
    ensure(!std::isnan(cues.il6) && !std::isnan(cues.il8), "cues of an organ are not numbers");
    ensure(cues.signals.size() == rules_.tissue_signals, "an organ gives other signals than rules in the blood need");
    own_cues_[index] = cues;
    own_cues_[index].il6 = std::max(0.0, cues.il6); // a solver may leave -1e-20
    own_cues_[index].il8 = std::max(0.0, cues.il8);
}

void Circulation::advance(const TimeStep& step)
{
    spread_cues();
    admit(step.begin);
    travellers_ = bring_home(std::move(travellers_), *world_);
    make_journeys(step);
    arrived_ = hand_over(arrived_, organ_ranks_, *world_);
}

void Circulation::spread_cues()
{
    const std::size_t width = 3 + rules_.tissue_signals;
    std::vector<double> values(width * own_cues_.size());
    for (std::size_t i = 0; i < own_cues_.size(); ++i) {
        const OrganCues& cues = own_cues_[i];
        double* const own = values.data() + i * width;
        own[0] = cues.il6;
        own[1] = cues.il8;
        own[2] = cues.niche_gain;
        std::copy(cues.signals.begin(), cues.signals.end(), own + 3); // none where this rank has no part
    }
    values.push_back(arrived_.empty() ? 0.0 : 1.0);
    world_->maximum(std::span(values));
    ensure(values.back() == 0.0, "cells that arrived in the last step were not taken by their organ");
    for (std::size_t i = 0; i < cues_.size(); ++i) {
        const double* const own = values.data() + i * width;
        cues_[i] = {own[0], own[1], own[2], std::vector<double>(own + 3, own + width)};
    }
    lumped_arrivals_.clear();
}

void Circulation::admit(Tick now)
{
    for (const ShedCell& shed : collected_) {
        auto& traveller = travellers_.emplace_back(Traveller{shed.cell, shed.cluster, shed.source, now});
        traveller.minutes_ahead = shed.after_min;
    }
    ledger_.shed += static_cast<std::int64_t>(collected_.size());
    collected_.clear();
}

void Circulation::make_journeys(const TimeStep& step)
{
    const Blood blood{graph_, journey_, cues_, rules_, random_};
    const std::vector<Traveller> before = std::exchange(travellers_, {});
    travellers_.reserve(before.size());
    for (std::size_t begin = 0, end = 0; begin < before.size(); begin = end) {
        end = end_of_convoy(before, begin);
        Convoy convoy = convoy_of(std::span(before).subspan(begin, end - begin));
        if (!convoy.has_just_been_shed()) {
            travel(convoy, 0.0, step, blood);
            continue;
        }
        const Vessel way = way_out(convoy, blood); // one for all: the cluster falls apart on it
        for (Convoy& survivor : enter_blood(convoy, blood, ledger_)) {
            const double departure_min = set_out(survivor, way, step, blood);
            travel(survivor, departure_min, step, blood);
        }
    }
    std::sort(travellers_.begin(), travellers_.end(), travels_before);
}

void Circulation::travel(Convoy& convoy, double from_min, const TimeStep& step, const Blood& blood)
{
    flow(convoy, from_min, step, blood, ledger_);
    if (convoy.empty()) {
        return;
    }
    const auto left_at = convoy.flows() ? std::nullopt : wait_in_arrest(convoy, step, blood, ledger_);
    if (!left_at) {
        append(convoy, travellers_);
        return;
    }
    for (const agents::CellRecord& cell : convoy.cells) {
        arrive(arrival_of(cell, convoy, graph_.bed(convoy.bed).organ, *left_at), convoy.bed);
    }
}

void Circulation::arrive(const Arrival& arrival, int bed)
{
    if (arrival.destination == OrganId::none) {
        ++ledger_.extravasated_lumped;
        lumped_arrivals_.push_back({arrival, bed});
    } else {
        ++ledger_.extravasated;
        arrived_.push_back(arrival);
    }
}

std::vector<Arrival> Circulation::arrivals(OrganId organ)
{
    const auto others = std::stable_partition(arrived_.begin(), arrived_.end(),
                                              [&](const Arrival& arrival) { return arrival.destination == organ; });
    std::vector<Arrival> taken(arrived_.begin(), others);
    arrived_.erase(arrived_.begin(), others);
    return taken;
}

BloodLedger Circulation::ledger() const
{
    const auto& died = ledger_.died;
    std::array<std::int64_t, 3 + blood_death_count> counts{};
    counts[0] = ledger_.shed;
    counts[1] = ledger_.extravasated;
    counts[2] = ledger_.extravasated_lumped;
    std::copy(died.begin(), died.end(), counts.begin() + 3);
    world_->sum(std::span(counts));
    BloodLedger sum{counts[0], {}, counts[1], counts[2]};
    std::copy(counts.begin() + 3, counts.end(), sum.died.begin());
    return sum;
}

BloodCount Circulation::count() const
{
    std::array<std::int64_t, 5> counts{};
    for (std::size_t begin = 0, end = 0; begin < travellers_.size(); begin = end) {
        end = end_of_convoy(travellers_, begin);
        const auto cells = static_cast<std::int64_t>(end - begin);
        if (travellers_[begin].bed != not_arrested) {
            counts[3] += cells;
        } else if (graph_.is_lymph(travellers_[begin].location)) {
            counts[4] += cells;
        } else {
            ++counts[cells > 1 ? 1 : 0];
            counts[2] += cells;
        }
    }
    world_->sum(std::span(counts));
    return {counts[0], counts[1], counts[2], counts[3], counts[4]};
}

void Circulation::restore(std::vector<Traveller> travellers, const BloodLedger& ledger)
{
    travellers_ = bring_home(std::move(travellers), *world_);
    ledger_ = world_->is_root() ? ledger : BloodLedger{};
}

} // namespace paget::circulation
