#pragma once

// A small case with rules, for tests of what is made of them.

#include "paget/agents/rules.hpp"
#include "paget/config/case.hpp"
#include "paget/organ/description.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace paget::organ
{
using agents::Behaviour;
using agents::own_signal_count;
using agents::OwnSignal;
using SignalKind = TissueSignal::Kind;

/// The first rule stands in line 10.
inline constexpr const char* case_with_rules = R"([field.oxygen]
unit = kPa
[field.vegf]
unit = ng/ml
[cell.cancer]
cycle.model = live
[cell.stroma]
cycle.model = live
[rules]
)";

/// Each as `small.ini:10: rules.growth: message`.
inline std::vector<std::string> texts_of(const std::vector<config::Problem>& problems)
{
    std::vector<std::string> texts;
    for (const config::Problem& problem : problems) {
        texts.push_back(problem.origin.text() + ": " + problem.key + ": " + problem.message);
    }
    return texts;
}

struct RuledCase {
    TissueDescription tissue;
    std::vector<std::string> problems;
    std::string resolved;

    const rules::Response& response(Behaviour behaviour, std::size_t type = 0) const
    {
        for (const agents::RuledBehaviour& ruled : tissue.types.at(type).rules) {
            if (ruled.behaviour == behaviour) {
                return ruled.response;
            }
        }
        throw std::runtime_error("the behaviour has no rules");
    }
};

inline RuledCase read_case(const std::string& text, const std::map<std::string, std::string>& command_line = {})
{
    config::Catalogue catalogue;
    agents::declare_parameters(catalogue);
    declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(text, "small.ini");
    for (const auto& [key, value] : command_line) {
        description.set_from_command_line(key, value);
    }
    description.check();
    RuledCase result;
    result.tissue = read_tissue(description);
    result.problems = texts_of(description.problems());
    result.resolved = description.resolved();
    return result;
}

inline RuledCase ruled(const std::string& rules, const std::map<std::string, std::string>& command_line = {})
{
    return read_case(case_with_rules + rules, command_line);
}

inline std::uint32_t number(OwnSignal signal) { return static_cast<std::uint32_t>(signal); }
inline std::uint32_t field_number(std::size_t place) { return static_cast<std::uint32_t>(own_signal_count + place); }

} // namespace paget::organ
