#pragma once

#include "paget/agents/cell_type.hpp"

namespace paget::agents
{

/// What a type's parameters say of a behaviour in a state and a phase of its cycle; 0 of what the tissue or the blood
/// around the cell decides.
double own_base(const CellType& type, Behaviour behaviour, State state, std::uint8_t phase);

} // namespace paget::agents
