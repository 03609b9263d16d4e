#include "read_rules.hpp"

#include "paget/core/error.hpp"
#include "paget/core/units.hpp"
#include "paget/rules/physicell_csv.hpp"
#include "paget/rules/sentence.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace paget::organ
{
namespace
{
template <std::size_t n>
std::vector<std::string> names_of(const std::array<agents::Word, n>& words)
{
    std::vector<std::string> names;
    for (const agents::Word& word : words) {
        names.emplace_back(word.name);
    }
    return names;
}

/// Where the name stands in the list. Throws InputError that lists what there is.
std::size_t place_of(const std::string& name, const std::vector<std::string>& known, const char* what)
{
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) {
        throw InputError(fmt::format("no {} '{}' (nothing would follow this rule). Use one of: {}.", what, name,
                                     fmt::join(known, ", ")));
    }
    return static_cast<std::size_t>(found - known.begin());
}

/// Where a rule stands: its key in the case and its own name, or the key that names a file and the place in it.
struct Source {
    std::string key;
    std::string name;
    bool imported = false;
};

void report(config::Case& description, const Source& source, const std::string& problem)
{
    description.report(source.key, source.imported ? fmt::format("{}: {}", source.name, problem) : problem);
}

/// Reads the rules one after the other; the first one that says something about a behaviour sets its base and ends.
class RuleReader
{
public:
    RuleReader(FieldValues& values, const std::vector<std::string>& fields, TissueDescription& tissue)
        : values_(values),
          fields_(fields),
          tissue_(tissue)
    {
        for (const agents::CellType& type : tissue.types) {
            types_.push_back(type.name);
        }
    }

    /// Throws InputError if the rule cannot be followed.
    void read(const Source& source, const rules::Sentence& rule)
    {
        const std::string& name = source.name;
        const std::size_t type = place_of(rule.cell, types_, "cell type");
        const std::size_t behaviour = place_of(rule.behaviour, names_of(agents::behaviour_words()), "behaviour");
        refuse_without_hazards(tissue_.types[type], static_cast<agents::Behaviour>(behaviour));
        const rules::Influence influence = influence_of(rule);
        const agents::Word& word = agents::behaviour_words()[behaviour];
        const double saturated = amount(rule.saturated, word, "to");
        rules::Response& response = response_of(type, static_cast<agents::Behaviour>(behaviour));
        if (rule.base) {
            set_once({type, behaviour, "from"}, amount(*rule.base, word, "from"), name);
            response.base = first_[{type, behaviour, "from"}].value;
        }
        const char* const end = rule.increases ? "increases ... to" : "decreases ... to";
        set_once({type, behaviour, end}, saturated, name);
        (rule.increases ? response.most : response.least) = saturated;
        auto& influences = rule.increases ? response.raising : response.lowering;
        refuse_twice(influences, influence, rule);
        influences.push_back(influence);
        read_.push_back({source, type, static_cast<agents::Behaviour>(behaviour), rule});
    }

    /// Notes the rules that change a behaviour the other way than they say. When all are read: any may say 'from'.
    void check_directions(config::Case& description)
    {
        for (const Rule& rule : read_) {
            try {
                check_direction(response_of(rule.type, rule.behaviour), tissue_.types[rule.type], rule.behaviour,
                                rule.sentence);
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
        std::size_t type;
        agents::Behaviour behaviour;
        rules::Sentence sentence;
    };
    struct Said {
        double value = 0.0;
        std::string rule;
    };

    static void refuse_without_hazards(const agents::CellType& type, agents::Behaviour behaviour)
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

    void set_once(const Slot& slot, double value, const std::string& name)
    {
        const auto [said, is_first] = first_.try_emplace(slot, Said{value, name});
        if (!is_first && said->second.value != value) {
            throw InputError(fmt::format(
                "the value after '{}' is not that of rule '{}' (rules on one behaviour share their ends: {} and {}). "
                "Give both rules the same.",
                slot.what, said->second.rule, said->second.value, value));
        }
    }

    static void refuse_twice(const std::vector<rules::Influence>& influences, const rules::Influence& influence,
                             const rules::Sentence& rule)
    {
        const bool twice = std::any_of(influences.begin(), influences.end(),
                                       [&](const auto& other) { return other.signal == influence.signal; });
        if (twice) {
            throw InputError(fmt::format("'{}' {} '{}' of '{}' already by another rule (one would be in vain). Remove "
                                         "one of them.",
                                         rule.signal, rule.increases ? "increases" : "decreases", rule.behaviour,
                                         rule.cell));
        }
    }

    /// What a rule calls an increase must not be one to less.
    static void check_direction(const rules::Response& response, const agents::CellType& type,
                                agents::Behaviour behaviour, const rules::Sentence& rule)
    {
        const auto [own_least, own_most] = agents::range_without_rules(type, behaviour);
        const bool sinks = rule.increases && response.most < response.base.value_or(own_least);
        const bool rises = !rule.increases && response.least > response.base.value_or(own_most);
        if (sinks || rises) {
            throw InputError(fmt::format("contradicts itself or another rule on '{}' of '{}' (what increases must end "
                                         "above the value without signals, what decreases below: that value is {}). "
                                         "Exchange the words or the values, or say 'from'.",
                                         rule.behaviour, rule.cell, text_of_base(response, own_least, own_most)));
        }
    }

    static std::string text_of_base(const rules::Response& response, double own_least, double own_most)
    {
        if (response.base || own_least == own_most) {
            return fmt::format("{}", response.base.value_or(own_least));
        }
        return fmt::format("{} to {}, by state and phase", own_least, own_most);
    }

    double amount(const std::string& text, const agents::Word& word, const char* after) const
    {
        const double value = units_.read(text, std::string(word.unit));
        if (!(value >= 0.0) || value > word.highest) {
            const std::string allowed = word.highest < agents::no_highest
                                            ? fmt::format("from 0 to {} {}", word.highest, word.unit)
                                            : "of at least 0";
            throw InputError(fmt::format("'{}' after '{}' is out of range for '{}' ({}). Give a value {}.", text, after,
                                         word.name, word.meaning, allowed));
        }
        return value;
    }

    rules::Influence influence_of(const rules::Sentence& rule)
    {
        std::vector<std::string> known = names_of(agents::own_signal_words());
        known.insert(known.end(), fields_.begin(), fields_.end());
        const std::size_t place = place_of(rule.signal, known, "signal");
        if (std::count(known.begin(), known.end(), rule.signal) > 1) {
            throw InputError(fmt::format("'{}' is a field and also what a cell feels of itself (one of them would be "
                                         "meant). Rename the field.",
                                         rule.signal));
        }
        rules::Influence influence;
        influence.hill = rule.hill;
        if (place < agents::own_signal_count) {
            influence.signal = static_cast<std::uint32_t>(place);
            influence.half = units_.read(rule.half, std::string(agents::own_signal_words()[place].unit));
        } else {
            influence.signal = signal_of_field(place - agents::own_signal_count);
            influence.half = units_.read(rule.half, values_.unit_of(rule.signal));
        }
        if (!(influence.half > 0.0)) {
            throw InputError(fmt::format("'{}' after 'half at' is not above 0 (the effect would always be full). Give "
                                         "the value of '{}' at which the effect is half.",
                                         rule.half, rule.signal));
        }
        return influence;
    }

    std::uint32_t signal_of_field(std::size_t field)
    {
        auto& listened = tissue_.signals;
        auto found = std::find(listened.begin(), listened.end(), field);
        if (found == listened.end()) {
            found = listened.insert(listened.end(), field);
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

    FieldValues& values_;
    const std::vector<std::string>& fields_;
    TissueDescription& tissue_;
    UnitSystem units_;
    std::vector<std::string> types_;
    std::map<Slot, Said> first_;
    std::vector<Rule> read_;
};

std::string content_of(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file) {
        throw InputError(fmt::format("'{}' cannot be read (its rules would be missing). Give the path of a file, from "
                                     "the folder of the case.",
                                     path.string()));
    }
    return content.str();
}

/// Rules of a file of PhysiCell; problems name its lines.
void import_rules(config::Case& description, RuleReader& reader)
{
    const std::string key = "rules.import";
    const std::string name = description.text(key);
    if (name.empty()) {
        return;
    }
    try {
        for (const rules::ImportedRule& rule :
             rules::read_physicell_csv(content_of(std::filesystem::path(description.folder()) / name))) {
            const Source source{key, fmt::format("{}:{}", name, rule.line), true};
            try {
                if (!rule.problem.empty()) {
                    throw InputError(rule.problem);
                }
                reader.read(source, rule.sentence);
            } catch (const InputError& error) {
                report(description, source, error.what());
            }
        }
    } catch (const InputError& error) {
        description.report(key, error.what());
    }
}
} // namespace

void read_rules(config::Case& description, FieldValues& values, const std::vector<std::string>& fields,
                TissueDescription& tissue)
{
    RuleReader reader(values, fields, tissue);
    for (const std::string& name : description.declared("rule")) {
        const Source source{"rules." + name, name};
        try {
            reader.read(source, rules::read_sentence(description.text(source.key)));
        } catch (const InputError& error) {
            report(description, source, error.what());
        }
    }
    import_rules(description, reader);
    reader.check_directions(description);
}

} // namespace paget::organ
