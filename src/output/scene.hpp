#pragma once

#include "paget/body/description.hpp"

#include <vector>

namespace paget::output
{

/// Where pictures put the corner of each organ [um]: as the case says; or, if organs would lie in each other then, in a
/// row along x with gaps of a quarter of the widest.
std::vector<Vec3> scene_origins(const body::BodyDescription& body);

} // namespace paget::output
