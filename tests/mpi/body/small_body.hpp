#pragma once

#include "paget/body/body.hpp"
#include "paget/body/description.hpp"

#include <map>
#include <string>

namespace paget::test
{

/// A breast tumour of 60 cells whose cells enter the blood often, and a lung in which they settle; steps of an hour.
/// `keys` change the case as `--key=value` does; `more` is added to its text.
body::BodyDescription small_body(const std::map<std::string, std::string>& keys = {}, const std::string& more = {});

/// Advances as the run loop does, until `end`. Returns the last step's report. Collective.
body::StepReport live_until(body::Body& body, Tick begin, Tick end);

inline constexpr Tick one_hour = 60 * ticks_per_minute;

} // namespace paget::test
