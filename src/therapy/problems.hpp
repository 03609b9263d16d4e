#pragma once

#include "paget/therapy/therapy.hpp"

#include <string>
#include <vector>

namespace paget::therapy
{

/// What is wrong with a drug.
struct DrugProblem {
    std::string key;     ///< as in `drug.<drug>.KEY`
    std::string message; ///< `<what> (<why it matters>). <what to do>`
};

std::vector<DrugProblem> find_problems(const Drug& drug);

} // namespace paget::therapy
