#pragma once

#include "columns.hpp"

#include "paget/agents/population.hpp"
#include "paget/core/clock.hpp"
#include "paget/rules/script.hpp"

#include <cstdint>
#include <span>

namespace paget::agents
{

/// What some cells are and feel, by the numbers of signals.
class SignalBlocks
{
public:
    /// The arguments must outlive it.
    SignalBlocks(const Columns& cells, const Environment& environment, Tick now)
        : cells_(&cells),
          environment_(&environment),
          now_(now)
    {
    }

    /// Fills the first entries with one signal of these cells, at most rules::block_cells. Local.
    void fill(std::uint32_t signal, std::span<const std::uint32_t> cells, rules::Block& values) const;

private:
    void fill_own(OwnSignal signal, std::span<const std::uint32_t> cells, rules::Block& values) const;
    void fill_experience(OwnSignal signal, std::span<const std::uint32_t> cells, rules::Block& values) const;

    const Columns* cells_;
    const Environment* environment_;
    Tick now_;
};

} // namespace paget::agents
