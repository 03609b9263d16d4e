#include "paget/agents/cell.hpp"
#include "paget/agents/rules.hpp"

#include "paget/core/error.hpp"

#include <optional>

namespace paget::agents
{
namespace
{
/// Nothing of signals that only a tissue gives.
std::optional<double> told(const CellRecord& cell, OwnSignal signal, Tick now)
{
    const auto is = [&](State state) { return cell.state == state ? 1.0 : 0.0; };
    switch (signal) {
    case OwnSignal::volume:
        return cell.volume.total_um3();
    case OwnSignal::age:
        return minutes_from_ticks(now - cell.born_at);
    case OwnSignal::epithelial:
        return is(State::epithelial);
    case OwnSignal::hybrid:
        return is(State::hybrid);
    case OwnSignal::mesenchymal:
        return is(State::mesenchymal);
    case OwnSignal::trait_il6_response:
        return cell.traits.il6_response;
    case OwnSignal::trait_il8_response:
        return cell.traits.il8_response;
    case OwnSignal::trait_mmp1:
        return cell.traits.mmp1;
    case OwnSignal::trait_fscn1:
        return cell.traits.fscn1;
    case OwnSignal::damage:
        return cell.experience.damage_min;
    case OwnSignal::exhausted:
        return cell.experience.exhaustion;
    case OwnSignal::time_since_division:
        return minutes_from_ticks(now - cell.experience.divided_at);
    default:
        return std::nullopt;
    }
}
} // namespace

bool heard_in_blood(OwnSignal signal) { return told(CellRecord{}, signal, 0).has_value(); }

double signal_in_blood(const CellRecord& cell, OwnSignal signal, Tick now)
{
    const auto value = told(cell, signal, now);
    ensure(value.has_value(), "a rule in the blood listens to a signal that only a tissue gives");
    return *value;
}

} // namespace paget::agents
