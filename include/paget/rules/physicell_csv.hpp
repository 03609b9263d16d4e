#pragma once

#include "paget/rules/sentence.hpp"

#include <string>
#include <vector>

namespace paget::rules
{

/// A line of a rules file of PhysiCell, as a rule of ours or as what is wrong with it.
struct ImportedRule {
    int line = 0;
    Sentence sentence;
    std::string problem; ///< `<what> (<why>). <what to do>`, empty if the line was understood
};

/// Reads rules as PhysiCell keeps them, one per line: cell type, signal, direction, behaviour, [base value,] saturated
/// value, half, Hill exponent, applies to dead (eight fields; nine with the base value, as older files have it).
/// Numbers are in PhysiCell's units, which are ours. Names become lower case with underscores; behaviours are
/// translated where there is one of ours. Empty lines and comments (`//`, `#`) are left out.
std::vector<ImportedRule> read_physicell_csv(const std::string& text);

} // namespace paget::rules
