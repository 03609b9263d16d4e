#pragma once

namespace paget::agents
{

/// Cells nearer than this multiple of the sum of their radii touch: they hold on to each other when one of them enters
/// the blood. Assumption: beyond contact, within the reach of adhesion.
inline constexpr double touching_range = 1.1;

} // namespace paget::agents
