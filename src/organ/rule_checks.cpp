// What rules cannot say of the cells that they are about, or of each other.

#include "rule_checks.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paget::organ
{
namespace
{
void refuse_without_hazards(const agents::CellType& type, agents::Behaviour behaviour)
{
    using agents::Behaviour;
    const bool transition = behaviour >= Behaviour::to_hybrid && behaviour <= Behaviour::hybrid_to_epithelial;
    if (transition && type.transition.model != agents::TransitionModel::hazards) {
        throw InputError(fmt::format(
            "the state of '{0}' follows from its circuit of genes (no hazard would heed this rule). Remove the "
            "rule, or set cell.{0}.transition.model to hazards.",
            type.name));
    }
}

/// A cycle has only so many phases.
void check_phase(const agents::CellType& type, const RuleWord& word)
{
    const std::size_t phases = type.cycle.phases.size();
    for (std::size_t phase = phases; phase < agents::phase_rate_count; ++phase) {
        if (word.name == agents::behaviour_words()[static_cast<std::size_t>(agents::phase_rate(phase))].name) {
            throw InputError(fmt::format("'{}' of '{}', whose cycle '{}' has {} (the rule would never act). Name "
                                         "another phase, or choose another cycle.model.",
                                         word.name, type.name, type.cycle.model,
                                         phases == 1 ? "one phase" : fmt::format("{} phases", phases)));
        }
    }
}

std::string text_of_base(const rules::Response& response, double own_least, double own_most, const std::string& unit)
{
    const std::string shown = behind_number(unit);
    if (response.base || own_least == own_most) {
        return fmt::format("{:.6g}{}", response.base.value_or(own_least), shown);
    }
    return fmt::format("{:.6g} to {:.6g}{}, by state and phase", own_least, own_most, shown);
}

/// Who says what the value without signals is.
std::string speaker_of_base(const ReadRule& rule, const rules::Response& response)
{
    if (rule.sentence.base) {
        return "itself";
    }
    return response.base ? "the 'from' of another rule"
                         : fmt::format("what '{}' does without rules", rule.sentence.cell);
}

/// What a rule calls an increase must not be one to less.
void check_direction(const ReadRule& rule, const TissueDescription& tissue)
{
    const rules::Response& response = response_on(tissue.types[rule.type], rule.behaviour);
    const bool of_the_organ = rule.behaviour == agents::Behaviour::matrix_degradation ||
                              rule.behaviour == agents::Behaviour::waking ||
                              rule.behaviour == agents::Behaviour::extravasation;
    if (of_the_organ && !response.base) {
        throw InputError("says no 'from' (without signals the value is that of the organ, and organs may differ). "
                         "Write 'from VALUE to VALUE'.");
    }
    const auto [own_least, own_most] = range_without_rules(tissue, rule.type, rule.behaviour);
    const bool increases = rule.sentence.increases;
    const bool sinks = increases && response.most < response.base.value_or(own_least);
    const bool rises = !increases && response.least > response.base.value_or(own_most);
    if (sinks || rises) {
        throw InputError(fmt::format("contradicts {} on '{}' of '{}' (what {} must end {} the value without signals, "
                                     "and that value is {}). Exchange the words or the values, or say 'from'.",
                                     speaker_of_base(rule, response), rule.sentence.behaviour, rule.sentence.cell,
                                     increases ? "increases" : "decreases", increases ? "above" : "below",
                                     text_of_base(response, own_least, own_most, rule.unit)));
    }
}

/// Of a phase that can arrest, either its rate or the entry into the cycle is ruled.
void check_phase_and_entry(const ReadRule& rule, const TissueDescription& tissue)
{
    const agents::CellType& type = tissue.types[rule.type];
    for (std::size_t phase = 0; phase < std::min(type.cycle.phases.size(), agents::phase_rate_count); ++phase) {
        if (rule.behaviour == agents::phase_rate(phase) && type.cycle.phases[phase].arrests &&
            agents::any_rules_on(type, agents::Behaviour::cycle_entry)) {
            throw InputError(fmt::format("'{}' of '{}' is the entry into the cycle, on which there are rules "
                                         "already (both would set one rate). Use only one of 'cycle_entry' and "
                                         "'{}'.",
                                         rule.sentence.behaviour, type.name, rule.sentence.behaviour));
        }
    }
}

void check_attractant(const ReadRule& rule, const TissueDescription& tissue)
{
    if (rule.behaviour == agents::Behaviour::chemotaxis_bias && tissue.behaviour[rule.type].chemoattractant == "none") {
        throw InputError(fmt::format("'{0}' has no chemoattractant (the rule would never act). Set "
                                     "cell.{0}.chemotaxis.field to the field that it climbs.",
                                     rule.sentence.cell));
    }
}

void check_vessels(const ReadRule& rule, const config::Case& description)
{
    const bool listens = rule.sentence.signal == "vessel_distance";
    if (!listens && rule.behaviour != agents::Behaviour::intravasation) {
        return;
    }
    for (const std::string& organ : description.declared("organ")) {
        if (description.text("organ." + organ + ".vessels.source") != "none") {
            return;
        }
    }
    throw InputError(fmt::format("no organ has vessels (the rule would never act on '{}'). Set "
                                 "organ.<organ>.vessels.source, or remove the rule.",
                                 rule.sentence.behaviour));
}
} // namespace

const rules::Response& response_on(const agents::CellType& type, agents::Behaviour behaviour)
{
    return std::find_if(type.rules.begin(), type.rules.end(), [&](const auto& r) { return r.behaviour == behaviour; })
        ->response;
}

void refuse_unable(const agents::CellType& type, const BehaviourWord& word)
{
    check_phase(type, word);
    refuse_without_hazards(type, word.behaviour);
}

void refuse_deaf(const TissueDescription& tissue, agents::Behaviour behaviour, std::uint32_t signal,
                 const rules::Sentence& rule)
{
    using Kind = TissueSignal::Kind;
    if (behaviour != agents::Behaviour::extravasation) {
        return;
    }
    bool heard = false;
    if (signal < agents::own_signal_count) {
        heard = agents::heard_in_blood(static_cast<agents::OwnSignal>(signal));
    } else {
        const Kind kind = tissue.signals[signal - agents::own_signal_count].kind;
        heard = kind == Kind::concentration || kind == Kind::drug || kind == Kind::niche || kind == Kind::organ;
    }
    if (!heard) {
        throw InputError(fmt::format("'{}' is not felt in the blood, where '{}' is decided (the rule would never "
                                     "act). Name a field, a drug, niche, in_ORGAN, a state, a trait, volume, age or "
                                     "damage.",
                                     rule.signal, rule.behaviour));
    }
}

void check_among_others(const ReadRule& rule, const TissueDescription& tissue, const config::Case& description)
{
    check_direction(rule, tissue);
    check_phase_and_entry(rule, tissue);
    check_attractant(rule, tissue);
    check_vessels(rule, description);
}

} // namespace paget::organ
