#pragma once

#include "columns.hpp"

#include "paget/agents/cell_type.hpp"
#include "paget/agents/population.hpp"
#include "paget/core/clock.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace paget::agents
{

/// What rules say of the behaviours of all cells, from what the cells are and sense at the begin of a step.
class RuledValues
{
public:
    /// Of the behaviours from `first` to `last`. Local.
    RuledValues(const Columns& cells, const std::vector<CellType>& types, const Environment& environment,
                const TimeStep& step, Behaviour first, Behaviour last);

    /// The behaviour by the rules, or `otherwise` if there are none for the cell's type.
    double value(std::size_t cell, std::uint8_t type, Behaviour behaviour, double otherwise) const
    {
        return rules(type, behaviour) ? values_[cell * width_ + slot(type, behaviour)] : otherwise;
    }
    bool rules(std::uint8_t type, Behaviour behaviour) const { return slot(type, behaviour) != no_slot; }

private:
    static constexpr std::uint8_t no_slot = 255;
    std::uint8_t slot(std::uint8_t type, Behaviour behaviour) const
    {
        return slots_[type][static_cast<std::size_t>(behaviour)];
    }
    void evaluate(const Columns& cells, const CellType& type, std::size_t cell, std::vector<double>& signals,
                  const Environment& environment, const TimeStep& step);

    std::vector<std::array<std::uint8_t, behaviour_count>> slots_; ///< [type][behaviour]
    std::size_t width_ = 0;                                        ///< values per cell
    std::vector<double> values_;
};

} // namespace paget::agents
