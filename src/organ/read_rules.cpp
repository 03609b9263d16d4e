#include "read_rules.hpp"

#include "rule_checks.hpp"
#include "rule_vocabulary.hpp"

#include "paget/config/nearest_word.hpp"
#include "paget/core/error.hpp"
#include "paget/core/plain_text.hpp"
#include "paget/core/units.hpp"
#include "paget/rules/physicell_csv.hpp"
#include "paget/rules/sentence.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace paget::organ
{
namespace
{
/// The words of that name. Throws InputError that gives the nearest, or lists what there is.
template <class Entry>
const Entry& word_of(const std::string& name, const std::vector<Entry>& known, const char* what)
{
    const auto is_meant = [&](const RuleWord& word) { return word.name == name; };
    const auto found = std::find_if(known.begin(), known.end(), is_meant);
    if (found != known.end()) {
        return *found;
    }
    std::vector<std::string> names;
    for (const RuleWord& word : known) {
        names.push_back(word.name);
    }
    const auto nearest = config::nearest_word(name, names);
    throw InputError(fmt::format("no {} '{}' (nothing would follow this rule). {}Use one of: {}.", what, name,
                                 nearest ? fmt::format("Did you mean '{}'? ", *nearest) : "", fmt::join(names, ", ")));
}

/// Where a rule stands: its key in the case and its own name, or the key that names a file and the place in it.
struct Source {
    std::string key;
    std::string name;
    bool imported = false;
};

void report(config::Case& description, const Source& source, const std::string& problem)
{
    const bool speaks_of_from = problem.find("'from'") != std::string::npos;
    description.report(source.key, source.imported
                                       ? fmt::format("{}: {}{}", source.name, problem,
                                                     speaks_of_from ? " ('from' is the fifth of nine fields.)" : "")
                                       : problem);
}

/// Reads the rules one after the other; the first one that says something about a behaviour sets its base and ends.
class RuleReader
{
public:
    RuleReader(const config::Case& description, FieldValues& values, TissueDescription& tissue)
        : tissue_(tissue),
          signals_(signal_words(description, values)),
          behaviours_(behaviour_words(description, values))
    {
        for (const agents::CellType& type : tissue.types) {
            types_.emplace_back().name = type.name;
        }
    }

    /// Throws InputError if the rule cannot be followed.
    void read(const Source& source, const rules::Sentence& rule)
    {
        const std::size_t type = static_cast<std::size_t>(&word_of(rule.cell, types_, "cell type") - types_.data());
        const BehaviourWord& word = word_of(rule.behaviour, behaviours_, "behaviour");
        refuse_ambiguous(rule.behaviour, behaviours_);
        const auto behaviour = static_cast<std::size_t>(word.behaviour);
        refuse_unable(tissue_.types[type], word);
        if (!source.imported) {
            refuse_bare_numbers(rule, word);
        }
        if (word.behaviour == agents::turning_into(type)) {
            throw InputError(fmt::format("'{}' is what '{}' is already (its cycle would only begin anew). Name another "
                                         "type, or remove the rule.",
                                         word.name, rule.cell));
        }
        const rules::Influence influence = influence_of(rule);
        refuse_deaf(tissue_, word.behaviour, influence.signal, rule);
        const double saturated = amount(rule.saturated, word, "to");
        rules::Response& response = response_of(type, word.behaviour);
        if (rule.base) {
            set_once({type, behaviour, "from"}, amount(*rule.base, word, "from"), word.unit, source.name);
            response.base = first_[{type, behaviour, "from"}].value;
        }
        const char* const end = rule.increases ? "increases ... to" : "decreases ... to";
        set_once({type, behaviour, end}, saturated, word.unit, source.name);
        (rule.increases ? response.most : response.least) = saturated;
        auto& influences = rule.increases ? response.raising : response.lowering;
        refuse_twice(influences, influence, rule, type);
        influences.push_back(influence);
        read_.push_back({source, {type, word.behaviour, word.unit, rule}});
    }

    /// The rule with the units in which its numbers were read, so that it can stand in a case.
    rules::Sentence with_units(rules::Sentence rule) const
    {
        const std::string unit = word_of(rule.behaviour, behaviours_, "behaviour").unit;
        for (std::string* text : {rule.base ? &*rule.base : nullptr, &rule.saturated}) {
            if (text != nullptr && lacks_unit(*text, unit)) {
                *text += " " + unit;
            }
        }
        const std::string half_unit = word_of(rule.signal, signals_, "signal").unit;
        rule.half += lacks_unit(rule.half, half_unit) ? " " + half_unit : "";
        return rule;
    }

    /// Notes the rules that change a behaviour the other way than they say, or say it where another one is deaf. When
    /// all are read: any may say 'from'.
    void check_together(config::Case& description)
    {
        for (const Rule& rule : read_) {
            try {
                check_among_others(rule.read, tissue_, description);
            } catch (const InputError& error) {
                report(description, rule.source, error.what());
            }
        }
    }

private:
    struct Slot {
        std::size_t type;
        std::size_t behaviour;
        std::string what;
        friend auto operator<=>(const Slot&, const Slot&) = default;
    };
    struct Rule {
        Source source;
        ReadRule read;
    };
    struct Said {
        double value = 0.0;
        std::string rule;
    };

    /// Conversion of units rounds.
    static bool same(double a, double b) { return std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b)); }

    /// Zero is the same in all units.
    static bool lacks_unit(const std::string& text, const std::string& unit)
    {
        return unit != "1" && number_in(text).value_or(0.0) != 0.0;
    }

    static void refuse_bare_number(const std::string& text, const std::string& unit, const char* after)
    {
        if (lacks_unit(text, unit)) {
            throw InputError(fmt::format("'{0}' after '{1}' has no unit (any would change what the rule says). Write "
                                         "'{0} {2}', or in the unit that is meant.",
                                         text, after, unit));
        }
    }

    void refuse_bare_numbers(const rules::Sentence& rule, const RuleWord& behaviour) const
    {
        refuse_bare_number(rule.base.value_or("0"), behaviour.unit, "from");
        refuse_bare_number(rule.saturated, behaviour.unit, "to");
        refuse_bare_number(rule.half, word_of(rule.signal, signals_, "signal").unit, "half at");
    }

    void set_once(const Slot& slot, double value, const std::string& unit, const std::string& name)
    {
        const auto [said, is_first] = first_.try_emplace(slot, Said{value, name});
        if (!is_first && !same(said->second.value, value)) {
            throw InputError(fmt::format(
                "the value after '{0}' is not that of rule '{1}' (rules on one behaviour share their ends: {2:.6g}{4} "
                "there and {3:.6g}{4} here). Give both rules the same.",
                slot.what, said->second.rule, said->second.value, value, behind_number(unit)));
        }
    }

    void refuse_twice(const std::vector<rules::Influence>& influences, const rules::Influence& influence,
                      const rules::Sentence& rule, std::size_t type) const
    {
        const bool twice = std::any_of(influences.begin(), influences.end(),
                                       [&](const auto& other) { return other.signal == influence.signal; });
        if (!twice) {
            return;
        }
        const auto other = std::find_if(read_.begin(), read_.end(), [&](const Rule& said) {
            const rules::Sentence& sentence = said.read.sentence;
            return said.read.type == type && sentence.behaviour == rule.behaviour && sentence.signal == rule.signal &&
                   sentence.increases == rule.increases;
        });
        ensure(other != read_.end(), "an influence comes from a rule");
        throw InputError(fmt::format("'{}' {} '{}' of '{}' already by rule '{}' (one would be in vain). Remove one of "
                                     "them.",
                                     rule.signal, rule.increases ? "increases" : "decreases", rule.behaviour, rule.cell,
                                     other->source.name));
    }

    double read_number(const std::string& text, const std::string& unit, const char* after) const
    {
        try {
            return units_.read(text, unit);
        } catch (const InputError& error) {
            throw InputError(fmt::format("'{}' after '{}': {}", text, after, error.what()));
        }
    }

    double amount(const std::string& text, const RuleWord& word, const char* after) const
    {
        const double value = read_number(text, word.unit, after);
        if (!(value >= 0.0) || value > word.highest) {
            const std::string allowed = word.highest < agents::no_highest
                                            ? fmt::format("from 0 to {}{}", word.highest, behind_number(word.unit))
                                            : "of at least 0";
            throw InputError(fmt::format("'{}' after '{}' is out of range for '{}' ({}). Give a value {}.", text, after,
                                         word.name, word.meaning, allowed));
        }
        return value;
    }

    /// A name that stands for two things cannot be followed.
    template <class Entry>
    static void refuse_ambiguous(const std::string& name, const std::vector<Entry>& known)
    {
        const auto is_meant = [&](const RuleWord& word) { return word.name == name; };
        const auto first = std::find_if(known.begin(), known.end(), is_meant);
        const auto second = first == known.end() ? first : std::find_if(first + 1, known.end(), is_meant);
        if (second != known.end()) {
            throw InputError(fmt::format("'{}' is the name of a field, drug or cell type and of something else ({}; "
                                         "{}: one of them would be meant). Rename it.",
                                         name, first->meaning, second->meaning));
        }
    }

    rules::Influence influence_of(const rules::Sentence& rule)
    {
        const SignalWord& word = word_of(rule.signal, signals_, "signal");
        refuse_ambiguous(rule.signal, signals_);
        rules::Influence influence;
        influence.hill = rule.hill;
        influence.signal = word.tissue ? signal_of(*word.tissue) : word.own;
        influence.half = read_number(rule.half, word.unit, "half at");
        if (!(influence.half > 0.0)) {
            throw InputError(fmt::format("'{}' after 'half at' is not above 0 (the effect would always be full). Give "
                                         "the value of '{}' ({}) at which the effect is half.",
                                         rule.half, rule.signal, word.meaning));
        }
        if (influence.half > word.highest) {
            throw InputError(fmt::format("'{}' after 'half at' is more than '{}' ({}) can be: {}. Give a smaller "
                                         "value.",
                                         rule.half, rule.signal, word.meaning, word.highest));
        }
        return influence;
    }

    std::uint32_t signal_of(const TissueSignal& signal)
    {
        auto& listened = tissue_.signals;
        auto found = std::find(listened.begin(), listened.end(), signal);
        if (found == listened.end()) {
            found = listened.insert(listened.end(), signal);
        }
        return static_cast<std::uint32_t>(agents::own_signal_count +
                                          static_cast<std::size_t>(found - listened.begin()));
    }

    rules::Response& response_of(std::size_t type, agents::Behaviour behaviour)
    {
        auto& all = tissue_.types[type].rules;
        auto found = std::find_if(all.begin(), all.end(), [&](const auto& r) { return r.behaviour == behaviour; });
        if (found == all.end()) {
            found = all.insert(all.end(), {behaviour, {}});
        }
        return found->response;
    }

    TissueDescription& tissue_;
    UnitSystem units_;
    std::vector<SignalWord> signals_;
    std::vector<BehaviourWord> behaviours_;
    std::vector<RuleWord> types_; ///< only names
    std::map<Slot, Said> first_;
    std::vector<Rule> read_;
};

std::string content_of(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file || content.view().empty()) { // a folder opens, but has nothing to read
        throw InputError(fmt::format(
            "'{}' cannot be read, or has nothing in it (its rules would be missing). Give the path of a file, from "
            "the folder of the case.",
            path.string()));
    }
    return content.str();
}

/// A rule of a file.
struct Understood {
    rules::Sentence sentence;
    config::Origin origin;
};

/// Rules of a file of PhysiCell; problems name its lines. Returns those that were understood.
std::vector<Understood> import_file(config::Case& description, const std::string& name, RuleReader& reader)
{
    const std::string key = "rules.import";
    std::vector<Understood> understood;
    for (const rules::ImportedRule& rule :
         rules::read_physicell_csv(content_of(std::filesystem::path(description.folder()) / name))) {
        const Source source{key, fmt::format("{}:{}", name, rule.line), true};
        try {
            if (!rule.problem.empty()) {
                throw InputError(rule.problem);
            }
            reader.read(source, rule.sentence);
            understood.push_back({reader.with_units(rule.sentence), {name, rule.line}});
        } catch (const InputError& error) {
            report(description, source, error.what());
        }
    }
    return understood;
}

/// The imported rules become keys of the case: a run that goes on follows the rules with which it began, whatever
/// became of the file.
void keep_imported(config::Case& description, const std::vector<Understood>& rules)
{
    int number = 0;
    for (const Understood& rule : rules) {
        std::string key;
        do {
            key = fmt::format("rules.imported_{}", ++number);
        } while (description.given(key));
        description.replace(key, rules::text_of(rule.sentence), rule.origin);
    }
    description.replace("rules.import", "");
}

void import_rules(config::Case& description, RuleReader& reader)
{
    const std::string name = description.text("rules.import");
    if (name.empty()) {
        return;
    }
    try {
        const auto rules = import_file(description, name, reader);
        reader.check_together(description);
        if (description.problems().empty()) { // else nobody asks for the resolved case
            keep_imported(description, rules);
        }
    } catch (const InputError& error) {
        description.report("rules.import", error.what());
    }
}

/// A misspelt name would switch off nothing, in silence. Where a rule may have been written off in its own place (as a
/// resolved case does) only a name like that of another rule is suspicious.
void check_switched_off(config::Case& description, const std::string& name)
{
    const std::string key = "rules." + name;
    std::vector<std::string> others;
    for (const std::string& other : description.declared("rule")) {
        if (other != name && description.text("rules." + other) != "off") {
            others.push_back(other);
        }
    }
    const auto nearest = config::nearest_word(name, others);
    const std::string what = fmt::format("there is no rule '{}' to be switched off (all would act as before). ", name);
    const std::string meant = nearest ? fmt::format("Did you mean '{}'?", *nearest) : "";
    if (description.replaces_nothing(key)) {
        const std::string use = others.empty() ? "Remove it." : fmt::format("Use one of: {}.", fmt::join(others, ", "));
        description.report(key, what + (nearest ? meant : use));
    } else if (nearest && description.given_once(key)) {
        description.warn(key, what + meant);
    }
}
} // namespace

void read_rules(config::Case& description, FieldValues& values, TissueDescription& tissue)
{
    RuleReader reader(description, values, tissue);
    for (const std::string& name : description.declared("rule")) {
        const Source source{"rules." + name, name};
        if (description.text(source.key) == "off") {
            check_switched_off(description, name);
            continue;
        }
        try {
            reader.read(source, rules::read_sentence(description.text(source.key)));
        } catch (const InputError& error) {
            report(description, source, error.what());
        }
    }
    import_rules(description, reader);
    reader.check_together(description);
}

} // namespace paget::organ
