#include "signal_blocks.hpp"

#include "paget/core/error.hpp"

namespace paget::agents
{
namespace
{
template <class Get>
void fill_with(std::span<const std::uint32_t> cells, rules::Block& values, const Get& get)
{
    for (std::size_t k = 0; k < cells.size(); ++k) {
        values[k] = get(cells[k]);
    }
}
} // namespace

void SignalBlocks::fill(std::uint32_t signal, std::span<const std::uint32_t> cells, rules::Block& values) const
{
    if (signal < own_signal_count) {
        fill_own(static_cast<OwnSignal>(signal), cells, values);
    } else {
        const std::vector<double>& column = environment_->signals[signal - own_signal_count];
        fill_with(cells, values, [&](std::uint32_t i) { return column[i]; });
    }
}

void SignalBlocks::fill_own(OwnSignal signal, std::span<const std::uint32_t> cells, rules::Block& values) const
{
    const Columns& c = *cells_;
    const auto fill = [&](const auto& get) { fill_with(cells, values, get); };
    const auto fill_state = [&](State state) {
        fill([&](std::uint32_t i) { return c.state[i] == state ? 1.0 : 0.0; });
    };
    switch (signal) {
    case OwnSignal::pressure:
        return fill([&](std::uint32_t i) { return c.pressure(i); });
    case OwnSignal::volume:
        return fill([&](std::uint32_t i) { return c.volume[i].total_um3(); });
    case OwnSignal::age:
        return fill([&](std::uint32_t i) { return minutes_from_ticks(now_ - c.born_at[i]); });
    case OwnSignal::time_in_phase:
        return fill([&](std::uint32_t i) { return minutes_from_ticks(now_ - c.phase_entered_at[i]); });
    case OwnSignal::matrix:
        return fill([&](std::uint32_t i) { return environment_->matrix_density[i]; });
    case OwnSignal::epithelial:
        return fill_state(State::epithelial);
    case OwnSignal::hybrid:
        return fill_state(State::hybrid);
    case OwnSignal::mesenchymal:
        return fill_state(State::mesenchymal);
    case OwnSignal::trait_il6_response:
        return fill([&](std::uint32_t i) { return double{c.traits[i].il6_response}; });
    case OwnSignal::trait_il8_response:
        return fill([&](std::uint32_t i) { return double{c.traits[i].il8_response}; });
    case OwnSignal::trait_mmp1:
        return fill([&](std::uint32_t i) { return double{c.traits[i].mmp1}; });
    case OwnSignal::trait_fscn1:
        return fill([&](std::uint32_t i) { return double{c.traits[i].fscn1}; });
    default:
        return fill_experience(signal, cells, values);
    }
}

void SignalBlocks::fill_experience(OwnSignal signal, std::span<const std::uint32_t> cells, rules::Block& values) const
{
    const auto& experience = cells_->experience;
    const auto fill = [&](const auto& get) { fill_with(cells, values, get); };
    switch (signal) {
    case OwnSignal::damage:
        return fill([&](std::uint32_t i) { return double{experience[i].damage_min}; });
    case OwnSignal::exhausted:
        return fill([&](std::uint32_t i) { return double{experience[i].exhaustion}; });
    case OwnSignal::attached:
        return fill([&](std::uint32_t i) { return experience[i].attached_to != no_cell ? 1.0 : 0.0; });
    case OwnSignal::time_since_division:
        return fill([&](std::uint32_t i) { return minutes_from_ticks(now_ - experience[i].divided_at); });
    default:
        ensure(false, "a signal that no cell has");
    }
}

} // namespace paget::agents
