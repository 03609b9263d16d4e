#pragma once

#include "paget/config/case.hpp"

#include <string>
#include <vector>

namespace paget::config::sample
{

/// A small catalogue with every kind of value, placeholders, a word beside a placeholder, and inheritance.
inline Catalogue catalogue()
{
    Catalogue all;
    all.add(
        {.pattern = "seed", .kind = Kind::integer, .default_text = "1", .meaning = "Seed.", .source = "assumption"});
    all.add({.pattern = "time.end",
             .unit = "min",
             .default_text = "2 h",
             .lowest = 0.0,
             .meaning = "When the run ends.",
             .source = "assumption"});
    all.add({.pattern = "field.<field>.decay",
             .unit = "1/min",
             .default_text = "0.1 1/min",
             .lowest = 0.0,
             .highest = 100.0,
             .meaning = "Rate at which the substance decays.",
             .source = "memory"});
    all.add({.pattern = "organ.<organ>.soil",
             .unit = "1",
             .default_text = "50 %",
             .lowest = 0.0,
             .highest = 1.0,
             .meaning = "Chance that an arrived cell settles; soil | seed.",
             .source = "Paget 1889"});
    all.add({.pattern = "organ.<organ>.tissue",
             .kind = Kind::choice,
             .default_text = "generic",
             .choices = {"generic", "marrow", "alveolar"},
             .meaning = "Kind of tissue.",
             .source = "assumption"});
    all.add({.pattern = "organ.<organ>.active",
             .kind = Kind::flag,
             .default_text = "yes",
             .meaning = "Whether the organ takes part.",
             .source = "assumption"});
    all.add({.pattern = "organ.<organ>.vessels.spacing",
             .unit = "um",
             .default_text = "120 um",
             .lowest = 1.0,
             .meaning = "Distance between capillaries.",
             .source = "computed"});
    all.add({.pattern = "organ.<organ>.vessels.file",
             .kind = Kind::text,
             .default_text = "",
             .meaning = "Measured network.",
             .source = "assumption"});
    all.add({.pattern = "organ.<organ>.<field>.decay",
             .unit = "1/h",
             .lowest = 0.0,
             .meaning = "Decay in this organ.",
             .source = "memory",
             .fallback = "field.<field>.decay"});
    all.add({.pattern = "organ.<organ>.<field>.spacing",
             .unit = "um",
             .default_text = "3 um",
             .meaning = "For the contest with vessels.",
             .source = "assumption"});
    all.add({.pattern = "cell.<cell>.radius",
             .unit = "um",
             .lowest = 1.0,
             .highest = 50.0,
             .meaning = "Radius of a young cell.",
             .source = "memory"});
    all.add({.pattern = "cell.<cell>.senses",
             .kind = Kind::names,
             .default_text = "",
             .meaning = "Fields that it senses.",
             .source = "assumption"});
    return all;
}

/// The problems of a text, read as `a.ini` and checked, each as `a.ini:3: key: message`.
inline std::vector<std::string> problems(const Catalogue& catalogue, const std::string& text,
                                         const std::vector<std::pair<std::string, std::string>>& command_line = {})
{
    Case a_case(catalogue);
    a_case.read_text(text, "a.ini");
    for (const auto& [key, value] : command_line) {
        a_case.set_from_command_line(key, value);
    }
    a_case.check();
    std::vector<std::string> lines;
    for (const Problem& problem : a_case.problems()) {
        lines.push_back(problem.origin.text() + ": " + (problem.key.empty() ? "" : problem.key + ": ") +
                        problem.message);
    }
    return lines;
}

inline std::vector<std::string> problems(const std::string& text,
                                         const std::vector<std::pair<std::string, std::string>>& command_line = {})
{
    return problems(catalogue(), text, command_line);
}

} // namespace paget::config::sample
