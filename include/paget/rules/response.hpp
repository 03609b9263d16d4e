#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace paget::rules
{

/// One signal's part in a response.
struct Influence {
    std::uint32_t signal = 0; ///< number of the signal
    double half = 1.0;        ///< in the signal's unit, above 0
    double hill = 4.0;        ///< above 0, at most largest_hill
};

/// How signals set a behaviour, after the grammar of Johnson et al. 2025 (Cell 188:4711; PhysiCell 1.14): with
/// U = sum (s/h)^n / (1 + sum (s/h)^n) over the signals that raise it and D likewise over those that lower it,
/// b = (1 - D) ((1 - U) base + U most) + D least. Several signals on one side add up before they saturate.
struct Response {
    std::optional<double> base; ///< else what the behaviour is without rules
    double most = 0.0;
    double least = 0.0;
    std::vector<Influence> raising;
    std::vector<Influence> lowering;
};

/// U or D above, in [0,1]; signals at or below 0 do not count. The same bits on every machine.
double joint_hill(const std::vector<Influence>& influences, const double* signals);

/// The behaviour under the signals, in the unit of base, most and least. `own_base` is what it is without rules.
double value_of(const Response& response, double own_base, const double* signals);

} // namespace paget::rules
