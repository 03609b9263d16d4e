#include "rule_vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paget::organ
{
namespace
{
using Kind = TissueSignal::Kind;

class SignalList
{
public:
    void add_own()
    {
        const auto& words = agents::own_signal_words();
        for (std::size_t i = 0; i < words.size(); ++i) {
            SignalWord word;
            word.name = words[i].name;
            word.unit = words[i].unit;
            word.highest = words[i].highest;
            word.meaning = words[i].meaning;
            word.own = static_cast<std::uint32_t>(i);
            all.push_back(std::move(word));
        }
    }
    void add(Kind kind, std::size_t index, std::string name, std::string unit, std::string meaning)
    {
        SignalWord word;
        word.name = std::move(name);
        word.unit = std::move(unit);
        word.highest = kind == Kind::organ || kind == Kind::niche ? 1.0 : agents::no_highest;
        word.meaning = std::move(meaning);
        word.tissue = TissueSignal{kind, index};
        all.push_back(std::move(word));
    }

    std::vector<SignalWord> all;
};

std::pair<double, double> range_of(const agents::ByState& values)
{
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    return {*least, *most};
}

BehaviourWord behaviour_word(std::string name, std::string unit, std::string meaning, agents::Behaviour behaviour)
{
    BehaviourWord word;
    word.name = std::move(name);
    word.unit = std::move(unit);
    word.meaning = std::move(meaning);
    word.behaviour = behaviour;
    return word;
}
} // namespace

std::string behind_number(const std::string& unit) { return unit == "1" ? "" : " " + unit; }

std::vector<SignalWord> signal_words(const config::Case& description, FieldValues& values)
{
    SignalList list;
    list.add_own();
    const auto fields = description.declared("field");
    for (std::size_t f = 0; f < fields.size(); ++f) {
        const std::string unit = values.unit_of(fields[f]);
        list.add(Kind::concentration, f, fields[f], unit, "concentration in the cell's voxel");
        list.add(Kind::gradient, f, fields[f] + "_gradient", fmt::format("({}).um^-1", unit),
                 "magnitude of the gradient in the cell's voxel");
    }
    const auto types = description.declared("cell");
    for (std::size_t t = 0; t < types.size(); ++t) {
        list.add(Kind::contact, t, "contact_" + types[t], "1", "living cells of that type within reach of adhesion");
    }
    list.add(Kind::dead_contact, 0, "contact_dead", "1", "dead cells of any type within reach of adhesion");
    list.add(Kind::vessel_distance, 0, "vessel_distance", "um", "from the centre to the wall of the nearest vessel");
    list.add(Kind::niche, 0, "niche", "1", "how ready the organ's niche is for cells to come");
    const auto drugs = description.declared("drug");
    for (std::size_t d = 0; d < drugs.size(); ++d) {
        list.add(Kind::drug, d, drugs[d], "mg/l", "concentration of the drug in the blood, mean over the step");
    }
    const auto organs = description.declared("organ");
    for (std::size_t o = 0; o < organs.size(); ++o) {
        list.add(Kind::organ, o, "in_" + organs[o], "1", "1 in that organ, else 0");
    }
    return list.all;
}

std::vector<BehaviourWord> behaviour_words(const config::Case& description, FieldValues& values)
{
    std::vector<BehaviourWord> all;
    const auto& words = agents::behaviour_words();
    for (std::size_t b = 0; b < words.size(); ++b) {
        all.push_back(behaviour_word(std::string(words[b].name), std::string(words[b].unit),
                                     std::string(words[b].meaning), static_cast<agents::Behaviour>(b)));
        all.back().highest = words[b].highest;
    }
    const auto types = description.declared("cell");
    for (std::size_t t = 0; t < types.size(); ++t) {
        all.push_back(behaviour_word("attack_" + types[t], "1/min",
                                     "hazard of a cell of that type to be killed while this one holds it",
                                     agents::attack_on(t)));
        all.push_back(behaviour_word("turning_into_" + types[t], "1/min", "hazard of turning into a cell of that type",
                                     agents::turning_into(t)));
    }
    const auto fields = description.declared("field");
    for (std::size_t f = 0; f < fields.size(); ++f) {
        all.push_back(behaviour_word(fields[f] + "_secretion", fmt::format("({}).um^3/min", values.unit_of(fields[f])),
                                     "amount that one cell releases per time; hypoxia acts by rules only",
                                     agents::secretion_of(f)));
        all.push_back(behaviour_word(fields[f] + "_uptake", "1/min", "first-order uptake of a cell-filled volume",
                                     agents::uptake_of(f)));
    }
    return all;
}

std::string rule_words(config::Case& description)
{
    FieldValues values(description);
    std::string text = "Signals that rules of this case can listen to\n";
    const auto add = [&text](const RuleWord& word) {
        const std::string most = word.highest < agents::no_highest ? fmt::format(", at most {}", word.highest) : "";
        text += fmt::format("  {:<28} {:<22} {}{}\n", word.name, word.unit, word.meaning, most);
    };
    for (const SignalWord& word : signal_words(description, values)) {
        add(word);
    }
    text += "\nBehaviours that they can change\n";
    for (const BehaviourWord& word : behaviour_words(description, values)) {
        add(word);
    }
    return text;
}

std::pair<double, double> range_without_rules(const TissueDescription& tissue, std::size_t type,
                                              agents::Behaviour behaviour)
{
    const auto number = static_cast<std::size_t>(behaviour);
    if (behaviour == agents::Behaviour::intravasation) {
        return range_of(tissue.behaviour[type].intravasation_per_min);
    }
    if (behaviour == agents::Behaviour::matrix_deposition) {
        return {tissue.behaviour[type].matrix_deposition_per_min, tissue.behaviour[type].matrix_deposition_per_min};
    }
    const std::size_t name =
        number < agents::behaviour_count ? 0 : (number - agents::behaviour_count) / agents::behaviours_per_name;
    if (behaviour != agents::secretion_of(name) && behaviour != agents::uptake_of(name)) {
        return agents::range_without_rules(tissue.types[type], behaviour);
    }
    const CellExchange& exchange = tissue.exchange[type][name];
    if (behaviour == agents::uptake_of(name)) {
        return {exchange.uptake_per_min, exchange.uptake_per_min};
    }
    return range_of(exchange.secretion_um3_per_min);
}

} // namespace paget::organ
