#pragma once

#include "paget/agents/journey.hpp"
#include "paget/agents/population.hpp"
#include "paget/core/plasma.hpp"
#include "paget/fields/diffusing_field.hpp"
#include "paget/fields/matrix_field.hpp"
#include "paget/organ/carried_field.hpp"
#include "paget/organ/cells_by_id.hpp"
#include "paget/organ/census.hpp"
#include "paget/organ/description.hpp"
#include "paget/organ/growing_vessels.hpp"
#include "paget/organ/organ_state.hpp"
#include "paget/organ/vessel_distance.hpp"
#include "paget/organ/vessel_map.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace paget::organ
{

struct VoxelRates;

/// One tissue: its fields, cells and vessels on the ranks of one communicator; the only place where fields and cells
/// meet. All members are collective over the organ's ranks unless marked local.
class Organ
{
public:
    /// Founders are placed, fields start from their quasi-steady state. The communicator is the organ's own;
    /// description and tissue must outlive the organ.
    Organ(const OrganDescription& description, const TissueDescription& tissue, OrganId id,
          const mesh::Partition& partition, parallel::Communicator comm, const RandomNumbers& random);

    /// The same for an organ that goes on from a saved state: no founders, no initial solves.
    Organ(const OrganDescription& description, const TissueDescription& tissue, OrganId id,
          const mesh::Partition& partition, parallel::Communicator comm, const RandomNumbers& random, OrganState saved);

    OrganId id() const { return id_; }
    const OrganDescription& description() const { return *description_; }
    const parallel::Communicator& communicator() const { return *comm_; }
    const mesh::Partition& partition() const { return partition_; }

    /// Diffusion, decay, uptake, secretion, exchange with vessels; matrix remodelling. An organ without any cell takes
    /// long steps, to whole multiples of TissueDescription::idle_step, and leaves out what came to rest.
    void advance_fields(const TimeStep& step, const Plasma& plasma);

    /// Sense, decide, move, divide, die; immune cells come through vessels.
    void advance_cells(const TimeStep& step);

    /// Takes the cells that enter vessels in this step out of the tissue, with those that hold on to them.
    std::vector<agents::ShedCell> shed_into_blood(const TimeStep& step);

    /// Puts cells that left the blood next to a vessel and decides what becomes of them by the organ's soil, of
    /// which `niche_gain` adds to the growing share that many times as much. Each rank hands in what it was given.
    void receive(const std::vector<agents::Arrival>& arrivals, const TimeStep& step, double niche_gain = 0.0);

    /// How ready the organ's niche is, 0 to 1, in the next step; rules listen to it. The same on all ranks. Local.
    void set_niche(double readiness) { niche_ = readiness; }

    /// What rules in the blood listen to, by the numbers of TissueDescription::signals: means at vessels; empty if no
    /// type has rules on extravasation.
    std::vector<double> signals_for_blood();

    /// Mean concentration over voxels through which blood flows (all voxels if there are none); 0 for an unknown field.
    double mean_at_vessels(std::string_view field);

    /// This rank's part. Local.
    Census census() const;
    /// Seeding events of the last receive() on this rank. Local.
    const std::vector<SeedingEvent>& seeding_events() const { return events_; }
    /// The same on all ranks of the organ; matrix density last, under the name "ecm".
    std::vector<FieldSummary> field_summaries() const;

    const std::vector<fields::DiffusingField>& fields() const { return fields_; }
    const fields::MatrixField& matrix() const { return matrix_; }
    /// The time of the fields: behind the present in an organ without cells. The same on all ranks. Local.
    Tick fields_at() const { return fields_at_; }
    /// Per field: whether it reached its steady state in the absence of cells. The same on all ranks. Local.
    const std::vector<bool>& fields_at_rest() const { return at_rest_; }
    /// The vessels as they are now: the description's, unless they grow. The same on all ranks. Local.
    const VesselNetwork& vessels() const { return growing_ ? growing_->network() : description_->vessels; }
    /// Vessels that grow, or null. The same on all ranks. Local.
    const GrowingVessels* growing_vessels() const { return growing_.get(); }
    /// The blood on its way through the vessels, or null where its flow is not known. Local.
    const VesselFlow* blood_flow() const { return growing_ ? &growing_->flow() : blood_flow_.get(); }
    /// A field that blood carries along the vessels, with the balance of its last advance; null for others. Local.
    const CarriedField* carried(std::size_t field) const { return carried_[field] ? &*carried_[field] : nullptr; }
    const agents::Population& population() const { return population_; }
    SolverTotals solver_totals() const { return solver_; }

    /// All cells of the organ by their ids, in so many portions.
    CellsById cells_by_id(std::uint64_t portions) const { return {population_, *comm_, portions}; }

private:
    struct Empty {
    };
    /// Without cells, fields uniform: what both ways to begin start from.
    Organ(Empty, const OrganDescription& description, const TissueDescription& tissue, OrganId id,
          const mesh::Partition& partition, parallel::Communicator comm, const RandomNumbers& random);

    void found_tumour();
    void start_fields();
    std::vector<VoxelRates> current_rates(Tick now) const;
    void advance_tissue(const TimeStep& step);
    void advance_idle_tissue(Tick now);
    void wake(bool cell_arrives, Tick now);
    void note_advance(Tick now);
    /// Vessels that grow do so when a multiple of their interval has passed.
    void grow_vessels(const TimeStep& step);
    /// Brings what was made from the vessels up to them.
    void lay_vessels();
    /// Returns what each owned voxel lost, where a field is stored in the matrix; else nothing.
    std::vector<double> advance_matrix(const TimeStep& step);
    bool stores_in_matrix() const;
    /// Adds to the gains of the stored fields what the matrix lost in the step.
    void set_free(std::vector<VoxelRates>& rates, const std::vector<double>& lost, double minutes) const;
    /// What cells sense, with the signals of these numbers (agents::signals_heard). Collective.
    agents::Environment sense(const std::vector<std::uint32_t>& heard) const;
    /// Hazard of every cell to enter the blood if a vessel is near.
    std::vector<double> intravasation_per_min(const TimeStep& step) const;
    /// own(cell) of every owned cell, or what its rules make of that; empty if no type has rules on the behaviour.
    template <class Own>
    std::vector<double> ruled(agents::Behaviour behaviour, const TimeStep& step, const Own& own) const;
    void wake_and_lull(const TimeStep& step);
    void recruit(const TimeStep& step);
    fields::SolveReport advance_field(std::size_t field, const VoxelRates& rates, double minutes);
    void note(const fields::SolveReport& report);

    const OrganDescription* description_;
    const TissueDescription* tissue_;
    OrganId id_;
    RandomNumbers random_;
    std::unique_ptr<parallel::Communicator> comm_; ///< on the heap: fields and population keep its address
    mesh::Partition partition_;
    std::unique_ptr<GrowingVessels> growing_; ///< on the heap: carried fields keep its address; null: they stay
    VesselMap vessel_map_;
    std::optional<VesselDistance> vessel_distance_; ///< if rules listen to it
    std::vector<fields::DiffusingField> fields_;
    std::unique_ptr<VesselFlow> blood_flow_;           ///< on the heap: carried fields keep its address
    std::vector<std::optional<CarriedField>> carried_; ///< per field
    fields::MatrixField matrix_;
    agents::Population population_;
    Plasma plasma_;
    double niche_ = 0.0;   ///< readiness, in the present step
    bool occupied_ = true; ///< in the present step: any cell on any rank
    Tick fields_at_ = 0;
    std::vector<bool> at_rest_;                          ///< per field
    std::vector<std::optional<double>> mean_at_vessels_; ///< per field, for the fields as they are
    agents::Tally totals_;
    std::vector<SeedingEvent> events_;
    SolverTotals solver_;
};

} // namespace paget::organ
