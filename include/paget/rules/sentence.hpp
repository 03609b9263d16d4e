#pragma once

#include <optional>
#include <string>

namespace paget::rules
{

inline constexpr double largest_hill = 20.0;

/// A rule as a person writes it: how a signal changes a behaviour of a cell type, e.g.
/// `cancer: oxygen increases cycle_entry from 0 to 7.2e-4 1/min, half at 21.5 mmHg, hill 4`.
/// Quantities are texts of a number and its unit.
struct Sentence {
    std::string cell;
    std::string signal;
    bool increases = true;
    std::string behaviour;
    std::optional<std::string> base; ///< without the signal; else the behaviour's own parameter holds
    std::string saturated;           ///< under a strong signal
    std::string half;                ///< signal of half the effect
    double hill = 4.0;
};

/// Reads `CELL: SIGNAL increases|decreases BEHAVIOUR [from QUANTITY] to QUANTITY, half at QUANTITY[, hill NUMBER]`.
/// Words are separated by blanks; the parts behind the commas may stand in any order. Throws InputError that says what
/// is missing or not understood, and shows how a rule is written.
Sentence read_sentence(const std::string& text);

/// The sentence as text, which read_sentence() understands.
std::string text_of(const Sentence& rule);

} // namespace paget::rules
