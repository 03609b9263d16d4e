#pragma once

#include "graph_problems.hpp"

#include <vector>

namespace paget::circulation
{

/// What is wrong with the ways of lymph: each organ's lymph enters one bed at most, passes beds of lymph only, and ends
/// in the veins.
std::vector<GraphProblem> find_lymph_problems(const std::vector<Bed>& beds);

} // namespace paget::circulation
