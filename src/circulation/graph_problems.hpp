#pragma once

#include "paget/circulation/vascular_graph.hpp"

#include <string>
#include <vector>

namespace paget::circulation
{

/// What is wrong with a description of beds, so that a caller can say where the user wrote it.
struct GraphProblem {
    int bed = -1; ///< index of the bed, -1: the graph as a whole
    std::string
        key; ///< of the bed (`bed.<bed>.KEY`; lymph_share: of its organ) or of the circulation (`circulation.KEY`)
    std::string message; ///< `<what> (<why it matters>). <what to do>`
};

/// All that is wrong, in the order of the beds.
std::vector<GraphProblem> find_problems(const std::vector<Bed>& beds, double veins_min, double arteries_min);

} // namespace paget::circulation
