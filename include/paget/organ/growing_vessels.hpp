#pragma once

#include "paget/core/random.hpp"
#include "paget/mesh/grid.hpp"
#include "paget/organ/angiogenesis.hpp"
#include "paget/organ/vessel_flow.hpp"
#include "paget/organ/vessel_network.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace paget::organ
{

/// The cell at the end of a growing vessel.
struct TipCell {
    std::int64_t id = 0;       ///< of the case's vessels of this organ; the stalk behind it bears it as `sprout`
    std::int32_t node = 0;     ///< where it is
    std::int32_t segment = -1; ///< the last piece of its stalk, which ends at the node; -1: there is none yet
    Vec3 velocity_um_per_min;  ///< persistent part of its motion
    Vec3 origin_um;            ///< where it began
    Tick born_at = 0;
    Tick fed_at = 0; ///< when the field was last above the threshold here
};

/// What a segment remembers.
struct SegmentLife {
    std::int64_t sprout = 0; ///< tip cell that laid it; 0: it was there at the start, and stays
    Tick created_at = 0;
    Tick stagnant_since = -1; ///< -1: it has flow
    bool blocked = false;     ///< without flow by the network's file
    bool collapsed = false;
};

/// Events since the start.
struct VesselEvents {
    enum Kind : std::size_t { sprouts, branches, fusions, starved, regressed, collapses, count };
    std::array<std::int64_t, count> number{};
};

/// All of the vessels that changes in time, the same on all ranks of the organ. Segments' names are unique: ids.
struct GrownVessels {
    VesselNetwork network;
    std::vector<SegmentLife> lives;     ///< per segment
    std::vector<std::int64_t> sprouted; ///< per node: 1 where a sprout began
    std::vector<TipCell> tips;          ///< by id
    std::int64_t next_id = 1;           ///< of segments and tips
    Tick advanced_to = 0;
    VesselEvents events;
    std::size_t first_nodes = 0; ///< nodes that were there at the start: the first of all, for ever
};

/// What surrounds the vessels, the same on all ranks. Segments are cut into equal pieces of at most a voxel.
struct VesselSurroundings {
    std::vector<std::int32_t> first; ///< segment s has the pieces first[s] to first[s + 1] - 1
    std::vector<double> signal;      ///< per piece: the field that vessels grow towards, where it is free
    std::vector<double> pressure;    ///< per piece: mean over the living cells of the voxel; empty if none collapses
    std::vector<double> tip_signal;  ///< per tip
    std::vector<Vec3> tip_gradient;  ///< per tip [field unit / um]
};

/// Sizes of the vessels now, and events since the start.
struct VesselSummary {
    double length_um = 0.0;
    double flowing_um = 0.0;
    double collapsed_um = 0.0;
    double mean_pressure_mmhg = 0.0; ///< of blood, over the length that flows
    double mean_maturity = 0.0;      ///< over the whole length
    std::int64_t segments = 0;
    std::int64_t tips = 0;
    VesselEvents events;

    /// Calls the first for every size and the second for every count.
    template <class Size, class Count>
    void visit(Size&& size, Count&& number)
    {
        for (double* each : {&length_um, &flowing_um, &collapsed_um, &mean_pressure_mmhg, &mean_maturity}) {
            size(*each);
        }
        number(segments);
        number(tips);
        for (std::int64_t& each : events.number) {
            number(each);
        }
    }
};

/// The vessels of an organ that grow, join, carry blood, mature, collapse and vanish. Every rank does the same with all
/// of them; what they feel has been exchanged before. Local.
class GrowingVessels
{
public:
    /// Vessels as the case gives them. `organ_key` keys random numbers together with the ids.
    GrowingVessels(const VesselNetwork& initial, const FlowDescription& flow, const Angiogenesis& rules,
                   const mesh::Grid& grid, const RandomNumbers& random, std::uint64_t organ_key);

    /// Goes on from a saved state, whose network lacks what does not change: the ends and the title.
    void restore(GrownVessels saved);

    const GrownVessels& state() const { return state_; }
    const VesselNetwork& network() const { return state_.network; }
    const VesselFlow& flow() const { return flow_; }

    /// Brings the vessels to `now`. Returns whether exchange with tissue changed.
    bool advance(const VesselSurroundings& around, Tick now);

    /// Stress of blood on the wall of every segment [Pa].
    std::vector<double> wall_shear_pa() const;
    VesselSummary summary() const;

private:
    FlowDescription flow_description_;
    Angiogenesis rules_;
    mesh::Grid grid_;
    RandomNumbers random_;
    std::uint64_t organ_key_;
    GrownVessels state_;
    VesselFlow flow_;
};

} // namespace paget::organ
