#include "parameter_table.hpp"

namespace paget::agents
{
namespace
{
constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr double tiny = 1e-12;
const char* const physicell = "PhysiCell 1.14.2";

std::vector<NumberParameter> cycle()
{
    return {
        {"cycle.oxygen_threshold", "mmHg", "5 mmHg", 0.0, 760.0,
         "Oxygen below which no cell leaves a phase that can arrest.", physicell,
         [](CellType& t) -> double& { return t.cycle.oxygen_threshold_mmHg; }},
        {"cycle.oxygen_saturation", "mmHg", "160 mmHg", 0.0, 760.0,
         "Oxygen from which on cycling has its full rate; linear between the threshold and here.", physicell,
         [](CellType& t) -> double& { return t.cycle.oxygen_saturation_mmHg; }},
        {"cycle.pressure_limit", "1", "1", tiny, unlimited,
         "Pressure at which no cell leaves a phase that can arrest; linear below. 1 is the pressure among twelve "
         "close-packed neighbours.",
         "assumption", [](CellType& t) -> double& { return t.cycle.pressure_limit; }},
        {"cycle.capacity", "1", "0", 0.0, 1e6,
         "Living cells in a voxel from which on none there leaves a phase that can arrest; one whose phase lasts "
         "exactly "
         "its duration passes that phase again. 0: no such limit.",
         "the carrying capacity of lattice points in Franssen et al. 2019",
         [](CellType& t) -> double& { return t.cycle.capacity; }},
        {"cycle.separation", "1", "1", 0.0, 2.0,
         "Distance of mother and daughter at birth, in radii of the undivided cell. With 0 they are born in one place, "
         "as on a lattice.",
         "assumption: at 1 the halves overlap gently", [](CellType& t) -> double& { return t.cycle.separation; }},
    };
}

std::vector<NumberParameter> death()
{
    return {
        {"death.apoptosis_rate", "1/min", "1e-5 1/min", 0.0, unlimited, "Hazard of apoptosis of every living cell.",
         "Rocha et al. 2024, npj Syst Biol Appl 10:144 (its published configuration)",
         [](CellType& t) -> double& { return t.death.apoptosis_per_min; }},
        {"death.apoptosis_duration", "min", "8.6 hour", 0.0, unlimited,
         "Time from the begin of apoptosis until the corpse is cleared.", physicell,
         [](CellType& t) -> double& { return t.death.apoptosis_duration_min; }},
        {"death.necrosis_threshold", "mmHg", "5 mmHg", 0.0, 760.0,
         "Oxygen below which cells become necrotic; the hazard rises linearly from here.", physicell,
         [](CellType& t) -> double& { return t.death.necrosis_threshold_mmHg; }},
        {"death.necrosis_maximum", "mmHg", "2.5 mmHg", 0.0, 760.0, "Oxygen below which necrosis has its full rate.",
         physicell, [](CellType& t) -> double& { return t.death.necrosis_maximum_mmHg; }},
        {"death.necrosis_rate", "1/min", "0.16666666666666666 1/hour", 0.0, unlimited, "Largest hazard of necrosis.",
         physicell, [](CellType& t) -> double& { return t.death.necrosis_per_min; }},
        {"death.necrosis_duration", "min", "60 day", 0.0, unlimited,
         "Time after which what is left of a necrotic cell is cleared.", physicell,
         [](CellType& t) -> double& { return t.death.necrosis_duration_min; }},
    };
}

std::vector<NumberParameter> size()
{
    return {
        {"volume.total", "um^3", "2494 um^3", 1.0, 1e9, "Volume of a cell at the begin of its cycle.", physicell,
         [](CellType& t) -> double& { return t.volume.total_um3; }},
        {"volume.nucleus", "um^3", "540 um^3", 0.0, 1e9, "Part of the volume that is the nucleus.", physicell,
         [](CellType& t) -> double& { return t.volume.nucleus_um3; }},
        {"volume.fluid_fraction", "1", "0.75", 0.0, 0.99, "Part of the volume that is fluid.", physicell,
         [](CellType& t) -> double& { return t.volume.fluid_fraction; }},
        {"volume.rupture", "1", "2", 1.0, 10.0,
         "Volume at which a swelling necrotic cell bursts, in volumes at the begin of the cycle.", physicell,
         [](CellType& t) -> double& { return t.volume.rupture_relative_volume; }},
    };
}

std::vector<NumberParameter> growth()
{
    return {
        {"volume.fluid_rate", "1/min", "3 1/hour", 0.0, unlimited, "Rate at which the fluid relaxes to its part.",
         physicell, [](CellType& t) -> double& { return t.volume.fluid_rate_per_min; }},
        {"volume.cytoplasm_rate", "1/min", "0.27 1/hour", 0.0, unlimited,
         "Rate at which the solid of the cytoplasm relaxes to its target.", physicell,
         [](CellType& t) -> double& { return t.volume.cytoplasm_rate_per_min; }},
        {"volume.nucleus_rate", "1/min", "0.33 1/hour", 0.0, unlimited,
         "Rate at which the solid of the nucleus relaxes to its target.", physicell,
         [](CellType& t) -> double& { return t.volume.nucleus_rate_per_min; }},
        {"volume.apoptosis_cytoplasm_rate", "1/min", "1 1/hour", 0.0, unlimited,
         "Rate at which an apoptotic cell loses the solid of its cytoplasm.", "memory: PhysiCell's standard models",
         [](CellType& t) -> double& { return t.volume.apoptosis_cytoplasm_rate_per_min; }},
        {"volume.apoptosis_nucleus_rate", "1/min", "0.35 1/hour", 0.0, unlimited,
         "Rate at which an apoptotic cell loses the solid of its nucleus.", "memory: PhysiCell's standard models",
         [](CellType& t) -> double& { return t.volume.apoptosis_nucleus_rate_per_min; }},
        {"volume.lysis_fluid_rate", "1/min", "0.67 1/hour", 0.0, unlimited,
         "Rate at which a necrotic cell takes up fluid, and loses it after it burst.", physicell,
         [](CellType& t) -> double& { return t.volume.lysis_fluid_rate_per_min; }},
        {"volume.lysis_biomass_rate", "1/min", "0.0032 1/hour", 0.0, unlimited,
         "Rate at which a necrotic cell loses the solid of its cytoplasm.", physicell,
         [](CellType& t) -> double& { return t.volume.lysis_biomass_rate_per_min; }},
        {"volume.lysis_nucleus_rate", "1/min", "0.013 1/hour", 0.0, unlimited,
         "Rate at which a necrotic cell loses the solid of its nucleus.", physicell,
         [](CellType& t) -> double& { return t.volume.lysis_nucleus_rate_per_min; }},
    };
}

std::vector<NumberParameter> motion()
{
    return {
        {"mechanics.repulsion", "um/min", "10 um/min", 0.0, 1000.0,
         "Speed at which a cell is pushed by another one whose centre is at its own.", physicell,
         [](CellType& t) -> double& { return t.mechanics.repulsion_um_per_min; }},
        {"mechanics.adhesion_range", "1", "1.25", 1.0, 3.0, "Distance over which cells adhere, in sums of their radii.",
         physicell, [](CellType& t) -> double& { return t.mechanics.adhesion_range; }},
        {"motility.persistence", "min", "15 min", 0.0, unlimited,
         "Mean time between two turns of a crawling cell; 0 is a new direction every step.",
         "MDA-MB-231, Rocha et al. 2021 (its published configuration)",
         [](CellType& t) -> double& { return t.motility.persistence_min; }},
        {"chemotaxis.bias", "1", "0.17", 0.0, 1.0,
         "Weight of the chemoattractant's direction in a new heading: 0 is chance, 1 straight up the gradient.",
         "MDA-MB-231 up the gradient of oxygen, Rocha et al. 2021 (its published configuration)",
         [](CellType& t) -> double& { return t.motility.chemotaxis_bias; }},
        {"haptotaxis.bias", "1", "0", 0.0, 1.0, "Weight of the direction to denser matrix in a new heading.",
         "assumption", [](CellType& t) -> double& { return t.motility.haptotaxis_bias; }},
        {"motility.matrix_optimum", "1", "0.5", 0.0, 1.0,
         "Density of matrix in which a cell crawls at its full speed: without matrix there is no grip, in solid matrix "
         "no way. 0 switches the matrix off.",
         "assumption", [](CellType& t) -> double& { return t.motility.matrix_optimum; }},
        {"motility.capacity", "1", "0", 0.0, 1e6,
         "Living cells in a voxel from which on no cell of this type crawls into it from another one. 0: no such "
         "limit.",
         "the carrying capacity of lattice points in MetaSpread",
         [](CellType& t) -> double& { return t.motility.capacity; }},
    };
}

std::vector<TransitionModel> by_hazards() { return {TransitionModel::hazards}; }
std::vector<TransitionModel> by_cue()
{
    return {TransitionModel::hazards, TransitionModel::mir200_zeb, TransitionModel::mir34_mir200};
}

std::vector<NumberParameter> rates_of_transition()
{
    return {
        {"transition.spontaneous", "1/min", "0.005 1/day", 0.0, unlimited,
         "Hazard of becoming hybrid of an epithelial cell without any cue.",
         "assumption, below the 0.013 to 0.022 per day of cultured HMLE cells",
         [](CellType& t) -> double& { return t.transition.spontaneous_per_min; }, by_hazards()},
        {"transition.to_hybrid", "1/min", "0.5 1/day", 0.0, unlimited,
         "Hazard of becoming hybrid that a full cue adds for an epithelial cell.",
         "assumption, near the 26 to 46 hours of Tian et al. 2013",
         [](CellType& t) -> double& { return t.transition.to_hybrid_per_min; }, by_hazards()},
        {"transition.to_mesenchymal", "1/min", "0.1 1/day", 0.0, unlimited,
         "Hazard of becoming mesenchymal of a hybrid cell under a full cue.",
         "assumption, near the 200 to 261 hours of Tian et al. 2013",
         [](CellType& t) -> double& { return t.transition.to_mesenchymal_per_min; }, by_hazards()},
        {"transition.mesenchymal_to_hybrid", "1/min", "0.1 1/day", 0.0, unlimited,
         "Hazard of becoming hybrid of a mesenchymal cell without cue.", "assumption",
         [](CellType& t) -> double& { return t.transition.mesenchymal_to_hybrid_per_min; }, by_hazards()},
        {"transition.hybrid_to_epithelial", "1/min", "0.2 1/day", 0.0, unlimited,
         "Hazard of becoming epithelial of a hybrid cell without cue.", "assumption",
         [](CellType& t) -> double& { return t.transition.hybrid_to_epithelial_per_min; }, by_hazards()},
    };
}

std::vector<NumberParameter> cues_of_transition()
{
    return {
        {"transition.tgf_beta_half", "ng/ml", "2.5 ng/ml", tiny, unlimited,
         "Concentration of TGF-beta at which its effect is half.",
         "TNBC model of the Popel group: 0.07 to 0.14 nM; memory: 25 kDa",
         [](CellType& t) -> double& { return t.transition.tgf_beta_half; }, by_cue()},
        {"transition.tgf_beta_hill", "1", "2", 0.1, 20.0, "Hill exponent of the effect of TGF-beta.",
         "TNBC model of the Popel group", [](CellType& t) -> double& { return t.transition.tgf_beta_hill; }, by_cue()},
        {"transition.hypoxia_threshold", "mmHg", "15 mmHg", 0.0, 760.0,
         "Oxygen below which hypoxia begins to act as a cue.", physicell,
         [](CellType& t) -> double& { return t.transition.hypoxia_threshold_mmHg; }},
        {"transition.hypoxia_saturation", "mmHg", "4 mmHg", 0.0, 760.0, "Oxygen below which hypoxia is a full cue.",
         physicell, [](CellType& t) -> double& { return t.transition.hypoxia_saturation_mmHg; }},
        {"mutation.probability", "1", "0", 0.0, 1.0,
         "Probability that a trait of a daughter mutates at division, for each daughter and trait.", "assumption",
         [](CellType& t) -> double& { return t.mutation.probability; }},
        {"mutation.spread", "1", "0.2", 0.0, 1.0,
         "A mutated trait is multiplied by a number that is uniform between one minus and one plus this.", "assumption",
         [](CellType& t) -> double& { return t.mutation.spread; }},
    };
}

/// Inputs of the circuits of genes. The chosen numbers put a cell without cue below all thresholds of its circuit, so
/// that it returns, and one under a full cue above all.
std::vector<NumberParameter> inputs_of_circuits()
{
    constexpr double most_molecules = 1e7;
    const std::vector<TransitionModel> snail{TransitionModel::mir200_zeb};
    const std::vector<TransitionModel> signal{TransitionModel::mir34_mir200};
    const std::vector<TransitionModel> dose{TransitionModel::tgf_beta_circuit};
    return {
        {"transition.snail_base", "1", "160000", 0.0, most_molecules,
         "Molecules of SNAIL in a cell without cue, in the model mir200_zeb.",
         "assumption, below the 184 thousand at which cells return in the circuit of Lu et al. 2013",
         [](CellType& t) -> double& { return t.transition.snail_base; }, snail},
        {"transition.snail_full", "1", "260000", 0.0, most_molecules,
         "Molecules of SNAIL in a cell under a full cue, in the model mir200_zeb.",
         "assumption, above the 226 thousand that make cells mesenchymal in the circuit of Lu et al. 2013",
         [](CellType& t) -> double& { return t.transition.snail_full; }, snail},
        {"transition.signal_base", "1", "20000", 0.0, most_molecules,
         "Signal on the making of SNAIL in a cell without cue, in molecules, in the model mir34_mir200.",
         "assumption, below the 29.5 thousand at which cells return in the circuit of Lu et al. 2013",
         [](CellType& t) -> double& { return t.transition.signal_base; }, signal},
        {"transition.signal_full", "1", "90000", 0.0, most_molecules,
         "Signal on the making of SNAIL in a cell under a full cue, in the model mir34_mir200.",
         "assumption, above the 67 thousand that make cells mesenchymal in the circuit of Lu et al. 2013",
         [](CellType& t) -> double& { return t.transition.signal_full; }, signal},
        {"transition.tgf_beta_unit", "ng/ml", "1 ng/ml", tiny, unlimited,
         "Concentration of TGF-beta that is a dose of one in the model tgf_beta_circuit.",
         "assumption; experiments of the same group use 0.5 to 4 ng/ml (memory)",
         [](CellType& t) -> double& { return t.transition.tgf_beta_unit; }, dose},
        {"transition.hypoxia_dose", "1", "1.5", 0.0, 1000.0,
         "Dose of TGF-beta that full hypoxia is worth to the transcription of SNAIL, in the model tgf_beta_circuit.",
         "assumption", [](CellType& t) -> double& { return t.transition.hypoxia_dose; }, dose},
        {"transition.input_spread",
         "1",
         "0",
         0.0,
         2.0,
         "Cells differ in the input of their circuit: by a factor whose logarithm has this standard deviation; its "
         "median is one.",
         "assumption",
         [](CellType& t) -> double& { return t.transition.input_spread; },
         {TransitionModel::mir200_zeb, TransitionModel::mir34_mir200, TransitionModel::tgf_beta_circuit}},
    };
}

std::vector<NumberParameter> traits()
{
    const std::string source =
        "assumption: 1 is the cell as it is, 0.2 a knock-down (Kim et al. 2009, without numbers)";
    return {
        {"trait.il6_response", "1", "1", 0.0, 1e3,
         "Founders' response to IL-6 of an organ that recruits from the blood.", source,
         [](CellType& t) -> double& { return t.traits.il6_response; }},
        {"trait.il8_response", "1", "1", 0.0, 1e3,
         "Founders' response to IL-8 of an organ that recruits from the blood.", source,
         [](CellType& t) -> double& { return t.traits.il8_response; }},
        {"trait.mmp1", "1", "1", 0.0, 1e3,
         "Founders' level of MMP1, by which cells leave vessels where the bed asks for it.", source,
         [](CellType& t) -> double& { return t.traits.mmp1; }},
        {"trait.fscn1", "1", "1", 0.0, 1e3,
         "Founders' level of FSCN1, by which cells leave vessels where the bed asks for it.", source,
         [](CellType& t) -> double& { return t.traits.fscn1; }},
    };
}
std::vector<NumberParameter> encounters()
{
    return {
        {"attack.attachment", "1/min", "0.2 1/min", 0.0, unlimited,
         "Hazard of taking hold of one of the cells in reach that it attacks; it holds one at a time.",
         "Rocha et al. 2024 (its published configuration), PhysiCell 1.14.2",
         [](CellType& t) -> double& { return t.attack.attachment_per_min; }},
        {"attack.detachment", "1/min", "0.016666666666666666 1/min", 0.0, unlimited,
         "Hazard of letting go of the cell that it holds.",
         "PhysiCell 1.14.2 (60 min); 8.5 min in Rocha et al. 2024 (its published configuration)",
         [](CellType& t) -> double& { return t.attack.detachment_per_min; }},
        {"attack.exhaustion", "1/min", "0 1/min", 0.0, unlimited,
         "Rate at which a cell that holds another one becomes exhausted; the exhausted attach and kill less.",
         "assumption", [](CellType& t) -> double& { return t.attack.exhaustion_per_min; }},
        {"attack.recovery", "1/min", "0 1/min", 0.0, unlimited, "Rate of recovery while it holds no cell.",
         "assumption", [](CellType& t) -> double& { return t.attack.recovery_per_min; }},
        {"phagocytosis.rate", "1/min", "0 1/min", 0.0, unlimited, "Rate of eating dead cells in reach, which share it.",
         "assumption; 0.33 per day of M1 macrophages in the TNBC model of the Popel group",
         [](CellType& t) -> double& { return t.attack.phagocytosis_per_min; }},
        {"emigration.rate", "1/min", "0 1/min", 0.0, unlimited,
         "Hazard of leaving the organ for good, by vessels whose cells nobody counts.", "assumption",
         [](CellType& t) -> double& { return t.attack.emigration_per_min; }},
        {"damage.repair", "1/min", "0 1/min", 0.0, unlimited, "Rate at which a cell repairs the damage of attacks.",
         "assumption", [](CellType& t) -> double& { return t.attack.repair_per_min; }},
    };
}
} // namespace

std::vector<NumberParameter> number_parameters()
{
    std::vector<NumberParameter> all;
    for (const auto& part : {cycle(), death(), size(), growth(), motion(), rates_of_transition(), cues_of_transition(),
                             encounters(), inputs_of_circuits(), traits()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

std::vector<StateParameter> state_parameters()
{
    return {
        {"cycle.relative_rate",
         "1",
         {"1", "1", "1"},
         1000.0,
         "Factor on all rates of the cycle of {} cells.",
         "assumption",
         [](CellType& t) -> ByState& { return t.cycle.relative_rate; }},
        {"mechanics.adhesion",
         "um/min",
         {"0.4 um/min", "0.2 um/min", "0.05 um/min"},
         1000.0,
         "Strength with which {} cells adhere to others.",
         "PhysiCell 1.14.2 for epithelial cells; assumption for the others",
         [](CellType& t) -> ByState& { return t.mechanics.adhesion_um_per_min; }},
        {"motility.speed",
         "um/min",
         {"0 um/min", "0.15 um/min", "0.3 um/min"},
         100.0,
         "Speed at which {} cells crawl in matrix of the best density.",
         "assumption; mesenchymal near the 0.294 um/min of MDA-MB-231 in Rocha et al. 2021",
         [](CellType& t) -> ByState& { return t.motility.speed_um_per_min; }},
    };
}

} // namespace paget::agents
