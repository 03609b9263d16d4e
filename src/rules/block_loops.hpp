#pragma once

#include "paget/rules/script.hpp"

namespace paget::rules
{

// Loops over a block, which run with the widest vectors that the processor has; all give the same bits.

/// (s/h)^n for any exponent n.
void find_any_powers(const Block& signal, double half, double n, Block& powers);

/// The same for whole exponents and halves.
void find_simple_powers(const Block& signal, double half, double n, Block& powers);

void add_block(const Block& more, Block& sum);

/// Turns values into (1 - D) ((1 - U) value + U most) + D least with the sums of powers U/(1-U) and D/(1-D).
void combine(const Block& up, const Block& down, double most, double least, Block& values);

} // namespace paget::rules
