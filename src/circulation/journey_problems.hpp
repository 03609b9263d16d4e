#pragma once

#include "paget/circulation/journey_parameters.hpp"

#include <string>
#include <vector>

namespace paget::circulation
{

/// What is wrong with the laws of the journey.
struct JourneyProblem {
    std::string key;     ///< as in `circulation.KEY`
    std::string message; ///< `<what> (<why it matters>). <what to do>`
};

std::vector<JourneyProblem> find_problems(const JourneyParameters& journey);

} // namespace paget::circulation
