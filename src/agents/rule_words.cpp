// How signals and behaviours are called, and when they are asked for.

#include "paget/agents/rules.hpp"

#include "paget/agents/cell_type.hpp"

#include <algorithm>

namespace paget::agents
{

const std::array<Word, behaviour_count>& behaviour_words()
{
    static constexpr std::array<Word, behaviour_count> words{{
        {"cycle_entry", "1/min", no_highest,
         "rate of leaving a phase that can arrest; oxygen and pressure act by rules only"},
        {"apoptosis", "1/min", no_highest, "hazard of apoptosis"},
        {"necrosis", "1/min", no_highest, "hazard of necrosis; oxygen acts by rules only"},
        {"to_hybrid", "1/min", no_highest, "hazard of an epithelial cell to become hybrid; cues act by rules only"},
        {"to_mesenchymal", "1/min", no_highest, "hazard of a hybrid cell to become mesenchymal; likewise"},
        {"mesenchymal_to_hybrid", "1/min", no_highest, "hazard of a mesenchymal cell to become hybrid; likewise"},
        {"hybrid_to_epithelial", "1/min", no_highest, "hazard of a hybrid cell to become epithelial; likewise"},
        {"speed", "um/min", 100.0, "speed of crawling in matrix of the best density"},
        {"persistence", "min", no_highest, "mean time between two turns"},
        {"chemotaxis_bias", "1", 1.0, "weight of the chemoattractant's direction in a new heading"},
        {"haptotaxis_bias", "1", 1.0, "weight of the direction to denser matrix in a new heading"},
        {"phase_1_rate", "1/min", no_highest, "rate of leaving the first phase of the cycle"},
        {"phase_2_rate", "1/min", no_highest, "rate of leaving the second phase"},
        {"phase_3_rate", "1/min", no_highest, "rate of leaving the third phase"},
        {"phase_4_rate", "1/min", no_highest, "rate of leaving the fourth phase"},
        {"mutation", "1", 1.0, "probability that a trait of a daughter mutates at division"},
        {"attachment", "1/min", no_highest, "hazard of taking hold of a cell in reach that it attacks"},
        {"detachment", "1/min", no_highest, "hazard of letting go of it"},
        {"exhaustion", "1/min", no_highest, "rate at which holding on exhausts"},
        {"phagocytosis", "1/min", no_highest, "rate of eating corpses in reach, which share it"},
        {"emigration", "1/min", no_highest, "hazard of leaving the organ for good"},
        {"adhesion", "um/min", 1000.0, "speed at which it and its like pull each other together"},
        {"repulsion", "um/min", 1000.0, "speed at which it and its like push each other apart where they overlap"},
        {"intravasation", "1/min", no_highest, "hazard of entering the blood within reach of a vessel"},
        {"matrix_degradation", "1", 10.0, "relative membrane-bound protease (needs 'from': organs may differ)"},
        {"matrix_deposition", "1/min", 1000.0, "rate at which a cell-filled volume lays down matrix"},
        {"falling_asleep", "1/min", no_highest, "hazard of a cell in the first phase of its cycle to become dormant"},
        {"waking", "1/min", no_highest, "hazard of a dormant cell to wake (needs 'from': organs may differ)"},
        {"extravasation", "1/min", no_highest,
         "rate at which it and those with it leave the blood where it arrested (needs 'from': beds differ)"},
    }};
    return words;
}

const std::array<Word, own_signal_count>& own_signal_words()
{
    static constexpr std::array<Word, own_signal_count> words{{
        {"pressure", "1", no_highest, "compression by neighbours; 1 among twelve close-packed ones"},
        {"volume", "um^3", no_highest, "volume of the cell"},
        {"age", "min", no_highest, "time since the cell was born"},
        {"time_in_phase", "min", no_highest, "time in the present phase of its cycle"},
        {"matrix", "1", 1.0, "density of the extracellular matrix"},
        {"epithelial", "1", 1.0, "1 for an epithelial cell, else 0"},
        {"hybrid", "1", 1.0, "1 for a hybrid cell, else 0"},
        {"mesenchymal", "1", 1.0, "1 for a mesenchymal cell, else 0"},
        {"trait_il6_response", "1", no_highest, "heritable response to IL-6; 1 in founders"},
        {"trait_il8_response", "1", no_highest, "heritable response to IL-8; 1 in founders"},
        {"trait_mmp1", "1", no_highest, "heritable level of MMP1; 1 in founders"},
        {"trait_fscn1", "1", no_highest, "heritable level of FSCN1; 1 in founders"},
        {"damage", "min", no_highest, "minutes of attack that the cell has suffered and not repaired"},
        {"exhausted", "1", 1.0, "how exhausted by attacking the cell is, from 0 to 1"},
        {"attached", "1", 1.0, "1 while it holds a cell that it attacks, else 0"},
        {"time_since_division", "min", no_highest, "time since it divided last, or was born"},
    }};
    return words;
}

namespace
{
/// Secretion and uptake are the tissue's, attack and turning into others are decisions.
bool named_belongs_to(std::size_t number, Stage stage)
{
    const bool of_tissue = (number - behaviour_count) % behaviours_per_name < 2;
    return stage == (of_tissue ? Stage::tissue : Stage::decision);
}
} // namespace

bool belongs_to(Behaviour behaviour, Stage stage)
{
    if (static_cast<std::size_t>(behaviour) >= behaviour_count) {
        return named_belongs_to(static_cast<std::size_t>(behaviour), stage);
    }
    switch (behaviour) {
    case Behaviour::speed:
        return stage == Stage::motion || stage == Stage::decision;
    case Behaviour::adhesion:
    case Behaviour::repulsion:
        return stage == Stage::motion;
    case Behaviour::extravasation:
        return stage == Stage::blood;
    default:
        return stage == (behaviour < Behaviour::intravasation ? Stage::decision : Stage::tissue);
    }
}

bool any_rules_on(const CellType& type, Behaviour behaviour)
{
    return std::any_of(type.rules.begin(), type.rules.end(),
                       [&](const RuledBehaviour& ruled) { return ruled.behaviour == behaviour; });
}

bool any_rules_on(const std::vector<CellType>& types, Behaviour behaviour)
{
    return std::any_of(types.begin(), types.end(), [&](const CellType& type) { return any_rules_on(type, behaviour); });
}

namespace
{
template <class Chosen>
std::vector<std::uint32_t> signals_of(const std::vector<CellType>& types, Chosen chosen)
{
    std::vector<std::uint32_t> heard;
    for (const CellType& type : types) {
        for (const RuledBehaviour& ruled : type.rules) {
            for (const auto* influences : {&ruled.response.raising, &ruled.response.lowering}) {
                for (const rules::Influence& influence : *influences) {
                    if (chosen(ruled.behaviour)) {
                        heard.push_back(influence.signal);
                    }
                }
            }
        }
    }
    std::sort(heard.begin(), heard.end());
    heard.erase(std::unique(heard.begin(), heard.end()), heard.end());
    return heard;
}
} // namespace

std::vector<std::uint32_t> signals_heard(const std::vector<CellType>& types, Stage stage)
{
    return signals_of(types, [stage](Behaviour behaviour) { return belongs_to(behaviour, stage); });
}

std::vector<std::uint32_t> signals_heard(const std::vector<CellType>& types, Behaviour behaviour)
{
    return signals_of(types, [behaviour](Behaviour other) { return other == behaviour; });
}

} // namespace paget::agents
