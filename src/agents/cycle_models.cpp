#include "paget/agents/cell_type.hpp"

#include "paget/core/clock.hpp"
#include "paget/core/error.hpp"

namespace paget::agents
{
namespace
{
double per_hours(double hours) { return 1.0 / (hours * minutes_per_hour); }

std::vector<Phase> live() { return {{"live", 0.0432 / minutes_per_hour, false, false, true, true}}; }

std::vector<Phase> ki67_basic()
{
    return {{"negative", per_hours(4.59), false, false, false, true},
            {"positive", per_hours(15.5), true, true, true, false}};
}

std::vector<Phase> ki67_advanced()
{
    return {{"negative", per_hours(3.62), false, false, false, true},
            {"premitotic", per_hours(13.0), true, true, true, false},
            {"postmitotic", per_hours(2.5), true, false, false, false}};
}

std::vector<Phase> flow_cytometry_separated()
{
    return {{"g0g1", per_hours(4.98), false, false, false, true},
            {"s", per_hours(8.0), false, true, false, false},
            {"g2", per_hours(4.0), false, false, false, false},
            {"m", per_hours(1.0), false, false, true, false}};
}
} // namespace

std::vector<std::string> cycle_model_names()
{
    return {"live", "ki67_basic", "ki67_advanced", "flow_cytometry_separated"};
}

std::vector<Phase> standard_phases(const std::string& model)
{
    if (model == "live") {
        return live();
    }
    if (model == "ki67_basic") {
        return ki67_basic();
    }
    if (model == "ki67_advanced") {
        return ki67_advanced();
    }
    if (model == "flow_cytometry_separated") {
        return flow_cytometry_separated();
    }
    throw InputError("'" + model +
                     "' is not a cycle model (a cell type needs one to divide). Choose live, ki67_basic, "
                     "ki67_advanced or flow_cytometry_separated.");
}

} // namespace paget::agents
