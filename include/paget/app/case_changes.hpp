#pragma once

#include <string>
#include <vector>

namespace paget::app
{

/// Keys whose values differ between two resolved cases, sorted; also those that only one of them has. Local.
std::vector<std::string> changed_keys(const std::string& before, const std::string& after);

/// Why a run that goes on from a checkpoint cannot do so with another value of each of these keys: one line per key
/// that would break the saved state, empty if all may change. `before` is the resolved case of the checkpoint. Local.
std::string refusal_of(const std::vector<std::string>& changed, const std::string& before);

} // namespace paget::app
