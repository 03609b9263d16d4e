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

/// The same where cells came and went other than by blood, or killed others, in only one of the cases: the time series
/// and the ledgers have columns for that or have not. Names the changed keys that can be the reason; empty if both
/// cases agree. Local.
std::string refusal_of_turnover(const std::vector<std::string>& changed, bool open_before, bool open_now);

} // namespace paget::app
