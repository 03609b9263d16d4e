// Rules that a case can do without, because what they listen to or what they change never moves.

#include "paget/organ/rule_texts.hpp"

#include "rule_checks.hpp"
#include "rule_vocabulary.hpp"
#include "sensing.hpp"

#include "paget/config/case.hpp"
#include "paget/core/units.hpp"
#include "paget/rules/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace paget::organ
{
namespace
{
using agents::Behaviour;
using agents::OwnSignal;
constexpr double endless = std::numeric_limits<double>::infinity();

struct CaseOfRules {
    const TissueDescription& tissue;
    const std::vector<OrganDescription>& organs;
};

/// A rule with what its words stand for.
struct KnownRule {
    rules::Sentence sentence;
    std::size_t type = 0;
    SignalWord signal;
    Behaviour behaviour = Behaviour::cycle_entry;
    double half = 0.0; ///< in the signal's unit

    bool listens_to(OwnSignal own) const { return !signal.tissue && signal.own == static_cast<std::uint32_t>(own); }
    bool listens_to(TissueSignal::Kind kind) const { return signal.tissue && signal.tissue->kind == kind; }
};

bool attacks(const agents::CellType& type)
{
    const auto& targets = type.attack.targets;
    const bool by_keys = std::any_of(targets.begin(), targets.end(), [](const agents::TargetParameters& target) {
        return target.kill_per_min > 0.0 || target.damage > 0.0;
    });
    bool by_rules = false;
    for (std::size_t other = 0; other < targets.size(); ++other) {
        by_rules = by_rules || agents::any_rules_on(type, agents::attack_on(other));
    }
    return by_keys || by_rules;
}

bool tires(const agents::CellType& type)
{
    return type.attack.exhaustion_per_min > 0.0 || agents::any_rules_on(type, Behaviour::exhaustion);
}

/// Behaviours of those who attack.
bool is_of_attack(Behaviour behaviour)
{
    return behaviour == Behaviour::attachment || behaviour == Behaviour::detachment ||
           behaviour == Behaviour::exhaustion;
}

bool is_damaged(const CaseOfRules& here, std::size_t type)
{
    return std::any_of(here.tissue.types.begin(), here.tissue.types.end(), [type](const agents::CellType& other) {
        return type < other.attack.targets.size() && other.attack.targets[type].damage > 0.0;
    });
}

/// Whether anything but blood and walls brings the field.
bool is_made(const CaseOfRules& here, std::size_t field)
{
    for (std::size_t type = 0; type < here.tissue.types.size(); ++type) {
        const auto& secretion = here.tissue.exchange[type][field].secretion_um3_per_min;
        if (agents::any_rules_on(here.tissue.types[type], agents::secretion_of(field)) ||
            std::any_of(secretion.begin(), secretion.end(), [](double amount) { return amount > 0.0; })) {
            return true;
        }
    }
    return std::any_of(here.organs.begin(), here.organs.end(), [field](const OrganDescription& organ) {
        const FieldDescription& about = organ.fields[field];
        return about.tissue_gain_per_min > 0.0 || about.stored_in_matrix > 0.0 || about.carriage.carried;
    });
}

/// No value of a field that only comes and goes exceeds all values that it comes from.
double highest_concentration(const CaseOfRules& here, std::size_t field)
{
    if (is_made(here, field)) {
        return endless;
    }
    double highest = 0.0;
    for (const OrganDescription& organ : here.organs) {
        const FieldDescription& about = organ.fields[field];
        highest = std::max({highest, about.substance.initial, about.vessel_concentration});
        for (const auto& wall : about.substance.walls) {
            highest = std::max(highest, wall.value_or(0.0));
        }
    }
    return highest;
}

double highest_value(const CaseOfRules& here, const KnownRule& rule)
{
    if (rule.listens_to(TissueSignal::Kind::concentration)) {
        return highest_concentration(here, rule.signal.tissue->index);
    }
    return rule.listens_to(OwnSignal::volume) ? agents::largest_volume_um3(here.tissue.types[rule.type]) : endless;
}

/// Text of why a rule's signal never comes; empty if it may.
std::string silence_of(const CaseOfRules& here, const KnownRule& rule)
{
    const std::string& cell = rule.sentence.cell;
    if (rule.listens_to(OwnSignal::damage) && !is_damaged(here, rule.type)) {
        return fmt::format("no cell type damages '{0}', so its damage stays 0 (the rule never acts). Set "
                           "cell.<attacker>.attack.{0}.damage, or remove the rule.",
                           cell);
    }
    if ((rule.listens_to(OwnSignal::exhausted) || rule.listens_to(OwnSignal::attached)) &&
        !attacks(here.tissue.types[rule.type])) {
        return fmt::format("'{0}' attacks nobody, so '{1}' stays 0 (the rule never acts). Set "
                           "cell.{0}.attack.<cell>.rate, or remove the rule.",
                           cell, rule.sentence.signal);
    }
    if (is_of_attack(rule.behaviour) && !attacks(here.tissue.types[rule.type])) {
        return fmt::format("'{0}' attacks nobody (the rule never acts). Set cell.{0}.attack.<cell>.rate, or remove the "
                           "rule.",
                           cell);
    }
    if (rule.listens_to(OwnSignal::exhausted) && !tires(here.tissue.types[rule.type])) {
        return fmt::format("'{0}' never tires, so 'exhausted' stays 0 (the rule never acts). Set "
                           "cell.{0}.attack.exhaustion, or remove the rule.",
                           cell);
    }
    const bool prepared = std::any_of(here.organs.begin(), here.organs.end(), [](const OrganDescription& organ) {
        return organ.niche.prepared_by != OrganId::none && organ.niche.preparation_per_min > 0.0;
    });
    if (rule.listens_to(TissueSignal::Kind::niche) && !prepared) {
        return "no organ's niche is prepared, so 'niche' stays 0 (the rule never acts). Set "
               "organ.<organ>.niche.prepared_by and niche.preparation, or remove the rule.";
    }
    return {};
}

/// Text of why a rule never has half of its effect; empty if it may.
std::string weakness_of(const CaseOfRules& here, const KnownRule& rule)
{
    const double highest = highest_value(here, rule);
    if (!(highest < rule.half)) {
        return {};
    }
    const double power = std::pow(highest / rule.half, rule.sentence.hill);
    return fmt::format("'{}' is at most {:.6g} {} here, less than the {:.6g} of half the effect (the rule has {:.2g} % "
                       "of it at most). Give a smaller half.",
                       rule.sentence.signal, highest, rule.signal.unit, rule.half, 100.0 * power / (1.0 + power));
}

/// Text of why a rule changes nothing whatever the signal; empty if it does.
std::string evenness_of(const CaseOfRules& here, const KnownRule& rule)
{
    const rules::Response& all = response_on(here.tissue.types[rule.type], rule.behaviour);
    const auto [least, most] = range_without_rules(here.tissue, rule.type, rule.behaviour);
    const bool raised = !all.raising.empty() && all.most > all.base.value_or(least);
    const double end = rule.sentence.increases ? all.most : all.least;
    const bool ends_where_it_begins = end == all.base.value_or(least) && end == all.base.value_or(most);
    if (!ends_where_it_begins || (!rule.sentence.increases && raised)) { // that acts on what others have raised
        return {};
    }
    return fmt::format("ends where it begins, at '{}' (the rule changes nothing). Give 'to' another value than the "
                       "behaviour has without the signal.",
                       rule.sentence.saturated);
}

/// No cell and no dissolved protease takes matrix away there.
bool keeps_matrix(const OrganDescription& organ, const TissueDescription& tissue)
{
    const auto& producer = organ.matrix.producer;
    const bool cells = organ.matrix.membrane_per_min > 0.0 &&
                       (agents::any_rules_on(tissue.types, Behaviour::matrix_degradation) ||
                        std::any_of(producer.begin(), producer.end(), [](double share) { return share > 0.0; }));
    return !cells && !(organ.matrix.soluble_per_min > 0.0 && find_field(organ.fields, "mmp2"));
}

/// Text of why cells of the rule's type stand still whatever their speed; empty if they do not.
std::string standstill_of(const CaseOfRules& here, const KnownRule& rule)
{
    const double optimum = here.tissue.types[rule.type].motility.matrix_optimum;
    const bool stopped = std::all_of(here.organs.begin(), here.organs.end(), [&](const OrganDescription& organ) {
        return organ.matrix.initial >= 1.0 && keeps_matrix(organ, here.tissue);
    });
    if (rule.behaviour != Behaviour::speed || !(optimum > 0.0 && optimum < 1.0) || !stopped) {
        return {};
    }
    return fmt::format("matrix of full density stops cells of '{0}', and nothing degrades it (they stand still "
                       "whatever their speed). Set matrix.initial below 1 or matrix.membrane_degradation, or let them "
                       "pass with cell.{0}.motility.matrix_optimum = 0.",
                       rule.sentence.cell);
}

template <class Entry>
const Entry& named(const std::vector<Entry>& words, const std::string& name)
{
    return *std::find_if(words.begin(), words.end(), [&](const RuleWord& word) { return word.name == name; });
}

void warn_of_stores(config::Case& description, const CaseOfRules& here)
{
    for (const OrganDescription& organ : here.organs) {
        for (const FieldDescription& field : organ.fields) {
            if (field.stored_in_matrix > 0.0 && keeps_matrix(organ, here.tissue)) {
                description.warn(fmt::format("organ.{}.{}.stored_in_matrix", organ.name, field.substance.name),
                                 "nothing degrades the matrix there (none of what it stores is set free). Set "
                                 "matrix.membrane_degradation or matrix.soluble_degradation, or store nothing.");
            }
        }
    }
}

/// Walls lose their maturity by growth only.
void warn_of_leaks(config::Case& description, const CaseOfRules& here)
{
    const bool grow = std::any_of(here.organs.begin(), here.organs.end(),
                                  [](const OrganDescription& organ) { return organ.angiogenesis.on(); });
    for (const OrganDescription& organ : here.organs) {
        for (const FieldDescription& field : organ.fields) {
            if (!grow && field.leakiness > 1.0) {
                description.warn(fmt::format("organ.{}.{}.leakiness", organ.name, field.substance.name),
                                 "no vessels grow, so that all walls are mature (none leaks). Set "
                                 "organ.<organ>.angiogenesis.field, or remove the key.");
            }
        }
    }
}
} // namespace

void warn_of_idle_rules(config::Case& description, const TissueDescription& tissue,
                        const std::vector<OrganDescription>& organs)
{
    if (!description.problems().empty()) {
        return; // what the words stand for is not known
    }
    FieldValues values(description);
    const UnitSystem units;
    const auto signals = signal_words(description, values);
    const auto behaviours = behaviour_words(description, values);
    const CaseOfRules here{tissue, organs};
    for (const std::string& name : description.declared("rule")) {
        const std::string key = "rules." + name;
        if (description.text(key) == "off") {
            continue;
        }
        KnownRule rule;
        rule.sentence = rules::read_sentence(description.text(key));
        rule.type = static_cast<std::size_t>(
            std::find_if(tissue.types.begin(), tissue.types.end(),
                         [&](const agents::CellType& type) { return type.name == rule.sentence.cell; }) -
            tissue.types.begin());
        rule.signal = named(signals, rule.sentence.signal);
        rule.behaviour = named(behaviours, rule.sentence.behaviour).behaviour;
        rule.half = units.read(rule.sentence.half, rule.signal.unit);
        for (const auto& text :
             {silence_of(here, rule), weakness_of(here, rule), standstill_of(here, rule), evenness_of(here, rule)}) {
            if (!text.empty()) {
                description.warn(key, text);
            }
        }
    }
    warn_of_stores(description, here);
    warn_of_leaks(description, here);
}

} // namespace paget::organ
