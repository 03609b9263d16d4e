#pragma once

#include "paget/circulation/traveller.hpp"
#include "paget/circulation/vascular_graph.hpp"
#include "paget/core/random.hpp"
#include "paget/parallel/communicator.hpp"

#include <vector>

namespace paget::circulation
{

/// Laws of the journey; all organs share them.
struct JourneyParameters {
    double disaggregation_probability = 0.0; ///< per cell of a cluster, on entering the blood
    double survival_single = 1.0;            ///< of detachment (anoikis), on entering the blood
    double survival_cluster = 1.0;           ///< likewise, for a cluster as a whole
    double shear_death_per_min = 0.0;        ///< while flowing in the arteries
    double flow_death_per_min = 0.0;         ///< while flowing anywhere: NK cells and all other clearance
    double cluster_protection = 0.2;         ///< factor on death in flow for cells of clusters
    double extravasation_per_min = 0.0;
    double arrest_death_per_min = 0.0;       ///< of arrested cells, by other causes than NK cells
    double nk_encounters_per_min = 0.0;      ///< of arrested cells with NK cells
    double nk_lethality = 0.0;               ///< of an encounter just after arrest; falls
    double nk_lethality_plateau_min = 240.0; ///< constant until here,
    double nk_lethality_end_min = 1440.0;    ///< then linearly to zero here
    double blood_volume_ml = 5000.0;
    double il6_half = 1.0; ///< in the unit of the IL-6 field
    double il8_half = 1.0;
};

/// What an organ tells the blood: means over its perfused voxels.
struct OrganCues {
    double il6 = 0.0;
    double il8 = 0.0;
};

/// All tumour cells between tissues. Each cluster lives on a home rank that follows from its id; its journey uses
/// random numbers keyed by its leader, so it does not matter where it is computed. Several organs shed into it, it
/// hands arrivals to ranks of the destination organ.
class Circulation
{
public:
    /// `organ_ranks[o]` are the world ranks that work on organ o. Same arguments on all ranks. `world` must outlive it.
    Circulation(VascularGraph graph, JourneyParameters journey, const parallel::Communicator& world,
                std::vector<std::vector<int>> organ_ranks, RandomNumbers random);

    /// Takes cells shed by this rank's part of an organ during the step. Local.
    void collect(std::vector<ShedCell> cells);

    /// Sets the cues of an organ for the next advance; called by every rank that works on that organ, with the same
    /// values. Local.
    void set_cues(OrganId organ, const OrganCues& cues);

    /// Journeys over the step: entry (disaggregation, anoikis), flow from bed to bed with capture per pass, death in
    /// flow, waiting and death in arrest, extravasation. Cells collected enter at the step's begin. Collective over the
    /// world.
    void advance(const TimeStep& step);

    /// Cells that left the blood for this organ in the last advance and were handed to this rank; sorted by id. Moves
    /// them out. Local.
    std::vector<Arrival> arrivals(OrganId organ);

    /// Arrivals in organs that are not resolved, in the last advance, on this rank.
    const std::vector<Arrival>& lumped_arrivals() const { return lumped_arrivals_; }

    /// Sums over all ranks. Collective.
    BloodLedger ledger() const;
    BloodCount count() const;

    /// Cells on this rank, by (cluster, id), for state files. Local.
    const std::vector<Traveller>& travellers() const { return travellers_; }
    void restore(std::vector<Traveller> travellers, const BloodLedger& ledger);

    const VascularGraph& graph() const { return graph_; }
    const JourneyParameters& journey() const { return journey_; }

private:
    VascularGraph graph_;
    JourneyParameters journey_;
    const parallel::Communicator* world_;
    std::vector<std::vector<int>> organ_ranks_;
    RandomNumbers random_;
    std::vector<ShedCell> collected_;
    std::vector<Traveller> travellers_;
    std::vector<OrganCues> cues_;
    std::vector<Arrival> arrived_;
    std::vector<Arrival> lumped_arrivals_;
    BloodLedger ledger_; ///< this rank's part
};

/// Adds the keys `bed.<bed>.*` and `circulation.*`.
void declare_parameters(config::Catalogue& catalogue);

/// The graph of the case: beds by sections [bed.<name>]; `organs` are the names of the resolved organs, each of which
/// needs a bed of its name (a problem is noted otherwise).
std::vector<Bed> read_beds(config::Case& description, const std::vector<std::string>& organs);
JourneyParameters read_journey(config::Case& description);

} // namespace paget::circulation
