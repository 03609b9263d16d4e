#pragma once

#include "paget/circulation/journey_parameters.hpp"
#include "paget/circulation/traveller.hpp"
#include "paget/circulation/vascular_graph.hpp"
#include "paget/core/random.hpp"
#include "paget/parallel/communicator.hpp"

#include <vector>

namespace paget::config
{
class Case;
class Catalogue;
} // namespace paget::config

namespace paget::circulation
{

struct Blood;
struct Convoy;

/// All tumour cells between tissues. Cells that travel together are computed on one rank, a hash of their leader's id
/// (the smallest id); their random numbers are keyed by their ids, so it does not matter which rank that is. Several
/// organs shed into it, it hands arrivals to ranks of the destination organ.
class Circulation
{
public:
    /// `organ_ranks[o]` are the world ranks that work on organ o. Same arguments on all ranks. `world` must outlive it.
    /// Throws InputError (on all ranks) if an organ has no bed or a law of the journey is out of range.
    Circulation(VascularGraph graph, JourneyParameters journey, const parallel::Communicator& world,
                std::vector<std::vector<int>> organ_ranks, RandomNumbers random, RulesInBlood rules = {});

    /// Takes cells shed by this rank's part of an organ during the step. Cells of one cluster may come from several
    /// ranks. Local.
    void collect(std::vector<ShedCell> cells);

    /// Sets the cues of an organ for the next advance; called by every rank that works on that organ, with the same
    /// values. Local.
    void set_cues(OrganId organ, const OrganCues& cues);

    /// Journeys over the step: entry (disaggregation, anoikis), flow from bed to bed with capture per pass, death in
    /// flow, waiting and death in arrest, extravasation. Cells collected enter when they are due in the step. Arrivals
    /// of the last advance must have been taken. Collective over the world.
    void advance(const TimeStep& step);

    /// Cells that left the blood for this organ in the last advance and were handed to this rank; sorted by id. Moves
    /// them out. Local.
    std::vector<Arrival> arrivals(OrganId organ);

    /// Arrivals in organs that are not resolved, in the last advance, on this rank.
    const std::vector<LumpedArrival>& lumped_arrivals() const { return lumped_arrivals_; }

    /// Sums over all ranks. Collective.
    BloodLedger ledger() const;
    BloodCount count() const;

    /// Cells on this rank, by (cluster, id), for state files. Local.
    const std::vector<Traveller>& travellers() const { return travellers_; }
    /// Puts back a saved state: the travellers in any distribution over the ranks (they are brought home), and the
    /// ledger of the whole body, the same on every rank. Collective.
    void restore(std::vector<Traveller> travellers, const BloodLedger& ledger);

    const VascularGraph& graph() const { return graph_; }
    const JourneyParameters& journey() const { return journey_; }

private:
    /// Cues of every organ on every rank, and agreement that all arrivals were taken. Collective.
    void spread_cues();
    void admit(Tick now);
    void make_journeys(const TimeStep& step);
    void travel(Convoy& convoy, double from_min, const TimeStep& step, const Blood& blood);
    void arrive(const Arrival& arrival, int bed);

    VascularGraph graph_;
    JourneyParameters journey_;
    const parallel::Communicator* world_;
    std::vector<std::vector<int>> organ_ranks_;
    RandomNumbers random_;
    RulesInBlood rules_;
    std::vector<ShedCell> collected_;
    std::vector<Traveller> travellers_;
    std::vector<OrganCues> own_cues_; ///< set on this rank; zero for other ranks' organs
    std::vector<OrganCues> cues_;     ///< of all organs, for this advance
    std::vector<Arrival> arrived_;
    std::vector<LumpedArrival> lumped_arrivals_;
    BloodLedger ledger_; ///< this rank's part
};

/// Adds the keys `bed.<bed>.*` and `circulation.*`; those of the pools, which VascularGraph takes as numbers, are
/// `circulation.veins_transit` and `circulation.arteries_transit`.
void declare_parameters(config::Catalogue& catalogue);

/// The beds of the case, by sections [bed.<name>]; `organs` are the names of the resolved organs, each of which needs a
/// bed of its name. Notes problems, also those that VascularGraph would throw.
std::vector<Bed> read_beds(config::Case& description, const std::vector<std::string>& organs);
JourneyParameters read_journey(config::Case& description);

} // namespace paget::circulation
