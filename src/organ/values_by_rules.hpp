#pragma once

#include "paget/agents/population.hpp"

#include <vector>

namespace paget::organ
{

/// own(cell) of every owned cell, or what its rules make of that in the environment that sense() gives; empty, at no
/// cost, if no type has rules on the behaviour. As collective as sense() is.
template <class Sense, class Own>
std::vector<double> values_by_rules(const agents::Population& population, agents::Behaviour behaviour, Tick now,
                                    const Sense& sense, const Own& own)
{
    std::vector<double> values;
    if (agents::any_rules_on(population.types(), behaviour)) {
        values.resize(population.size());
        for (std::size_t cell = 0; cell < values.size(); ++cell) {
            values[cell] = own(cell);
        }
        population.apply_rules(behaviour, sense(), now, values);
    }
    return values;
}

} // namespace paget::organ
