#pragma once

#include "paget/agents/cell_type.hpp"

#include <limits>
#include <string>
#include <vector>

namespace paget::agents
{

/// One number of a cell type: how the user knows it, and where it is kept. The table is used both to declare and to
/// read, so that the two cannot differ.
struct NumberParameter {
    std::string key; ///< behind `cell.<cell>.`
    std::string unit;
    std::string default_text;
    double lowest = 0.0;
    double highest = std::numeric_limits<double>::infinity();
    std::string meaning;
    std::string source;
    double& (*member)(CellType&) = nullptr;
    /// Models of the transition that use it, all if empty. It is read with those only, and refused with others.
    std::vector<TransitionModel> models{};
};

/// A number for every State; its keys end in the State's name.
struct StateParameter {
    std::string key;
    std::string unit;
    std::vector<std::string> default_texts;
    double highest = std::numeric_limits<double>::infinity();
    std::string meaning; ///< in which `{}` stands for the State
    std::string source;
    ByState& (*member)(CellType&) = nullptr;
};

std::vector<NumberParameter> number_parameters();
std::vector<StateParameter> state_parameters();

} // namespace paget::agents
