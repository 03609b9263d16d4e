#pragma once

#include "paget/body/description.hpp"
#include "paget/body/meters.hpp"
#include "paget/body/niches.hpp"
#include "paget/body/step_report.hpp"
#include "paget/circulation/circulation.hpp"
#include "paget/io/state.hpp"
#include "paget/mesh/layout.hpp"
#include "paget/organ/organ.hpp"
#include "paget/therapy/therapy.hpp"

#include <string>
#include <vector>

namespace paget::body
{

/// The longest step that a part allows, and why.
struct StepLimit {
    Tick length = 0;
    std::string reason;
};

/// The patient: organs, circulation and therapy, on all ranks of the job.
class Body
{
public:
    using Layout = std::vector<mesh::OrganPlacement>; ///< [organ of the case]

    /// Builds the part of the body that lives on this rank. `description` and `world` must outlive it. Collective.
    Body(const BodyDescription& description, const parallel::Communicator& world);

    /// The same on a given layout, the same on all ranks, instead of one by estimated work. Collective.
    Body(const BodyDescription& description, const parallel::Communicator& world, Layout layout);

    /// The same from a state that write_state() wrote, on any number of ranks: organs are placed anew, by the saved
    /// cells. Throws FileError on all ranks if the state does not fit the description, InputError if vessels differ.
    /// Collective.
    Body(const BodyDescription& description, const parallel::Communicator& world, io::StateReader& saved);

    /// Advances the whole body by one coupling step. Collective.
    StepReport advance(const TimeStep& step);

    /// The longest step that the parts allow from `now`, with the reason of the strictest. Local, the same on all
    /// ranks.
    StepLimit longest_step(Tick now) const;

    /// Counts of the whole body at the end of the step that ends at `now`, the same on all ranks. Collective.
    BodyCensus census() const;
    /// Throws BugError that names the organ and the numbers if cells are lost or gained. Local, on a summed census.
    void check_ledger(const BodyCensus& census) const;

    /// Field extremes of all organs, [organ][field], the same on all ranks. Collective.
    std::vector<std::vector<organ::FieldSummary>> field_summaries() const;

    /// Hands the whole state to a writer, piece by piece. Collective.
    void write_state(io::StateWriter& writer) const;

    /// Moves the body to another layout, the same on all ranks, between two steps: the state is kept in memory and read
    /// back, so that what follows is what would have followed. Meters and solver totals go on; references to organs
    /// end. Collective.
    void move_to(Layout layout);

    /// Solver work of every organ since the body was built, the same on all ranks. Collective.
    std::vector<organ::SolverTotals> solver_totals() const;

    const BodyDescription& description() const { return *description_; }
    const Layout& layout() const { return layout_; }
    /// The organ, if this rank works on it, else null. Local.
    const organ::Organ* organ(OrganId id) const;
    const circulation::Circulation& circulation() const { return circulation_; }
    const therapy::Therapy& therapy() const { return therapy_; }
    const parallel::Communicator& world() const { return *world_; }
    /// Since the body was built, on this rank. Local.
    const BodyMeters& meters() const { return meters_; }

private:
    /// The same on all ranks. Collective.
    std::vector<organ::VesselSummary> vessel_summaries() const;
    /// `saved`: null to begin anew.
    Body(const BodyDescription& description, const parallel::Communicator& world, Layout layout,
         io::StateReader* saved);
    void restore_the_rest(io::StateReader& saved);

    void advance_tissue(organ::Organ& organ, const TimeStep& step, const Plasma& plasma);
    void leave_tissue(organ::Organ& organ, const TimeStep& step);
    void take_account(StepReport& report);
    OrganMeters& meters_of(const organ::Organ& organ);
    void write_organ(io::StateWriter& writer, std::size_t index, const agents::Tally& totals) const;

    const BodyDescription* description_;
    const parallel::Communicator* world_;
    RandomNumbers random_;
    Layout layout_;
    std::vector<organ::Organ> organs_; ///< those that this rank works on, in the order of the case
    circulation::Circulation circulation_;
    therapy::Therapy therapy_;
    Niches niches_;
    BodyMeters meters_;
    std::vector<organ::SolverTotals> solver_before_; ///< [organ], on earlier layouts
};

} // namespace paget::body
