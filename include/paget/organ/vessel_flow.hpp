#pragma once

#include "paget/organ/vessel_network.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace paget::organ
{

inline constexpr double pa_per_mmhg = 133.322387415; ///< by definition

/// Where the flow of blood through a network comes from.
enum class FlowSource {
    none,    ///< not known: blood has the same concentrations everywhere
    file,    ///< as measured, by the network's file
    pressure ///< by Poiseuille's law from the file's boundary conditions
};

/// How red cells are shared out where vessels fork.
enum class HaematocritLaw {
    mixed,    ///< all branches get what the node gets
    file,     ///< every segment has the haematocrit of the file
    separated ///< the branch with the larger share of flow gets more than its share (Pries et al. 1989)
};

/// What the case says of the blood in an organ's vessels.
struct FlowDescription {
    FlowSource source = FlowSource::none;
    HaematocritLaw haematocrit = HaematocritLaw::mixed;
    double factor = 1.0; ///< of all flows that the file gives
    double plasma_viscosity_mpa_s = 1.2;
    double least_share = 1e-12; ///< flows below this share of the largest are what solvers leave where nothing flows
};

/// Blood on its way through a network.
struct VesselFlow {
    std::vector<double> flow_um3_per_min;     ///< per segment; positive from its first node to its second
    std::vector<double> haematocrit;          ///< per segment: discharge haematocrit
    std::vector<double> pressure_mmhg;        ///< per node; empty for measured flow
    std::vector<std::int32_t> nodes_in_order; ///< the nodes that blood reaches, upstream before downstream
    double correction = 0.0; ///< largest change of a measured flow over the largest flow, so that nodes keep none back
};

/// Why the flow that the description asks for cannot be had: a network without nodes, measured flows that do not add up
/// at a node within 1 %, flows that run in a circle, flows given at all ends that do not add up. Empty if it can. Needs
/// no solver. Local.
std::string flow_problem(const VesselNetwork& network, const FlowDescription& description);

/// The flow of blood through a network in which flow_problem() finds nothing. Measured flows are corrected in
/// proportion to themselves until nothing is left at any inner node (least squares of the relative changes); pressures
/// follow from Poiseuille's law with the viscosity of relative_viscosity(), solved by PETSc on every rank alike: the
/// same bits on any number of ranks. Throws NumericalError if haematocrit and flow do not settle, and InputError if the
/// correction leaves flows that run in a circle. Local.
VesselFlow find_flow(const VesselNetwork& network, const FlowDescription& description);

/// What flows out of a node through segments less what flows in [um^3/min]: nothing at inner nodes, and at others what
/// comes from outside. Local.
std::vector<double> net_outflow_um3_per_min(const VesselNetwork& network, const std::vector<double>& flow_um3_per_min);

} // namespace paget::organ
