#pragma once

#include "paget/agents/cell.hpp"
#include "paget/agents/circuit.hpp"
#include "paget/agents/rules.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace paget::config
{
class Case;
class Catalogue;
} // namespace paget::config

namespace paget::agents
{

/// One value per State (epithelial, hybrid, mesenchymal).
using ByState = std::array<double, state_count>;

/// One phase of a cycle model: left with the given mean rate, or after exactly 1/rate if `fixed`.
struct Phase {
    std::string name;
    double rate_per_min = 0.0;
    bool fixed = false;
    bool doubles_nucleus = false; ///< the solid volumes' targets double on entry (DNA synthesis)
    bool divides_at_exit = false;
    bool arrests = false; ///< leaving it needs oxygen and space (the restriction point)
    double spread = 0.0; ///< of a fixed phase: standard deviation of its duration, which each cell draws, over its mean
};

struct CycleParameters {
    std::string model; ///< live, ki67_basic, ki67_advanced or flow_cytometry_separated
    std::vector<Phase> phases;
    double oxygen_threshold_mmHg = 5.0;    ///< no cycling below
    double oxygen_saturation_mmHg = 160.0; ///< full rate above
    double pressure_limit = 1.0;           ///< no cycle entry above; linear below
    double capacity = 0.0;                 ///< cells in a voxel from which on none divides there; 0: no such limit
    double separation = 1.0;               ///< of mother and daughter at birth, in radii of the undivided cell
    ByState relative_rate{1.0, 1.0, 1.0};
};

struct DeathParameters {
    double apoptosis_per_min = 0.0;
    double apoptosis_duration_min = 516.0;
    double necrosis_threshold_mmHg = 5.0; ///< hazard rises linearly from here ...
    double necrosis_maximum_mmHg = 2.5;   ///< ... to its full rate here
    double necrosis_per_min = 1.0 / 360.0;
    double necrosis_duration_min = 86400.0;
};

struct VolumeParameters {
    double total_um3 = 2494.0;
    double nucleus_um3 = 540.0;
    double fluid_fraction = 0.75;
    double fluid_rate_per_min = 3.0 / 60.0;
    double cytoplasm_rate_per_min = 0.27 / 60.0;
    double nucleus_rate_per_min = 0.33 / 60.0;
    double apoptosis_cytoplasm_rate_per_min = 1.0 / 60.0; ///< shrinking of apoptotic cells
    double apoptosis_nucleus_rate_per_min = 0.35 / 60.0;
    double lysis_fluid_rate_per_min = 0.67 / 60.0; ///< swelling and lysis of necrotic cells
    double lysis_biomass_rate_per_min = 0.0032 / 60.0;
    double lysis_nucleus_rate_per_min = 0.013 / 60.0;
    double rupture_relative_volume = 2.0; ///< times the reference volume
};

struct MechanicsParameters {
    double repulsion_um_per_min = 10.0;
    ByState adhesion_um_per_min{0.4, 0.2, 0.05};
    double adhesion_range = 1.25; ///< times the sum of radii, at least 1
};

struct MotilityParameters {
    ByState speed_um_per_min{0.0, 0.15, 0.3};
    double persistence_min = 15.0; ///< 0: a new direction every step
    double chemotaxis_bias = 0.0;  ///< weight of the chemoattractant's direction in a new heading, in [0,1]
    double haptotaxis_bias = 0.0;  ///< weight of the direction to denser matrix, in [0,1]
    double matrix_optimum = 0.5;   ///< matrix density of the largest speed; 0 switches the matrix off
    double capacity = 0.0;         ///< cells in a voxel from which on none crawls into it; 0: no such limit
};

/// E <-> H <-> M: as hazards that transition_cue() drives, or as a circuit of genes that circuit_input() drives.
struct TransitionParameters {
    double spontaneous_per_min = 0.0; ///< k0: E->H without cue
    double to_hybrid_per_min = 0.0;
    double to_mesenchymal_per_min = 0.0;
    double mesenchymal_to_hybrid_per_min = 0.0;
    double hybrid_to_epithelial_per_min = 0.0;
    double tgf_beta_half = 0.1; ///< in the unit of the TGF-beta field
    double tgf_beta_hill = 2.0;
    double hypoxia_threshold_mmHg = 15.0; ///< response rises linearly from here ...
    double hypoxia_saturation_mmHg = 4.0; ///< ... to 1 here
    TransitionModel model = TransitionModel::hazards;
    double snail_base = 160.0e3; ///< mir200_zeb: SNAIL without cue ... [molecules]
    double snail_full = 260.0e3; ///< ... and under a full cue
    double signal_base = 20.0e3; ///< mir34_mir200: signal on SNAIL without cue ... [molecules]
    double signal_full = 90.0e3; ///< ... and under a full cue
    double tgf_beta_unit = 1.0;  ///< tgf_beta_circuit: TGF-beta that is a dose of one, in the unit of the field
    double hypoxia_dose = 1.5;   ///< tgf_beta_circuit: dose that full hypoxia is worth
    double input_spread = 0.0;   ///< standard deviation of the logarithm of a circuit's input, over cells
};

struct MutationParameters {
    double probability = 0.0; ///< per daughter and trait
    double spread = 0.0;      ///< a mutated trait is multiplied by a factor uniform in [1 - spread, 1 + spread]
};

/// What a cell does to one that it holds.
struct TargetParameters {
    double kill_per_min = 0.0; ///< hazard of the one that is held
    double damage = 0.0;       ///< damage done per minute; 1 counts the minutes
};

/// Attack on living cells, eating of dead ones, and what becomes of either side.
struct AttackParameters {
    std::vector<TargetParameters> targets; ///< [type]
    double attachment_per_min = 0.2;       ///< hazard of taking hold of one of the targets in reach
    double detachment_per_min = 1.0 / 60.0;
    double exhaustion_per_min = 0.0;     ///< approach to full exhaustion while it holds on
    double recovery_per_min = 0.0;       ///< from exhaustion while it does not
    double phagocytosis_per_min = 0.0;   ///< corpses in reach share it
    double emigration_per_min = 0.0;     ///< hazard of leaving the organ for good
    double repair_per_min = 0.0;         ///< of damage
    std::vector<double> becomes_per_min; ///< [type], hazard of turning into a cell of that type
};

/// Everything a cell type is; read once from sections [cell.<name>].
struct CellType {
    std::string name;
    CycleParameters cycle;
    DeathParameters death;
    VolumeParameters volume;
    MechanicsParameters mechanics;
    MotilityParameters motility;
    TransitionParameters transition;
    MutationParameters mutation;
    AttackParameters attack;
    Traits traits;                     ///< of founders; inherited, and changed by mutation
    std::vector<RuledBehaviour> rules; ///< at most one entry per behaviour

    double radius_um() const; ///< of a cell of the reference volume
    Volume reference_volume() const;
};

/// What a behaviour is without rules, over all states and phases of a type: the least and the largest.
std::pair<double, double> range_without_rules(const CellType& type, Behaviour behaviour);

/// Whether any of the types attacks or eats, by its parameters or by rules.
bool any_fights(const std::vector<CellType>& types);

/// Whether cells of these types must remember what befell them: for fights, or because rules listen to it.
bool needs_experience(const std::vector<CellType>& types);

/// Largest volume that a cell of the type can reach [um^3]: doubled before division, or swollen by necrosis.
double largest_volume_um3(const CellType& type);

/// Radius of a sphere; the same bits on every machine.
double radius_from_volume_um(double volume_um3);

/// Names of the cycle models, in the order in which they are documented.
std::vector<std::string> cycle_model_names();

/// The phases of a cycle model with the rates of PhysiCell 1.14.2. Throws InputError for an unknown name.
std::vector<Phase> standard_phases(const std::string& model);

/// Factor in [0,1] on the speed of active motion in matrix of density w: 1 - ((w-o)/o)^2 below the optimum o and
/// 1 - ((w-o)/(1-o))^2 above, which is 1 at o, 0 without matrix and in solid matrix, and 4 w (1-w) for o = 1/2. An
/// optimum of 0 switches the matrix off: always 1.
double matrix_factor(double density, double optimum);

/// How strongly a cell is driven to the mesenchymal side, in [0,1]: 1 - (1 - hill(TGF-beta)) (1 - ramp(hypoxia)).
/// Either signal is enough and both together are stronger. This union is an assumption: the alternative, a product,
/// would demand both, against experiments in which TGF-beta alone converts well-oxygenated cells (Tian et al. 2013).
/// Rates towards M are multiplied by the cue, rates back (MET) by 1 - cue.
double transition_cue(const TransitionParameters& transition, double tgf_beta, double oxygen_mmHg);

/// What drives the circuit of a cell without spread, see circuit.hpp: base + (full - base) cue of SNAIL or of the
/// signal; tgf_beta / tgf_beta_unit + hypoxia_dose ramp(hypoxia) of tgf_beta_circuit. Zero for hazards.
double circuit_input(const TransitionParameters& transition, double tgf_beta, double oxygen_mmHg);

/// The most variables that a circuit of any of the types has; 0 if all are of hazards.
std::size_t circuit_width(const std::vector<CellType>& types);

/// Adds the keys `cell.<cell>.*` of this module to the catalogue.
void declare_parameters(config::Catalogue& catalogue);

/// All cell types that the case declares, in its order; problems are noted in the case.
std::vector<CellType> read_cell_types(config::Case& description);

} // namespace paget::agents
