#pragma once

#include "columns.hpp"

#include "paget/agents/cell_type.hpp"
#include "paget/agents/population.hpp"
#include "paget/core/clock.hpp"

#include <cstdint>
#include <vector>

namespace paget::agents
{

/// What rules say of the behaviours of all cells, from what the cells are and sense at the begin of a step.
class RuledValues
{
public:
    /// Of the behaviours of one stage; cells of types without rules on them cost nothing. Local.
    RuledValues(const Columns& cells, const std::vector<CellType>& types, const Environment& environment, Tick now,
                Stage stage);

    /// The behaviour by the rules, or `otherwise` if there are none for the cell's type.
    double value(std::size_t cell, std::uint8_t type, Behaviour behaviour, double otherwise) const
    {
        const std::uint8_t at = slot(type, behaviour);
        return at != no_slot ? values_[cell * width_ + at] : otherwise;
    }
    bool rules(std::uint8_t type, Behaviour behaviour) const { return slot(type, behaviour) != no_slot; }

private:
    static constexpr std::uint8_t no_slot = 255;
    std::uint8_t slot(std::uint8_t type, Behaviour behaviour) const
    {
        const auto b = static_cast<std::size_t>(behaviour);
        return b < stride_ ? slots_[type * stride_ + b] : no_slot;
    }
    void plan(const std::vector<CellType>& types, Stage stage);

    std::size_t stride_ = 0;          ///< one more than the largest number of a behaviour with rules
    std::vector<std::uint8_t> slots_; ///< [type][behaviour]
    std::size_t width_ = 0;           ///< values per cell
    std::vector<double> values_;
};

/// Replaces `values`, what a behaviour of every owned cell is without rules, by what the rules say. Local.
void apply_rules(const Columns& cells, const std::vector<CellType>& types, Behaviour behaviour,
                 const Environment& environment, Tick now, std::vector<double>& values);

} // namespace paget::agents
