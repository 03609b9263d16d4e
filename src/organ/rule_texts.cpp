// Rules and their words, told to people.

#include "paget/organ/rule_texts.hpp"

#include "rule_vocabulary.hpp"

#include "paget/config/case.hpp"
#include "paget/config/nearest_word.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace paget::organ
{
namespace
{
/// A word that a case makes of a name: what stands before and behind it.
struct Pattern {
    std::string_view before;
    std::string_view behind;
    std::string_view kind; ///< whose name
    std::string_view unit;
    std::string_view meaning;
    bool is_signal = true;
};

constexpr std::array patterns{
    Pattern{"", "_gradient", "FIELD", "that of the field, per um",
            "magnitude of the field's gradient in the cell's voxel"},
    Pattern{"contact_", "", "CELL", "1", "number of living cells of that type within reach of adhesion"},
    Pattern{"in_", "", "ORGAN", "1", "1 in that organ, else 0"},
    Pattern{"", "_secretion", "FIELD", "(that of the field).um^3/min", "amount that one cell releases per time", false},
    Pattern{"", "_uptake", "FIELD", "1/min", "first-order uptake of a cell-filled volume", false},
    Pattern{"attack_", "", "CELL", "1/min", "hazard of a cell of that type to be killed while this one holds it",
            false},
    Pattern{"turning_into_", "", "CELL", "1/min", "hazard of turning into a cell of that type", false},
};

constexpr std::array tissue_signals{
    agents::Word{"contact_dead", "1", agents::no_highest, "number of corpses within reach of adhesion"},
    agents::Word{"vessel_distance", "um", agents::no_highest,
                 "from the cell's centre to the wall of the nearest flowing vessel"},
    agents::Word{"niche", "1", 1.0, "how ready the organ's niche is for cells to come"},
};

std::string entry(std::string_view name, bool is_signal, std::string_view unit, double highest,
                  std::string_view meaning)
{
    return fmt::format("{}\n    {} of rules: {}\n    unit     {}\n{}", name, is_signal ? "signal" : "behaviour",
                       meaning, unit == "1" ? "none" : unit,
                       highest < agents::no_highest ? fmt::format("    at most  {}\n", highest) : "");
}

template <class Words>
std::string entry_of(const Words& words, std::string_view word, bool is_signal)
{
    const auto found = std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.name == word; });
    return found == words.end() ? "" : entry(found->name, is_signal, found->unit, found->highest, found->meaning);
}

std::string entry_of_pattern(std::string_view word)
{
    for (const Pattern& pattern : patterns) {
        const bool whole = word.size() > pattern.before.size() + pattern.behind.size() &&
                           word.starts_with(pattern.before) && word.ends_with(pattern.behind);
        const bool without_name = pattern.before == fmt::format("{}_", word); // turning_into
        if (whole || without_name) {
            const std::string name = fmt::format("{}{}{}", pattern.before, pattern.kind, pattern.behind);
            return entry(name, pattern.is_signal, pattern.unit, agents::no_highest, pattern.meaning);
        }
    }
    return {};
}

/// `oxygen raises it (half at 20 mmHg, hill 4)`
std::string told(const std::vector<rules::Influence>& influences, const std::vector<const SignalWord*>& by_number)
{
    std::vector<std::string> parts;
    for (const rules::Influence& influence : influences) {
        const SignalWord& word = *by_number[influence.signal];
        parts.push_back(fmt::format("{} (half at {:.6g}{}, hill {:.6g})", word.name, influence.half,
                                    word.unit == "1" ? "" : " " + word.unit, influence.hill));
    }
    return fmt::format("{}", fmt::join(parts, " and "));
}

std::string amount_text(double value, const std::string& unit)
{
    return fmt::format("{:.6g}{}", value, unit == "1" ? "" : " " + unit);
}

/// The words of all signals by the numbers that rules use.
std::vector<const SignalWord*> by_number(const std::vector<SignalWord>& words, const TissueDescription& tissue)
{
    std::vector<const SignalWord*> table(agents::own_signal_count + tissue.signals.size(), nullptr);
    for (const SignalWord& word : words) {
        if (!word.tissue) {
            table[word.own] = &word;
        }
        for (std::size_t s = 0; s < tissue.signals.size(); ++s) {
            if (word.tissue == tissue.signals[s]) {
                table[agents::own_signal_count + s] = &word;
            }
        }
    }
    return table;
}

std::string base_text(const TissueDescription& tissue, std::size_t type, const agents::RuledBehaviour& ruled,
                      const std::string& unit)
{
    if (ruled.response.base) {
        return amount_text(*ruled.response.base, unit);
    }
    const auto [least, most] = range_without_rules(tissue, type, ruled.behaviour);
    return least == most ? amount_text(least, unit)
                         : fmt::format("{:.6g} to {} by state and phase", least, amount_text(most, unit));
}
} // namespace

std::string explain_rule_word(std::string_view word)
{
    std::string text = entry_of(agents::own_signal_words(), word, true) + entry_of(tissue_signals, word, true) +
                       entry_of(agents::behaviour_words(), word, false);
    if (text.empty()) {
        text = entry_of_pattern(word);
    }
    return text.empty() ? "" : text + "    docs/model/rules.md; `paget rules CASE` lists all words of a case\n";
}

std::optional<std::string> nearest_rule_word(std::string_view word)
{
    std::vector<std::string> names;
    const auto add = [&](const auto& words) {
        for (const auto& each : words) {
            names.emplace_back(each.name);
        }
    };
    add(agents::own_signal_words());
    add(tissue_signals);
    add(agents::behaviour_words());
    return config::nearest_word(word, names);
}

std::string rules_as_read(config::Case& description, const TissueDescription& tissue)
{
    FieldValues values(description);
    const auto signals = signal_words(description, values);
    const auto table = by_number(signals, tissue);
    const auto behaviours = behaviour_words(description, values);
    std::string text;
    for (std::size_t type = 0; type < tissue.types.size(); ++type) {
        for (const agents::RuledBehaviour& ruled : tissue.types[type].rules) {
            const auto word = std::find_if(behaviours.begin(), behaviours.end(),
                                           [&](const auto& w) { return w.behaviour == ruled.behaviour; });
            text += fmt::format("  {}: {} is {}", tissue.types[type].name, word->name,
                                base_text(tissue, type, ruled, word->unit));
            if (!ruled.response.raising.empty()) {
                text += fmt::format("; up to {} by {}", amount_text(ruled.response.most, word->unit),
                                    told(ruled.response.raising, table));
            }
            if (!ruled.response.lowering.empty()) {
                text += fmt::format("; down to {} by {}", amount_text(ruled.response.least, word->unit),
                                    told(ruled.response.lowering, table));
            }
            text += "\n";
        }
    }
    return text;
}

} // namespace paget::organ
